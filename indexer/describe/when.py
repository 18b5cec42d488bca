"""When a document's meeting was, when it was published and when it was approved, kept apart.

A date stands for the meeting only where its words say so: it is beside the words of a meeting, a
weekday or an hour, or alone on a line of the cover. The dates of other minutes, of the next
meeting and of printing stand in the same places, so each date is judged by what is around it. A
wrong date is far worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from indexer.calendar_words import MONTH, WEEKDAY, WEEKDAYS
from indexer.dates import DateMention, bounds, find_dates
from indexer.describe.filename import SPACED, Found, date_in_name, numbered
from indexer.describe.head import Head, name_words
from indexer.describe.signature import signature_before
from indexer.model import NOT_STATED, Dating, Kind, ParsedDocument, Span

UNKNOWN = Dating(None, NOT_STATED)
_BEFORE, _AFTER = 170, 60
_EXACT = frozenset({"day", "days"})
_WEIGHTS = {"day": 3, "days": 3, "month": 2, "quarter": 2, "season": 2, "year": 1, "years": 0}
_LONGEST_BRIEF = 120
_LONGEST_MEETING = 4
_COVER_LINES, _CELLS = 14, 2
_SHARE_OF_YEAR = 0.7

_WEEKDAY = re.compile(rf"\b({WEEKDAY})\b[\s,.:–-]*(?:the )?$", re.IGNORECASE)
_MEETS = re.compile(
    r"\b(?:held|convened|meeting|minutes|agenda|summons|board|committee|panel|council|"
    r"commission)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:^|\n|\|)\s*(?:(?:date|day)(?: (?:and|&) (?:time|venue))?|(?:meeting|session) date|"
    r"date (?:and time )?of (?:the )?(?:meeting|board|committee|session))\s*[:|–-]*\s*$",
    re.IGNORECASE,
)
_HOUR = re.compile(
    r"[\s,;:(|–-]*(?:at|from|commencing(?: at)?|@)?\s*\d{1,2}(?:[.:]\d\d)? ?(?:[ap]\.?m\b|noon|"
    r"hours|hrs)"
    r"|[\s,;:(|–-]*(?:at|from)?\s*\d{1,2}[.:]\d\d\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:\bpublish\w*|\bpublication\b|\bissued?\b|\bdespatch\w*|\bdispatch\w*|\bprinted\b|"
    r"\bversion\b|"
    r"\bupdated\b|\brevised\b|\bcirculated\b|\bsaved\b|\bmodified\b|\bclosing\b|\bdeadline\b|"
    r"\bnext\b[^.]{0,40}|\bfuture\b[^.]{0,40}|\breview date\b|\bby|\bbefore|\buntil|\bsince|"
    r"\bafter|"
    r"\bdated?(?= [a-z\d])|\beffective\b|\bborn\b|\bexpir\w+|\bdownloaded\b|\baccessed\b|"
    r"\bas at|\bas of|\bduring|\bend(?:ing|ed)?|\bperiod|\bfrom|\bbetween|\bto|\bsubmitted\b|"
    r"\breceived\b|"
    r"\bletter of|\bregulations?|\bact)"
    r"(?: (?:on|of|the|date|in))?\W*$",
    re.IGNORECASE,
)
_EARLIER_MINUTES = re.compile(
    r"\b(?:confirm|approv|adopt|ratif|agree|sign|receive|note|consider)\w*\b[^.]{0,60}"
    r"\b(?:minutes|notes?|record)\b|\bprevious\b|\blast meeting|matters arising|taken as read|"
    r"\bproposed\b|\bseconded\b|\bcorrect record|actions? (?:from|following)|following the",
    re.IGNORECASE,
)
_OF_RECORD = re.compile(
    r"\W*(?:be(?:en)?|were|was|as|having been)? ?(?:taken as read|confirmed|approved|adopted|"
    r"signed|"
    r"agreed|a (?:true|correct|accurate))",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"[a-z)]\. [A-Z]|(?<![ap]\.m)(?<![ap]m)\.\s*$")
_MEETING_NAME = re.compile(r"\b(?:meeting|minutes|agenda)\b", re.IGNORECASE)
_SENT_TO = re.compile(r"\s*To:?\s+(?:All|The|Each)\b")
_BROKEN_DAY = re.compile(r"(?<!\d)(\d{1,2})[^\w\n]{1,4}$")
_DAY_ONLY = re.compile(
    rf"\b(?P<day>\d{{1,2}})(?: ?(?:st|nd|rd|th))?(?: of)? (?P<month>{MONTH})\b(?!,? ?\d{{4}})",
    re.IGNORECASE,
)
_REPORT_NUMBER = re.compile(r"\bNo\.? ?\d+/((?:19|20)\d{2})\b")


def meeting_date(head: Head, file: str, kind: Kind, parsed: ParsedDocument) -> Dating:
    """Return the date of the meeting that the document records or was written for."""
    record = kind in (Kind.MINUTES, Kind.AGENDA)
    said = _in_record(head) if record else _in_cover(head, kind)
    named = date_in_name(file, kind, head.text)
    return (
        _reconciled(said, named, name_words(file))
        or _from_mentions(head, parsed.text, kind)
        or UNKNOWN
    )


def _reconciled(said: Found | None, named: Found | None, name: str) -> Dating | None:
    """Prefer what the text says; let the name complete it, or correct it by the weekday."""
    if said is None:
        return _dating(named, "file's name") if named else None
    if named is None or said.edtf == named.edtf:
        return _dating(said, "text")
    if note := _why_the_name(said, named, name):
        return Dating(named.edtf, f"read from the file's name: “{named.words}”; {note}")
    found = _dating(said, "text")
    if _within(said, named):
        return found
    return Dating(found.edtf, f"{found.basis}; the file's name has “{named.words}”")


def _why_the_name(said: Found, named: Found, name: str) -> str | None:
    """Return why the name's day is taken and not what the text says, or None where it is not."""
    if not named.exact:
        return None
    if not said.exact and _within(named, said):
        return f"the text has “{said.words}”"
    if said.lone and _MEETING_NAME.search(name):
        return f"the cover has “{said.words}”"
    if not said.agrees and bounds(named.edtf)[0].weekday() == said.weekday:
        return f"the text has “{said.words}”, which was not the weekday that it states"
    return None


def _within(inner: Found, outer: Found) -> bool:
    first, last = bounds(outer.edtf)
    return first <= bounds(inner.edtf)[0] <= bounds(inner.edtf)[1] <= last


def _dating(found: Found, where: str) -> Dating:
    words = " ".join(found.words.split())
    if found.exact and not found.agrees:
        return Dating(
            f"{found.edtf}?", f"read from the {where}: “{words}”, which was not the weekday stated"
        )
    return Dating(found.edtf, f"read from the {where}: “{words}”")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A date of the cover, None where its year or day cannot be read, and what is around it."""

    found: Found | None
    before: str
    after: str
    line: str
    words: str

    @property
    def alone(self) -> bool:
        """Whether it has its line to itself, hour and weekday aside, or ends a title."""
        others = re.sub(r"[\d\W]|[ap]\.?m\b", "", self.line.replace(self.words, ""))
        return len(others) <= 12 or (self.brief and self.line.rstrip(" .)").endswith(self.words))

    @property
    def brief(self) -> bool:
        """Whether its line is neither a sentence nor a row of a table."""
        fits = len(self.line) <= _LONGEST_BRIEF and self.line.count(" | ") < _CELLS
        return fits and not _SENTENCES.search(self.line)

    def meets(self, before: str) -> bool:
        """Whether ``before`` or the hour after it says that it is the meeting's."""
        weekday = self.found is not None and self.found.weekday is not None
        return bool(_MEETS.search(before) or (weekday and _HOUR.match(self.after)))


def _in_record(head: Head) -> Found | None:
    """Return the first date in the heading of minutes or an agenda that the meeting has.

    One that is only half readable ends the search: what follows is the date of something else.
    """
    lone: Found | None = None
    for seen in _seen_in(head.cover):
        if seen.found is None or _LABEL.search(seen.before) or seen.meets(seen.before):
            return seen.found or lone
        if lone is None and seen.alone:
            lone = replace(seen.found, lone=True)
    return lone


def _in_cover(head: Head, kind: Kind) -> Found | None:
    """Return the first date on a cover: labelled as the meeting's, beside its name, or alone.

    A report's cover runs on into prose: only its first lines count, and of these the brief ones.
    A letter's own date is the first that stands alone.
    """
    first: Found | None = None
    cover = "\n".join(head.lines[:_COVER_LINES])
    for seen in _seen_in(cover, signed=kind is Kind.LETTER):
        if seen.found and _LABEL.search(seen.before):
            return seen.found
        if first is None and seen.found and seen.brief:
            beside = kind is not Kind.LETTER and seen.meets("\n".join(seen.before.split("\n")[-2:]))
            first = replace(seen.found, lone=not beside) if beside or seen.alone else None
    return first


def _seen_in(cover: str, *, signed: bool = False) -> Iterator[_Seen]:
    """Yield the dates of a cover that may be the meeting's; those of signatures if ``signed``."""
    for mention in _cover_mentions(cover):
        if not signed and signature_before(cover, mention.span.start) is not None:
            continue
        before = cover[max(0, mention.span.start - _BEFORE) : mention.span.start]
        after = cover[mention.span.end : mention.span.end + _AFTER]
        if not _is_another(before, after):
            found = _completed(mention, cover, before, _weekday(before))
            line = _line(cover, mention)
            yield _Seen(found, before, after, line, mention.span.of(cover))


def _cover_mentions(cover: str) -> Iterator[DateMention]:
    """Yield the days and months that the cover gives, and days without their year."""
    mentions = [m for m in find_dates(cover) if m.precision in (*_EXACT, "month") and _short(m)]
    taken = [mention.span for mention in mentions]
    for match in SPACED.finditer(cover):
        day = numbered(*match.groups())
        mention = DateMention(_span(match), day, "day") if day else None
        if mention and not any(mention.span.overlaps(span) for span in taken):
            mentions.append(mention)
    for match in _DAY_ONLY.finditer(cover):
        mention = DateMention(_span(match), "", "partial")
        if not any(mention.span.overlaps(span) for span in taken):
            mentions.append(mention)
    return iter(sorted(mentions, key=lambda mention: mention.span))


def _short(mention: DateMention) -> bool:
    first, last = bounds(mention.edtf)
    return mention.precision == "month" or (last - first).days < _LONGEST_MEETING


def _is_another(before: str, after: str) -> bool:
    clause = re.split(r"\n(?=\S)|\.\s+(?=[A-Z])", before)[-1] if "\n" in before else before
    other = _OTHER.search(before.rstrip("(“\"' ")) or _OTHER.search(_WEEKDAY.sub("", before))
    sent = _SENT_TO.match(after)
    return bool(other or sent or _EARLIER_MINUTES.search(clause) or _OF_RECORD.match(after))


def _line(cover: str, mention: DateMention) -> str:
    start = cover.rfind("\n", 0, mention.span.start) + 1
    end = cover.find("\n", mention.span.end)
    return cover[start : end if end >= 0 else len(cover)]


def _weekday(before: str) -> int | None:
    found = _WEEKDAY.search(before)
    return WEEKDAYS[found[1].lower()] if found else None


def _completed(mention: DateMention, cover: str, before: str, weekday: int | None) -> Found | None:
    """Return the mention as a date; a month after a broken day is read with the day, if it fits."""
    words = mention.span.of(cover)
    if mention.precision == "partial":
        return None
    if mention.precision != "month":
        return Found(mention.edtf, words, weekday)
    broken = _BROKEN_DAY.search(before)
    if broken is None:
        return Found(mention.edtf, words)
    weekday = _weekday(before[: broken.start()])
    try:
        day = date.fromisoformat(f"{mention.edtf}-{int(broken[1]):02}")
    except ValueError:
        return Found(mention.edtf, words)
    if weekday is None or day.weekday() != weekday:
        return Found(mention.edtf, words)
    return Found(day.isoformat(), f"{broken[0]}{words}", weekday)


def _span(match: re.Match[str]) -> Span:
    return Span(match.start(), match.end())


def _from_mentions(head: Head, text: str, kind: Kind) -> Dating | None:
    """The year to which most of the exact dates in a record belong, marked as uncertain.

    A report or a plan names the years of laws and forecasts: nothing follows for its own.
    """
    if kind not in (Kind.MINUTES, Kind.AGENDA, Kind.OTHER):
        return None
    weights: dict[int, int] = {}
    for block in head.own:
        words = block.span.of(text)
        for mention in find_dates(words):
            if signature_before(text, block.span.start + mention.span.start) is not None:
                continue
            year = bounds(mention.edtf)[0].year
            weights[year] = weights.get(year, 0) + _WEIGHTS[mention.precision]
        for match in _REPORT_NUMBER.finditer(words):
            weights[int(match[1])] = weights.get(int(match[1]), 0) + 3
    total = sum(weights.values())
    if not total:
        return None
    year = min(weights, key=lambda y: (-weights[y], y))
    if kind is Kind.OTHER and weights[year] < _SHARE_OF_YEAR * total:
        return None
    return Dating(f"{year}?", f"inferred: most dates that the text mentions are of {year}")
