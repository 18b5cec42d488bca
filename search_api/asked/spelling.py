"""Words of a question that no document holds, and the near words that some do.

A question about a place or a person that the record does not know must stay such a question, so
only what is no word of English is mended, never figures, codes or short forms, and a name only for
a letter that is missing, doubled or in its neighbour's place. A name of fewer than SURE_NAME
letters, or one that only the documents know, is mended for the search alone: whether the record
names what was asked about is still judged by the name as it was written.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA, Indel

from indexer.model import Acronym
from indexer.plain_letters import plain_letters
from indexer.stopwords import STOP_WORDS, WORD
from indexer.store.protocols import StoreReader
from search_api.asked.lexicon import english_count, near
from search_api.glossary import Glossary
from search_api.query import Correction

SHORTEST, SHORTEST_NAME, SURE_NAME, LONG = 5, 6, 8, 8
"""How many letters a word must have to be mended, a name, a name for sure, and by two edits."""
_MOST = 8
"""So many unknown words of a question are looked at: more is another language, or no question."""
_LOOKED_IN = 5
_POSSESSIVE = re.compile(r"[’']s?$")


def corrections(
    store: StoreReader, question: str, known: Glossary | Sequence[Acronym] = ()
) -> tuple[Correction, ...]:
    """Return what is mended in a question; ``known`` are short forms, which stay as they are."""
    shorts = known if isinstance(known, Glossary) else Glossary(known)
    found: dict[str, Correction] = {}
    looked_at = 0
    for word, begins in _words(question):
        if word in found or word in shorts or not _is_unknown(store, word):
            continue
        looked_at += 1
        if looked_at > _MOST:
            break
        if mended := _mended(store, word, begins=begins):
            found[word] = mended
    return tuple(found.values())


def respelt(question: str, mended: Sequence[Correction]) -> str:
    """Return the question with its words mended."""
    for one in mended:
        question = re.sub(rf"\b{re.escape(one.written)}(?![^\W_])", one.read_as, question)
    return question


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A word at so many edits; ``held``: in how many passages; ``count``: how common in English."""

    word: str
    edits: int
    held: int
    count: int


def _words(question: str) -> Iterator[tuple[str, bool]]:
    """Yield the words that may be mended, without possessive endings; which begin the question?

    Capitals throughout are a short form or a code.
    """
    for place, match in enumerate(WORD.finditer(question)):
        word = _POSSESSIVE.sub("", match[0])
        if len(word) >= SHORTEST and word.isalpha() and word.isascii() and word[1:].islower():
            yield word, place == 0


def _is_unknown(store: StoreReader, word: str) -> bool:
    # The index first: most words stand in it, and then the list need not be loaded.
    return word.lower() not in STOP_WORDS and not store.frequency(word) and not english_count(word)


def _mended(store: StoreReader, word: str, *, begins: bool) -> Correction | None:
    """Return the nearest word that some document holds, of several the most frequent.

    None where a more common word of English is as near: then that is meant, and nothing holds it.
    """
    found = _candidates(store, word.lower(), is_name=word[0].isupper() and not begins)
    held = [one for one in found if one.held]
    for one in sorted(held, key=lambda one: (one.edits, -one.held, one.word)):
        if any(not other.held and _likelier(other, one) for other in found):
            continue
        is_name = word[0].isupper() and not (begins and one.count)
        if is_name and (len(word) < SHORTEST_NAME or not _is_slip(word.lower(), one.word)):
            continue
        if surface := _surface(store, one.word):
            read_as = surface if word[0].isupper() or not one.count else one.word
            sure = not is_name or (len(word) >= SURE_NAME and one.count > 0)
            return Correction(word, _cased(read_as, word), sure)
    return None


def _likelier(other: _Candidate, one: _Candidate) -> bool:
    return other.edits <= one.edits and other.count > one.count


def _candidates(store: StoreReader, word: str, *, is_name: bool) -> list[_Candidate]:
    """Return what may have been meant: English words, and what the index knows at one edit."""
    distance = 2 if len(word) >= LONG and not is_name else 1
    english = dict(near(word, distance))
    known = [one for one in _edits(word) if one not in english and store.frequency(one)]
    return [
        _Candidate(one, edits, store.frequency(one), english_count(one))
        for one, edits in {**dict.fromkeys(known, 1), **english}.items()
        if one[0] == word[0]
    ]


def _edits(word: str) -> Iterator[str]:
    """Yield everything at one edit: Norvig, "How to write a spelling corrector" (2007)."""
    for place in range(1, len(word) + 1):
        first, rest = word[:place], word[place:]
        yield from (first + letter + rest for letter in string.ascii_lowercase)
        if rest:
            yield first + rest[1:]
            yield from (first + letter + rest[1:] for letter in string.ascii_lowercase)
            yield first[:-1] + rest[0] + first[-1] + rest[1:]


def _is_slip(written: str, candidate: str) -> bool:
    """Say whether letters only change places, or one is missing or too many."""
    same = sorted(written) == sorted(candidate) and OSA.distance(written, candidate) == 1
    return same or Indel.distance(written, candidate) == 1


def _surface(store: StoreReader, word: str) -> str | None:
    """Return the word as a document writes it; None where only its stem was known."""
    numbers = [each.number for each in store.matching(word, _LOOKED_IN)]
    texts = [one.text for one in store.passages(numbers)] + store.contexts(numbers)
    for text in texts:
        for match in WORD.finditer(text):
            plain = _POSSESSIVE.sub("", match[0])
            if plain_letters(plain.lower()) == word:
                return plain
    return word if english_count(word) and numbers else None


def _cased(word: str, like: str) -> str:
    return word[0].upper() + word[1:] if like[0].isupper() else word
