"""What a question's words of time do to its answer: what is left out, and what comes first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.dates import bounds
from indexer.model import Document, Filters
from search_api.answer.statements import Statement
from search_api.asked.question import Asked
from search_api.asked.time import AskedTime, TimeReading
from search_api.query import Query
from search_api.results import Understood, UnderstoodTime

_SAID_THEN, _ABOUT_THEN = 1.35, 1.05
"""What a statement counts for in a document of the very time that the question names."""
_A_SEASON = 100
"""A time of fewer days is that of a meeting; a year is not."""


def limited(filters: Filters, when: AskedTime | None) -> Filters:
    """Return the filters with the question's own time among them; a date given beside it wins."""
    if when is None or when.as_of is None or filters.as_of:
        return filters
    return replace(filters, as_of=when.as_of)


def at_the_time(query: Query, when: AskedTime | None) -> Query:
    """Return the query with the time among its times that it asks of what was said then."""
    if when is None or when.edtf is None or when.reading is not TimeReading.SAID_IN:
        return query
    first, last = bounds(when.edtf)
    return replace(query, times=(when.edtf,)) if (last - first).days < _A_SEASON else query


def of_the_time(ranked: Sequence[Statement], when: AskedTime | None) -> list[Statement]:
    """Return the statements with those first that were made at the time that is asked about."""
    if when is None or when.edtf is None or when.reading is TimeReading.AS_OF:
        return list(ranked)
    weight = _SAID_THEN if when.reading is TimeReading.SAID_IN else _ABOUT_THEN
    time = when.edtf

    def then(document: Document) -> bool:
        return document.date.edtf is not None and at_once(document.date.edtf, time)

    weighed = [
        replace(one, score=one.score * weight) if then(one.hit.document) else one for one in ranked
    ]
    return sorted(weighed, key=lambda one: -one.score)


def at_once(one: str, other: str) -> bool:
    """Say whether two dates in EDTF may mean the same day."""
    (begin, end), (first, last) = bounds(one), bounds(other)
    return begin <= last and first <= end


def understood(asked: Asked, query: Query, when: AskedTime | None, given: Filters) -> Understood:
    """Say what a question was taken for; ``given`` are the filters that stood beside it."""
    if when is None:
        return Understood(asked.kind.value, query.asked)
    applied = when.as_of is not None and not given.as_of
    time = UnderstoodTime(when.words, when.reading.value, when.edtf, applied)
    return Understood(asked.kind.value, query.asked, time)
