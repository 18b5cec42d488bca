"""The sentence with which a record opens: whose minutes, held where, on what day.

It is one sentence, and stands on as many lines as the page's width or the scanner made of it.
"""

from __future__ import annotations

import re

from indexer.describe.head import Head

_FIRST_LINES, _MOST_LINES, _LONGEST = 8, 45, 900
_OPENS = re.compile(
    r"(?:(?:draft|unconfirmed|confirmed|approved|public) )*(?:minutes|proceedings|notes?|record)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"(?P<whose>\w+ (?:\w+ )*?(?:of|at|from)\b.{5,220}?),? (?:which was |were |was )?"
    r"(?:held|convened)\b(?P<venue>.{0,240}?(?=\b(?:19|20)\d\d\b))(?P<year>\d{4})"
    r"(?P<hour>[.,]? ?(?:(?:at|from|commencing at|commencing) )?"
    r"\d{1,2}(?:[.:]\d\d)? ?(?:[ap]\.? ?m\b\.?|noon\b|hrs?\b|hours\b))?\.?",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\b(?:previous|last|approved|agreed|confirmed|adopted|signed|received|noted)\b", re.IGNORECASE
)
_NEW_SENTENCE = re.compile(r"[a-z]{2}\. [A-Z]|\b(?:A|An|The) (?:\w+ ){0,2}[Mm]eeting of\b")
_LONGEST_TITLE = 200
_ON = re.compile(r"\bon (?:(?:the )?\w+day\b|the \d|\d)[^.]{0,40}$", re.IGNORECASE)


def statement_of(head: Head) -> str | None:
    """Return the sentence that says whose record it is and of which meeting, on one line."""
    for place, line in enumerate(head.lines[:_FIRST_LINES]):
        if not _OPENS.match(line):
            continue
        words = " ".join(" ".join(head.lines[place : place + _MOST_LINES]).split())[:_LONGEST]
        found = _SENTENCE.match(words)
        if found and not any(sign.search(found["whose"]) for sign in (_ANOTHER, _NEW_SENTENCE)):
            return found[0].strip()
    return None


def statement_title(statement: str) -> str:
    """Return the statement as a title: whole where it is short enough, else without the venue."""
    found = _SENTENCE.match(statement) if len(statement) > _LONGEST_TITLE else None
    if found is None:
        return statement
    day = _ON.search(found["venue"] + found["year"])
    if day is None or day.start() <= 1:
        return statement
    return f"{found['whose']} {day[0]}"
