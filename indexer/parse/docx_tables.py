"""Word tables: which cells a row has, merged ones said again, and which tables only place text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from indexer.parse.docx_text import W, Words, children, is_on, words_of
from indexer.parse.tables import BULLET, Cell, Row, may_repeat

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from indexer.parse.docx_styles import Styles

_WRAPPERS = frozenset(f"{W}{name}" for name in "sdt sdtContent ins customXml".split())
_WIDEST = 63
"""Word makes no table with more columns; a damaged file may claim millions."""
_PROSE_PARAGRAPHS, _PROSE_LENGTH = 3, 500
_PLAIN = frozenset({"auto", "ffffff", ""})


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a table: rows to be read across, or cells to be read one after the other."""

    rows: tuple[Row, ...] = ()
    cells: tuple[Element, ...] = ()


@dataclass(slots=True)
class _Line:
    """A row with its cells' elements."""

    row: Row
    elements: list[Element] = field(default_factory=list)

    @property
    def is_prose(self) -> bool:
        """Say whether a cell holds a text of several paragraphs, as in minutes set in a table."""
        return any(_holds_prose(element) for element in self.elements)

    @property
    def holds_tables(self) -> bool:
        """Say whether a cell holds a table of its own."""
        return any(element.find(f".//{W}tbl") is not None for element in self.elements)


def table_parts(table: Element, styles: Styles) -> Iterator[Part]:
    """Yield the table's parts from top to bottom.

    A table of one column only places text on the page: its cells are read one after the other,
    and so are those of a row with other tables or whole texts in its cells.
    """
    lines = list(_lines(table, styles))
    widest = max((len(line.row.cells) for line in lines), default=0)
    together: list[Row] = []
    for line in lines:
        if widest < 2 or line.holds_tables or line.is_prose:
            if together:
                yield Part(rows=tuple(together))
                together = []
            yield Part(cells=tuple(line.elements))
        else:
            together.append(line.row)
    if together:
        yield Part(rows=tuple(together))


def _lines(table: Element, styles: Styles) -> Iterator[_Line]:
    above: dict[int, Cell] = {}
    for row in _within(table, f"{W}tr"):
        properties = row.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            continue
        line = _line(row, styles, above)
        header = bool(is_on(properties, "tblHeader"))
        line.row = replace(line.row, header=header)
        yield line


def _line(row: Element, styles: Styles, above: dict[int, Cell]) -> _Line:
    """Read one row; ``above`` holds, for each column, the cell that may go on into this row."""
    cells = [Cell("")] * min(_number(row.find(f"{W}trPr/{W}gridBefore"), 0), _WIDEST)
    elements: list[Element] = []
    column = len(cells)
    for element in _within(row, f"{W}tc"):
        properties = element.find(f"{W}tcPr")
        merged = properties.find(f"{W}vMerge") if properties is not None else None
        if merged is not None and merged.get(f"{W}val") != "restart" and column in above:
            cell = above[column]
        else:
            cell = _cell(element, properties, styles)
            elements.append(element)
            if merged is not None and may_repeat(cell.text):
                above[column] = cell
            elif merged is not None:
                above[column] = Cell("", span=cell.span)
            else:
                above.pop(column, None)
        cells.append(cell)
        column += cell.span
    return _Line(Row(tuple(cells)), elements)


def _cell(element: Element, properties: Element | None, styles: Styles) -> Cell:
    paragraphs = list(_within(element, f"{W}p"))
    read = [(p, words_of(p)) for p in paragraphs]
    inside = [p for _, words in read for box in words.boxes for p in box.iter(f"{W}p")]
    said = [*read, *((p, words_of(p)) for p in inside)]
    text = " ".join(" ".join(_said(p, words, styles, len(said)) for p, words in said).split())
    telling = [(p, words) for p, words in read if words.text.strip()]
    bold = bool(telling) and all(styles.is_bold(p, words.pieces) for p, words in telling)
    shade = properties.find(f"{W}shd") if properties is not None else None
    fill = (shade.get(f"{W}fill") or "") if shade is not None else ""
    span = properties.find(f"{W}gridSpan") if properties is not None else None
    return Cell(text, bold, fill.lower() not in _PLAIN, min(max(_number(span, 1), 1), _WIDEST))


def _said(paragraph: Element, words: Words, styles: Styles, count: int) -> str:
    """Return a cell's paragraph; of several, a bullet shows where one of a list begins."""
    place = styles.place(paragraph) if count > 1 and words.text.strip() else None
    bullet = BULLET if place is not None and not place.counts else ""
    return bullet + styles.label(paragraph) + words.text


def _holds_prose(cell: Element) -> bool:
    lengths = [len(words_of(p).text.strip()) for p in _within(cell, f"{W}p")]
    return sum(1 for n in lengths if n) >= _PROSE_PARAGRAPHS and sum(lengths) >= _PROSE_LENGTH


def _within(element: Element, tag: str) -> Iterator[Element]:
    """Yield the children of a kind, also those that a form field or an insertion wraps."""
    for child in children(element):
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _within(child, tag)


def _number(element: Element | None, usual: int) -> int:
    value = element.get(f"{W}val", "") if element is not None else ""
    return int(value) if value.isdigit() else usual
