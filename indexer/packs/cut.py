"""From a pack's one parsed document to its papers', each with a text and offsets of its own.

Nothing is written anew: a paper's text is a stretch of the file's, and every span is moved by the
place where the stretch begins. Pages keep the numbers that they have in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.model import Block, ParsedDocument, Span
from indexer.packs.find import Start, starts_in
from indexer.packs.running import without_running_heads


@dataclass(frozen=True, slots=True)
class Paper:
    """One document of a file. ``whole`` says that the file holds no other."""

    parsed: ParsedDocument
    whole: bool
    front: ParsedDocument | None = None
    """What stands before the papers and says what the pack is: its cover and agenda, if any."""

    @property
    def pages(self) -> tuple[int, int]:
        """The first and last page in the file."""
        return self.parsed.pages[0].number, self.parsed.pages[-1].number


def papers_of(parsed: ParsedDocument) -> list[Paper]:
    """Return the papers of a file in order; a file that is no pack is one, as it is."""
    starts = _with_text(parsed, starts_in(parsed))
    if len(starts) < 2:
        return [Paper(parsed, whole=True)]
    papers = [without_running_heads(part) for part in cut(parsed, starts)]
    front = papers[0] if starts[0].front else None
    return [Paper(paper, whole=False, front=front) for paper in papers]


def cut(parsed: ParsedDocument, starts: Sequence[Start]) -> list[ParsedDocument]:
    """Return the stretches of the text from each start to the next, or to the end."""
    return [
        _stretch(parsed, start, end)
        for start, end in zip(starts, _ends(parsed, starts), strict=True)
    ]


def _with_text(parsed: ParsedDocument, starts: Sequence[Start]) -> list[Start]:
    """Leave the pages of a paper without any text, a scan, with the paper before them."""
    ends = _ends(parsed, starts)
    return [
        start
        for start, end in zip(starts, ends, strict=True)
        if _span(parsed, start.page, end).of(parsed.text).strip()
    ]


def _ends(parsed: ParsedDocument, starts: Sequence[Start]) -> list[int]:
    return [start.page - 1 for start in starts[1:]] + [len(parsed.pages)] * bool(starts)


def _span(parsed: ParsedDocument, first: int, last: int) -> Span:
    return Span(parsed.pages[first - 1].span.start, parsed.pages[last - 1].span.end)


def _stretch(parsed: ParsedDocument, start: Start, last: int) -> ParsedDocument:
    span = _trimmed(parsed.text, _span(parsed, start.page, last))
    return replace(
        parsed,
        text=span.of(parsed.text),
        pages=tuple(
            replace(page, span=_within(page.span, span))
            for page in parsed.pages[start.page - 1 : last]
        ),
        blocks=tuple(_blocks(parsed, span)),
        title=parsed.title if start.front else start.title,
        outline=(),
    )


def _blocks(parsed: ParsedDocument, span: Span) -> Iterator[Block]:
    for block in parsed.blocks:
        if not block.span.overlaps(span):
            continue
        own = _trimmed(parsed.text, _clipped(block.span, span))
        if own.start == own.end:
            continue
        header = block.header if block.header and block.header.start >= span.start else None
        yield replace(
            block, span=_within(own, span), header=_within(header, span) if header else None
        )


def _trimmed(text: str, span: Span) -> Span:
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, span.start + len(words.rstrip())))


def _clipped(span: Span, outer: Span) -> Span:
    start = min(max(span.start, outer.start), outer.end)
    return Span(start, min(max(span.end, start), outer.end))


def _within(span: Span, outer: Span) -> Span:
    """Return the part of ``span`` inside ``outer``, counted from where that begins."""
    own = _clipped(span, outer)
    return Span(own.start - outer.start, own.end - outer.start)
