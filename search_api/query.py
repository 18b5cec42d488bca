"""What a question says before it is searched for: its limits, its acronyms, its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.errors import UsageError
from indexer.model import Acronym
from search_api.english import content_words

LONGEST_QUESTION = 2000
MOST_HITS = 100
_TOKEN = re.compile(r"[A-Za-z][A-Za-z&]*[A-Za-z]")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready: as asked, as the model reads it, and as words to match."""

    asked: str
    spelt_out: str
    words: str
    acronyms: tuple[Acronym, ...]


def understand(question: str, known: Sequence[Acronym]) -> Query:
    """Check a question and spell out the acronyms that the documents themselves explain.

    Raises UsageError for a question without words or of more than LONGEST_QUESTION characters.
    """
    asked = " ".join(question.split())
    if not _WORD.search(asked):
        raise UsageError("The question is empty.", "Write what you want to know.")
    if len(asked) > LONGEST_QUESTION:
        raise UsageError(
            f"The question has {len(asked):,} characters.",
            f"Ask in at most {LONGEST_QUESTION:,}: one matter at a time is found best.",
        )
    used = _used(asked, known)
    longs = _meanings(used)
    spelt_out = asked
    for short, long in longs.items():
        if long.lower() not in asked.lower():
            spelt_out = re.sub(rf"\b{re.escape(short)}\b", f"{short} ({long})", spelt_out, count=1)
    extra = [long for long in longs.values() if long.lower() not in asked.lower()]
    extra += _shorts_of_longs(asked, known)
    words = content_words(" ".join([asked, *extra]))
    return Query(asked, spelt_out, " ".join(words), tuple(used))


def check_count(k: int, offset: int) -> None:
    """Refuse counts that make no sense. Raises UsageError."""
    if not 1 <= k <= MOST_HITS:
        raise UsageError(
            f"k is {k}; it is how many passages to show.", f"Choose from 1 to {MOST_HITS}."
        )
    if offset < 0:
        raise UsageError(f"offset is {offset}.", "It is 0 or more.")


def _used(asked: str, known: Sequence[Acronym]) -> list[Acronym]:
    """Return the known short forms that stand in the question, each meaning once."""
    tokens = set(_TOKEN.findall(asked))
    lowered = {token.lower() for token in tokens if len(token) > 2}
    found: dict[tuple[str, str], Acronym] = {}
    for acronym in known:
        if acronym.short in tokens or acronym.short.lower() in lowered:
            found.setdefault((acronym.short, acronym.long.lower()), acronym)
    return list(found.values())


def _meanings(used: Iterable[Acronym]) -> dict[str, str]:
    """Return one meaning for each short form: the first that a document gives it."""
    meanings: dict[str, str] = {}
    for acronym in used:
        meanings.setdefault(acronym.short, acronym.long)
    return meanings


def _shorts_of_longs(asked: str, known: Sequence[Acronym]) -> list[str]:
    lowered = asked.lower()
    return sorted({a.short for a in known if a.long.lower() in lowered and a.short not in asked})
