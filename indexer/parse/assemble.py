"""From the raw blocks of pages to one normalised text with spans: where every offset is born.

Parsers describe what they see as ``RawPage`` and ``RawBlock``; ``assemble`` lays the blocks end to
end, normalises each once, and records where it stands. Furniture (repeated headers and footers,
menus) is placed where it does not interrupt a paragraph that runs on over the page's edge.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from indexer.model import Block, BlockKind, Page, ParsedDocument, Span
from indexer.normalise import normalise_block

LONGEST_BLOCK = 8_000
"""Three pages without a break: what reads on is made for paragraphs, and takes its time."""
_CLOSE = (BlockKind.ITEM, BlockKind.ROW)
_SENTENCE_END = re.compile(r"[.!?][’”\"')]* ")
SAME_PLACE = 6.0
"""How far apart, in points, columns of one table may stand on two pages."""


@dataclass(slots=True)
class RawBlock:
    """A block as a parser read it, not yet normalised.

    ``continues`` marks a first block of a page that goes on from the last block of the page
    before. ``header`` marks a table's heading row: later rows of the page refer to it until
    another block that is not a row follows. ``opens`` marks a table's first row, to which no row
    before it is a heading: tables may follow one another with nothing between. ``columns`` is
    where a first row's columns stand, if known: a table that goes on with the same columns, on
    the next page too, keeps its heading.
    """

    kind: BlockKind
    text: str
    level: int = 1
    continues: bool = False
    header: bool = False
    opens: bool = False
    columns: tuple[float, ...] = ()


@dataclass(slots=True)
class RawPage:
    """The blocks of one page or slide in reading order, and the label printed on it."""

    blocks: list[RawBlock] = field(default_factory=list)
    label: str | None = None
    ocr: float | None = None


def assemble(
    pages: Sequence[RawPage],
    *,
    media_type: str,
    title: str | None = None,
    warnings: Iterable[str] = (),
) -> ParsedDocument:
    """Lay out ``pages`` as one text. Each block is normalised; empty ones vanish.

    Adjacent items or rows are parted by one line end, other blocks by two. Page spans follow one
    another without gap from 0 to the text's end; a page boundary may fall inside a block.
    """
    layout = _Layout()
    for number, page in enumerate(pages):
        layout.turn_page()
        runs_on = _continues(pages[number + 1]) if number + 1 < len(pages) else False
        for block in _furniture_aside(page.blocks, runs_on=runs_on):
            layout.put(block)
    text = "".join(layout.parts)
    edges = [*layout.edges, len(text)]
    return ParsedDocument(
        text=text,
        pages=tuple(
            Page(number, Span(edges[number - 1], edges[number]), page.label, page.ocr)
            for number, page in enumerate(pages, start=1)
        ),
        blocks=tuple(layout.blocks),
        media_type=media_type,
        title=normalise_block(title) or None if title else None,
        warnings=tuple(warnings),
    )


def pieces(text: str) -> list[str]:
    """Part a text that is too long for a block at the ends of sentences, else between words."""
    parts = []
    start = 0
    while len(text) - start > LONGEST_BLOCK:
        head = text[start : start + LONGEST_BLOCK]
        ends = [match.end() for match in _SENTENCE_END.finditer(head, LONGEST_BLOCK // 2)]
        cut = ends[-1] if ends else head.rfind(" ", 1) + 1 or LONGEST_BLOCK
        parts.append(head[:cut].strip())
        start += cut
    return [*parts, text[start:].strip()]


def _continues(page: RawPage) -> bool:
    """Say whether the page's own first block goes on from the page before."""
    own = (block for block in page.blocks if block.kind is not BlockKind.FURNITURE)
    first = next(own, None)
    return first is not None and first.continues


def _furniture_aside(blocks: list[RawBlock], *, runs_on: bool) -> list[RawBlock]:
    """Move the furniture that stands between the two halves of a paragraph parted by a page's edge.

    Furniture above a first block that continues the page before goes behind that block; furniture
    below a last block that ``runs_on`` goes in front of the page's own blocks. Else order is kept.
    """
    own = [i for i, block in enumerate(blocks) if block.kind is not BlockKind.FURNITURE]
    if not own:
        return blocks
    head, body, foot = blocks[: own[0]], blocks[own[0] : own[-1] + 1], blocks[own[-1] + 1 :]
    if runs_on:
        head, foot = head + foot, []
    if body[0].continues:
        return [body[0], *head, *body[1:], *foot]
    return [*head, *body, *foot]


class _Tables:
    """Which heading row the rows of the table at hand refer to."""

    def __init__(self) -> None:
        self._header: Span | None = None
        self._words = ""
        self._columns: tuple[float, ...] = ()
        self._parted = True

    def turn_page(self) -> None:
        """Part what follows from the table before, unless its columns go on."""
        self._parted = True

    def heading_of(self, raw: RawBlock, span: Span, text: str) -> Span | None:
        """Return the heading of a block, None where it has none or is one itself."""
        if raw.kind is not BlockKind.ROW:
            self._parted = True
            if raw.kind is not BlockKind.FURNITURE:
                self._close()
            return None
        if (raw.opens or self._parted) and not self._goes_on(raw.columns):
            self._close()
        if raw.opens:
            self._columns = raw.columns
        self._parted = False
        if raw.header or (self._header is not None and text == self._words):
            self._header, self._words = span, text
            return None
        return self._header

    def _goes_on(self, columns: tuple[float, ...]) -> bool:
        """Say whether columns stand where those of the table before do."""
        same = bool(columns) and len(columns) == len(self._columns)
        return same and all(
            abs(one - other) <= SAME_PLACE
            for one, other in zip(columns, self._columns, strict=True)
        )

    def _close(self) -> None:
        self._header, self._words, self._columns = None, "", ()


class _Layout:
    """The growing text, its blocks and the offsets at which pages begin."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.blocks: list[Block] = []
        self.edges: list[int] = []
        self.length = 0
        self._tables = _Tables()
        self._page_turned = False

    def turn_page(self) -> None:
        self.edges.append(self.length)
        self._page_turned = True
        self._tables.turn_page()

    def put(self, raw: RawBlock) -> None:
        first, *others = pieces(normalise_block(raw.text))
        if not first:
            return
        if raw.continues and self._joins(raw):
            self._extend(first)
        else:
            self._append(raw, first)
        for piece in filter(None, others):
            self._append(RawBlock(raw.kind, piece, raw.level), piece)

    def _joins(self, raw: RawBlock) -> bool:
        if not self.blocks or not self._page_turned:
            return False
        last = self.blocks[-1]
        return last.kind is raw.kind and last.span.end - last.span.start < LONGEST_BLOCK

    def _extend(self, text: str) -> None:
        last = self.blocks[-1]
        broken_word = self.parts[-1].endswith("-") and text[0].islower()
        self._write("" if broken_word else " ")
        self._open_page()
        self._write(text)
        span = Span(last.span.start, self.length)
        self.blocks[-1] = Block(last.kind, span, last.level, last.header)

    def _append(self, raw: RawBlock, text: str) -> None:
        if self.blocks:
            close = raw.kind in _CLOSE and self.blocks[-1].kind is raw.kind
            self._write("\n" if close else "\n\n")
        self._open_page()
        start = self.length
        self._write(text)
        span = Span(start, self.length)
        header = self._tables.heading_of(raw, span, text)
        self.blocks.append(Block(raw.kind, span, raw.level, header))

    def _open_page(self) -> None:
        """Let the page begin at its first character, not at the gap before it."""
        if self._page_turned:
            self.edges[-1] = self.length
            for back in range(len(self.edges) - 1, 0, -1):
                self.edges[back - 1] = min(self.edges[back - 1], self.length)
            self._page_turned = False

    def _write(self, piece: str) -> None:
        self.parts.append(piece)
        self.length += len(piece)
