"""Dates that a text gives without a year, resolved by when it was said: “late autumn”, “in April”.

Only what can mean one time is resolved. A month or a season by itself needs words around it that
say whether it was to come or had been; where they say neither, or both, it stays as it is.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from indexer.calendar_words import FIRST_MONTHS, MONTH, MONTHS, SEASON, SEASONS
from indexer.dates import DateMention, bounds, find_dates
from indexer.model import Span
from indexer.number_words import COUNTING

_LONGEST_SAID = 200
"""Days: a text whose own date is less well known than that resolves nothing."""
_AROUND, _NEAR = 300, 40
_SEASON_CODES = {month: SEASONS[name] for name, month in FIRST_MONTHS.items() if month < 12}
"""By the first month; a winter is of two years."""
_COUNTS = {word: number for word, number in COUNTING.items() if number <= 12}
_COUNTS |= {"a": 1, "eighteen": COUNTING["eighteen"]}

_NAMED = rf"(?P<named>{MONTH}|(?i:{SEASON}))"
_COUNT = rf"(?P<count>\d{{1,2}}|(?i:{'|'.join(_COUNTS)}))"
_DAY_OF_MONTH = r"(?:(?P<dom>\d{1,2})(?:st|nd|rd|th)?(?: of)? )?"
_PART = r"(?:(?:[Ee]arly|[Mm]id|[Ll]ate)[ -])?"
_MODAL = r"(?:will|would|shall|should|may|might|can|could|must|to)"
_PLANNED = (
    r"(?:expected|planned|due|anticipated|scheduled|proposed|intended|hoped|targeted|forecast|"
    r"likely|"
    r"set)"
)
_CUE = re.compile(
    rf"(?P<soon>\b{_MODAL}(?: not)?(?: \w+ly)? (?:be|have been)(?: \w+ly)? \w+"
    rf"|\b(?:will|would|shall)\b|\b(?:(?:was|were|is|are|been|being) )?{_PLANNED}\b"
    r"|\b(?:plans?|expects?|intends?|aims?|hopes?|going|agreed|resolved|decided|asked) to \w+"
    r"|\bto (?:report|review|return|come|bring|present|submit|publish|complete|begin|start|open|"
    r"close|"
    r"meet|consider|provide|receive|update|circulate|finish|deliver|launch|take)\b"
    r"|\b(?:forthcoming|upcoming)\b)"
    r"|(?P<told>\b(?:(?:was|were) )?(?:reported|noted|advised|stated|asked|informed|explained|"
    r"confirmed|highlighted|added|indicated|told|queried|responded|commented)\b(?= (?:that|"
    r"whether|how|if)\b))"
    r"|(?P<gone>\b(?:was|were|had|has been|have been|took place|since|[a-z]{2,}ed)\b)",
    re.IGNORECASE,
)
_NEEDS_THE_DAY = re.compile(r"week|yesterday|tomorrow", re.IGNORECASE)
_HABIT = re.compile(r"\b(?:each|every|annual(?:ly)?|per annum|usually|normally)\b", re.IGNORECASE)
_FURTHEST = 275
"""Days: a month or a season without more is not said of a time further off."""
_PREPOSITION = re.compile(
    r"\b(?:on|by|until|before|from|due|since|in|during|after|of|for)"
    r"(?: the)?(?: (?:end|start|beginning|middle|course) of)?(?: the)? $",
    re.IGNORECASE,
)
_YEAR_FOLLOWS = re.compile(r"\W{0,3}(?:and|to|or|until|[-–/,&])?\W{0,2}(?:\w+ )?\d{4}\b|['’]\d\d\b")
Days = tuple[date, date]


def find_relative(text: str, said: str | None) -> Iterator[DateMention]:
    """Yield the dates without a year of ``text`` that ``said``, in EDTF, decides, in order.

    Nothing comes where ``said`` is unknown, uncertain, or wider than half a year.
    """
    if said is None or said.endswith(("?", "~", "%")):
        return
    first, last = bounds(said)
    if (last - first).days > _LONGEST_SAID:
        return
    taken = [mention.span for mention in find_dates(text)]
    found: list[DateMention] = []
    for pattern, resolve in _RULES:
        for match in pattern.finditer(text):
            span = Span(*match.span("words"))
            if any(span.overlaps(other) for other in taken):
                continue
            if first != last and _NEEDS_THE_DAY.search(match["words"]):
                continue
            meant = _merged(resolve(match, first), resolve(match, last))
            if meant:
                taken.append(span)
                basis = f"from “{' '.join(match['words'].split())}”, said {said}"
                found.append(DateMention(span, edtf_of(meant), _precision(meant), basis))
    yield from sorted(found, key=lambda mention: mention.span)


def dates_in(text: str, said: str | None) -> list[DateMention]:
    """Return every date that ``text`` states, and those that ``said`` decides, in order."""
    mentions = [*find_dates(text), *find_relative(text, said)]
    return sorted(mentions, key=lambda mention: mention.span)


def edtf_of(days: Days) -> str:
    """Return the days from the first to the last in EDTF, as one date where they are one."""
    first, last = days
    if first == last:
        return first.isoformat()
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}" if first.year == last.year else f"{first.year}/{last.year}"
    whole = first.day == 1 and last == _month_end(last)
    if whole and (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    if whole and last == _month_end(_plus_months(first, 2)) and first.month in _SEASON_CODES:
        return f"{first.year}-{_SEASON_CODES[first.month]}"
    return f"{first:%Y-%m}/{last:%Y-%m}" if whole else f"{first}/{last}"


def _merged(one: Days | None, other: Days | None) -> Days | None:
    """Return from the earliest to the latest that is meant, whenever exactly it was said."""
    if one is None or other is None:
        return None
    return min(one[0], other[0]), max(one[1], other[1])


def _precision(days: Days) -> str:
    length = (days[1] - days[0]).days
    return next(
        name
        for name, most in (("day", 0), ("days", 27), ("month", 31), ("season", 92), ("year", 9999))
        if length <= most
    )


def _pointed(match: re.Match[str], said: date) -> Days | None:
    """“last summer”, “next April”, “this September”."""
    which = match["which"].lower()
    if re.search(r"\bor $", match.string[: match.start("words")]):
        return None
    candidates = _occurrences(match["named"], said)
    month = _month_of(said)
    if which.startswith(("this", "the coming")):
        return min(candidates, key=lambda days: abs((_middle(days) - said).days))
    if which == "last":
        return max(days for days in candidates if days[1] < month[0])
    return min(days for days in candidates if days[0] > month[1])


def _bare(match: re.Match[str], said: date) -> Days | None:
    """“by late autumn”, “in April”: to come or past, as the sentence's other words say."""
    if _YEAR_FOLLOWS.match(match.string, match.end("words")):
        return None
    before, after = _surroundings(match)
    placed = _PREPOSITION.search(before)
    to_come = _is_to_come(before, after) if placed and not _of_another_time(match) else None
    if to_come is None:
        return None
    candidates = _occurrences(match["named"], said, match["dom"])
    near = [
        days
        for days in candidates
        if (days[1] >= said if to_come else days[0] <= said)
        and max((days[0] - said).days, (said - days[1]).days) <= _FURTHEST
    ]
    return (min(near) if to_come else max(near)) if near else None


def _of_another_time(match: re.Match[str]) -> bool:
    """Say whether the sentence states a year, or tells of what is done every year."""
    before, after = _surroundings(match)
    sentence = f"{before}{match['words']}{after}"
    return _HABIT.search(sentence) is not None or any(True for _ in find_dates(sentence))


def _is_to_come(before: str, after: str) -> bool | None:
    """Say whether what is told was to come: the nearest verb before decides, else the next one."""
    cues = [match for match in _CUE.finditer(before) if not match["told"]]
    cues = cues[-1:] or [match for match in _CUE.finditer(after[:_NEAR]) if not match["told"]]
    return bool(cues[0]["soon"]) if cues else None


def _unit(match: re.Match[str], said: date) -> Days | None:
    """“next month”, “last year”, “later this year”."""
    which = match["which"].lower()
    step = {"last": -1, "next": 1}.get(which, 0)
    found = _stepped(match["unit"].lower(), said, step)
    part = (match["part"] or "").strip().lower()
    if part and (step or found is None):
        return None
    if part == "later" and found:
        return said, found[1]
    return (found[0], said) if part == "earlier" and found else found


def _stepped(unit: str, said: date, step: int) -> Days | None:
    if unit == "month":
        return _month_of(_plus_months(said.replace(day=1), step))
    if unit == "year":
        return date(said.year + step, 1, 1), date(said.year + step, 12, 31)
    if unit == "financial year":
        year = said.year - (said.month < 4) + step
        return date(year, 4, 1), date(year + 1, 3, 31)
    monday = said - timedelta(days=said.weekday()) + timedelta(weeks=step)
    return monday, monday + timedelta(days=6)


def _end(match: re.Match[str], said: date) -> Days | None:
    """“by the end of the year”: its last month."""
    if _of_another_time(match):
        return None
    unit = match["unit"].lower()
    year = "year" if unit == "calendar year" else unit
    found = _stepped(year, said, 0)
    return _month_of(found[1]) if found else None


def _new_year(match: re.Match[str], said: date) -> Days | None:
    """“early in the new year”: its first quarter, said in the year before."""
    del match
    return (date(said.year + 1, 1, 1), date(said.year + 1, 3, 31)) if said.month > 3 else None


def _day(match: re.Match[str], said: date) -> Days | None:
    day = said + timedelta(days=-1 if match["words"].lower() == "yesterday" else 1)
    return day, day


def _counted(match: re.Match[str], said: date) -> Days | None:
    """“six months ago”, “in two years’ time”: the month or the year that it comes to."""
    count = _COUNTS.get(match["count"].lower()) or int(match["count"])
    count *= -1 if match["words"].lower().endswith("ago") else 1
    unit = match["unit"].lower()
    if unit == "year":
        return _stepped("year", said, count)
    if unit == "month":
        return _stepped("month", said, count)
    return _month_of(said + timedelta(weeks=count))


def _occurrences(named: str, said: date, day: str | None = None) -> list[Days]:
    """Return the seasons, months or days of that name from two years before to two years after."""
    years = range(said.year - 2, said.year + 3)
    month = MONTHS.get(named.lower())
    if month is None:
        starts = [date(year, FIRST_MONTHS[named.lower()], 1) for year in years]
        return [(start, _month_end(_plus_months(start, 2))) for start in starts]
    months = [_month_of(date(year, month, 1)) for year in years]
    if day is None:
        return months
    return [(start.replace(day=int(day)),) * 2 for start, end in months if 0 < int(day) <= end.day]


def _surroundings(match: re.Match[str]) -> tuple[str, str]:
    """Return what stands before the words in their sentence, and what after them."""
    start, end = match.span("words")
    before = re.split(r"[.;!?]\s|\n", match.string[max(0, start - _AROUND) : start])[-1]
    after = re.split(r"[.;!?](?:\s|$)|\n", match.string[end : end + _AROUND])[0]
    return before, after


def _middle(days: Days) -> date:
    return days[0] + (days[1] - days[0]) / 2


def _month_of(day: date) -> Days:
    return day.replace(day=1), _month_end(day)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _plus_months(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Days | None]], ...] = (
    (
        re.compile(
            rf"\b(?P<words>{_PART}(?P<which>(?i:last|next|this coming|the coming|this)) {_NAMED})\b"
        ),
        _pointed,
    ),
    (
        re.compile(
            r"(?<!the )(?<!over )\b(?P<words>(?P<part>later |earlier )?"
            r"(?P<which>last|next|this|the current) "
            r"(?P<unit>week|month|year|financial year))\b(?![’'-])",
            re.IGNORECASE,
        ),
        _unit,
    ),
    (
        re.compile(
            r"\b(?P<words>end of (?:the|this) (?P<unit>month|calendar year|financial year|year))\b",
            re.IGNORECASE,
        ),
        _end,
    ),
    (re.compile(r"\b(?P<words>(?:early )?in(?:to)? the new year)\b", re.IGNORECASE), _new_year),
    (re.compile(r"\b(?P<words>yesterday|tomorrow)\b", re.IGNORECASE), _day),
    (
        re.compile(rf"\b(?P<words>{_COUNT} (?P<unit>week|month|year)s? ago)\b", re.IGNORECASE),
        _counted,
    ),
    (
        re.compile(rf"\b(?P<words>in {_COUNT} (?P<unit>week|month|year)s?[’'] time)\b"),
        _counted,
    ),
    (re.compile(rf"\b(?P<words>{_DAY_OF_MONTH}{_PART}{_NAMED})\b(?! \d)"), _bare),
)
