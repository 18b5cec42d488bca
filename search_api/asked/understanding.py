"""A question made ready for one store: mended where no document holds a word, then understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.normal_forms import normal_forms
from indexer.store.protocols import StoreReader
from search_api.asked.plainly import plainly
from search_api.asked.spelling import corrections, respelt
from search_api.asked.thesaurus import record_words
from search_api.glossary import glossary_of
from search_api.query import Query, understand


def understood_by(store: StoreReader, question: str, bodies: Sequence[str] = ()) -> Query:
    """Return what ``understand`` makes of what is asked once its misspelt words are mended.

    ``Query.asked`` keeps the names that were mended for the search alone. Raises UsageError.
    """
    known = glossary_of(store)
    query = understand(plainly(question), known, bodies)
    mended = corrections(store, query.asked, known)
    if not mended:
        return _as_recorded(store, query)
    sure = respelt(query.asked, [one for one in mended if one.sure])
    query = understand(respelt(query.asked, mended), known, bodies)
    return _as_recorded(store, replace(query, asked=sure, corrections=mended))


def _as_recorded(store: StoreReader, query: Query) -> Query:
    """Return the query with what documents hold for its words, and in the forms of its figures."""
    forms = [one.form for one in normal_forms(query.asked)]
    more = [*record_words(query.asked, store.frequency), *forms]
    held = [one for one in dict.fromkeys(more) if store.frequency(one)]
    return replace(query, words=" ".join([query.words, *held]))
