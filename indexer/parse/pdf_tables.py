"""Tables that a PDF draws with ruled lines: which words stand in which cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from indexer.parse.lines import join_lines
from indexer.parse.pdf_merged import said_for_each_column, said_for_each_row
from indexer.parse.pdf_mesh import SAME, merge, meshes, places, rejoined
from indexer.parse.pdf_rules import Rule
from indexer.parse.pdf_words import Sheet, Word

_MOST_HEADER_ROWS = 3
_PROSE = 120
_LONGEST_FIGURE = 40
_OVER = 1.0
_MOST_CELLS = 0.7
_OUTER = 2
"""How many lines down a row has that has only its ends drawn."""
_SINGLE_ROW = 4
"""How many lines down a table has at least that is but one row."""
_FEWEST_CROWDED = 2
_MOST_STACKED = 2
"""The most lines of a single figure in one cell; more are rows of a table within a frame."""
_FIGURE = re.compile(r"[-–+(]*[£€$]?\s?[\d,]*\.?\d+\s?(?:%|m|k|bn)?[)*]*")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells from the top, the words they use, and the place on the page.

    ``columns`` are the left edges of the columns. ``lead`` counts the captions above the
    ``headers`` rows that name the columns. ``prose`` has the words of rows that are one wide
    cell: a caption or a box of running text.
    """

    rows: tuple[tuple[str, ...], ...]
    columns: tuple[float, ...]
    lead: int
    headers: int
    prose: dict[int, tuple[Word, ...]]
    words: frozenset[int]
    x0: float
    x1: float
    y0: float
    y1: float


def find_tables(sheet: Sheet) -> list[Table]:
    """Return the ruled tables of ``sheet`` from the top.

    They have two columns and two rows, or three columns, at least.
    """
    tables: list[Table] = []
    taken: set[int] = set()
    found = meshes(merge(sheet.across), merge(sheet.down))
    for across, down in rejoined(found, sheet.words):
        table = _table(sheet.words, across, down, taken)
        if table:
            tables.append(table)
            taken |= table.words
    return sorted(tables, key=lambda table: -table.y1)


def words_to_lines(words: Iterable[Word]) -> list[list[Word]]:
    """Group words that stand beside each other into lines, from the top, each from the left."""
    ordered = sorted(words, key=_LEFT)
    ordered.sort(key=_MIDDLE, reverse=True)
    lines: list[list[Word]] = []
    line: list[Word] = []
    first_size = first_middle = 0.0
    for word in ordered:
        size, middle = word.size, word.middle
        least = size if size < first_size else first_size
        if line and first_middle - middle < 0.45 * least:
            line.append(word)
        else:
            line = [word]
            lines.append(line)
            first_size, first_middle = size, middle
    for line in lines:
        if len(line) > 1:
            line.sort(key=_LEFT)
    return lines


_LEFT, _MIDDLE = (itemgetter(Word._fields.index(name)) for name in ("x0", "middle"))


@lru_cache(maxsize=1 << 15)
def is_figure(text: str) -> bool:
    """Say whether a cell holds an amount and not a year, a name or nothing."""
    if not any(map(str.isdigit, text)) or len(text) > _LONGEST_FIGURE:
        return False
    return bool(_FIGURE.fullmatch(text.strip())) and not _YEAR.fullmatch(text.strip())


def count_headers(rows: Sequence[Sequence[str]], bold: Sequence[bool]) -> int:
    """Return how many rows at the top name the columns: words or years above the first amounts.

    Where a table has no amounts, a first row in bold above rows that are not is its header.
    """
    if not rows:
        return 0
    figures = [any(is_figure(cell) for cell in row[1:]) for row in rows]
    lead = figures.index(True) if True in figures else 0
    filled = [sum(bool(cell) for cell in row) for row in rows]
    if 0 < lead <= _MOST_HEADER_ROWS and max(filled[:lead]) >= 2:
        return lead
    if bold and bold[0] and not all(bold) and filled[0] >= 2 and not figures[0]:
        return 1
    return 0


@dataclass(frozen=True, slots=True)
class _Grid:
    """Where a table's columns begin and its rows part, from below, and the lines drawn there."""

    columns: Sequence[float]
    bands: Sequence[float]
    across: Sequence[Sequence[Rule]]
    x0: float
    x1: float

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return the left and the right edge, the lower and the upper one."""
        return self.x0, self.x1, self.bands[0], self.bands[-1]

    def is_open(self, row: int, column: int) -> bool:
        """Say whether no line is drawn below a row in a column."""
        right = self.columns[column + 1] if column + 1 < len(self.columns) else self.x1
        middle = (self.columns[column] + right) / 2
        drawn = self.across[len(self.bands) - 2 - row]
        return not any(rule.start <= middle <= rule.end for rule in drawn)


def _table(
    words: Sequence[Word], across: list[Rule], down: list[Rule], taken: set[int]
) -> Table | None:
    x0, x1 = min(h.start for h in across), max(h.end for h in across)
    columns = places(down, 0.0)
    bands = places(across, 0.4 * (x1 - x0))
    if len(columns) < 3 or len(bands) < (2 if len(columns) >= _SINGLE_ROW else 3):
        return None
    inside = _by_band(words, taken, bands, (x0 - 2, x1 + 2))
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    starts: dict[int, list[int]] = {}
    strong = places(down, 0.5 * (bands[-1] - bands[0]))
    sides = _rules_at(columns, down)
    for band, indexes in inside.items():
        height = (bands[band] + bands[band + 1]) / 2
        edges = _band_edges([words[i] for i in indexes], columns, strong, sides, height)
        row = len(bands) - 2 - band
        starts[row] = [columns.index(edge) for edge in edges]
        cell_of = [(row, 0), *((row, column) for column in starts[row])]
        for index in indexes:
            centre = (words[index].x0 + words[index].x1) / 2
            cells[cell_of[bisect_right(edges, centre)]].append(index)
    if _is_coarse(words, cells):
        return None
    return _laid_out(words, cells, starts, _Grid(columns, bands, _rules_at(bands, across), x0, x1))


def _by_band(
    words: Sequence[Word], taken: set[int], bands: Sequence[float], reach: tuple[float, float]
) -> dict[int, list[int]]:
    """Return the numbers of the words in each band, between the two ends of the ``reach``."""
    left, right = reach
    low, high = bands[0], bands[-1]
    inside: dict[int, list[int]] = defaultdict(list)
    for index, word in enumerate(words):
        if not low <= word.middle < high or index in taken:
            continue
        if left <= (word.x0 + word.x1) / 2 <= right:
            inside[bisect_right(bands, word.middle) - 1].append(index)
    return inside


def _rules_at(places: Sequence[float], rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return for each place the lines that are drawn there."""
    return [[rule for rule in rules if abs(rule.at - at) <= 2 * SAME] for at in places]


def _band_edges(
    words: Sequence[Word],
    columns: Sequence[float],
    strong: Sequence[float],
    sides: Sequence[Sequence[Rule]],
    height: float,
) -> list[float]:
    """Return where the cells of one band begin; a cell without a line at its side is a wide one.

    ``sides`` are the lines drawn down each of the ``columns``.

    One of the table's main lines that is not drawn in this band counts where words stand on both
    of its sides and well apart: then it only has another colour there.
    """
    drawn = [
        edge
        for edge, rules in zip(columns, sides, strict=True)
        if any(rule.start <= height <= rule.end for rule in rules)
    ]
    hidden = [e for e in columns if e not in drawn and _is_near(e, strong)]
    undrawn = len(drawn) <= _OUTER
    if hidden and undrawn and _is_clean(sorted([*drawn, *hidden]), words):
        return sorted([*drawn, *hidden])
    return sorted([*drawn, *(e for e in hidden if _parts(e, words, figures=not undrawn))])


def _is_near(edge: float, places: Sequence[float]) -> bool:
    return any(abs(edge - at) <= 2 * SAME for at in places)


def _is_clean(edges: Sequence[float], words: Sequence[Word]) -> bool:
    """Say whether no word reaches over an edge and words fill most of the cells between them."""
    filled: set[int] = set()
    for word in words:
        first = bisect_right(edges, word.x0 + _OVER)
        if first != bisect_right(edges, word.x1 - _OVER):
            return False
        filled.add(first)
    return len(filled) > _MOST_CELLS * (len(edges) - 1)


def _parts(edge: float, words: Sequence[Word], *, figures: bool) -> bool:
    """Say whether words stand on both sides of ``edge``, and none near enough to read across.

    With ``figures``, one of the two has to be a figure: wide words may fill a wide cell.
    """
    both = False
    for line in words_to_lines(words):
        left = max((w for w in line if w.x0 < edge), key=lambda w: w.x1, default=None)
        right = min((w for w in line if w.x0 >= edge), key=lambda w: w.x0, default=None)
        if left and right:
            if right.x0 - left.x1 < 0.6 * line[0].size:
                return False
            both = both or not figures or is_figure(left.text) or is_figure(right.text)
    return both


def _is_coarse(words: Sequence[Word], cells: dict[tuple[int, int], list[int]]) -> bool:
    """Say whether the lines frame whole blocks of figures and not the cells themselves."""
    crowded = 0
    for indexes in cells.values():
        if len(indexes) < _FEWEST_CROWDED:
            continue
        if sum([is_figure(words[i].text) for i in indexes]) < _FEWEST_CROWDED:
            continue
        lines = words_to_lines(words[i] for i in indexes)
        for line in lines:
            pairs = pairwise(line)
            crowded += any(
                is_figure(a.text) and is_figure(b.text) and b.x0 - a.x1 > 0.5 * a.size
                for a, b in pairs
            )
        stacked = sum(map(_is_lone_figure, lines))
        crowded += stacked if stacked > _MOST_STACKED else 0
    return crowded > max(2, 0.1 * len({row for row, _ in cells}))


def _is_lone_figure(line: Sequence[Word]) -> bool:
    return len(line) == 1 and is_figure(line[0].text)


def _laid_out(
    words: Sequence[Word],
    cells: dict[tuple[int, int], list[int]],
    starts: dict[int, list[int]],
    grid: _Grid,
) -> Table | None:
    """Write each cell's lines as one text; leave out rows and columns without any."""
    rows = sorted({row for row, _ in cells})
    columns = sorted({column for _, column in cells})
    if len(columns) < (2 if len(rows) > 1 else _SINGLE_ROW - 1):
        return None
    texts = [
        tuple(_cell([words[i] for i in cells.get((row, column), [])]) for column in columns)
        for row in rows
    ]
    if not any(sum(bool(cell) for cell in row) >= 2 for row in texts):
        return None
    if any(_is_unruled(grid, column, cells) for column in columns):
        return None
    in_row: dict[int, list[Word]] = defaultdict(list)
    for (row, _), indexes in cells.items():
        in_row[row] += [words[i] for i in indexes]
    prose = {
        number: tuple(in_row[row])
        for number, row in enumerate(rows)
        if sum(bool(cell) for cell in texts[number]) == 1
        and (max(map(len, texts[number])) >= _PROSE or texts[number][0])
    }
    lead = next(i for i in range(len(rows) + 1) if i not in prose)
    named = rows[lead:]
    headers = count_headers(texts[lead:], [all(word.bold for word in in_row[row]) for row in named])
    headers = min([headers, *(number - lead for number in prose if number > lead)])
    used = frozenset(i for indexes in cells.values() for i in indexes)
    for number in range(lead, lead + headers):
        texts[number] = said_for_each_column(texts[number], columns, starts[rows[number]])
    body = lead + headers

    def is_open(number: int, at: int) -> bool:
        if body + number < 0:
            return True
        row, column = rows[body + number], columns[at]
        below = rows[body + number + 1]
        own = below == row + 1 and column in starts[row] and column in starts[below]
        return own and grid.is_open(row, column)

    texts[body:] = said_for_each_row(texts[body:], is_open, lambda text: not is_figure(text))
    left = tuple(round(grid.columns[column], 1) for column in columns)
    return Table(tuple(texts), left, lead, headers, prose, used, *grid.box)


def _is_unruled(grid: _Grid, column: int, cells: dict[tuple[int, int], list[int]]) -> bool:
    """Say whether words stand in several rows of a column, and no line between any two of them.

    Then the lines are a diagram's, or frame something else.
    """
    rows = sorted(row for row, at in cells if at == column)
    return len(rows) > 1 and all(grid.is_open(row, column) for row in range(rows[0], rows[-1]))


def _cell(words: Sequence[Word]) -> str:
    if len(words) < 2:
        return words[0].text if words else ""
    upright = [word for word in words if not word.turned]
    turned = [word for word in words if word.turned]
    lines = [" ".join(word.text for word in line) for line in words_to_lines(upright)]
    return join_lines([*lines, *(word.text for word in turned)])
