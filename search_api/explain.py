"""How a ranking was reached: what each passage scored by vectors, by words, and read again.

The parts are computed once more for the passages that are told, so that a search which nobody asks
to explain pays nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from indexer.embed.protocol import Embedder
from indexer.model import Filters, Passage
from indexer.store.protocols import Scored, StoreReader
from search_api.asked.understanding import understood_by
from search_api.query import Query
from search_api.ranking.late import Reading, read_question
from search_api.ranking.rerank import Reranker
from search_api.ranking.weigh import parts
from search_api.results import Candidate, Explanation, SearchResult
from search_api.search import rank

DEPTH = 100
"""How many passages each ranking gives at the least; what is beyond has no rank there."""
_MOST_TOLD = 40
_NO_FILTERS = Filters()


def explained(
    store: StoreReader,
    embedder: Embedder,
    result: SearchResult,
    reranker: Reranker | None = None,
) -> SearchResult:
    """Return a search's result with how it was reached."""
    query = understood_by(store, result.query, result.filters.body)
    reading = read_question(store, embedder, query)
    last = result.hits[-1].rank if result.hits else 0
    depth = max(DEPTH, 2 * last)
    ranking = rank(store, reading, depth=depth, filters=result.filters, reranker=reranker)
    shown: dict[str, str] = {}
    for hit in result.hits:
        found, *after = hit.passages
        shown[found.id] = f"shown as passage {hit.rank}"
        shown |= {one.id: f"shown with passage {hit.rank}, which it follows" for one in after}
        same = f"told under passage {hit.rank}, which says the very same words"
        shown |= {repeat.passage.id: same for repeat in hit.repeats}
    told = candidates(
        store,
        reading,
        ranking,
        result.filters,
        lambda passage, place: shown.get(passage.id) or _why_not_shown(place, last),
    )
    explanation = Explanation(
        searched_for=query.spelt_out,
        words=query.words,
        acronyms=meanings(query),
        corrections=query.corrections,
        kind=None,
        names=(),
        time=None,
        limits=limits(store, result),
        candidates=told,
        verdict=f"{len(result.hits)} of {result.total} passages are shown.",
    )
    return replace(result, explanation=explanation)


def candidates(
    store: StoreReader,
    reading: Reading,
    ranking: Sequence[Scored],
    filters: Filters,
    outcome: Callable[[Passage, int], str],
) -> tuple[Candidate, ...]:
    """Return the first passages of a ranking with their parts; ``outcome`` says what became of one.

    It is given the passage and its place in the ranking, from 1.
    """
    told = ranking[:_MOST_TOLD]
    depth = max(DEPTH, len(told))
    vectors = _placed(store.nearest(reading.vector, depth, filters))
    words = _placed(store.matching(reading.query.words, depth, filters))
    late = parts(store, reading, ranking)
    passages = store.passages([one.number for one in told])
    return tuple(
        Candidate(
            rank=place,
            score=one.score,
            passage=passage,
            document=store.document(passage.document_id),
            vector=vectors.get(one.number, (None, None))[0],
            by_vector=vectors.get(one.number, (None, None))[1],
            words=words.get(one.number, (None, None))[0],
            by_words=words.get(one.number, (None, None))[1],
            form=late.get(one.number, (None, None))[0],
            tokens=late.get(one.number, (None, None))[1],
            outcome=outcome(passage, place),
        )
        for place, (one, passage) in enumerate(zip(told, passages, strict=True), start=1)
    )


def meanings(query: Query) -> tuple[str, ...]:
    """Say which meanings of short forms play a part, the one that was taken first."""
    return tuple(f"{one.short}: {one.long}" for one in query.acronyms)


def limits(store: StoreReader, result: SearchResult) -> str:
    """Say what the filters left to look through; they act inside the search."""
    every = store.count(_NO_FILTERS)
    if result.filters == _NO_FILTERS:
        return f"There are no filters: all {every} passages were looked through."
    return f"The filters leave {result.total} of {every} passages; no other was looked at."


def _why_not_shown(place: int, last: int) -> str:
    return (
        "passed over: before the offset" if place <= last else "not shown: beyond those asked for"
    )


def _placed(ranking: Sequence[Scored]) -> dict[int, tuple[float | None, int | None]]:
    return {one.number: (one.score, place) for place, one in enumerate(ranking, start=1)}
