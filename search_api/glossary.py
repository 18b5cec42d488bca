"""The short forms that a build's documents explain, put in order once to be looked up.

A great collection explains the same ones in document after document, and every question looks for
its own among them, so that going through all of them took a third of a search over 100,000
passages.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from weakref import WeakKeyDictionary

from indexer.acronyms import meaning_key
from indexer.model import Acronym
from indexer.store.protocols import StoreReader

_FEWEST_LETTERS = 7
"""A meaning of fewer letters may stand in a question by chance."""
_NAMED = re.compile(r"[A-Z][\w’'-]*(?:(?: (?:of|and|for|the|in|&))* [A-Z][\w’'-]*)+")
"""Words with capital letters, two at the least, and the small words between them."""


class Glossary:
    """Short forms by how they are written and by what they stand for."""

    def __init__(self, known: Iterable[Acronym] = ()) -> None:
        """Take them in the order of their documents."""
        self._known = list(known)
        self._by_short: dict[str, list[int]] = {}
        self._by_lower: dict[str, list[int]] = {}
        self._by_long: dict[str, set[str]] = {}
        self._last_long: dict[str, str] = {}
        for place, each in enumerate(self._known):
            self._by_short.setdefault(each.short, []).append(place)
            self._by_lower.setdefault(each.short.lower(), []).append(place)
            self._by_long.setdefault(each.long.lower(), set()).add(each.short)
            if len(each.long) >= _FEWEST_LETTERS:
                self._last_long[each.short] = each.long
        self._by_end = _by_end(self._last_long)
        self._folded = frozenset(short.casefold() for short in self._by_short)
        self._folded_longs = {short: long.casefold() for short, long in self._last_long.items()}

    def written(self, as_they_are: Collection[str], lowered: Collection[str]) -> list[Acronym]:
        """Return those of which the short form is one of these words, in their order.

        Words of ``lowered`` are in small letters and stand for any case.
        """
        places = {place for word in as_they_are for place in self._by_short.get(word, ())}
        places.update(place for word in lowered for place in self._by_lower.get(word, ()))
        return [self._known[place] for place in sorted(places)]

    def shorts_of(self, text: str) -> set[str]:
        """Return the short forms of what a text, in small letters, spells out."""
        return {one for long, shorts in self._by_long.items() if long in text for one in shorts}

    def meant_in(self, text: str) -> dict[str, str]:
        """Return the short forms that a casefolded text spells out, and what they stand for.

        Meanings of few letters are left out. Of a short form with several only that of the last
        document counts.
        """
        return {
            short: self._last_long[short]
            for short, long in self._folded_longs.items()
            if long in text
        }

    def named_in(self, question: str) -> dict[str, str]:
        """Return the short forms that a question names by the end of what they stand for.

        “the Royal Infirmary” is the LRI where that is the Leicester Royal Infirmary, and no other
        is known; “the Derby Royal Infirmary” is not.
        """
        ends = {end for name in _names_in(question) for end in (name, name.removeprefix("The "))}
        found = {self._by_end[end] for end in ends if end in self._by_end}
        return {short: self._last_long[short] for short in sorted(found)}

    def __contains__(self, word: str) -> bool:
        """Say whether a word is a short form, whatever its case."""
        return word.casefold() in self._folded


def _by_end(longs: dict[str, str]) -> dict[str, str]:
    """Return short forms by the words of their meaning after the first, where one alone has them.

    They are two words at the least, with capital letters.
    """
    found: dict[str, dict[str, str]] = {}
    for short, long in longs.items():
        end = long.partition(" ")[2]
        if _NAMED.fullmatch(end):
            found.setdefault(end, {}).setdefault(meaning_key(long), short)
    return {end: next(iter(shorts.values())) for end, shorts in found.items() if len(shorts) == 1}


def _names_in(question: str) -> Iterator[str]:
    """Yield the names in a question; its first word may be none of one."""
    for match in _NAMED.finditer(question):
        name = re.sub(r"[’']s?$", "", match[0])
        yield name
        if match.start() == 0:
            yield name.partition(" ")[2]


_OF_STORES: WeakKeyDictionary[StoreReader, Glossary] = WeakKeyDictionary()


def glossary_of(store: StoreReader) -> Glossary:
    """Return the glossary of a build, made when it is asked for first: a build never changes."""
    found = _OF_STORES.get(store)
    if found is None:
        found = _OF_STORES[store] = Glossary(store.acronyms())
    return found
