"""Tables that a PDF draws with ruled lines: which words stand in which cell."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.parse.assemble import SAME_PLACE
from indexer.parse.figures import is_figure
from indexer.parse.lines import join_lines
from indexer.parse.pdf_bands import Bands, words_to_lines
from indexer.parse.pdf_merged import said_for_each_column, said_for_each_row
from indexer.parse.pdf_mesh import Mesh, merge, meshes, places, rejoined, rules_at
from indexer.parse.pdf_rules import Rule
from indexer.parse.pdf_words import Sheet, Word

_MOST_HEADER_ROWS = 3
_PROSE = 120
_SINGLE_ROW = 4
"""How many lines down a table has at least that is but one row."""
_LONGEST_SINGLE = 300
_FEWEST_CROWDED = 2
_MOST_STACKED = 2
"""The most lines of a single figure in one cell; more are rows of a table within a frame."""


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

    They have two columns and two rows, or three columns, at least; a single row of two columns is
    one where it stands in the columns of another table of the page.
    """
    tables: list[Table] = []
    taken: set[int] = set()
    single: list[Mesh] = []
    found = meshes(merge(sheet.across), merge(sheet.down))
    for across, down in rejoined(found, sheet.words):
        if _is_single_row(across, down):
            single.append((across, down))
            continue
        table = _table(sheet.words, across, down, taken)
        if table:
            tables.append(table)
            taken |= table.words
    known = {len(table.columns): table.columns for table in reversed(tables)}.get(2)
    for across, down in single if known else ():
        table = _table(sheet.words, across, down, taken)
        if table and known and _is_in_line(table, known):
            tables.append(table)
            taken |= table.words
    return sorted(tables, key=lambda table: -table.y1)


def _is_single_row(across: list[Rule], down: list[Rule]) -> bool:
    """Say whether lines frame two cells beside each other and nothing else."""
    x0, x1 = min(h.start for h in across), max(h.end for h in across)
    return len(places(down, 0.0)) == _SINGLE_ROW - 1 and len(places(across, 0.4 * (x1 - x0))) == 2


def _is_in_line(table: Table, columns: Sequence[float]) -> bool:
    """Say whether a table of one row stands in known ``columns`` and is no box of running text."""
    if len(table.columns) != len(columns) or sum(map(len, table.rows[0])) > _LONGEST_SINGLE:
        return False
    return all(abs(a - b) <= SAME_PLACE for a, b in zip(table.columns, columns, strict=True))


def count_headers(rows: Sequence[Sequence[str]], bold: Sequence[bool]) -> int:
    """Return how many rows at the top name the columns: words or years above the first amounts.

    Where a table has no amounts, a first row in bold above rows that are not is its header.
    """
    if not rows:
        return 0
    figures = [any(is_figure(cell) for cell in row[1:]) for row in rows]
    lead = figures.index(True) if True in figures else 0
    filled = [sum(bool(cell) for cell in row) for row in rows]
    while lead > 1 and filled[lead - 1] == 1 and rows[lead - 1][0]:
        lead -= 1
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
    if len(columns) < 3 or len(bands) < 2:
        return None
    inside = _by_band(words, taken, bands, (x0 - 2, x1 + 2))
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    starts: dict[int, list[int]] = {}
    told = {band: [words[i] for i in indexes] for band, indexes in inside.items()}
    parted = Bands(told, columns, bands, down)
    for band, indexes in inside.items():
        edges = parted.edges(band)
        row = len(bands) - 2 - band
        starts[row] = [columns.index(edge) for edge in edges]
        cell_of = [(row, 0), *((row, column) for column in starts[row])]
        for index in indexes:
            centre = (words[index].x0 + words[index].x1) / 2
            cells[cell_of[bisect_right(edges, centre)]].append(index)
    if _is_coarse(words, cells):
        return None
    return _laid_out(words, cells, starts, _Grid(columns, bands, rules_at(bands, across), x0, x1))


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
    plain = len(rows) > 1 or (len(grid.bands) == 2 and len(grid.columns) < _SINGLE_ROW)
    if len(columns) < (2 if plain else _SINGLE_ROW - 1):
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
