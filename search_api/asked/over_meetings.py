"""Questions of a matter over several meetings: “what became of …”, “… in May and again in July”.

They ask for what the record says at each of the times, or at every time, and not for one statement.
Only times that stand together as one series are read so; two that stand apart are a meeting's and
that of what it spoke of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.calendar_words import MONTH, SEASON
from indexer.dates import bounds, find_dates
from search_api.asked.how_it_went_on import follows_a_matter, traces_a_matter
from search_api.query import LONGEST_QUESTION

_YEAR = r"(?:19|20)\d\d(?![/–-]?\d)"
_TIME = re.compile(
    rf"\b(?:(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<unit>{MONTH}|(?i:{SEASON}))\b"
    rf"(?:,? (?:of )?(?P<year>{_YEAR}))?|(?P<only>{_YEAR}))"
)
_YEARS = re.compile(rf"\b{_YEAR} ")
_BETWEEN = re.compile(
    r"(?:\s|,|&|and|then|again|later|also|once|more|in|at|on|by|to|till|until|through|its|their|"
    r"the|meetings?|of|from|back)*",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r",? ?\b(?:(?P<span>between|from)|(?P<at>(?:both )?(?:in|at|on|during|over|by))|its|their|the)"
    r"(?: (?:its|their|the|early|mid|late))* ?$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"^ (?:[\w’'-]+ )?(?:meetings?|minutes|sessions?)\b(?: of)?", re.IGNORECASE)
_TO = re.compile(r"\b(?:and|to|till|until|through)\b", re.IGNORECASE)
_SPAN = re.compile(
    r"\b(?:since|through(?:out)?|over|during|after|until|up to|from)"
    rf"(?: the| early| late| mid| end of| (?:{SEASON})(?: and (?:{SEASON}))? of)* $",
    re.IGNORECASE,
)
"""One time that is no meeting’s: “since 2015”, “over the summer of 2017”."""


@dataclass(frozen=True, slots=True)
class OverMeetings:
    """What of a question says that it is one of several meetings.

    ``times``, in EDTF and in order, are those named one by one, none where every time is meant;
    ``within`` bounds, first and last, what is meant. ``rest`` is the question without the times.
    """

    times: tuple[str, ...]
    within: tuple[str, str] | None
    rest: str


@dataclass(frozen=True, slots=True)
class _Series:
    times: tuple[str, ...]
    start: int
    end: int
    is_span: bool


def read_over_meetings(question: str) -> OverMeetings | None:
    """Return what a question asks of several meetings, or None where it asks of one thing."""
    question = " ".join(question.split())
    if len(question) > LONGEST_QUESTION:
        return None
    series = _series_in(question)
    if series is None:
        # One time is that of what is asked about: “how did it change in 2017?”
        times = list(find_dates(question))
        spans = traces_a_matter(question) or (
            len(times) == 1 and _SPAN.search(question[: times[0].span.start])
        )
        followed = follows_a_matter(question) and (len(times) != 1 or spans)
        return OverMeetings((), None, _YEARS.sub("", question)) if followed else None
    rest = _without(question, series.start, series.end)
    if series.is_span:
        return OverMeetings((), (series.times[0], series.times[-1]), rest)
    return OverMeetings(series.times, None, rest)


def _series_in(question: str) -> _Series | None:
    """Return the first run of times that stand together, where it can be said when each was."""
    run: list[re.Match[str]] = []
    for one in _TIME.finditer(question):
        if run and not _BETWEEN.fullmatch(question[run[-1].end() : one.start()]):
            if len(run) > 1:
                break
            run = []
        run.append(one)
    if len(run) < 2:
        return None
    times = _times_of(run, question)
    before = _BEFORE.search(question[: run[0].start()])
    after = _AFTER.match(question[run[-1].end() :])
    between = question[run[0].end() : run[1].start()]
    is_span = before is not None and before["span"] is not None and len(run) == 2
    if times is None or (_of_account(run, before, between) and not is_span):
        return None
    start = before.start() if before else run[0].start()
    end = run[-1].end() + (after.end() if after else 0)
    return _Series(times, start, end, is_span and _TO.search(between) is not None)


def _of_account(run: list[re.Match[str]], before: re.Match[str] | None, between: str) -> bool:
    """Say whether years are those of a plan or a budget: “the plan for 2017 to 2021”."""
    at = before is not None and before["at"] is not None
    return any(one["only"] for one in run) and not (at and "and" in between.lower())


def _times_of(run: list[re.Match[str]], question: str) -> tuple[str, ...] | None:
    """Return the times of a run, each with its year or that of the next one that has one."""
    years = [one["year"] or one["only"] for one in run]
    for place in reversed(range(len(run) - 1)):
        years[place] = years[place] or years[place + 1]
    for place in range(1, len(run)):
        years[place] = years[place] or years[place - 1]
    if not all(years):
        named = set(re.findall(rf"\b{_YEAR}", question))
        if len(named) != 1:
            return None
        years = [named.pop()] * len(run)
    return _in_edtf(run, years)


def _in_edtf(run: list[re.Match[str]], years: list[str]) -> tuple[str, ...] | None:
    times = []
    for one, year in zip(run, years, strict=True):
        written = year if one["only"] else " ".join(filter(None, (one["day"], one["unit"], year)))
        found = list(find_dates(f"in {written}"))
        if len(found) != 1:
            return None
        times.append(found[0].edtf)
    ordered = sorted(set(times), key=bounds)
    return tuple(ordered) if len(ordered) > 1 else None


def _without(question: str, start: int, end: int) -> str:
    before, after = question[:start].rstrip(" ,"), question[end:].lstrip(" ,")
    rest = f"{before}{'' if after[:1] in {'?', '.', ''} else ' '}{after}".strip()
    return rest[:1].upper() + rest[1:]
