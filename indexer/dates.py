"""Dates as EDTF (ISO 8601-2): their bounds, and the dates that a text mentions."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from indexer.errors import UsageError
from indexer.model import Span

_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?[?~%]?")

MONTHS = {name.lower(): n for n, name in enumerate(calendar.month_name) if name}
_ABBREVIATED = {name.lower(): n for n, name in enumerate(calendar.month_abbr) if name}
_MONTH_NUMBERS = {**MONTHS, **_ABBREVIATED, "sept": 9}
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "winter": 24}

_MONTH = r"(?P<month>" + "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True)) + r")\b\.?"
_DAY = r"(?P<day>\d{1,2}) ?(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_DAY}(?: of)?[ ,-]*{_MONTH}[ ,-]*{_YEAR}\b",
        rf"\b{_MONTH} {_DAY}[ ,]+{_YEAR}\b",
        rf"\b{_YEAR}-(?P<nmonth>0[1-9]|1[0-2])-(?P<day>\d{{2}})\b",
        rf"\b(?P<day>\d{{1,2}})[/.](?P<nmonth>\d{{1,2}})[/.]{_YEAR}\b",
        rf"(?:\b(?P<part>early|mid|late)[ -])?\b{_MONTH}[ ,]*{_YEAR}\b",
        rf"\b(?:(?P<part>early|mid|late)[ -])?(?P<season>spring|summer|autumn|winter)(?: of)?[ ,]+"
        rf"{_YEAR}\b",
        rf"\b{_YEAR} ?[/–-] ?(?P<next>\d{{2}}(?:\d{{2}})?)\b(?![-/]\d)",
        rf"\b(?P<part>early|mid|late)[ -](?:in )?{_YEAR}\b",
        rf"(?<![\d/.,£€$-])\b{_YEAR}\b(?![/-]?\d|,\d|%)",
    )
)


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date that a text mentions, where it stands, and how finely it is given."""

    span: Span
    edtf: str
    precision: str
    """One of ``day``, ``month``, ``season``, ``year``, ``years``."""


@lru_cache(maxsize=4096)
def bounds(edtf: str) -> tuple[date, date]:
    """Return the first and the last day that an EDTF date may mean.

    An open or unknown end is year 1 or 9999. Raises UsageError where ``edtf`` is not EDTF.
    """
    plain = _PLAIN.fullmatch(edtf)
    if plain:
        return _plain_bounds(edtf, plain)
    return _general_bounds(edtf)


def _plain_bounds(edtf: str, match: re.Match[str]) -> tuple[date, date]:
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError as error:
        raise _not_edtf(edtf) from error
    if day:
        return first, first
    last_month = month or 12
    return first, date(first.year, last_month, calendar.monthrange(first.year, last_month)[1])


def _general_bounds(edtf: str) -> tuple[date, date]:
    from edtf import EDTFParseException, parse_edtf

    try:
        parsed = parse_edtf(edtf)
        first, last = parsed.lower_strict(), parsed.upper_strict()
        return _day(first, date.min), _day(last, date.max)
    except (EDTFParseException, ValueError, TypeError, AttributeError) as error:
        raise _not_edtf(edtf) from error


def _day(moment: object, unbounded: date) -> date:
    if isinstance(moment, float | int) and not isinstance(moment, bool):
        return unbounded
    year, month, day = moment[:3]  # type: ignore[index]  # a struct_time from edtf
    if year < 1 or year > 9999:
        return unbounded
    return date(year, month, day)


def _not_edtf(edtf: str) -> UsageError:
    return UsageError(
        f"{edtf!r} is not a date in EDTF.",
        "Write 2016-09-13, 2016-09, 2016, 2016-21 (spring), 2016~ (about), "
        "or 2016-05/2016-06 (from, to).",
    )


def find_dates(text: str) -> Iterator[DateMention]:
    """Yield the dates with a year that ``text`` mentions, in order, none inside another."""
    taken: list[DateMention] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            span = Span(match.start(), match.end())
            if any(span.overlaps(other.span) for other in taken):
                continue
            mention = _mention(match, span)
            if mention:
                taken.append(mention)
    yield from sorted(taken, key=lambda mention: mention.span)


def _mention(match: re.Match[str], span: Span) -> DateMention | None:
    found = match.groupdict()
    year = int(found["year"])
    if found.get("season"):
        return DateMention(span, f"{year}-{_SEASONS[found['season'].lower()]}", "season")
    if found.get("next"):
        return _span_of_years(span, year, found["next"])
    month = _month(found)
    if month is None:
        return DateMention(span, f"{year}", "year")
    if not found.get("day"):
        return DateMention(span, f"{year}-{month:02}", "month")
    try:
        day = date(year, month, int(found["day"]))
    except ValueError:
        return None
    return DateMention(span, day.isoformat(), "day")


def _month(found: dict[str, str | None]) -> int | None:
    if number := found.get("nmonth"):
        return int(number)
    if name := found.get("month"):
        return _MONTH_NUMBERS[name.lower()]
    return None


def _span_of_years(span: Span, year: int, ending: str) -> DateMention | None:
    last = int(ending) if len(ending) == 4 else year // 100 * 100 + int(ending)
    if not year < last <= year + 30:
        return None
    if last == year + 1:
        return DateMention(span, f"{year}-04/{last}-03", "years")
    return DateMention(span, f"{year}/{last}", "years")
