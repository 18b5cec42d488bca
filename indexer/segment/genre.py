"""What of a document is a record of a meeting, a deck of slides, an action log."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.model import Kind, ParsedDocument

_SIGNS = tuple(
    re.compile(sign, re.MULTILINE)
    for sign in (
        r"^(?:RESOLVED|AGREED|NOTED|Resolved|It was (?:RESOLVED|AGREED|resolved|agreed))\b",
        r"^(?:PRESENT|Present|IN ATTENDANCE|In attendance|In Attendance|Attendees)\b ?[:|]?",
        r"\b[Aa]pologies (?:for absence )?(?:were|had been|was) (?:received|given|noted)\b",
        r"\b[Mm]inutes of the (?:\w+ ){0,3}meeting\b[^.]{0,80}\b(?:agreed|approved|confirmed|"
        r"signed|"
        r"taken as read|accepted)\b",
        r"\b(?:Members|Councillor \w+|The (?:Board|Committee|Panel|Commission)) (?:asked|noted|"
        r"queried|agreed|commented|welcomed)\b",
        r"\bseconded by\b",
        r"^(?:ACTION|Action)s? ?(?:\d+ ?)?:",
    )
)
_FEWEST_SIGNS = 3
_SLIDES = ("presentation", "powerpoint")
_LOG = re.compile(
    r"(?<!and )\bactions? (?:log|list|tracker|register|sheet|schedule|points)\b|"
    r"^outstanding actions\b",
    re.IGNORECASE,
)
_WORD_PROCESSOR = re.compile(r"wordprocessing|msword|opendocument\.text|rtf")
_TOP = 5
_LONGEST_TITLE = 90


def records_a_meeting(kind: Kind, text: str) -> bool:
    """Say whether the talk of a meeting is to be looked for in a document.

    A report or a letter says "the Council noted" and "in response" of other things; a pack, and
    what has no kind, may hold minutes and shows it by several of their signs.
    """
    if kind in (Kind.PACK, Kind.OTHER):
        return sum(bool(sign.search(text)) for sign in _SIGNS) >= _FEWEST_SIGNS
    return kind is Kind.MINUTES


def is_deck(kind: Kind, media_type: str) -> bool:
    """Say whether a document's pages are slides: a word processor's file has none."""
    return kind is Kind.SLIDES and not _WORD_PROCESSOR.search(media_type)


def is_action_log(kind: Kind, parsed: ParsedDocument) -> bool:
    """Say whether a document is nothing but a list of actions, by its title."""
    return kind is not Kind.MINUTES and any(map(_LOG.search, _titles(parsed)))


def _titles(parsed: ParsedDocument) -> Iterable[str]:
    for block in parsed.blocks[:_TOP]:
        words = block.span.of(parsed.text)
        if len(words) <= _LONGEST_TITLE:
            yield words


def slide_starts(parsed: ParsedDocument) -> set[int]:
    """Return where slides begin: one without a title is not part of the slide before it."""
    if not any(name in parsed.media_type for name in _SLIDES):
        return set()
    return {page.span.start for page in parsed.pages}
