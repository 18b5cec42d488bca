"""Short forms that a document itself explains: "Better Care Together (BCT)".

The method follows Schwartz and Hearst, "A simple algorithm for identifying abbreviation
definitions in biomedical text" (PSB 2003), kept to capital letters: the letters of the short form
are found from right to left at the beginnings of the words before the bracket.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SHORT = r"[A-Z][A-Za-z&]{0,8}[A-Z]s?(?: [A-Z]{2,6}s?)?"
_AFTER = re.compile(rf"\(\s*[\"'‘“]?(?:the )?[\"'‘“]?({_SHORT})[\"'’”]?\s*\)")
_BEFORE = re.compile(rf"\b({_SHORT})\s*\(\s*([A-Z][^()]{{4,80}}?)\s*\)")
_WORD = re.compile(r"[A-Za-z0-9’']+")
_SKIPPED = frozenset({"and", "of", "the", "for", "in", "to", "on", "with", "a", "an", "at", "by"})


def find_acronyms(text: str) -> dict[str, str]:
    """Return each short form and the first long form that ``text`` gives it."""
    found: dict[str, str] = {}
    for short, long in _candidates(text):
        found.setdefault(short, long)
    return found


def _candidates(text: str) -> Iterator[tuple[str, str]]:
    for match in _AFTER.finditer(text):
        before = text[max(0, match.start() - 120) : match.start()]
        before = re.split(r"[.;:()\n]\s", before)[-1]
        if long := _long_form(_letters(match[1]), before):
            yield match[1].removesuffix("s"), long
    for match in _BEFORE.finditer(text):
        words = _WORD.findall(match[2])
        if _initials_fit(_letters(match[1]), words):
            yield match[1].removesuffix("s"), match[2]


def _letters(short: str) -> str:
    return re.sub(r"[^A-Z]", "", short.removesuffix("s")).lower()


def _long_form(letters: str, before: str) -> str | None:
    """Return the fewest words at the end of ``before`` whose initials spell ``letters``."""
    words = list(_WORD.finditer(before))
    for first in range(len(words) - 1, max(-1, len(words) - 2 * len(letters) - 2), -1):
        run = [word[0] for word in words[first:]]
        if run[0][0].lower() == letters[0] and _initials_fit(letters, run):
            return " ".join(before[words[first].start() :].split()).rstrip(" ,-–‘'\"“")
    return None


def _initials_fit(letters: str, words: list[str]) -> bool:
    """Say whether the words' initials are the letters, small joining words left out or not."""
    initials = "".join(word[0].lower() for word in words)
    without = "".join(word[0].lower() for word in words if word.lower() not in _SKIPPED)
    return len(letters) > 1 and letters in (initials, without)
