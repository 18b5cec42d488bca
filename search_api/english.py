"""English words: which say nothing by themselves, and what is the same but for its ending."""

from __future__ import annotations

import re
from functools import lru_cache

import Stemmer

_STEMMER = Stemmer.Stemmer("english")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")

STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before
    being below between both but by can could did do does doing down during each few for from
    further get had has have having he her here hers him his how i if in into is it its itself
    just many me more most much my no nor not now of off on once only or other our out over own
    please same she should so some such tell than that the their them then there these they this
    those through to too under until up upon us very was we were what when where which while who
    whom whose why will with would you your any anyone anything say said says according regarding
    concerning ever""".split()
)


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are written, in order."""
    return _WORD.findall(text)


def content_words(text: str) -> list[str]:
    """Return the words that say something; all of them where none does."""
    words = words_of(text)
    return [word for word in words if word.lower() not in STOP_WORDS] or words


def stems_of(text: str) -> list[str]:
    """Return the stems of all words of a text, in order."""
    return [stem(word) for word in _WORD.findall(text)]


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the English (Snowball) stem of a word in lower case, possessive endings dropped."""
    plain = re.sub(r"[’']s?$", "", word.lower()).replace("’", "'")
    return str(_STEMMER.stemWord(plain))
