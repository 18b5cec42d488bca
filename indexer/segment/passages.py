"""From units to passages: runs of one section and one role, cut where paragraphs end.

A passage never exceeds the budget of tokens, so that the model reads all of it. Long runs are cut
into parts of about equal length, because a short remainder retrieves badly.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.model import Block, ParsedDocument, Passage, Span, Unit, ocr_of, pages_of
from indexer.segment.sentences import trimmed

TokenCounter = Callable[[Sequence[str]], list[int]]

_LONGEST_MARKER = 12
_FEWEST_TOKENS = 32
_PIECE = re.compile(r"\S+\s*")


@dataclass(frozen=True, slots=True)
class _Sized:
    unit: Unit
    tokens: int


def pack(
    document_id: str,
    parsed: ParsedDocument,
    units: Sequence[Unit],
    count_tokens: TokenCounter,
    budget: int,
) -> list[Passage]:
    """Return passages of at most ``budget`` tokens that cover every unit once, in order."""
    sized = _sized(parsed.text, _titles_with_what_follows(units), count_tokens, budget)
    walls = _walls(parsed.blocks, units)
    return [
        _passage(document_id, parsed, part)
        for run in _whole_enough(list(_runs(sized, walls)), walls, budget)
        for part in _parts(run, budget)
    ]


def _titles_with_what_follows(units: Sequence[Unit]) -> list[Unit]:
    """Give each title the section and role of the unit it stands over."""
    result: list[Unit] = []
    below: Unit | None = None
    for unit in reversed(units):
        if (
            unit.heading
            and below is not None
            and below.section[: len(unit.section)] == unit.section
        ):
            result.append(replace(unit, section=below.section, role=below.role))
        else:
            result.append(unit)
            below = unit
    return result[::-1]


def _sized(
    text: str, units: Sequence[Unit], count_tokens: TokenCounter, budget: int
) -> list[_Sized]:
    counts = count_tokens(_with_what_parts_them(text, units))
    sized: list[_Sized] = []
    for unit, tokens in zip(units, counts, strict=True):
        if tokens <= budget:
            sized.append(_Sized(unit, tokens))
        else:
            sized.extend(_cut(text, unit, count_tokens, budget))
    return sized


def _with_what_parts_them(text: str, units: Sequence[Unit]) -> list[str]:
    """Return each unit's text with the bullet or number before it, which counts in a passage."""
    ends = [0, *(unit.span.end for unit in units)]
    return [
        text[max(end, unit.span.start - _LONGEST_MARKER) : unit.span.end]
        for end, unit in zip(ends, units, strict=False)
    ]


def _cut(text: str, unit: Unit, count_tokens: TokenCounter, budget: int) -> Iterator[_Sized]:
    """Cut one overlong unit between words, or inside a word that alone exceeds the budget."""
    pieces = [
        Span(unit.span.start + m.start(), unit.span.start + m.end())
        for m in _PIECE.finditer(unit.span.of(text))
    ]
    pieces = [bit for piece in pieces for bit in _bits(piece, budget)]
    counts = count_tokens([piece.of(text) for piece in pieces])
    start, tokens = unit.span.start, 0
    for piece, count in zip(pieces, counts, strict=True):
        if tokens and tokens + count > budget:
            yield _Sized(replace(unit, span=trimmed(text, Span(start, piece.start))), tokens)
            start, tokens = piece.start, 0
        tokens += count
    yield _Sized(replace(unit, span=trimmed(text, Span(start, unit.span.end))), tokens)


def _bits(piece: Span, budget: int) -> Iterator[Span]:
    """A word piece has at least one character: so many characters never exceed the budget."""
    for start in range(piece.start, piece.end, budget):
        yield Span(start, min(start + budget, piece.end))


def _walls(blocks: Sequence[Block], units: Sequence[Unit]) -> list[int]:
    """Return where the blocks begin that no unit stands in: no passage reaches across them."""
    starts = [unit.span.start for unit in units]
    return [
        block.span.start
        for block in blocks
        if bisect_left(starts, block.span.start) == bisect_left(starts, block.span.end)
    ]


def _runs(sized: Sequence[_Sized], walls: Sequence[int]) -> Iterator[list[_Sized]]:
    """Part units where the section or the role changes or furniture stands between them."""
    run: list[_Sized] = []
    for item in sized:
        if run and not _continues(run[-1].unit, item.unit, walls):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _continues(before: Unit, unit: Unit, walls: Sequence[int]) -> bool:
    same = before.section == unit.section and before.role == unit.role
    walled = _walled(before, unit, walls)
    return same and not walled and not (unit.heading and not before.heading)


def _whole_enough(
    runs: list[list[_Sized]], walls: Sequence[int], budget: int
) -> list[list[_Sized]]:
    """Join a run that is too short to be understood alone to the one after it.

    Lines that a page's layout makes look like headings would otherwise stand alone, and outrank
    the text that they belong to.
    """
    joined: list[list[_Sized]] = []
    for run in runs:
        if joined and _belongs(joined[-1], run, walls, budget):
            joined[-1] = joined[-1] + run
        else:
            joined.append(run)
    return joined


def _belongs(before: list[_Sized], run: list[_Sized], walls: Sequence[int], budget: int) -> bool:
    sizes = [sum(item.tokens for item in part) for part in (before, run)]
    short = sizes[0] < _FEWEST_TOKENS and sum(sizes) <= budget
    one, other = before[-1].unit, run[0].unit
    return short and one.role == other.role and not _walled(one, other, walls)


def _walled(before: Unit, unit: Unit, walls: Sequence[int]) -> bool:
    return bisect_right(walls, before.span.end) != bisect_right(walls, unit.span.start)


def _parts(run: list[_Sized], budget: int) -> Iterator[list[_Sized]]:
    """Cut a run into the fewest parts, of about equal size, where paragraphs end if one does."""
    left = sum(item.tokens for item in run)
    part: list[_Sized] = []
    tokens = 0
    for item in run:
        share = (tokens + left) / max(1, -(-(tokens + left) // budget))
        if part and _cuts_before(item, tokens, share, budget):
            yield part
            part, tokens = [], 0
        part.append(item)
        tokens += item.tokens
        left -= item.tokens
    if part:
        yield part


def _cuts_before(item: _Sized, tokens: int, share: float, budget: int) -> bool:
    """Say whether a part of ``tokens`` ends here; ``share`` is its fair part of what is left."""
    if tokens + item.tokens > budget:
        return True
    overshoot = tokens + item.tokens - share
    return item.unit.breaks_before and overshoot > 0 and share - tokens <= overshoot


def _passage(document_id: str, parsed: ParsedDocument, part: Sequence[_Sized]) -> Passage:
    first = next((item.unit for item in part if not item.unit.heading), part[0].unit)
    span = Span(part[0].unit.span.start, part[-1].unit.span.end)
    pages = pages_of(parsed.pages, span)
    inside = first.lead_in is not None and span.start <= first.lead_in.start < span.end
    return Passage(
        id=f"{document_id}-{span.start}-{span.end}",
        document_id=document_id,
        text=span.of(parsed.text),
        span=span,
        role=first.role,
        section=part[-1].unit.section,
        pages=pages,
        lead_in=None if inside else first.lead_in,
        units=tuple(item.unit.span for item in part),
        ocr=ocr_of(parsed.pages, pages),
    )
