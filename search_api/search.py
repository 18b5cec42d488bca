"""From a question to ranked passages: by vectors and by words, weighed. It knows no web."""

from __future__ import annotations

import time
from collections.abc import Sequence

from indexer.embed.protocol import Embedder
from indexer.model import Filters
from indexer.store.protocols import Scored, StoreReader
from search_api.asked.understanding import understood_by
from search_api.query import check_count
from search_api.ranking.fold import fold, repeats_of
from search_api.ranking.late import Reading, read_question
from search_api.ranking.read_on import Stretch, joined, read_on
from search_api.ranking.rerank import Reranker, reranked
from search_api.ranking.weigh import weighed
from search_api.results import Hit, SearchResult

_DEPTH = 100
"""How many candidates each ranking gives, at the least."""


def search(
    store: StoreReader,
    embedder: Embedder,
    question: str,
    *,
    k: int,
    offset: int,
    filters: Filters,
    reranker: Reranker | None = None,
) -> SearchResult:
    """Return the passages ranked ``offset + 1`` to ``offset + k``.

    Fewer come only where the filters leave fewer. Raises UsageError for a question or a count
    that cannot be used.
    """
    started = time.perf_counter()
    check_count(k, offset)
    query = understood_by(store, question, filters.body)
    reading = read_question(store, embedder, query)
    total = store.count(filters)
    found = _distinct(store, reading, k + offset, filters, total, reranker)
    return SearchResult(
        query=" ".join(question.split()),
        hits=_shown(store, found[offset:], first_rank=offset + 1),
        total=total,
        acronyms=query.acronyms,
        filters=filters,
        index=store.info,
        took_ms=(time.perf_counter() - started) * 1000,
        corrections=query.corrections,
        reranker=reranker.name if reranker else None,
    )


def _distinct(
    store: StoreReader,
    reading: Reading,
    wanted: int,
    filters: Filters,
    total: int,
    reranker: Reranker | None,
) -> list[Stretch]:
    """Rank deeper until so many different things to show are found, or there are no more."""
    depth = max(_DEPTH, 2 * wanted)
    while True:
        ranking = rank(store, reading, depth=depth, filters=filters, reranker=reranker)
        shown, inside = stretches(store, ranking, wanted, filters)
        if len(shown) >= wanted:
            return shown
        if depth >= total:
            return [*shown, *inside][:wanted]
        depth *= 4


def stretches(
    store: StoreReader, ranking: Sequence[Scored], wanted: int, filters: Filters
) -> tuple[list[Stretch], list[Stretch]]:
    """Return the first ``wanted`` things to show of a ranking, and the passages inside them.

    Fewer come back only where the ranking holds fewer.
    """
    read = wanted
    while True:
        folded = fold(store, ranking, read)
        shown, inside = read_on(store, folded, filters.role)
        if len(shown) >= wanted or len(folded) < read:
            return shown[:wanted], inside
        read += max(wanted - len(shown), read // 2)


def nearest(
    store: StoreReader, ranking: Sequence[Scored], k: int, filters: Filters
) -> tuple[Hit, ...]:
    """Return the first k things to show of a ranking."""
    return _shown(store, stretches(store, ranking, k, filters)[0], first_rank=1)


def _shown(store: StoreReader, found: Sequence[Stretch], first_rank: int) -> tuple[Hit, ...]:
    return tuple(
        Hit(
            rank,
            each.folded.first.score,
            joined(store.text, each.parts),
            store.document(each.parts[0].document_id),
            repeats_of(store, each.folded),
            each.parts,
        )
        for rank, each in enumerate(found, start=first_rank)
    )


def rank(
    store: StoreReader,
    reading: Reading,
    *,
    depth: int,
    filters: Filters,
    reranker: Reranker | None = None,
) -> list[Scored]:
    """Return every candidate of either ranking, best first; what follows the first comes in."""
    by_vector = store.nearest(reading.vector, depth, filters)
    by_words = store.matching(reading.query.words, depth, filters)
    ranking = weighed(store, reading, by_vector, by_words, filters.role)
    return reranked(store, reading.query.spelt_out, ranking, reranker)


def hits(store: StoreReader, ranking: Sequence[Scored], first_rank: int = 1) -> tuple[Hit, ...]:
    """Return the passages of a ranking with their documents."""
    passages = store.passages([scored.number for scored in ranking])
    documents = {one: store.document(one) for one in {p.document_id for p in passages}}
    return tuple(
        Hit(rank, scored.score, passage, documents[passage.document_id])
        for rank, (scored, passage) in enumerate(
            zip(ranking, passages, strict=True), start=first_rank
        )
    )
