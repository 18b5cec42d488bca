"""The time that a question names: as of when it asks, or only what it asks about.

“As of October 2016, when would …” asks what the record said then, and later documents must be left
out. “the plan for 2020” or “the 2026-27 budget” asks about a time, and nothing may be left out.
Grammar decides; where it does not, the time is a part of what is asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from indexer.dates import DateMention, bounds, find_dates
from search_api.query import LONGEST_QUESTION

_SEASON_OR_FINER = frozenset({"day", "month", "quarter", "season", "year"})
"""Years of account (“2015/16”) name what a figure is of, never when something was said."""

_WHOSE = r"(?:the |its |their |this )?"
_PART = r"(?:(?P<part>end|start|beginning|middle|close) of )?"
_STOOD = (
    r"(?:things|it|they|matters|the (?:record|position|plan|plans|matter|situation|timetable))"
    r" (?:stood|were|was)"
)
_AS_OF = re.compile(
    rf"\b(?:as (?:of|at|on)|as {_STOOD}(?: then)?,? (?:in|at|on|by|back in|as of|as at)"
    r"|as (?:understood|known|reported|recorded) (?:in|at|by|on)"
    rf"|(?:by|at) the time of|back in|back at|back on) {_WHOSE}{_PART}{_WHOSE}$",
    re.IGNORECASE,
)
_MEETING = r"(?:meeting|session|minutes|deck|slides|presentation)s?\b"
_AT_A_MEETING = re.compile(
    rf"\b(?:at|in|from|during|by) (?:the |its |their |a )(?:[\w’'&-]+ ){{0,6}}{_MEETING}"
    r"(?P<cut>,? (?:of|in|on|from|dated|held (?:in|on|at))(?: the)? )$",
    re.IGNORECASE,
)
_BEFORE_A_MEETING = re.compile(
    r"\b(?:at|in|from|during|by|on) (?:the |its |their )$", re.IGNORECASE
)
_A_MEETING_AFTER = re.compile(rf" (?:[\w’'&-]+ ){{0,3}}{_MEETING}", re.IGNORECASE)
_SAYING = r"(?:say|says|said|state|stated|tell|told|hear|heard|think|thought|advise|advised)"
_DECIDING = r"(?:agree|agreed|decide|decided|resolve|resolved)"
_SAID_IN = re.compile(
    rf"\b{_SAYING}(?: (?:by|to)(?: [\w’'-]+){{1,5}})?,? (?:back )?(?:in|on|during) {_PART}$",
    re.IGNORECASE,
)
_SAID_BEFORE = re.compile(
    rf"\b(?:{_SAYING}|{_DECIDING})(?P<cut> (?P<before>before|prior to|up to|up until|until) )$",
    re.IGNORECASE,
)
_THEN_SAYS = re.compile(r"^ (?:say|tell|think)\b", re.IGNORECASE)
_FIRST_IN = re.compile(r"^(?:(?:when|who|what|how),? )?(?:back )?(?:in|during) $", re.IGNORECASE)
_FIRST_BEFORE = re.compile(r"^(?P<before>before|prior to|up to|up until|until) $", re.IGNORECASE)
_THEN_ASKS = re.compile(
    r"^,? (?=(?:when|what|who|how|which|where|why|by when|was|were|did|had|is)\b)", re.IGNORECASE
)
_ASKS_WORDS = re.compile(
    rf"^what (?:did|do|was|were|had|has)\b.*\b(?:{_SAYING}|{_DECIDING})\b", re.IGNORECASE
)
_ASKS_OUTLOOK = re.compile(
    r"^(?:when|by when|how soon|(?:on |by |in )?what (?:date|month|year|time))\b.*"
    r"\b(?:expected|planned|due|going to|supposed|thought|said|hoped|proposed|scheduled|"
    r"anticipated|intended|meant|forecast|likely|would|to (?:start|begin|open|close|end))\b",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"\b(?:currently|current|at present|at the moment|presently|right now|now(?! known)|today|"
    r"these days|(?<!at the )latest|most recent(?:ly)?|newest|up[- ]to[- ]date)\b",
    re.IGNORECASE,
)
_EDGE = re.compile(r"^[\s,;:–-]+|[\s,;:–-]+$")


class TimeReading(StrEnum):
    """What a time in a question was taken for."""

    AS_OF = "as_of"
    SAID_IN = "said_in"
    LATEST = "latest"
    ASKED_ABOUT = "asked_about"


@dataclass(frozen=True, slots=True)
class AskedTime:
    """The words of time of a question, what they were taken for, and the question without them.

    ``edtf`` is None for LATEST; ``rest`` is the whole question where nothing had to be taken out.
    """

    reading: TimeReading
    words: str
    edtf: str | None
    rest: str

    @property
    def as_of(self) -> str | None:
        """The last moment, in EDTF, of what may be looked at; None where all may be."""
        leaves_out = self.reading in {TimeReading.AS_OF, TimeReading.SAID_IN}
        return self.edtf if leaves_out else None


def read_time(question: str) -> AskedTime | None:
    """Return the time that a question names, or None where it names none.

    What asks as of a time comes before what asks for the latest, and that before a time that is
    part of what is asked.
    """
    question = " ".join(question.split())
    if len(question) > LONGEST_QUESTION:
        return None
    dates = [one for one in find_dates(question) if one.precision in _SEASON_OR_FINER]
    for mention in dates:
        found = _as_of(question, mention)
        if found:
            return found
    if latest := _LATEST.search(question):
        return AskedTime(TimeReading.LATEST, latest[0], None, question)
    if len(dates) == 1:
        [about] = dates
        words = about.span.of(question)
        return AskedTime(TimeReading.ASKED_ABOUT, words, about.edtf, question)
    return None


def _as_of(question: str, mention: DateMention) -> AskedTime | None:
    before, after = question[: mention.span.start], question[mention.span.end :]
    for read in (_stood, _met, _said, _began):
        found = read(before, after, mention)
        if found:
            reading, edtf, start, length = found
            end = mention.span.end + length
            words = _EDGE.sub("", question[start:end])
            return AskedTime(reading, words, edtf, _without(question, start, end))
    return None


_Read = tuple[TimeReading, str, int, int]
"""The reading, the time in EDTF, where its words begin, and how far they go on after the date."""


def _stood(before: str, after: str, mention: DateMention) -> _Read | None:
    """“As of October 2016, …”, “… as things stood in summer 2016”, “back in 2014”."""
    lead = _AS_OF.search(before)
    if lead is None:
        return None
    edtf = _part_of(mention, lead["part"])
    meeting = _A_MEETING_AFTER.match(after)
    return TimeReading.AS_OF, edtf, lead.start(), meeting.end() if meeting else 0


def _met(before: str, after: str, mention: DateMention) -> _Read | None:
    """“… at the meeting in October 2016”, “… in the October 2016 minutes”."""
    if lead := _AT_A_MEETING.search(before):
        return TimeReading.SAID_IN, mention.edtf, lead.start("cut"), 0
    lead, meeting = _BEFORE_A_MEETING.search(before), _A_MEETING_AFTER.match(after)
    if lead and meeting:
        return TimeReading.SAID_IN, mention.edtf, lead.start(), meeting.end()
    return None


def _said(before: str, after: str, mention: DateMention) -> _Read | None:
    """“What did the board say in October 2016 about …”, “what was agreed before May 2018”."""
    start = max(before.rfind(f" {word} ") for word in ("in", "on", "during"))
    if lead := _SAID_IN.search(before):
        return TimeReading.SAID_IN, _part_of(mention, lead["part"]), start, 0
    if re.search(r" (?:in|on|during) $", before) and _THEN_SAYS.match(after):
        return TimeReading.SAID_IN, mention.edtf, start, 0
    if lead := _SAID_BEFORE.search(before):
        edtf = _up_to(mention, lead["before"])
        return TimeReading.AS_OF, edtf, lead.start("cut"), 0
    return None


def _began(before: str, after: str, mention: DateMention) -> _Read | None:
    """“In 2017, when was it expected?”: a question of when, or of what was said."""
    asks = _THEN_ASKS.match(after)
    if asks is None:
        return None
    first, earlier = _FIRST_IN.match(before), _FIRST_BEFORE.match(before)
    if first is None and earlier is None:
        return None
    asking = before.split(",", maxsplit=1)[0] + " " if "," in before else ""
    rest = asking + after[asks.end() :]
    if not (_ASKS_OUTLOOK.match(rest) or _ASKS_WORDS.match(rest)):
        return None
    start = len(asking)
    if earlier:
        return TimeReading.AS_OF, _up_to(mention, earlier["before"]), start, 0
    said = _ASKS_WORDS.match(rest) is not None
    return TimeReading.SAID_IN if said else TimeReading.AS_OF, mention.edtf, start, 0


def _part_of(mention: DateMention, part: str | None) -> str:
    """Return the first month or day of a year or month, where its start is named."""
    if part not in {"start", "beginning"}:
        return mention.edtf
    first = bounds(mention.edtf)[0]
    return f"{first:%Y-%m}" if mention.precision == "year" else first.isoformat()


def _up_to(mention: DateMention, word: str) -> str:
    """Return the last time before a date, or with “until” and “up to” the date itself."""
    if word.lower() not in {"before", "prior to"}:
        return mention.edtf
    last = bounds(mention.edtf)[0] - timedelta(days=1)
    if mention.precision == "year":
        return f"{last.year}"
    return f"{last:%Y-%m}" if mention.precision == "month" else last.isoformat()


def _without(question: str, start: int, end: int) -> str:
    before, after = question[:start].rstrip(" ,"), question[end:].lstrip(" ,")
    rest = f"{before}{'' if after[:1] in {'?', '.', ''} else ' '}{after}".strip()
    return rest[:1].upper() + rest[1:] if not before else rest
