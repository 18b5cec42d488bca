"""Dates as places on a line: for the dated versions of an answer, and a collection's years.

Pure geometry in the units of a drawing; the templates draw it, and say the same in words beside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from indexer.dates import bounds
from indexer.errors import UsageError

WIDTH = 640.0
_EDGE = 24.0
_LEAST = 8.0
_LABEL_ROOM = 84.0
_FAR = (date(1800, 1, 1), date(2200, 1, 1))


@dataclass(frozen=True, slots=True)
class Dot:
    """One date: from ``x`` on, ``width`` wide, in row ``row`` where others lie in its way."""

    x: float
    width: float
    row: int
    number: int
    superseded: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A year's beginning."""

    x: float
    year: int


@dataclass(frozen=True, slots=True)
class Line:
    """Dates on a line of ``WIDTH``."""

    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    rows: int


@dataclass(frozen=True, slots=True)
class Bar:
    """How many documents a year has; ``height`` is a part of the greatest, from 0 to 1."""

    x: float
    width: float
    height: float
    year: int
    documents: int
    labelled: bool


def days_of(edtf: str | None) -> tuple[date, date] | None:
    """Return the first and last day that a date may mean, None where that says nothing."""
    if not edtf:
        return None
    try:
        first, last = bounds(edtf)
    except UsageError:
        return None
    return (first, last) if first > _FAR[0] and last < _FAR[1] else None


def line_of(versions: Sequence[tuple[str | None, bool]]) -> Line | None:
    """Place dated versions, each an EDTF date and whether it is superseded, from left to right.

    None where fewer than two have a date: there is nothing to see then.
    """
    dated = [
        (days, superseded, number)
        for number, (edtf, superseded) in enumerate(versions, start=1)
        if (days := days_of(edtf))
    ]
    if len(dated) < 2:
        return None
    begin = date(min(days[0] for days, _, _ in dated).year, 1, 1)
    end = date(max(days[1] for days, _, _ in dated).year + 1, 1, 1)
    scale = (WIDTH - 2 * _EDGE) / (end - begin).days

    def place(day: date) -> float:
        return round(_EDGE + (day - begin).days * scale, 1)

    dots: list[Dot] = []
    for (first, last), superseded, number in sorted(dated, key=lambda one: one[0]):
        x = place(first)
        width = max(round(place(last) - x, 1), _LEAST)
        dots.append(Dot(x, width, _free_row(dots, x), number, superseded))
    ticks = _ticks(begin.year, end.year, place)
    return Line(tuple(dots), ticks, 1 + max(dot.row for dot in dots))


def _free_row(dots: Iterable[Dot], x: float) -> int:
    taken = {dot.row for dot in dots if dot.x + max(dot.width, 30.0) > x}
    return next(row for row in range(len(taken) + 1) if row not in taken)


def _ticks(first: int, last: int, place: Callable[[date], float]) -> tuple[Tick, ...]:
    step = max(1, round((last - first) * _LABEL_ROOM / WIDTH + 0.5))
    return tuple(Tick(place(date(year, 1, 1)), year) for year in range(first, last + 1, step))


def bars_of(dates: Iterable[str | None]) -> list[Bar]:
    """Count documents by the year of their date's first day, gaps among the years included."""
    years = Counter(days[0].year for edtf in dates if (days := days_of(edtf)))
    if not years:
        return []
    span = range(min(years), max(years) + 1)
    width = (WIDTH - 2 * _EDGE) / len(span)
    step = max(1, round(len(span) * _LABEL_ROOM / WIDTH + 0.5))
    most = max(years.values())
    return [
        Bar(
            round(_EDGE + place * width, 1),
            round(width, 1),
            round(years[year] / most, 3),
            year,
            years[year],
            place % step == 0,
        )
        for place, year in enumerate(span)
    ]
