"""EDTF dates in plain English, and the dates that people type as EDTF."""

from __future__ import annotations

import calendar
import re

from indexer.calendar_words import SEASONS
from indexer.dates import bounds, find_dates
from indexer.errors import UsageError
from indexer.number_words import ORDINALS

_QUALIFIERS = {"~": "about ", "?": "possibly ", "%": "possibly about "}
_PARTS = {
    **{f"{number}": name for name, number in SEASONS.items()},
    **{f"{33 + n}": f"the {name} quarter of" for n, name in enumerate([*ORDINALS][:4])},
}
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?(?:T.*)?")
_DECADE = re.compile(r"(\d{3})X")
_UNKNOWN_PART = re.compile(r"(\d{4}(?:-\d{2})?)(?:-XX)+")


def plain_date(edtf: str | None) -> str:
    """Say a date as a person would; what has no plain words is shown as it stands.

    >>> plain_date("2016-05/2016-06")
    'between May and June 2016'
    """
    if not edtf:
        return "date not known"
    if edtf[0] in "[{" and edtf[-1] in "]}":
        return _one_of(edtf) or edtf
    if "/" in edtf:
        first, last = edtf.split("/", 1)
        return _interval(first, last)
    return _point(edtf)


def _one_of(edtf: str) -> str:
    if ".." in edtf:
        return edtf
    days = [_point(day.strip()) for day in edtf[1:-1].split(",")]
    joint = " or " if edtf[0] == "[" else " and "
    return days[0] if len(days) == 1 else ", ".join(days[:-1]) + joint + days[-1]


def _interval(first: str, last: str) -> str:
    if last in ("", ".."):
        return f"from {_point(first)}" if first not in ("", "..") else "date not known"
    if first in ("", ".."):
        return f"until {_point(last)}"
    return f"between {_without_repeat(first, last)} and {_point(last)}"


def _without_repeat(first: str, last: str) -> str:
    """Leave out of the first date what the last one says again: the year, or month and year."""
    begin, end = _DATE.fullmatch(first), _DATE.fullmatch(last)
    words = _point(first)
    if begin and end and begin["month"] and end["month"] and begin["year"] == end["year"]:
        words = words.removesuffix(f" {begin['year']}")
        if begin["day"] and end["day"] and begin["month"] == end["month"]:
            words = words.split(" ")[0]
    return words


def _point(edtf: str) -> str:
    if edtf[-1:] in _QUALIFIERS:
        return _QUALIFIERS[edtf[-1]] + _point(edtf[:-1])
    if decade := _DECADE.fullmatch(edtf):
        return f"the {decade[1]}0s"
    if known := _UNKNOWN_PART.fullmatch(edtf):
        return _point(known[1])
    found = _DATE.fullmatch(edtf)
    return (_calendar(found) if found else None) or edtf


def _calendar(found: re.Match[str]) -> str | None:
    year, month, day = found["year"], found["month"], found["day"]
    if month is None:
        return str(int(year))
    if month in _PARTS and not day:
        return f"{_PARTS[month]} {int(year)}"
    if not 1 <= int(month) <= 12:
        return None
    name = calendar.month_name[int(month)]
    return f"{int(day)} {name} {int(year)}" if day else f"{name} {int(year)}"


def read_date(typed: str) -> str:
    """Return as EDTF what a person typed: EDTF itself, 13/09/2016, September 2016, 2016.

    Raises UsageError with examples where it is none of them.
    """
    typed = typed.strip()
    mentions = list(find_dates(typed))
    if len(mentions) == 1 and mentions[0].span.of(typed) == typed:
        return mentions[0].edtf
    try:
        bounds(typed)
    except UsageError as error:
        raise UsageError(
            f"“{typed}” cannot be read as a date.",
            "Write a day, a month or a year: 13 September 2016, September 2016, or 2016.",
        ) from error
    return typed
