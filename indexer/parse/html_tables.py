"""Tables of web pages: merged cells said again, header rows, and which tables only place text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bs4.element import Tag

from indexer.parse.html_site import Site, has_inside, names_of
from indexer.parse.markers import read_marker
from indexer.parse.tables import Cell, Row, may_repeat

_WIDEST, _TALLEST = 63, 2000
_PROSE_BLOCKS, _PROSE_LETTERS = 3, 350
_BLOCKS = frozenset({"p", "div", "li", "ul", "ol", "h4", "h5", "h6", "blockquote"})
_PARTS = frozenset({"table", "h1", "h2", "h3"})
_STRONG = frozenset({"b", "strong"})
_GROUPS = frozenset({"thead", "tbody", "tfoot"})


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a table: rows to be read across, or cells to be read one after the other."""

    rows: tuple[Row, ...] = ()
    cells: tuple[Tag, ...] = ()


def table_parts(table: Tag, site: Site, text_of: Callable[[Tag], str]) -> Iterator[Part]:
    """Yield the table's parts from top to bottom.

    A table of one column only places text on the page, and so does a row with whole texts or
    other tables in its cells.
    """
    lines = [(row, _cells(row)) for row in _rows(table)]
    widest = max((len(cells) for _, cells in lines), default=0)
    placing = widest < 2 or str(table.get("role", "")).lower() in {"presentation", "none"}
    together: list[Row] = []
    above: dict[int, tuple[Cell, int]] = {}
    for row, cells in lines:
        if placing or _holds_prose(cells, site):
            if together:
                yield Part(rows=tuple(together))
            together, above = [], {}
            yield Part(cells=tuple(cells))
        else:
            together.append(_row(row, cells, above, text_of))
    if together:
        yield Part(rows=tuple(together))


def is_title(tag: Tag) -> bool:
    """Say whether an element is by its class a title, though no heading by its name."""
    words = names_of(tag).lower().replace("txt", "").replace("text", "").split()
    return any(word.endswith(("title", "heading", "headline")) for word in words)


def _rows(table: Tag) -> Iterator[Tag]:
    """Yield the rows of this table, and not those of tables within it."""
    for child in table.children:
        if isinstance(child, Tag):
            if child.name == "tr":
                yield child
            elif child.name in _GROUPS:
                yield from (row for row in child.children if isinstance(row, Tag))


def _cells(row: Tag) -> list[Tag]:
    return [cell for cell in row.children if isinstance(cell, Tag) and cell.name in {"td", "th"}]


def _row(
    row: Tag,
    cells: Sequence[Tag],
    above: dict[int, tuple[Cell, int]],
    text_of: Callable[[Tag], str],
) -> Row:
    """Read one row; ``above`` holds, for each column, a cell that goes on for more rows."""
    read: list[Cell] = []
    column = 0
    for element in cells:
        column = _carry(read, above, column)
        cell = _cell(element, text_of(element))
        read.append(cell)
        more = min(_span(element, "rowspan"), _TALLEST) - 1
        if more > 0:
            again = cell.text if may_repeat(cell.text) else ""
            above[column] = Cell(again, cell.bold, cell.shaded, cell.span), more
        column += cell.span
    _carry(read, above, column)
    parent = row.parent
    in_head = parent is not None and parent.name == "thead"
    return Row(tuple(read), header=in_head or all(cell.name == "th" for cell in cells))


def _carry(read: list[Cell], above: dict[int, tuple[Cell, int]], column: int) -> int:
    """Say the cells again that reach down into this column, and return the next free one."""
    while column in above:
        cell, more = above.pop(column)
        if more > 1:
            above[column] = cell, more - 1
        read.append(cell)
        if more > 1:
            column += cell.span
            continue
        column += cell.span
    return column


def _cell(element: Tag, text: str) -> Cell:
    strong = [p for p in element.descendants if isinstance(p, Tag) and p.name in _STRONG]
    letters = sum(_letters(part.get_text()) for part in strong if not has_inside(part, _STRONG))
    bold = element.name == "th" or (bool(text) and letters >= _letters(text))
    return Cell(text, bold, span=min(_span(element, "colspan"), _WIDEST))


def _holds_prose(cells: Sequence[Tag], site: Site) -> bool:
    if any(has_inside(cell, _PARTS) for cell in cells):
        return True
    blocks = [
        [part for part in cell.descendants if isinstance(part, Tag) and part.name in _BLOCKS]
        for cell in cells
    ]
    for cell, inside in zip(cells, blocks, strict=True):
        if len(inside) >= _PROSE_BLOCKS and site.letters(cell) >= _PROSE_LETTERS:
            return True
        if any(is_title(block) for block in inside):
            return True
    first = cells[0].get_text(" ").strip() if cells and site.letters(cells[0]) < 10 else ""
    marker = read_marker(first)
    numbered = marker is not None and marker.length >= len(first)
    return numbered and any(len(inside) > 2 for inside in blocks[1:])


def _span(element: Tag, name: str) -> int:
    value = str(element.get(name, "")).strip()
    return max(1, int(value)) if value.isdecimal() and len(value) < 6 else 1


def _letters(text: str) -> int:
    return sum(not c.isspace() for c in text)
