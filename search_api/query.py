"""What a question says before it is searched for: its limits, its acronyms, its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.acronyms import meaning_key
from indexer.dates import find_dates
from indexer.errors import UsageError
from indexer.model import Acronym
from search_api.asked.lexicon import english_count
from search_api.english import content_words, singular, words_of
from search_api.glossary import Glossary

LONGEST_QUESTION = 2000
MOST_HITS = 100
_TOKEN = re.compile(r"[A-Za-z][A-Za-z&]*[A-Za-z]")
_WORD = re.compile(r"\w")
_OF_A_MEETING = frozenset({"day", "month", "season"})
"""A year names what is spoken of far more often than when it was said."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A word as it was written, which no document holds, and the word that was searched for.

    ``sure`` is false for a name that is mended for the search alone.
    """

    written: str
    read_as: str
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready: as asked, as the model reads it, and as words to match."""

    asked: str
    spelt_out: str
    words: str
    acronyms: tuple[Acronym, ...]
    times: tuple[str, ...] = ()
    """In EDTF, the days, months and seasons that it names."""
    corrections: tuple[Correction, ...] = ()
    """The words that were mended; ``asked`` keeps those that are not ``sure`` as written."""


def understand(
    question: str, known: Glossary | Sequence[Acronym], bodies: Sequence[str] = ()
) -> Query:
    """Check a question and spell out the acronyms that the documents themselves explain.

    Where a short form has several meanings, that of ``bodies``, or of a body that the question
    names, is taken, else the one that most documents give; all are reported, that one first.
    Raises UsageError for a question without words, of more than LONGEST_QUESTION characters, or
    with half a character.
    """
    asked = " ".join(question.split())
    if not _WORD.search(asked):
        what = "The question holds no words." if asked else "The question is empty."
        raise UsageError(what, "Write what you want to know.")
    if not is_whole(asked):
        raise UsageError(
            "The question holds half of a character.", "Write it again, or send it as UTF-8."
        )
    if len(asked) > LONGEST_QUESTION:
        raise UsageError(
            f"The question has {len(asked):,} characters.",
            f"Ask in at most {LONGEST_QUESTION:,}: one matter at a time is found best.",
        )
    known = known if isinstance(known, Glossary) else Glossary(known)
    used = _used(asked, known, bodies)
    longs = _meanings(used)
    spelt_out = asked
    for short, long in longs.items():
        if long.lower() not in asked.lower():
            spelt_out = re.sub(rf"\b{re.escape(short)}\b", f"{short} ({long})", spelt_out, count=1)
    extra = [one for word in words_of(asked) if (one := singular(word)) != word]
    extra += [long for long in longs.values() if long.lower() not in asked.lower()]
    extra += _shorts_of_longs(asked, known)
    words = content_words(" ".join([asked, *extra]))
    times = tuple(one.edtf for one in find_dates(asked) if one.precision in _OF_A_MEETING)
    return Query(asked, spelt_out, " ".join(words), tuple(used), times)


def is_whole(text: str) -> bool:
    """Say whether a text can be written out: JSON may bring half of a character."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def check_count(k: int, offset: int) -> None:
    """Refuse counts that make no sense. Raises UsageError."""
    if not 1 <= k <= MOST_HITS:
        raise UsageError(
            f"k is {k}; it is how many passages to show.", f"Choose from 1 to {MOST_HITS}."
        )
    if offset < 0:
        raise UsageError(f"offset is {offset}.", "It is 0 or more.")


def _used(asked: str, known: Glossary, bodies: Sequence[str]) -> list[Acronym]:
    """Return the known short forms that stand in the question, each meaning once, best first.

    In small letters only what is no word: “get” is not GET.
    """
    tokens = {word for token in _TOKEN.findall(asked) for word in (token, singular(token))}
    lowered = {t.lower() for t in tokens if len(t) > 2 and not english_count(t)}
    found: dict[tuple[str, str], list[Acronym]] = {}
    for acronym in known.written(tokens, lowered):
        found.setdefault((acronym.short, meaning_key(acronym.long)), []).append(acronym)
    wanted = [body.casefold() for body in bodies]
    ranked = sorted(found.values(), key=lambda same: _standing(same, wanted, asked), reverse=True)
    return [max(same, key=lambda one: _is_of(one, wanted, asked)) for same in ranked]


def _standing(same: Sequence[Acronym], wanted: Sequence[str], asked: str) -> tuple[bool, int]:
    """Return what puts one meaning before another: who gives it, then how many documents do."""
    return any(_is_of(one, wanted, asked) for one in same), len({one.document_id for one in same})


def _is_of(acronym: Acronym, wanted: Sequence[str], asked: str) -> bool:
    """Say whether the body whose document explains it is the one asked for or about."""
    body = (acronym.body or "").casefold()
    return bool(body) and (any(name in body for name in wanted) or body in asked.casefold())


def _meanings(used: Iterable[Acronym]) -> dict[str, str]:
    """Return one meaning for each short form: the first."""
    meanings: dict[str, str] = {}
    for acronym in used:
        meanings.setdefault(acronym.short, acronym.long)
    return meanings


def _shorts_of_longs(asked: str, known: Glossary) -> list[str]:
    shorts = known.shorts_of(asked.lower()) | known.named_in(asked).keys()
    return sorted(short for short in shorts if short not in asked)
