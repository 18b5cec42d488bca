"""Which pages plainly begin a paper: by a cover, the first page of minutes, or an item's stamp.

A page that only might begin one is not among them: a report that is cut in two is worse than a
pack that is left whole.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexer.model import BlockKind, ParsedDocument

_HEAD_BLOCKS = 14
_HEAD_CHARACTERS = 1200
_KEY_CHARACTERS = 160
_STRONG = (
    r"report to|report of|report by|report author|report title|title of (?:the )?report|"
    r"purpose of (?:the )?report|meeting date|date of (?:the )?meeting|committee date|"
    r"agenda item(?: no\.?| number)?|item no\.?|decision[- ]maker|classification"
)
_PLAIN = (
    r"to|from|by|date|subject|title|author|presented by|lead (?:officer|director|member)|wards?|"
    r"contact(?: officer)?|sponsor|executive lead|purpose"
)
_LABEL = re.compile(rf"[|\n] ?({_STRONG}|{_PLAIN})\s*(?:\([^)]{{0,30}}\))?\s*[:|]", re.I)
_RUN_ON_LABEL = re.compile(
    r"\b(Report to|Report of|Report by|Report title|Meeting date|Date of meeting|Date|Subject|"
    r"Title|Author|Lead officer|From|To)\s*:"
)
_RUN_ON_TITLE = re.compile(r"\b(?:Subject|Title|Report title)\s*:\s*(\S.*)$")
_IS_STRONG = re.compile(_STRONG, re.I)
_NO_COVER = re.compile(
    r"(?:^|[|\n] ?)(?:sent|cc|version)\s*[:|]|\b(?:document|version) control\b|"
    r"\bimpact assessment\b",
    re.I,
)
"""A mail, a page of a document's history, a form: they have a cover's labels and are none."""
_TITLED = re.compile(
    r"^(?:subject|title|report title|title of (?:the )?report)\s*[:|][\s|:]*(\S.*)$", re.I
)
_MINUTES = re.compile(
    r"^(?:(?:draft|unconfirmed|confirmed|approved|public) )*(?:the )?"
    r"(?:minutes$|minutes of (?:a|an|the)\b.*\bmeetings?\b|minutes of (?:the )?proceedings\b)|"
    r"^[A-Z][^.:;]{3,80}\bminutes$",
    re.I,
)
_MINUTES_OF = re.compile(
    r"(?:draft )?minutes of .{3,120}?(?=,? (?:which was |to be )?held\b|[,.]|$)", re.I
)
_PRESENT = re.compile(
    r"^(?:present|(?:members |councillors |also )present|in attendance|attendance|attendees)\b",
    re.I,
)
_STAMP = re.compile(r"^agenda item(?: no\.?| number)?\s*:?\s*(\d{1,3}[a-z]?)\.?$", re.I)
_AGENDA = re.compile(
    r"^[^.:;]{0,40}\bagenda\b(?! item)[^.:;]{0,40}$|\bagenda (?:for|of) (?:the|a)\b|"
    r"^notice of (?:a )?meeting|^summons\b|^order of business$",
    re.I,
)
_MEETS = re.compile(r"\b(?:meeting|committee|board|council|panel|cabinet|commission|body)\b", re.I)
_PACK = re.compile(r"\b(?:public|documents?|reports?|agenda|board|papers) pack\b", re.I)


@dataclass(frozen=True, slots=True)
class Opening:
    """A page on which a paper begins. ``key`` tells it from a running head that says the same."""

    page: int
    key: str
    title: str | None = None


@dataclass(slots=True)
class Sheet:
    """The blocks that begin on one page: the page's own, and its furniture."""

    own: list[str] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)


def sheets_of(parsed: ParsedDocument) -> list[Sheet]:
    """Return what begins on each page, in order; of a long block no more than a head holds."""
    sheets = [Sheet() for _ in parsed.pages]
    starts = [page.span.start for page in parsed.pages]
    for block in parsed.blocks:
        sheet = sheets[max(0, bisect_right(starts, block.span.start) - 1)]
        kept = sheet.furniture if block.kind is BlockKind.FURNITURE else sheet.own
        kept.append(block.span.of(parsed.text)[:_HEAD_CHARACTERS])
    return sheets


def openings(sheets: Sequence[Sheet]) -> list[Opening]:
    """Return the pages that plainly begin a paper, once where its head runs on over the pages."""
    found: list[Opening] = []
    for number, sheet in enumerate(sheets, start=1):
        keys = list(_keys(sheet))
        if keys and not any(opening.key in keys for opening in found):
            found.append(Opening(number, keys[0], _title(sheet)))
    return found


def is_agenda(sheet: Sheet) -> bool:
    """Say whether the page is that of a meeting's agenda, or of a pack that says so."""
    announced = any(_AGENDA.search(text) for text in sheet.own[:_HEAD_BLOCKS])
    return names_a_pack(sheet) or (announced and names_a_meeting(sheet))


def names_a_meeting(sheet: Sheet) -> bool:
    """Say whether the page's head speaks of a body that meets."""
    return _MEETS.search(_head(sheet)) is not None


def names_a_pack(sheet: Sheet) -> bool:
    """Say whether the page calls the file a pack."""
    head = [*sheet.furniture[:2], *sheet.own[:_HEAD_BLOCKS]]
    return any(says_pack(text) for text in head if len(text) < 200)


def says_pack(title: str | None) -> bool:
    """Say whether a title calls the file a pack."""
    return bool(title and _PACK.search(title))


def is_stamp(text: str) -> bool:
    """Say whether a line is the number of an agenda's item, as packs print it on a first page."""
    return _STAMP.match(text) is not None


def _keys(sheet: Sheet) -> Iterator[str]:
    """Yield what tells the paper that begins here; nothing where none plainly does."""
    for text in [*sheet.own[:3], *sheet.own[-2:], *sheet.furniture]:
        if match := _STAMP.match(text):
            yield f"item {match[1].lower()}"
            break
    if _is_cover(sheet) or _is_first_of_minutes(sheet):
        yield re.sub(r"\W+", "", _head(sheet).lower())[:_KEY_CHARACTERS]


def _head(sheet: Sheet) -> str:
    return "\n".join(sheet.own[:_HEAD_BLOCKS])[:_HEAD_CHARACTERS]


def _is_cover(sheet: Sheet) -> bool:
    head = _head(sheet)
    labels = {match[1].lower() for match in _LABEL.finditer(f"\n{head}")}
    labels |= {match[1].lower() for match in _RUN_ON_LABEL.finditer(head[: _HEAD_CHARACTERS // 3])}
    strong = any(_IS_STRONG.fullmatch(label) for label in labels)
    addressed = "to" in labels and bool(labels & {"from", "by"})
    enough = len(labels) >= 2 if strong else addressed and len(labels) >= 3
    return enough and not _NO_COVER.search(head)


def _is_first_of_minutes(sheet: Sheet) -> bool:
    """Minutes begin with their name, unnumbered, and with who was present."""
    named = any(_MINUTES.search(text) for text in sheet.own[:6])
    return named and any(_PRESENT.match(text) for text in sheet.own[1:25])


def _title(sheet: Sheet) -> str | None:
    """Return what a cover calls its paper, or what minutes say that they are minutes of."""
    for text in sheet.own[:_HEAD_BLOCKS]:
        if match := _TITLED.match(text):
            return _up_to_the_next_label(match[1])
        if match := _RUN_ON_TITLE.search(text):
            return _up_to_the_next_label(match[1])
        if match := _MINUTES_OF.match(text):
            return match[0].rstrip(" ,.")
    return None


def _up_to_the_next_label(words: str) -> str | None:
    label = _RUN_ON_LABEL.search(words)
    return (words[: label.start()] if label else words).strip(" |") or None
