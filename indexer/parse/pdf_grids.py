"""Tables without ruled lines: figures that stand under each other, and the names above them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.parse.figures import NIL, is_figure
from indexer.parse.markers import ends_linking, starts_lower
from indexer.parse.pdf_headings import Place, name_columns, with_empty
from indexer.parse.pdf_strips import Strip
from indexer.parse.pdf_words import Word

_FEWEST_LINES = 3
_MORE_FIGURES = 1.5
_MOST_TEXT_LINES = 5
_MOST_NAMES = 12
_TIGHT = 1.7
"""The line distance, in heights of type, up to which a cell's words may go on."""
_FAR, _APART, _NEAR = 5.0, 2.5, 0.75
"""Line distances, in heights of type: one that ends a table, one that parts it from its heading,
and one at which two lines are cells of one row."""
_OVER = 0.5


class Grid(NamedTuple):
    """A table found among lines ``start`` to ``end``; ``headers`` rows of it name the columns.

    ``columns`` are the right edges of the columns of figures.
    """

    start: int
    end: int
    cells: list[list[str]]
    headers: int
    columns: tuple[float, ...]


@dataclass(slots=True)
class _Columns:
    """Columns of figures from the left, as the places that their figures take up."""

    places: list[Place] = field(default_factory=list)

    def among(self, strip: Strip | Word) -> list[int]:
        """Return the columns that a piece of a line reaches into."""
        x0, x1 = strip.x0 + _OVER, strip.x1 - _OVER
        return [i for i, place in enumerate(self.places) if place.x0 < x1 and place.x1 > x0]

    def take(self, cells: Sequence[Strip]) -> bool:
        """Widen the columns to hold a line's figures; False, and no change, where they cannot."""
        found = [self.among(cell) for cell in cells]
        known = [each[0] for each in found if each]
        if any(len(each) > 1 for each in found) or len(set(known)) < len(known):
            return False
        for cell, each in zip(cells, found, strict=True):
            if each:
                old = self.places[each[0]]
                self.places[each[0]] = Place(min(old.x0, cell.x0), max(old.x1, cell.x1))
        self.places += [Place(c.x0, c.x1) for c, each in zip(cells, found, strict=True) if not each]
        self.places.sort()
        return True


def find_grids(rows: Sequence[Sequence[Strip]]) -> Iterator[Grid]:
    """Yield the tables among lines of print, from the top.

    A table has three lines at least with two figures each, and no two figures of a line in one
    column. Its heading is what stands above, where it is plain which columns each name is for.
    """
    free = at = 0
    while at < len(rows):
        if len(_figures(rows[at])) < 2:
            at += 1
            continue
        end, columns = _grow(rows, at)
        if len(columns.places) > 1 and _is_of_figures(rows[at:end]):
            yield _grid(rows, free, at, end, columns)
            free = end
        at = max(end, at + 1)


def _is_of_figures(rows: Sequence[Sequence[Strip]]) -> bool:
    """Say whether enough lines have figures, and those more figures than words."""
    lines = [(len(_figures(row)), len(row)) for row in rows]
    full = [(figures, pieces - figures) for figures, pieces in lines if figures > 1]
    words = sum(texts for _, texts in full)
    return len(full) >= _FEWEST_LINES and sum(f for f, _ in full) > _MORE_FIGURES * words


def _figures(row: Sequence[Strip]) -> list[Strip]:
    """Return the pieces of a line that are a figure and nothing else, or stand for none."""
    return [s for s in row if is_figure(s.text) or s.text in NIL]


def _grow(rows: Sequence[Sequence[Strip]], start: int) -> tuple[int, _Columns]:
    """Return where the table that begins with a line of figures ends, and its columns."""
    columns = _Columns()
    end = start
    for at in range(start, len(rows)):
        figures = _figures(rows[at])
        distance = _distance(rows, at - 1) if at > start else 0.0
        lone = len(rows[at]) == 1 and len(figures) == 1 and distance > _APART
        if distance > _FAR or lone or at - end > _MOST_TEXT_LINES:
            break
        if figures:
            if not columns.take(figures):
                break
            end = at + 1
        elif sum(bool(columns.among(strip)) for strip in rows[at]) > 1:
            break
    return end, columns


def _distance(rows: Sequence[Sequence[Strip]], above: int) -> float:
    """Return how far a line is above the next, in heights of its type."""
    first, second = rows[above][0], rows[above + 1][0]
    return (first.middle - second.middle) / max(1.0, min(first.size, second.size))


def _grid(
    rows: Sequence[Sequence[Strip]], free: int, start: int, end: int, columns: _Columns
) -> Grid:
    above = _lines_above(rows, free, start, columns)
    first = start
    while first > above and not any(columns.among(strip) for strip in rows[first - 1]):
        first -= 1
    columns = _Columns(with_empty(rows[above:first], columns.places, rows[first:end]))
    zones = _zones(rows[first:end], columns)
    names, top = name_columns(rows[above:first], columns.places, zones)
    if not names:
        top, first = 0, start
        above, zones = start, _zones(rows[start:end], columns)
    body = [_laid_out(*_parted(row, columns), zones) for row in rows[first:end]]
    right = tuple(round(place.x1, 1) for place in columns.places)
    cells = [*names, *join_rows(body, rows[first:end])]
    return Grid(above + top, end, cells, len(names), right)


def _zones(rows: Sequence[Sequence[Strip]], columns: _Columns) -> list[int]:
    """Return where texts stand: by the number of columns of figures on their left."""
    return sorted({zone for row in rows for zone in _parted(row, columns)[0]})


def _parted(row: Sequence[Strip], columns: _Columns) -> tuple[dict[int, list[str]], list[str]]:
    """Part a line into texts, by how many columns stand left of each, and a figure a column."""
    texts: dict[int, list[str]] = {}
    figures = [""] * len(columns.places)
    lone = not _figures(row)
    for strip in row:
        words = list(strip.words)
        own = columns.among(strip)
        if own and not figures[own[0]] and (is_figure(strip.text) or strip.text in NIL):
            figures[own[0]] = strip.text
            continue
        for end in (0, -1):
            if len(words) > 1 and not lone:
                found = columns.among(words[end])
                amount = is_figure(words[end].text) or words[end].text in NIL
                if amount and len(found) == 1 and not figures[found[0]]:
                    figures[found[0]] = words.pop(end).text
        text = " ".join(word.text for word in words)
        place = _column_of(words, columns)
        if not lone and place is not None and not figures[place]:
            figures[place] = text
        else:
            zone = sum(column.x0 <= words[0].x0 for column in columns.places)
            texts.setdefault(zone, []).append(text)
    return texts, figures


def _column_of(words: Sequence[Word], columns: _Columns) -> int | None:
    """Return the column in which words stand that are no figure: most of them inside it."""
    x0, x1 = words[0].x0, words[-1].x1
    for index, column in enumerate(columns.places):
        if min(x1, column.x1) - max(x0, column.x0) > 0.5 * (x1 - x0):
            return index
    return None


def _laid_out(
    texts: dict[int, list[str]], figures: Sequence[str], zones: Sequence[int]
) -> list[str]:
    """Return a row's cells from the left: the columns of figures, and texts in their ``zones``."""
    cells: list[str] = []
    for index in range(len(figures) + 1):
        if index in zones:
            cells.append(" ".join(texts.get(index, [])))
        if index < len(figures):
            cells.append(figures[index])
    return cells


def join_rows(cells: Sequence[list[str]], rows: Sequence[Sequence[Strip]]) -> list[list[str]]:
    """Put rows together that are lines of one: figures at half height, and words that go on."""
    joined: list[list[str]] = []
    right = _right_of_labels(rows)
    for number, row in enumerate(cells):
        distance = _distance(rows, number - 1) if number else _FAR
        wrapped = number > 0 and _is_wrapped(rows[number - 1], rows[number], right)
        if joined and _is_one_row(joined[-1], row, distance, wrapped=wrapped):
            both = zip(joined[-1], row, strict=True)
            joined[-1] = [" ".join(filter(None, pair)) for pair in both]
        else:
            joined.append(row)
    return joined


def _label(row: Sequence[Strip]) -> Strip:
    """Return the words of a line, or its first figure where it has none."""
    return next((strip for strip in row if not is_figure(strip.text)), row[0])


def _right_of_labels(rows: Sequence[Sequence[Strip]]) -> float:
    """Return where the first figures begin on the right of the labels."""
    return min(
        (s.x0 for row in rows for s in row if is_figure(s.text) and s.x0 > _label(row).x0),
        default=float("inf"),
    )


def _is_wrapped(above: Sequence[Strip], row: Sequence[Strip], right: float) -> bool:
    """Say whether the next line's first word did not fit on the line above."""
    one, other = _label(above), _label(row)
    if one.bold != other.bold or abs(one.x0 - other.x0) > 0.5 * one.size:
        return False
    first = other.words[0]
    return one.x1 + 0.75 * one.size + first.x1 - first.x0 > right


def _is_one_row(
    above: Sequence[str], row: Sequence[str], distance: float, *, wrapped: bool
) -> bool:
    both = [bool(a) and bool(b) for a, b in zip(above, row, strict=True)]
    if distance < _NEAR:
        return sum(both) <= 1
    if distance > _TIGHT or sum(both) != 1:
        return False
    first, second = above[both.index(True)], row[both.index(True)]
    if is_figure(first) or is_figure(second) or not (_only_text(above) or _only_text(row)):
        return False
    in_brackets = first.count("(") > first.count(")") and ")" in second
    return wrapped or in_brackets or starts_lower(second) or ends_linking(first)


def _only_text(row: Sequence[str]) -> str | None:
    """Return the only cell of a row that has but one, and that of words."""
    filled = [cell for cell in row if cell]
    return filled[0] if len(filled) == 1 and not is_figure(filled[0]) else None


def _lines_above(rows: Sequence[Sequence[Strip]], free: int, start: int, columns: _Columns) -> int:
    """Return the first of the lines above a table that may name its columns."""
    at = start
    while at > free and start - at < _MOST_NAMES and _distance(rows, at - 1) <= _APART:
        row = rows[at - 1]
        left = columns.places[0].x0
        wide = any(strip.x0 < left and len(columns.among(strip)) > 1 for strip in row)
        if wide or len(_figures(row)) > 1:
            break
        at -= 1
    return at
