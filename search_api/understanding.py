"""A question made ready for one store: mended where no document holds a word, then understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.store.protocols import StoreReader
from search_api.query import Query, understand
from search_api.spelling import corrections, respelt


def understood_by(store: StoreReader, question: str, bodies: Sequence[str] = ()) -> Query:
    """Return what ``understand`` makes of a question once its misspelt words are mended.

    ``Query.asked`` keeps the names that were mended for the search alone. Raises UsageError.
    """
    known = store.acronyms()
    query = understand(question, known, bodies)
    mended = corrections(store, query.asked, known)
    if not mended:
        return query
    sure = respelt(query.asked, [one for one in mended if one.sure])
    query = understand(respelt(query.asked, mended), known, bodies)
    return replace(query, asked=sure, corrections=mended)
