"""English words: which say nothing by themselves, and what is the same but for its ending."""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

from indexer.stopwords import STOP_WORDS, WORD

_STEMMER = Stemmer.Stemmer("english")
_OWN_STEMS = {"consultant": "consultant", "consultants": "consultant", "consultancy": "consultant"}
"""Words that the stemmer takes for another: consultants are no consultation."""
_SHORT_FORMS = re.compile(r"([A-Z]{2,})s")
_TEXTS_KEPT = 8192
"""Sentences and passages of about 1 KB each with their stems: some hundred for an answer."""


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are written, in order."""
    return WORD.findall(text)


def content_words(text: str) -> list[str]:
    """Return the words that say something; all of them where none does."""
    words = words_of(text)
    return [word for word in words if word.lower() not in STOP_WORDS] or words


@lru_cache(maxsize=_TEXTS_KEPT)
def stems_of(text: str) -> tuple[str, ...]:
    """Return the stems of all words of a text, in order."""
    return tuple(stem(word) for word in WORD.findall(text))


def singular(word: str) -> str:
    """Return one of several short forms, GP of GPs, and any other word as it is."""
    several = _SHORT_FORMS.fullmatch(word)
    return several[1] if several else word


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the English (Snowball) stem of a word in lower case, possessive endings dropped.

    GPs are each a GP, where the stemmer would keep an s that no vowel stands before.
    """
    plain = singular(re.sub(r"[’']s?$", "", word)).lower().replace("’", "'")
    return _OWN_STEMS.get(plain) or str(_STEMMER.stemWord(plain))
