"""Dates as EDTF (ISO 8601-2): their bounds, and the dates that a text mentions."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from indexer.calendar_words import MONTH, MONTHS, QUARTERS, SEASON, SEASONS, SHORT_MONTHS, WEEKDAY
from indexer.errors import UsageError
from indexer.model import Span

_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?[?~%]?")
_SEASON = re.compile(r"(\d{4})-(2[1-4]|3[3-6])[?~%]?")
"""A season or a quarter."""
_INTERVAL = re.compile(r"([^/]+)/([^/]+)")

_MONTH_NUMBERS = {**MONTHS, **SHORT_MONTHS, "sept": 9}
_ONLY_WHEN = re.compile(
    rf"(?:(?:on|at|from|to|and|of|the|{WEEKDAY}|{MONTH}|"
    r"[ap]\.?m|noon|st|nd|rd|th)\b|[\d\W_])+",
    re.IGNORECASE,
)
_LONGEST_RANGE = 370

_MONTH = r"(?P<month>" + "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True)) + r")\b\.?"
_ORDINAL = r"(?: ?(?:st|nd|rd|th)|[°º™”“\"’'*^]{1,3})?"
"""Ends of ordinals, among them what text recognition makes of a raised “th”."""
_DAY = rf"(?P<day>\d{{1,2}}){_ORDINAL}"
_WHOLE_DAY = r"(?P<day>\d(?<!\w\d)\d?)"
_YEAR = r"(?P<year>(?:19|20)\d{2})"
_WHOLE_YEAR = r"(?P<year>[12](?<!\w[12])(?:(?<=1)9|(?<=2)0)\d{2})"
_SPACE = r"[ -]*\n?[ -]*"
_GAP = r"[ ,-]*\n?[ ,-]*"
"""What stands between the parts of a date, which may go on in the next line."""
_UNTIL = r" ?(?:[-–—/&]|to|and) ?"
_FIRST_MONTH = _MONTH.replace("<month>", "<first_month>")
_SHORT_YEAR = r"(?P<short_year>[0-4]\d)(?![\w%]|[.,:/-]\d)"
_ANY_YEAR = re.compile(
    r"\d(?:(?<=1)9\d\d|(?<=2)0\d\d|/\d{1,2}/\d\d|\.\d{1,2}\.\d\d|(?<=[a-z. -][’'-]\d)\d\b"
    r"|(?<=[a-z]- \d)\d\b)",
    re.IGNORECASE,
)
"""A year, or what may be one in two digits. It is looked for from digit to digit, which a pattern
that begins with one allows: so what may not stand before a digit is asked after it, here and below.
"""
_BEFORE_YEAR, _AFTER_YEAR = 100, 20
"""The most characters that a date takes before its year and after it, without a wide gap."""
_WIDE_GAP = re.compile(r"[ ,\n-][ ,\n-]{8}")
_NAMES_OF_MONTHS = tuple(SHORT_MONTHS)
_PARTS = ("early", "mid", "late")
_QUARTER = 33
"""The first quarter of a year, as EDTF numbers it."""
_SIGNS_OF_QUARTERS = ("quarter", "qtr", "q1", "q2", "q3", "q4")
_A_QUARTER = (
    r"(?:\bQ(?:(?:uarte|t)r )?(?P<quarter>[1-4]|(?<=r )(?:one|two|three|four))\b"
    r"|\b(?P<nth>first|second|third|fourth|last|final|[1-4](?:st|nd|rd|th)) quarter\b(?!,))"
)
_QUARTERS = (
    r"\bQ(?:(?:uarter|tr)s? )?(?P<since>[1-4])" + _UNTIL + r"(?:Q(?:(?:uarte|t)r )?)?"
    r"(?P<quarter>[1-4])\b"
)
_OF_YEAR = (
    rf"(?:[ ,]+(?:(?:of|in) )?(?:(?:the )?(?:calendar )?year )?|(?<=\d)[/-]){_YEAR}\b"
    r"(?![/–-]\d| (?:financial|fiscal|budget)\b)"
)
_OF_YEARS = (
    rf"[ ,]+(?:(?:of|in) )?(?:the )?(?:financial year )?{_YEAR} ?[/–-] ?"
    r"(?P<next>\d{2}(?:\d{2})?)\b"
)
_PATTERNS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = tuple(
    (signs, re.compile(pattern, re.IGNORECASE))
    for signs, pattern in (
        (
            _NAMES_OF_MONTHS,
            rf"(?P<first>\d(?<!\w\d)\d?){_ORDINAL}(?: of)? {_FIRST_MONTH}"
            rf"(?:,? (?P<first_year>20\d\d))?{_UNTIL}{_DAY}(?: of)?[ ,]*{_MONTH}[ ,]*{_YEAR}\b",
        ),
        (
            _NAMES_OF_MONTHS,
            rf"(?P<first>\d(?<![\d/.:-]\d)\d?){_ORDINAL}{_UNTIL}{_DAY}(?: of)?[ ,]*{_MONTH}"
            rf"[ ,]*{_YEAR}\b",
        ),
        (
            _NAMES_OF_MONTHS,
            rf"{_WHOLE_DAY}{_ORDINAL}(?:(?<=[a-z]),)?(?: day)?(?: of)?{_SPACE}{_MONTH}{_GAP}"
            rf"{_YEAR}\b",
        ),
        (_NAMES_OF_MONTHS, rf"\b{_MONTH} {_DAY}{_GAP}(?<=[ ,\n]){_YEAR}\b"),
        (("-",), rf"{_WHOLE_YEAR}-(?P<nmonth>0[1-9]|1[0-2])-(?P<day>\d{{2}})\b"),
        (("/", "."), rf"{_WHOLE_DAY}[/.](?P<nmonth>\d{{1,2}})[/.]{_YEAR}\b"),
        (
            ("/",),
            r"(?P<day>\d(?<![\d/.£€$-]\d)\d?)/(?P<nmonth>\d{1,2})/(?P<short_year>\d{2})(?![\d/%])",
        ),
        ((".",), rf"(?P<day>[0-3](?<![\d/.£€$-].)\d)\.(?P<nmonth>0[1-9]|1[0-2])\.{_SHORT_YEAR}"),
        ((".",), rf"(?P<day>[1-9](?<![\d/.£€$-].))\.(?P<nmonth>0[1-9])\.{_SHORT_YEAR}"),
        (
            (".",),
            rf"(?P<day>2(?<![\d/.£€$-].)[89]|3(?<![\d/.£€$-].)[01])\.(?P<nmonth>[1-9])\.{_SHORT_YEAR}",
        ),
        (_NAMES_OF_MONTHS, rf"{_WHOLE_DAY}-{_MONTH}-{_SHORT_YEAR}"),
        (_SIGNS_OF_QUARTERS, _QUARTERS + _OF_YEARS),
        (_SIGNS_OF_QUARTERS, _QUARTERS + _OF_YEAR),
        (_SIGNS_OF_QUARTERS, _A_QUARTER + _OF_YEARS),
        (_SIGNS_OF_QUARTERS, _A_QUARTER + _OF_YEAR),
        (
            _NAMES_OF_MONTHS,
            rf"(?:\b(?P<part>early|mid|late)[ -])?\b{_MONTH}[ ,]*{_YEAR}\b",
        ),
        (_NAMES_OF_MONTHS, rf"(?<!\d[ -])\b{_MONTH}(?:-| -|- | ?[’'] ?){_SHORT_YEAR}"),
        (
            tuple(SEASONS),
            rf"\b(?:(?P<part>early|mid|late)[ -])?(?P<season>{SEASON})(?: of)?[ ,]+"
            rf"{_YEAR}\b",
        ),
        (
            ("/", "–", "-"),
            rf"{_WHOLE_YEAR} ?[/–-] ?(?P<next>\d{{2}}(?:\d{{2}})?)\b(?![-/]\d)",
        ),
        (_PARTS, rf"\b(?P<part>{'|'.join(_PARTS)})[ -](?:in )?{_YEAR}\b"),
        (("",), rf"(?<![\d/.,£€$-])\b{_YEAR}\b(?![/-]?\d|,\d|%)"),
    )
)
"""What a date looks like, each with the signs of which one has to stand near the year for it."""
_PATTERNS_OF_DAYS = tuple(each for each in _PATTERNS if "<day>" in each[1].pattern)
"""The first of them: what the others find is coarser."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date that a text mentions, where it stands, and how finely it is given."""

    span: Span
    edtf: str
    precision: str
    """One of ``day``, ``days``, ``month``, ``quarter``, ``season``, ``year``, ``years``."""
    basis: str = "stated"
    """``stated``, or how it follows from the day on which it was said."""


@lru_cache(maxsize=4096)
def bounds(edtf: str) -> tuple[date, date]:
    """Return the first and the last day that an EDTF date may mean.

    An open or unknown end is year 1 or 9999. Seasons are the meteorologists': winter lasts from
    December to the end of the next February. Raises UsageError where ``edtf`` is not EDTF.
    """
    if plain := _PLAIN.fullmatch(edtf):
        return _plain_bounds(edtf, plain)
    if season := _SEASON.fullmatch(edtf):
        return _season_bounds(edtf, season)
    if interval := _INTERVAL.fullmatch(edtf):
        start, until = (_PLAIN.fullmatch(side) for side in interval.groups())
        if start and until:
            return _plain_bounds(edtf, start)[0], _plain_bounds(edtf, until)[1]
    first, last = _general_bounds(edtf)
    end = _SEASON.fullmatch(edtf.rpartition("/")[2])
    return first, _season_bounds(edtf, end)[1] if end else last


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


def _season_bounds(edtf: str, match: re.Match[str]) -> tuple[date, date]:
    year, part = int(match[1]), int(match[2])
    first_month = 3 * (part - 20) if part in SEASONS.values() else 3 * (part - _QUARTER) + 1
    years, month = divmod(first_month + 1, 12)
    try:
        first = date(year, first_month, 1)
        last = date(year + years, month + 1, 1)
    except ValueError as error:
        raise _not_edtf(edtf) from error
    return first, last.replace(day=calendar.monthrange(last.year, last.month)[1])


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
    for start, end in _near_years(text):
        yield from _dates_between(text, start, end, _PATTERNS)


def find_days(text: str) -> Iterator[DateMention]:
    """Yield those of ``find_dates`` that are of one day, without looking for coarser ones."""
    for start, end in _near_years(text):
        for mention in _dates_between(text, start, end, _PATTERNS_OF_DAYS):
            if mention.precision == "day":
                yield mention


def _near_years(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text outside of which no date with a year can stand."""
    years = _ANY_YEAR.finditer(text)
    first = next(years, None)
    if first is None:
        return
    if _WIDE_GAP.search(text):
        yield 0, len(text)
        return
    start, end = max(0, first.start() - _BEFORE_YEAR), first.end() + _AFTER_YEAR
    for year in years:
        if year.start() - _BEFORE_YEAR > end:
            yield start, end
            start = year.start() - _BEFORE_YEAR
        end = year.end() + _AFTER_YEAR
    yield start, min(end, len(text))


def _dates_between(
    text: str, start: int, end: int, patterns: Sequence[tuple[tuple[str, ...], re.Pattern[str]]]
) -> list[DateMention]:
    taken: list[DateMention] = []
    words = text[start:end].casefold()
    held: dict[tuple[str, ...], bool] = {}
    for signs, pattern in patterns:
        if signs not in held:
            held[signs] = any(sign in words for sign in signs)
        if not held[signs]:
            continue
        for match in pattern.finditer(text, start, end):
            span = Span(match.start(), match.end())
            place = bisect_left(taken, span, key=_span_of)
            if any(span.overlaps(other.span) for other in taken[max(0, place - 1) : place + 1]):
                continue
            mention = _mention(match, span)
            if mention:
                taken.insert(place, mention)
    return taken


def _span_of(mention: DateMention) -> Span:
    return mention.span


def _mention(match: re.Match[str], span: Span) -> DateMention | None:
    found = match.groupdict()
    short = found.get("short_year")
    year = 2000 + int(short) if short else int(found["year"])
    if found.get("season"):
        return DateMention(span, f"{year}-{SEASONS[found['season'].lower()]}", "season")
    if told := found.get("quarter") or found.get("nth"):
        return _quarters(span, year, QUARTERS[told.lower()], found)
    if found.get("next"):
        return _span_of_years(span, year, found["next"])
    month = _month(found)
    if month is None:
        return DateMention(span, f"{year}", "year")
    if not found.get("day"):
        return DateMention(span, f"{year}-{month:02}", "month")
    return _days(span, year, month, found)


def _days(span: Span, year: int, month: int, found: dict[str, str | None]) -> DateMention | None:
    """Return the day, or the days from the first to the last; the day stands before the month."""
    day = int(found["day"] or 0)
    if found.get("nmonth") and month > 12 >= day:
        day, month = month, day
    try:
        last = date(year, month, day)
        if not found.get("first"):
            return DateMention(span, last.isoformat(), "day")
        first_month = _MONTH_NUMBERS[(found.get("first_month") or found["month"] or "").lower()]
        first = date(int(found.get("first_year") or year), first_month, int(found["first"] or 0))
    except ValueError:
        return None
    if not 0 < (last - first).days < _LONGEST_RANGE:
        return None
    return DateMention(span, f"{first.isoformat()}/{last.isoformat()}", "days")


def _quarters(span: Span, year: int, last: int, found: dict[str, str | None]) -> DateMention | None:
    """Return a quarter, or those from one to the ``last``; of two years it begins in April."""
    first = int(found.get("since") or last)
    later = 0
    if following := found.get("next"):
        if int(following) % 100 != (year + 1) % 100:
            return None
        later = 1
    if found.get("since") and first >= last:
        return None
    if first == last and not later:
        return DateMention(span, f"{year}-{_QUARTER + last - 1}", "quarter")
    begins, ends = 3 * (first + later) - 2, 3 * (last + later)
    return DateMention(span, f"{_month_from(year, begins)}/{_month_from(year, ends)}", "quarter")


def _month_from(year: int, month: int) -> str:
    """Return the month that is so many from the beginning of a year, which 12 are of."""
    return f"{year + (month - 1) // 12}-{(month - 1) % 12 + 1:02}"


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


def is_only_when(words: str) -> bool:
    """Say whether a line tells a day or an hour and nothing else: “Monday, 3rd May, at 10 a.m.”"""
    return bool(_ONLY_WHEN.fullmatch(words))
