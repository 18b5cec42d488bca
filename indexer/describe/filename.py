"""Dates in a file's name: “16th July 2015”, “2010-09-15”, “19072011”, “24 06 10”."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from indexer.dates import bounds, find_dates
from indexer.describe.head import name_words
from indexer.model import Kind

SPACED = re.compile(r"(?<![\d.])(\d{1,2})[ .-](\d{1,2})[ .-]((?:20)?\d{2})(?![\d.])")
_RUN = re.compile(r"(?<!\d)(\d{6}|\d{8})(?!\d)")
_SORTED = re.compile(r"(?<!\d)(20\d{2})[ .-](\d{2})[ .-](\d{2})(?!\d)")
_FILED_UNDER = re.compile(r"\W*20\d\d[ .-](?:0[1-9]|1[0-2])(?![ .-]?\d)")
_EXACT = frozenset({"day", "days"})
_FINENESS = ("year", "season", "month")


@dataclass(frozen=True, slots=True)
class Found:
    """A date for the meeting, and whether a weekday beside it says that it is right."""

    edtf: str
    words: str
    weekday: int | None = None
    lone: bool = False
    """True where nothing says that it is the meeting's but that it stands alone."""

    @property
    def exact(self) -> bool:
        """Whether it is a single day."""
        return bounds(self.edtf)[0] == bounds(self.edtf)[1]

    @property
    def agrees(self) -> bool:
        """Whether it was the weekday that is stated, if one is."""
        return self.weekday is None or bounds(self.edtf)[0].weekday() == self.weekday


def date_in_name(file: str, kind: Kind, text: str) -> Found | None:
    """Return the date in the file's name, the finest and, of equals, the last.

    A month before the name of minutes is as often that of filing or of approval. Figures that can
    be read in two ways are read as ``text`` has them.
    """
    name = name_words(file)
    days = [m for m in find_dates(name) if m.precision in _EXACT]
    if days:
        return Found(days[-1].edtf, days[-1].span.of(name))
    for edtf, words in _numbers_in(name, text):
        return Found(edtf, words)
    rest = _FILED_UNDER.sub("", name) if kind is Kind.MINUTES else name
    coarse = [m for m in find_dates(rest) if m.precision in _FINENESS]
    if not coarse:
        return _filed_month(name, kind)
    best = max(coarse, key=lambda m: _FINENESS.index(m.precision))
    return Found(best.edtf, best.span.of(rest))


def _filed_month(name: str, kind: Kind) -> Found | None:
    if kind is Kind.MINUTES or not (filed := _FILED_UNDER.match(name)):
        return None
    words = filed[0].strip()
    return Found(re.sub(r"[ .]", "-", words), words)


def _numbers_in(name: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield days written in figures alone; where two readings are possible, what the text has."""
    for match in _SORTED.finditer(name):
        if day := numbered(match[3], match[2], match[1]):
            yield day, match[0]
    for match in SPACED.finditer(name):
        if day := numbered(*match.groups()):
            yield day, match[0]
    for match in _RUN.finditer(name):
        readings = _readings(match[1])
        possible = readings if len(readings) == 1 else readings & _days_in(text)
        if len(possible) == 1:
            yield possible.pop(), match[0]


def _days_in(text: str) -> set[str]:
    figures = {day for match in SPACED.finditer(text) if (day := numbered(*match.groups()))}
    return figures | {mention.edtf for mention in find_dates(text)}


def _readings(figures: str) -> set[str]:
    a, b, c = figures[:2], figures[2:4], figures[4:]
    found = {numbered(a, b, c)}
    if len(figures) == 6:
        found.add(numbered(c, b, a))
    else:
        found.add(numbered(figures[6:], figures[4:6], figures[:4]))
    return {day for day in found if day}


def numbered(day: str, month: str, year: str) -> str | None:
    """Return the day in EDTF, or None where it is none or not of this age."""
    try:
        found = date(int(year) + 2000 * (len(year) == 2), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if 1990 <= found.year <= 2060 else None
