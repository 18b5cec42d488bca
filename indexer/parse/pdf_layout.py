"""From a page's words to lines in reading order: columns, rows of aligned cells, plain lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from indexer.parse.markers import read_marker
from indexer.parse.pdf_tables import (
    Table,
    count_headers,
    find_tables,
    is_figure,
    words_to_lines,
)
from indexer.parse.pdf_words import Sheet, Word

_CELL_GAP = 0.9
"""The white space that may part two cells of a row, in heights of the type."""
_AMOUNT_GAP = 0.3
_GUTTER = 9.0
_FEWEST_ROWS = 3
_PROSE = 22


@dataclass(slots=True)
class Strip:
    """A line of print, or a piece of one that wide white space parts from the next.

    ``size`` is its usual type size, ``middle`` the height of its middle, ``bold`` set where nearly
    the whole is.
    """

    words: Sequence[Word]
    text: str = field(init=False)
    x0: float = field(init=False)
    x1: float = field(init=False)
    size: float = field(init=False)
    middle: float = field(init=False)
    bold: bool = field(init=False)

    def __post_init__(self) -> None:
        words = self.words
        self.text = " ".join([word.text for word in words])
        self.x0 = words[0].x0 if words else 0.0
        self.x1 = max([word.x1 for word in words], default=0.0)
        self.size = _median([word.size for word in words])
        self.middle = _median([word.middle for word in words])
        letters = sum([len(word.text) for word in words])
        self.bold = sum([len(word.text) for word in words if word.bold]) >= 0.9 * letters


def _median(values: list[float]) -> float:
    values.sort()
    half = len(values) // 2
    if not values:
        return 0.0
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


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


Part = Column | Rows | Table


def read_parts(sheet: Sheet) -> list[Part]:
    """Return the parts of the page in reading order."""
    tables = find_tables(sheet)
    used = frozenset[int]().union(*(table.words for table in tables))
    free = [word for i, word in enumerate(sheet.words) if i not in used]
    rows = _rows([word for word in free if not word.turned])
    parts: list[Part] = []
    for table in tables:
        above = [row for row in rows if row[0].middle > table.y1 - 2]
        rows = rows[len(above) :]
        parts += [*_read_rows(above), table]
    parts += _read_rows(rows)
    turned = [Strip([word]) for word in free if word.turned]
    return [*parts, Column(turned)] if turned else parts


def _rows(words: Iterable[Word]) -> list[list[Strip]]:
    """Return the lines from the top, each as the pieces that wide white space makes of it."""
    rows: list[list[Strip]] = []
    for line in words_to_lines(words):
        pieces = [[line[0]]]
        amounts = [_is_amount(word) for word in line]
        many = sum(amounts) >= _FEWEST_ROWS
        for at in range(1, len(line)):
            last, word = line[at - 1], line[at]
            gap = _cell_gap(amounts[at - 1] + amounts[at], many=many) * min(last.size, word.size)
            if word.x0 - last.x1 > gap:
                pieces.append([word])
            else:
                pieces[-1].append(word)
        rows.append(_with_markers_joined([Strip(piece) for piece in pieces]))
    return rows


def _cell_gap(amounts: int, *, many: bool) -> float:
    """Return the white space, in heights of type, that parts cells here: less beside amounts.

    ``amounts`` says how many of the two words are, ``many`` whether the line has several.
    """
    if amounts == 2:
        return _AMOUNT_GAP
    return _CELL_GAP / 2 if amounts and many else _CELL_GAP


def _is_amount(word: Word) -> bool:
    """Say whether a word is a bare figure with a point or a comma: hardly part of a sentence."""
    text = word.text
    if not ("." in text or "," in text):
        return False
    return is_figure(text) and not text[-1].isalpha()


def _with_markers_joined(strips: list[Strip]) -> list[Strip]:
    """Put a list marker or an item's number back before its text."""
    if len(strips) < 2:
        return strips
    text = strips[0].text
    marker = read_marker(text) or read_marker(text + " ")
    if marker and marker.length >= len(text):
        return [Strip([*strips[0].words, *strips[1].words]), *strips[2:]]
    return strips


def _read_rows(rows: Sequence[list[Strip]]) -> list[Part]:
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
    amounts = sum(len(strip.words) == 1 and _is_amount(strip.words[0]) for strip in row)
    if len(row) >= 3 and amounts >= 2:
        return Rows([[strip.text for strip in row]], 0)
    return Column([Strip([word for strip in row for word in strip.words])])


def _append(parts: list[Part], part: Part, *, several: bool) -> None:
    """Add a part; plain lines go on from those before, and rows of cells too."""
    last = parts[-1] if parts else None
    if isinstance(part, Column) and isinstance(last, Column) and not several and not last.closed:
        last.strips += part.strips
    elif isinstance(part, Rows) and isinstance(last, Rows) and not part.headers:
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
    if all(len(row) <= len(columns) for row in rows):
        texts = [[strip.text if strip.words else "" for strip in cell] for cell in cells]
        bold = [all(strip.bold for strip in cell if strip.words) for cell in cells]
        return [Rows(texts, count_headers(texts, bold))]
    return [Rows([[strip.text for strip in row] for row in rows], 0)]


def _into_cells(row: Sequence[Strip], gutters: Sequence[tuple[float, float]]) -> list[Strip]:
    cells: list[list[Word]] = [[] for _ in range(len(gutters) + 1)]
    for strip in row:
        place = sum((left + right) / 2 <= strip.x0 + 1 for left, right in gutters)
        cells[place].extend(strip.words)
    return [Strip(words) for words in cells]


def _is_prose(column: Sequence[Strip]) -> bool:
    """Say whether a column holds running text: lines of some length, enough of them."""
    words = [word.text for strip in column for word in strip.words]
    if len(column) < _FEWEST_ROWS or sum(map(is_figure, words)) > 0.25 * len(words):
        return False
    return median(len(strip.text) for strip in column) >= _PROSE
