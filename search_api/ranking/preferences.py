"""Which documents a question means: those of the body, place, committee and time that it names.

A preference, not a filter: a document of another body may still hold the answer, and one whose body
or date is not known is taken as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from indexer.dates import bounds
from indexer.model import Document
from indexer.stopwords import STOP_WORDS
from search_api.english import stem, words_of
from search_api.query import Query

_SORTS = frozenset(
    stem(word)
    for word in """council county city borough district board committee group panel partnership
    trust nhs commission authority service health care wellbeing scrutiny meeting foundation
    integrated clinical commissioning""".split()
)
"""Words that say what sort of body it is: a question that holds only these names none."""


def preferred(
    query: Query, documents: Iterable[Document], named: float, dated: float
) -> dict[str, float]:
    """Return by their ids what documents gain: ``named`` for the names, ``dated`` for the time.

    No document gains for a name unless the question names the body, the place or the committee of
    one of them; then all do but those that are known to be of others.
    """
    documents = list(documents)
    asked = _stems(query.spelt_out)
    places = _named([_stems(name) for one in documents for name in _places(one)], asked)
    committees = _named([_stems(one.committee or "") for one in documents], asked)
    return {
        one.id: named * _is_of(one, places, committees) + dated * _is_of_time(one, query.times)
        for one in documents
    }


def _places(document: Document) -> list[str]:
    return [name for name in (document.body, document.area) if name]


@lru_cache(maxsize=4096)
def _stems(name: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words_of(name) if word.lower() not in STOP_WORDS)


def _named(names: Iterable[frozenset[str]], asked: frozenset[str]) -> set[frozenset[str]]:
    """Return what of each name tells it apart, of those that the question holds."""
    telling = {name - _SORTS or name for name in names if name}
    return {name for name in telling if name <= asked}


def _is_of(
    document: Document, places: set[frozenset[str]], committees: set[frozenset[str]]
) -> bool:
    """Say whether a document is of what is named, or may be for all that is known of it."""
    if not places and not committees:
        return False
    own = frozenset[str]().union(*(_stems(name) for name in _places(document)))
    committee = _stems(document.committee or "")
    return _may_be(own, places) and _may_be(committee, committees)


def _may_be(own: frozenset[str], named: set[frozenset[str]]) -> bool:
    return not named or not own or any(name <= own for name in named)


def _is_of_time(document: Document, times: Iterable[str]) -> bool:
    if not document.date.edtf:
        return False
    first, last = bounds(document.date.edtf)
    return any(begin <= last and first <= end for begin, end in map(bounds, times))
