"""A document laid out for reading, with the exact characters of one span marked.

Every character of the text is shown once and in order, so the marked runs put together are the
quotation, whatever blocks and pages it runs across.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise

from indexer.errors import UsageError
from indexer.model import Block, BlockKind, Page, Span
from search_api.web.marks import Run

_MARKER = re.compile(
    r"\W|\(?(?:\d{1,3}(?:\.\d{1,3})+[.)]?|(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)])\s"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A block, or what one page holds of it, as runs. Its span takes in the gap that follows."""

    kind: BlockKind
    level: int
    runs: tuple[Run, ...]
    id: str = ""
    """Of a heading: what its place is called in an address."""

    @property
    def own_marker(self) -> bool:
        """Say whether a list item's own text begins with its bullet or number."""
        return bool(self.runs) and bool(_MARKER.match("".join(run.text for run in self.runs)))


@dataclass(frozen=True, slots=True)
class Group:
    """Neighbouring pieces of one kind: a list, a table, or a piece on its own."""

    kind: BlockKind
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page as it is shown."""

    number: int
    label: str | None
    groups: tuple[Group, ...]
    ocr: float | None = None
    marked: bool = False


def marked_span(start: int | None, end: int | None, length: int) -> Span | None:
    """Check the place to be marked. Raises UsageError where it is not in the document."""
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise UsageError(
            "A place to mark needs both “start” and “end”.",
            "Open the document without them to read all of it.",
        )
    if not 0 <= start < end <= length:
        raise UsageError(
            f"There is no place from {start} to {end} in this document, which has {length} "
            "characters.",
            "Open the document without “start” and “end” to read all of it.",
        )
    return Span(start, end)


def lay_out(
    text: str,
    pages: Sequence[Page],
    blocks: Sequence[Block],
    mark: Span | None = None,
    window: Span | None = None,
) -> list[Sheet]:
    """Lay out the document page by page, or what of it stands in ``window``."""
    shown = window or Span(0, len(text))
    whole = _without_gaps(blocks, len(text))
    seen = _shared(mark, shown)
    sheets = []
    for page, span in zip(pages, _pages_without_gaps(pages, len(text)), strict=True):
        part = _shared(span, shown) or (span if span == shown else None)
        if part is None:
            continue
        pieces = [
            Piece(block.kind, block.level, tuple(_runs(text, piece, seen)), _name_of(block, piece))
            for block, piece in _within(whole, part)
        ]
        marked = seen is not None and seen.overlaps(part)
        groups = tuple(_groups(list(_nested(pieces))))
        sheets.append(Sheet(page.number, page.label, groups, page.ocr, marked))
    return sheets


def _nested(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Let no heading stand more than one level below the one before it, as screen readers need."""
    above = 0
    for piece in pieces:
        if piece.kind is BlockKind.HEADING:
            above = min(piece.level, above + 1)
            yield replace(piece, level=above)
        else:
            yield piece


def _shared(one: Span | None, other: Span) -> Span | None:
    if one is None or not one.overlaps(other):
        return None
    return Span(max(one.start, other.start), min(one.end, other.end))


def _name_of(block: Block, piece: Span) -> str:
    begins = piece.start == block.span.start
    return f"h-{block.span.start}" if block.kind is BlockKind.HEADING and begins else ""


def marked_pages(pages: Sequence[Page], mark: Span | None) -> tuple[Page, ...]:
    """Return the pages on which the marked span stands."""
    return tuple(page for page in pages if mark and page.span.overlaps(mark))


def _without_gaps(blocks: Sequence[Block], length: int) -> list[Block]:
    """Let each block run to the next one's start, and the first begin the text."""
    if not blocks:
        return [Block(BlockKind.PARAGRAPH, Span(0, length))]
    starts = [0, *(block.span.start for block in blocks[1:]), length]
    return [
        Block(block.kind, Span(start, end), block.level, block.header)
        for block, start, end in zip(blocks, starts, starts[1:], strict=False)
    ]


def _pages_without_gaps(pages: Sequence[Page], length: int) -> list[Span]:
    starts = [0, *(page.span.start for page in pages[1:]), length]
    return [Span(start, end) for start, end in pairwise(starts)]


def _within(blocks: Sequence[Block], page: Span) -> Iterator[tuple[Block, Span]]:
    """Yield the blocks that a page holds, cut at its edges. Blocks are in order, without gaps."""
    first = max(0, bisect_right(blocks, page.start, key=lambda block: block.span.start) - 1)
    for block in islice(blocks, first, None):
        if block.span.start >= page.end:
            return
        if block.span.overlaps(page):
            start, end = max(block.span.start, page.start), min(block.span.end, page.end)
            yield block, Span(start, end)


def _runs(text: str, part: Span, mark: Span | None) -> Iterator[Run]:
    if mark is None or not part.overlaps(mark):
        yield Run(part.of(text))
        return
    start, end = max(part.start, mark.start), min(part.end, mark.end)
    cuts = (
        (part.start, start, False),
        (start, end, True),
        (end, part.end, False),
    )
    for begin, stop, marked in cuts:
        if begin < stop:
            yield Run(text[begin:stop], marked, first=marked and begin == mark.start)


def _groups(pieces: Sequence[Piece]) -> Iterator[Group]:
    gathered = (BlockKind.ITEM, BlockKind.ROW)
    numbered = enumerate(pieces)
    by_kind = groupby(numbered, key=lambda one: one[1].kind if one[1].kind in gathered else one[0])
    for _, group in by_kind:
        members = tuple(piece for _, piece in group)
        yield Group(members[0].kind, members)
