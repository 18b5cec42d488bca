"""Where the cells of each band of a ruled table begin, also where a line between is not drawn."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter

from indexer.parse.figures import is_amount, is_figure
from indexer.parse.pdf_mesh import SAME, places, rules_at
from indexer.parse.pdf_rules import Rule
from indexer.parse.pdf_words import Word

_OVER = 1.0
_MOST_CELLS = 0.7
_OUTER = 2
"""How many lines down a row has that has only its ends drawn."""
_READ_ACROSS = 0.6
"""The gap, in heights of type, up to which words beside each other are read across a line."""
_BETWEEN_AMOUNTS = 0.15
_BETWEEN_ALIGNED = 0.26
"""What parts two amounts, and words that both stand as their columns do elsewhere."""
_CROSSING = 0.3
"""How far, in heights of type, a word reaches over a line that it crosses."""
_FEWEST_ALIGNED = 3


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

_Ends = tuple[frozenset[int], frozenset[int]]
"""Where, in points, the lines of a column's cells usually begin and end."""


class Bands:
    """The bands of one table: their words, and the lines drawn down through them."""

    def __init__(
        self,
        words: Mapping[int, Sequence[Word]],
        columns: Sequence[float],
        bands: Sequence[float],
        down: Sequence[Rule],
    ) -> None:
        """``columns`` are where lines run down, ``bands`` where lines run across, from below."""
        self._words = words
        self._columns = columns
        self._heights = {band: (bands[band] + bands[band + 1]) / 2 for band in words}
        self._sides = rules_at(columns, down)
        strong = places(down, 0.5 * (bands[-1] - bands[0]))
        self._strong = [
            edge for edge in columns if any(abs(edge - at) <= 2 * SAME for at in strong)
        ]

    def edges(self, band: int) -> list[float]:
        """Return where the cells of one band begin; one without a line at its side is a wide one.

        One of the table's main lines that is not drawn in this band counts where words stand on
        both of its sides and well apart: then it only has another colour there.
        """
        words = self._words[band]
        drawn = self._drawn(band)
        hidden = [edge for edge in self._strong if edge not in drawn]
        undrawn = len(drawn) <= _OUTER
        if hidden and undrawn and _is_clean(sorted([*drawn, *hidden]), words):
            return sorted([*drawn, *hidden])
        lines = words_to_lines(words) if hidden else []
        told = [
            edge
            for edge in hidden
            if _parts(edge, lines, figures=not undrawn) or self._is_aligned(edge, lines)
        ]
        return sorted([*drawn, *told])

    def _drawn(self, band: int) -> list[float]:
        height = self._heights[band]
        return [
            edge
            for edge, rules in zip(self._columns, self._sides, strict=True)
            if any(rule.start <= height <= rule.end for rule in rules)
        ]

    def _is_aligned(self, edge: float, lines: Sequence[Sequence[Word]]) -> bool:
        """Say whether words on both sides of ``edge`` stand as those of their columns do.

        They begin or end where most lines of the column do in bands where its sides are drawn;
        the words of a wide cell, which run on over the edge, do so by chance alone.
        """
        at = self._columns.index(edge)
        if not 0 < at < len(self._columns) - 1:
            return False
        pairs = [(self._in_column(line, at - 1), self._in_column(line, at)) for line in lines]
        gaps = [
            (after[0].x0 - before[-1].x1) / before[-1].size
            for before, after in pairs
            if before and after
        ]
        if not gaps or min(gaps) < _BETWEEN_ALIGNED:
            return False
        if any(_crosses(word, edge) for line in lines for word in line):
            return False
        left, right = self._ends.get(at - 1), self._ends.get(at)
        return (
            left is not None
            and right is not None
            and all(
                (not before or _stands(before, left)) and (not after or _stands(after, right))
                for before, after in pairs
            )
        )

    def _in_column(self, line: Sequence[Word], column: int) -> list[Word]:
        low, high = self._columns[column], self._columns[column + 1]
        return [word for word in line if low <= (word.x0 + word.x1) / 2 < high]

    @cached_property
    def _ends(self) -> dict[int, _Ends]:
        """Return for each column where half of its lines, and three at least, begin and end."""
        begins: dict[int, Counter[int]] = defaultdict(Counter)
        finishes: dict[int, Counter[int]] = defaultdict(Counter)
        for band, words in self._words.items():
            drawn = self._drawn(band)
            cells: dict[int, list[Word]] = defaultdict(list)
            for word in words:
                cells[bisect_right(self._columns, (word.x0 + word.x1) / 2) - 1].append(word)
            for column, inside in cells.items():
                if set(self._columns[max(0, column) : column + 2]) <= set(drawn):
                    for line in words_to_lines(inside):
                        begins[column][round(line[0].x0)] += 1
                        finishes[column][round(line[-1].x1)] += 1
        return {column: (_usual(begins[column]), _usual(finishes[column])) for column in begins}


def _usual(counts: Counter[int]) -> frozenset[int]:
    least = max(_FEWEST_ALIGNED, counts.total() / 2)
    near = {place: counts[place - 1] + counts[place] + counts[place + 1] for place in counts}
    return frozenset(place for place, count in near.items() if count >= least)


def _stands(words: Sequence[Word], ends: _Ends) -> bool:
    begins, finishes = ends
    return round(words[0].x0) in begins or round(words[-1].x1) in finishes


def _crosses(word: Word, edge: float) -> bool:
    reach = _CROSSING * word.size
    return word.x0 < edge - reach and word.x1 > edge + reach


def _is_clean(edges: Sequence[float], words: Sequence[Word]) -> bool:
    """Say whether no word reaches over an edge and words fill most of the cells between them."""
    filled: set[int] = set()
    for word in words:
        first = bisect_right(edges, word.x0 + _OVER)
        if first != bisect_right(edges, word.x1 - _OVER):
            return False
        filled.add(first)
    return len(filled) > _MOST_CELLS * (len(edges) - 1)


def _parts(edge: float, lines: Sequence[Sequence[Word]], *, figures: bool) -> bool:
    """Say whether words stand on both sides of ``edge``, and none near enough to read across.

    With ``figures``, one of the two has to be a figure: wide words may fill a wide cell.
    """
    both = False
    for line in lines:
        left = max((w for w in line if w.x0 < edge), key=lambda w: w.x1, default=None)
        right = min((w for w in line if w.x0 >= edge), key=lambda w: w.x0, default=None)
        if left and _crosses(left, edge):
            return False
        if left and right:
            amounts = is_amount(left.text) and is_amount(right.text)
            least = _BETWEEN_AMOUNTS if amounts else _READ_ACROSS
            if right.x0 - left.x1 < least * line[0].size:
                return False
            both = both or not figures or is_figure(left.text) or is_figure(right.text)
    return both
