"""English words: which say nothing by themselves, and what is the same but for its ending."""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

from indexer.plain_letters import plain_letters
from indexer.stopwords import STOP_WORDS, WORD

_STEMMER = Stemmer.Stemmer("english")
_OWN_STEMS = {"consultant": "consultant", "consultants": "consultant", "consultancy": "consultant"}
"""Words that the stemmer takes for another: consultants are no consultation."""
_SHORT_FORMS = re.compile(r"([A-Z]{2,})s")
_TAKEN_TOGETHER = re.compile(
    r"\b(?:(?P<who>what|who|where|when|why|how|that|there|it|he|she|here)(?P<is>[’']s)"
    r"|(?P<they>you|we|they|what|who|where|how)(?P<are>[’']re)"
    r"|(?P<i>i)(?P<am>[’']m)"
    r"|(?P<can>can)(?P<cannot>[’']t)|(?P<will>wo)(?P<not>n[’']t)|(?P<do>[a-z]{2,})(?P<n>n[’']t))\b",
    re.IGNORECASE,
)
_IN_FULL = {"is": " is", "are": " are", "am": " am", "cannot": "not", "not": "ill not", "n": " not"}
_TEXTS_KEPT = 8192
"""Sentences and passages of about 1 KB each with their stems: some hundred for an answer."""


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are written, in order."""
    return WORD.findall(text)


def in_full(text: str) -> str:
    """Return a question with what is taken together in speech written in full: what’s, didn’t."""
    return _TAKEN_TOGETHER.sub(_one_in_full, text)


def _one_in_full(match: re.Match[str]) -> str:
    ending = match.lastgroup or ""
    first = match[0][: match.start(ending) - match.start()]
    if ending == "not":
        return first[0] + _IN_FULL[ending]
    return first + _IN_FULL[ending]


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
    """Return the English (Snowball) stem of a word in lower case, without possessive and accents.

    GPs are each a GP, where the stemmer would keep an s that no vowel stands before.
    """
    plain = plain_letters(singular(re.sub(r"[’']s?$", "", word)).lower().replace("’", "'"))
    return _OWN_STEMS.get(plain) or str(_STEMMER.stemWord(plain))
