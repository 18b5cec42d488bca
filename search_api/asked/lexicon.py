"""Which words are English, British spellings among them, so that they are not taken for mistakes.

The list is that of SymSpell (82,765 words: those of SCOWL that Google Books holds).
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

_LIST = "frequency_dictionary_en_82_765.txt"
_MOST = 64


@cache
def _counts() -> dict[str, int]:
    lines = (files("symspellpy") / _LIST).read_text("utf-8-sig").splitlines()
    return {word: int(count) for word, count in map(str.split, lines)}


@cache
def _words() -> tuple[str, ...]:
    return tuple(_counts())


def english_count(word: str) -> int:
    """Return how often books have the word, its case aside; 0 where it is no English word.

    Well-known names are words.
    """
    return _counts().get(word.lower(), 0)


def near(word: str, distance: int) -> list[tuple[str, int]]:
    """Return the English words at most so many edits away, nearest first, with the edits.

    An edit is a letter too many, missing, wrong, or in its neighbour's place.
    """
    found = process.extract(
        word.lower(), _words(), scorer=OSA.distance, score_cutoff=distance, limit=_MOST
    )
    return [(candidate, int(edits)) for candidate, edits, _ in found]
