"""From a page's words to lines in reading order: columns, rows of aligned cells, plain lines."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from indexer.parse.figures import is_amount, is_figure
from indexer.parse.markers import starts_lower
from indexer.parse.pdf_accounts import with_far_signs
from indexer.parse.pdf_grids import find_grids, join_rows
from indexer.parse.pdf_signs import with_signs
from indexer.parse.pdf_strips import Strip, strip_rows
from indexer.parse.pdf_tables import Table, count_headers, find_tables
from indexer.parse.pdf_words import Sheet, Word

_GUTTER = 9.0
_FEWEST_ROWS = 3
_PROSE = 22
_CLOSE = 2.5
"""How far beneath a ruled table, in heights of type, its totals may begin."""
_TOUCH = 3.0
"""How far a figure may reach over its cell's edge."""
_MOST_TORN = 0.3


@dataclass(slots=True)
class Column:
    """Lines that are read from the top to the bottom; ``closed`` if they are one of several."""

    strips: list[Strip] = field(default_factory=list)
    closed: bool = False

    @property
    def right(self) -> float:
        """Return where a full line ends."""
        edges = sorted(strip.x1 for strip in self.strips)
        return edges[min(len(edges) - 1, int(0.95 * len(edges)))]


@dataclass(slots=True)
class Rows:
    """Rows of cells without ruled lines; ``headers`` of them name the columns."""

    cells: list[list[str]]
    headers: int
    columns: tuple[float, ...] = ()


Part = Column | Rows | Table


def read_parts(sheet: Sheet) -> list[Part]:
    """Return the parts of the page in reading order."""
    sheet = sheet._replace(words=tuple(with_signs(sheet.words)))
    tables = find_tables(sheet)
    used = frozenset[int]().union(*(table.words for table in tables))
    free = [word for i, word in enumerate(sheet.words) if i not in used]
    rows = with_far_signs(strip_rows([word for word in free if not word.turned], sheet.down))
    parts: list[Part] = []
    for table in tables:
        above = [row for row in rows if row[0].middle > table.y1 - 2]
        rows = rows[len(above) :]
        parts += [*_under(parts, above, sheet.words), table]
    parts += _under(parts, rows, sheet.words)
    turned = [Strip([word]) for word in free if word.turned]
    return [*parts, Column(turned)] if turned else parts


def _under(parts: Sequence[Part], rows: Sequence[list[Strip]], words: Sequence[Word]) -> list[Part]:
    """Read what follows on ``parts``; totals close beneath a ruled table stand in its columns.

    They are told by figures that end where figures of the table do.
    """
    found = _read_rows(rows)
    table, first = (parts[-1] if parts else None), (found[0] if found else None)
    if not isinstance(table, Table) or not isinstance(first, Rows) or first.headers:
        return found
    size, middle = rows[0][0].size, rows[0][0].middle
    if len(first.columns) < 2 or table.y0 - middle > _CLOSE * size:
        return found
    edges = [*table.columns[1:], table.x1]
    places = [bisect_left(edges, right - _TOUCH) for right in first.columns]
    labels = len(first.cells[0]) - len(places)
    if labels != 1 or places[0] < 1 or places[-1] == len(edges) or len(set(places)) < len(places):
        return found
    ends = {word.x1 for word in map(words.__getitem__, table.words) if is_figure(word.text)}
    if any(all(abs(right - end) > _TOUCH for end in ends) for right in first.columns):
        return found
    for row in first.cells:
        told = dict(zip((0, *places), row, strict=True))
        row[:] = [told.get(at, "") for at in range(len(edges))]
    first.columns = table.columns
    return found


def _read_rows(rows: Sequence[list[Strip]]) -> list[Part]:
    """Read tables without ruled lines, and what stands between them."""
    parts: list[Part] = []
    at = 0
    for grid in find_grids(rows):
        parts += _read_bands(rows[at : grid.start])
        parts.append(Rows(grid.cells, grid.headers, grid.columns))
        at = grid.end
    return parts + _read_bands(rows[at:])


def _read_bands(rows: Sequence[list[Strip]]) -> list[Part]:
    """Part rows into bands that share gutters, and read each as columns, cells or plain lines."""
    parts: list[Part] = []
    at = 0
    while at < len(rows):
        end, gutters = _band(rows, at)
        band = _read_band(rows[at:end], gutters) if gutters else None
        if band is None:
            end = at + 1
            band = [_read_row(rows[at])]
        for part in band:
            _append(parts, part, several=len(band) > 1)
        at = end
    return parts


def _read_row(row: Sequence[Strip]) -> Part:
    """Read one line by itself: amounts that stand apart are cells, all else is a line."""
    if len(row) == 1:
        return Column([row[0]])
    amounts = sum(len(strip.words) == 1 and is_amount(strip.text) for strip in row)
    if len(row) >= 3 and amounts >= 2:
        return Rows([[strip.text for strip in row]], 0)
    return Column([Strip([word for strip in row for word in strip.words])])


def _append(parts: list[Part], part: Part, *, several: bool) -> None:
    """Add a part; plain lines go on from those before, and rows of cells too."""
    last = parts[-1] if parts else None
    if isinstance(part, Column) and isinstance(last, Column) and not several and not last.closed:
        last.strips += part.strips
    elif isinstance(part, Rows) and isinstance(last, Rows) and not (part.headers or last.columns):
        last.cells += part.cells
    else:
        if isinstance(part, Column):
            part.closed = several
        parts.append(part)


def _band(rows: Sequence[list[Strip]], start: int) -> tuple[int, list[tuple[float, float]]]:
    """Return where the rows from ``start`` cease to share a gutter, and the gutters they share.

    Rows below the last that stands on both sides, or on the other side, are left to what follows.
    """
    shared = _narrow(_seed(rows, start), rows[start])
    if not shared:
        return start + 1, []
    end = last = start
    side = 0
    while end < len(rows):
        narrowed = _narrow(shared, rows[end])
        if not narrowed:
            break
        shared = narrowed
        here = sum((left + right) / 2 <= rows[end][0].x0 + 1 for left, right in shared)
        if len(rows[end]) > 1 or here != side:
            last = end
        side = here
        end += 1
    while last + 1 < end and _goes_on(rows, start, last + 1):
        last += 1
    return last + 1, shared


def _goes_on(rows: Sequence[list[Strip]], start: int, at: int) -> bool:
    """Say whether a row goes on with a column above it: at its left edge and line distance."""
    strip = rows[at][0]
    for row in reversed(rows[start:at]):
        for above in row:
            if above.x0 < strip.x1 and above.x1 > strip.x0:
                near = above.middle - strip.middle < 1.7 * strip.size
                return near and abs(above.x0 - strip.x0) < 2 * strip.size
    return False


def _seed(rows: Sequence[list[Strip]], at: int) -> list[tuple[float, float]]:
    """Return the gutters of one row, or between it and the next where they are out of step."""
    if len(rows[at]) > 1:
        return [(a.x1, b.x0) for a, b in pairwise(rows[at])]
    if at + 1 < len(rows):
        here, below = sorted((rows[at][0], rows[at + 1][0]), key=lambda strip: strip.x0)
        if below.x0 > here.x1 + _GUTTER:
            return [(here.x1, below.x0)]
    return []


def _narrow(
    shared: Sequence[tuple[float, float]], row: Sequence[Strip]
) -> list[tuple[float, float]]:
    """Return what is left of the shared gutters beside this row's pieces."""
    kept = []
    for gutter in shared:
        left, right = gutter
        for strip in row:
            if strip.x0 < right and strip.x1 > left:
                if strip.x0 <= left:
                    left = strip.x1
                else:
                    right = min(right, strip.x0)
        if right - left >= min(_GUTTER, 0.8 * row[0].size):
            kept.append((left, right))
    return kept


def _read_band(
    rows: Sequence[list[Strip]], gutters: Sequence[tuple[float, float]]
) -> list[Part] | None:
    """Read a band as columns of text or as rows of cells; None where it is neither."""
    cells = [_into_cells(row, gutters) for row in rows]
    columns = [[cell[i] for cell in cells if cell[i].words] for i in range(len(gutters) + 1)]
    if all(_is_prose(column) for column in columns):
        return [Column(column) for column in columns]
    if sum(sum(bool(strip.words) for strip in cell) > 1 for cell in cells) < _FEWEST_ROWS:
        return None
    texts = [[strip.text for strip in cell] for cell in cells]
    if all(len(row) <= len(columns) for row in rows):
        bold = [all(strip.bold for strip in cell if strip.words) for cell in cells]
        headers = count_headers(texts, bold)
        table = Rows([*texts[:headers], *join_rows(texts[headers:], rows[headers:])], headers)
        torn = _is_torn(table.cells[headers:])
    else:
        table = Rows([[strip.text for strip in row] for row in rows], 0)
        torn = _is_torn(texts)
    return [Column(column) for column in columns] if torn else [table]


def _into_cells(row: Sequence[Strip], gutters: Sequence[tuple[float, float]]) -> list[Strip]:
    cells: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    for strip in row:
        place = sum((left + right) / 2 <= strip.x0 + 1 for left, right in gutters)
        cells[place].extend(strip.words)
    return [Strip(words) for words in cells]


def _is_torn(rows: Sequence[Sequence[str]]) -> bool:
    """Say whether a column's cells go on from one row to the next: running text beside notes."""
    for column in zip(*rows, strict=True):
        cells = [cell for cell in column if cell]
        if len(cells) < _FEWEST_ROWS + 1 or median(map(len, cells)) < _PROSE:
            continue
        if sum(map(starts_lower, cells[1:])) > _MOST_TORN * len(cells):
            return True
    return False


def _is_prose(column: Sequence[Strip]) -> bool:
    """Say whether a column holds running text: lines of some length, enough of them."""
    words = [word.text for strip in column for word in strip.words]
    if len(column) < _FEWEST_ROWS or sum(map(is_figure, words)) > 0.25 * len(words):
        return False
    return median(len(strip.text) for strip in column) >= _PROSE
