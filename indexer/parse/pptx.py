"""Presentations: a page for each slide, its title, what stands on it from the top, its notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pptx
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.exc import PythonPptxError

from indexer.errors import UnreadableFileError
from indexer.model import BlockKind, ParsedDocument
from indexer.parse.assemble import RawBlock, RawPage, assemble
from indexer.parse.graphics import graphic_blocks, part_of
from indexer.parse.markers import is_decision, plain_marker, read_marker, split_at_line_ends
from indexer.parse.package import BROKEN, check_package, damaged
from indexer.parse.pptx_text import (
    Bullets,
    Numbers,
    is_bold,
    is_number,
    largest_size,
    unwrap_alternatives,
    words_of,
)
from indexer.parse.reading_order import Box, in_reading_order
from indexer.parse.tables import Cell, Row, row_blocks
from indexer.parse.titles import borne_out

if TYPE_CHECKING:
    from collections.abc import Sequence

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

_BROKEN: tuple[type[Exception], ...] = (PythonPptxError, *BROKEN)
_TITLES = frozenset(
    {PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE}
)
_EDGES = frozenset(
    {
        PP_PLACEHOLDER.DATE,
        PP_PLACEHOLDER.FOOTER,
        PP_PLACEHOLDER.HEADER,
        PP_PLACEHOLDER.SLIDE_NUMBER,
    }
)
_GRAPHIC = "{http://schemas.openxmlformats.org/drawingml/2006/main}graphicData"
_PICTURE = "{http://schemas.openxmlformats.org/presentationml/2006/main}pic"
_OPENED = "Save it anew from its program as a presentation (PPTX), or as PDF."
_DEEPEST = 20
_LONGEST_TITLE = 100
_MOST_NAMED = 12
_FEWEST_SLIDES, _LONGEST_MARKING = 3, 60


def parse_pptx(path: Path) -> ParsedDocument:
    """Read a presentation. Hidden slides are read like the others, and a warning names them.

    Raises ``UnreadableFileError`` where the file is empty, locked, damaged or something else.
    """
    check_package(path, "pptx")
    try:
        deck = pptx.Presentation(str(path))
        slides = list(deck.slides)
    except _BROKEN:
        raise damaged() from None
    if not slides:
        raise UnreadableFileError("The presentation has no slides.", _OPENED)
    readers = [_Slide(slide) for slide in slides]
    pages = [RawPage(reader.read()) for reader in readers]
    _check_text(pages, readers)
    _set_aside_repeated(pages)
    words = "\n".join(block.text for page in pages for block in page.blocks)
    return assemble(
        pages,
        media_type=MEDIA_TYPE,
        title=borne_out(deck.core_properties.title, words),
        warnings=_warnings(pages, readers),
    )


class _Slide:
    """Reads one slide, and remembers what of it gave no text."""

    def __init__(self, slide: Any) -> None:
        self._slide = slide
        self._bullets = Bullets(slide)
        self.hidden = slide.element.get("show") in {"0", "false"}
        self.pictures = False
        self.attachments = False

    def read(self) -> list[RawBlock]:
        """Return the slide's blocks: the title, the shapes, its edges, the speaker's notes."""
        unwrap_alternatives(self._slide.element)
        shapes = list(_leaves(self._slide.shapes, 0))
        edges = [s for s in shapes if _role(s) in _EDGES or is_number(s.element)]
        titles = [shape for shape in shapes if _role(shape) in _TITLES]
        rest = [shape for shape in shapes if shape not in edges and shape not in titles]
        if not any(_flat(shape) for shape in titles):
            titles = _titles_by_looks(rest)
            rest = [shape for shape in rest if shape not in titles]
        blocks = [RawBlock(BlockKind.HEADING, _flat(shape)) for shape in titles if _flat(shape)]
        for shape in rest:
            blocks += self._shape(shape)
        for shape in edges:
            blocks.append(RawBlock(BlockKind.FURNITURE, shape.text_frame.text))
        return [*blocks, *self._notes()]

    def _shape(self, shape: Any) -> list[RawBlock]:
        if shape.has_text_frame:
            return list(self._texts(shape))
        if getattr(shape, "has_table", False):
            return row_blocks(list(_rows(shape.table)))
        if shape.element.tag == _PICTURE:
            self.pictures = True
            return []
        return self._graphic(shape)

    def _texts(self, shape: Any) -> Iterator[RawBlock]:
        numbers = Numbers()
        for paragraph in shape.text_frame.paragraphs:
            lines = split_at_line_ends(words_of(paragraph))
            bullet = self._bullets.bullet(shape, paragraph) if lines else None
            number = numbers.next(paragraph.level, bullet) if lines else ""
            for text in lines:
                marked = read_marker(text) and not is_decision(text)
                if marked or bullet is not None:
                    said = number + plain_marker(text)
                    yield RawBlock(BlockKind.ITEM, said, paragraph.level + 1)
                else:
                    yield RawBlock(BlockKind.PARAGRAPH, text)
                number = ""

    def _graphic(self, shape: Any) -> list[RawBlock]:
        """Read a chart or a diagram; what another program must show is only noted."""
        blocks: list[RawBlock] = []
        frame = next(iter(shape.element.iter(_GRAPHIC)), None)
        for reference in frame if frame is not None else ():
            identity = part_of(reference)
            if identity and identity in self._slide.part.rels:
                part = self._slide.part.related_part(identity)
                blocks += graphic_blocks(part.blob) if _has_words(part) else []
        if frame is not None and not blocks:
            self.attachments = True
        return blocks

    def _notes(self) -> Iterator[RawBlock]:
        if not self._slide.has_notes_slide:
            return
        frame = self._slide.notes_slide.notes_text_frame
        for paragraph in frame.paragraphs if frame is not None else ():
            for text in split_at_line_ends(words_of(paragraph)):
                yield RawBlock(BlockKind.NOTE, text)


def _leaves(shapes: Any, depth: int) -> Iterator[Any]:
    """Yield the shapes in reading order; those of a group stay together."""
    placed = [(shape, _box(shape)) for shape in shapes]
    for shape in in_reading_order(placed):
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            if depth < _DEEPEST:
                yield from _leaves(shape.shapes, depth + 1)
        else:
            yield shape


def _box(shape: Any) -> Box | None:
    """Return where a shape stands, None where neither it nor its layout says so."""
    try:
        left, top, width, height = shape.left, shape.top, shape.width, shape.height
    except (AttributeError, KeyError, ValueError):
        return None
    if left is None or top is None:
        return None
    return Box(left, top, left + max(width or 0, 1), top + max(height or 0, 1))


def _role(shape: Any) -> Any:
    """Return what a placeholder is for, None for any other shape."""
    return shape.placeholder_format.type if shape.is_placeholder else None


def _titles_by_looks(shapes: Sequence[Any]) -> list[Any]:
    """Return the slide's first text if it is one short line, larger than all the others."""
    spoken = [shape for shape in shapes if _flat(shape)]
    if not spoken or len(_flat(spoken[0])) > _LONGEST_TITLE or len(shapes) < 2:
        return []
    first, *others = (largest_size(shape.text_frame) for shape in spoken)
    lines = [p for p in spoken[0].text_frame.paragraphs if p.text.strip()]
    larger = first > max(others, default=0.0)
    return spoken[:1] if larger and len(lines) == 1 else []


def _flat(shape: Any) -> str:
    return " ".join(shape.text_frame.text.split()) if shape.has_text_frame else ""


def _rows(table: Any) -> Iterator[Row]:
    """Yield the rows; a cell that is merged into another says the other's words again."""
    grid = [list(row.cells) for row in table.rows]
    origins: dict[tuple[int, int], str] = {}
    for y, cells in enumerate(grid):
        for x, cell in enumerate(cells):
            if cell.is_merge_origin:
                for down in range(min(cell.span_height, len(grid) - y)):
                    for right in range(min(cell.span_width, len(cells) - x)):
                        origins[y + down, x + right] = _cell_text(cell)
    for y, cells in enumerate(grid):
        texts = [origins.get((y, x)) or _cell_text(cell) for x, cell in enumerate(cells)]
        looks = [is_bold(cell.text_frame) for cell in cells]
        if len(texts) > 1 and len(set(texts)) == 1:
            texts, looks = texts[:1], looks[:1]
        row = tuple(Cell(text, bold) for text, bold in zip(texts, looks, strict=True))
        yield Row(row, header=y == 0 and table.first_row)


def _cell_text(cell: Any) -> str:
    return " ".join(cell.text_frame.text.split())


def _has_words(part: Any) -> bool:
    return str(part.content_type).endswith(("drawingml.chart+xml", "diagramData+xml"))


def _check_text(pages: Sequence[RawPage], slides: Sequence[_Slide]) -> None:
    if any(b.text.strip() for p in pages for b in p.blocks if b.kind is not BlockKind.FURNITURE):
        return
    count = "1 slide" if len(pages) == 1 else f"{len(pages)} slides"
    if any(slide.pictures for slide in slides):
        raise UnreadableFileError(
            f"The presentation holds pictures and no text ({count}): it needs OCR.",
            "Save it as PDF, run text recognition (OCR) on that, and index the result.",
        )
    raise UnreadableFileError(
        f"The presentation has no text ({count}).", "Check that it is the right file, or remove it."
    )


def _set_aside_repeated(pages: Sequence[RawPage]) -> None:
    """Make furniture of the short text that stands on most slides, such as a marking."""
    found = Counter(text for page in pages for text in {b.text.strip() for b in page.blocks})
    for block in (b for page in pages for b in page.blocks if b.kind is BlockKind.PARAGRAPH):
        count = found[block.text.strip()]
        if count >= max(_FEWEST_SLIDES, 0.6 * len(pages)) and len(block.text) <= _LONGEST_MARKING:
            block.kind = BlockKind.FURNITURE


def _warnings(pages: Sequence[RawPage], slides: Sequence[_Slide]) -> Iterator[str]:
    numbered = list(enumerate(zip(pages, slides, strict=True), start=1))
    hidden = [n for n, (_, slide) in numbered if slide.hidden]
    silent = [n for n, (page, slide) in numbered if slide.pictures and not _says(page)]
    attached = [n for n, (_, slide) in numbered if slide.attachments]
    if hidden:
        yield f"Hidden when the slides are shown, and read all the same: {_named(hidden)}."
    if silent:
        yield f"No text on {_named(silent)}: pictures only."
    if attached:
        yield f"An embedded object or film without text was left out: {_named(attached)}."


def _says(page: RawPage) -> bool:
    own = {BlockKind.FURNITURE, BlockKind.NOTE}
    return any(block.text.strip() for block in page.blocks if block.kind not in own)


def _named(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:_MOST_NAMED])
    more = len(numbers) - _MOST_NAMED
    return f"slide{'s' if len(numbers) > 1 else ''} {shown}" + (f" and {more} more" * (more > 0))
