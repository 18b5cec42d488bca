"""The names above the columns of a table without ruled lines: which name is for which columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.parse.pdf_strips import Strip

_NEAR = 0.75
"""The distance, in heights of type, at which two lines are names side by side."""
_ALIGNED = 2.0
"""How far apart, in points, edges may be that are in line."""
_OFF_CENTRE = 0.42
"""How far a name may be from the middle of its columns, in distances of columns."""


class Place(NamedTuple):
    """From where to where something reaches across the page."""

    x0: float
    x1: float

    @property
    def centre(self) -> float:
        """Return the middle."""
        return (self.x0 + self.x1) / 2


class _Name(NamedTuple):
    text: str
    place: Place


def name_columns(
    lines: Sequence[Sequence[Strip]], columns: Sequence[Place], zones: Sequence[int]
) -> tuple[list[list[str]], int]:
    """Return rows of column names, and how many of ``lines`` at the top are no part of them.

    A name over several columns is said for each. ``zones`` says where columns of words stand: by
    the number of columns of figures on their left. Names that cannot be told for certain, and
    all above them, are left out.
    """
    found: list[list[str]] = []
    top = named = len(lines)
    for start, band in reversed(_bands(lines)):
        row = _named(band, columns, zones)
        if row is None:
            break
        found.insert(0, row)
        named = start
        if any(row[index] for index in _figure_places(len(columns), zones)):
            top = named
    kept = sum(start >= top for start, _ in _bands(lines))
    return found[len(found) - kept :] if kept else [], top


def with_empty(
    lines: Sequence[Sequence[Strip]], columns: Sequence[Place], rows: Sequence[Sequence[Strip]]
) -> list[Place]:
    """Return ``columns`` with those that have a name among ``lines`` and stand empty in ``rows``.

    That is told from the lowest line with more names than columns, where each column has one name
    alone, with an edge or the middle in common, and the others stand over no word of the rows.
    """
    for _, names in reversed(_bands(lines)):
        if len(names) <= len(columns):
            continue
        found = [[name for name in names if _is_over(name.place, place)] for place in columns]
        if not all(len(each) == 1 and _aligned(each[0].place, place)
                   for each, place in zip(found, columns, strict=True)):  # fmt: skip
            return list(columns)
        others = [name.place for name in names if all(name not in each for each in found)]
        empty = [place for place in others if not any(_is_over(place, s) for r in rows for s in r)]
        return sorted([*columns, *empty])
    return list(columns)


def _is_over(place: Place, other: Place | Strip) -> bool:
    return place.x0 < other.x1 and place.x1 > other.x0


def _aligned(name: Place, column: Place) -> bool:
    offs = (name.x0 - column.x0, name.x1 - column.x1, name.centre - column.centre)
    return min(map(abs, offs)) <= _ALIGNED


def _bands(lines: Sequence[Sequence[Strip]]) -> list[tuple[int, list[_Name]]]:
    """Return the names of each line with its number; lines at half height are one."""
    bands: list[tuple[int, list[_Name]]] = []
    for number, line in enumerate(lines):
        above = lines[number - 1][0] if number else None
        near = above and above.middle - line[0].middle < _NEAR * min(above.size, line[0].size)
        if not near:
            bands.append((number, []))
        for strip in line:
            _stack(bands[-1][1], strip)
    for _, names in bands:
        names.sort(key=lambda name: name.place)
    return bands


def _stack(names: list[_Name], strip: Strip) -> None:
    """Add a piece of a line to the name that it stands under, or as a name of its own."""
    for index, name in enumerate(names):
        if name.place.x0 < strip.x1 and name.place.x1 > strip.x0:
            place = Place(min(name.place.x0, strip.x0), max(name.place.x1, strip.x1))
            names[index] = _Name(f"{name.text} {strip.text}", place)
            return
    names.append(_Name(strip.text, Place(strip.x0, strip.x1)))


def _named(
    names: Sequence[_Name], columns: Sequence[Place], zones: Sequence[int]
) -> list[str] | None:
    """Return the cells of a row of names, None where it is not plain whose they are."""
    edges = [(a.x1 + b.x0) / 2 for a, b in pairwise(columns)]
    left = columns[0].x0 - max(0.0, min(_pitch(columns) - (columns[0].x1 - columns[0].x0), 40.0))
    over = [name for name in names if name.place.x1 > columns[0].x0 and name.place.x0 >= left - 2]
    beside = [name for name in names if name not in over]
    if any(name.place.x1 > columns[0].x0 + 2 for name in beside) or (beside and 0 not in zones):
        return None
    row = [""] * len(columns)
    if over:
        found = _one_each(over, columns, edges) or _runs(over, columns)
        if found is None:
            return None
        row = found
    cells = {0: " ".join(name.text for name in beside)}
    out: list[str] = []
    for index in range(len(columns) + 1):
        if index in zones:
            out.append(cells.get(index, ""))
        if index < len(columns):
            out.append(row[index])
    return out


def _one_each(
    names: Sequence[_Name], columns: Sequence[Place], edges: Sequence[float]
) -> list[str] | None:
    """Return a name for each column where each name stands over one, and each column has one."""
    row = [""] * len(columns)
    for name in names:
        index = sum(edge <= name.place.centre for edge in edges)
        column = columns[index]
        if name.place.x0 > column.x1 + 2 or name.place.x1 < column.x0 - 2:
            return None
        row[index] = f"{row[index]} {name.text}".strip()
    return row if all(row) else None


def _runs(names: Sequence[_Name], columns: Sequence[Place]) -> list[str] | None:
    """Return names said for each of the neighbouring columns over whose middle they stand."""
    count, total = len(names), len(columns)
    if count > total:
        return None
    best: list[dict[int, tuple[float, int]]] = [{0: (0.0, 0)}]
    for name in names:
        reached: dict[int, tuple[float, int]] = {}
        for start, (cost, _) in best[-1].items():
            for end in range(start + 1, total + 1):
                off = abs((columns[start].x0 + columns[end - 1].x1) / 2 - name.place.centre)
                if off <= _OFF_CENTRE * _pitch(columns) and cost + off < reached.get(end, _NONE)[0]:
                    reached[end] = cost + off, start
        best.append(reached)
    if total not in best[-1]:
        return None
    row = [""] * total
    end = total
    for number in range(count, 0, -1):
        start = best[number][end][1]
        row[start:end] = [names[number - 1].text] * (end - start)
        end = start
    return row


_NONE = (float("inf"), 0)


def _pitch(columns: Sequence[Place]) -> float:
    """Return the least distance from one column to the next."""
    return min((b.x1 - a.x1 for a, b in pairwise(columns)), default=columns[0].x1 - columns[0].x0)


def _figure_places(columns: int, zones: Sequence[int]) -> list[int]:
    """Return at which cells of a row the columns of figures stand."""
    return [index + sum(zone <= index for zone in zones) for index in range(columns)]
