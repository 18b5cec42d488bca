"""Questions put to a collection's index: documents ranked by the best of their passages.

A document's score is its best passage's, and a little of its next two: who speaks of a matter at
length speaks of it in several places (passages made to documents by their maximum and by their sum:
Dai and Callan, "Deeper text understanding for IR", SIGIR 2019).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import ir_measures
from ir_measures import RR, Qrel, R, ScoredDoc, nDCG

from eval.beir.build import first_window
from eval.beir.dataset import Collection
from eval.bootstrap import Score, ratio
from indexer.embed.protocol import Embedder
from indexer.model import Filters
from indexer.progress import Progress
from indexer.store.protocols import Scored, StoreReader
from search_api.query import LONGEST_QUESTION, Query, understand
from search_api.ranking.late import read_question
from search_api.search import rank

MODES = ("dense", "words", "fused")
MEASURES = {"ndcg@10": nDCG @ 10, "recall@100": R @ 100, "mrr@10": RR @ 10}
DEPTH = 100
"""Documents ranked for each question: what recall@100 needs."""
_FIRST_DEPTH = 200
"""Passages asked for at first: as many as the search itself takes for a hundred hits."""
_NEXT, _SHARE = 2, 0.2
"""How many passages beside the best count for a document, and for how much of their scores. Chosen
on the questions about half of QMSum's meetings."""

Ranking = list[str]
Ranker = Callable[[int], Sequence[Scored]]


@dataclass(frozen=True, slots=True)
class ModeResult:
    """What one way of searching scored, overall and by question, and its rankings."""

    overall: dict[str, Score]
    by_query: dict[str, dict[str, float]]
    rankings: dict[str, Ranking]


def search_collection(
    collection: Collection,
    store: StoreReader,
    embedder: Embedder,
    modes: Sequence[str],
    progress: Progress,
) -> dict[str, ModeResult]:
    """Ask every question in every mode and score the rankings."""
    rankings: dict[str, dict[str, Ranking]] = {mode: {} for mode in modes}
    with progress.task("Searching", len(collection.queries), "questions") as task:
        for identifier, text in collection.queries.items():
            query = prepared(text, embedder)
            for mode in modes:
                ranker = ranker_of(mode, store, embedder, query)
                # As in BEIR, where a question may itself be one of the documents (Quora, ArguAna).
                found = documents_of(store, ranker, without=identifier)
                rankings[mode][identifier] = found
            task.advance()
    return {mode: score(collection.relevant, rankings[mode]) for mode in modes}


def prepared(text: str, embedder: Embedder) -> Query:
    """Return the question as the search takes it, cut to what the search and the model read."""
    if len(text) > LONGEST_QUESTION:
        text = text[:LONGEST_QUESTION].rsplit(maxsplit=1)[0]
    query = understand(text, ())
    return replace(query, spelt_out=first_window(query.spelt_out, embedder))


def documents_of(store: StoreReader, ranker: Ranker, without: str | None = None) -> Ranking:
    """Return up to DEPTH documents, best first, going deeper until there are enough."""
    depth = min(_FIRST_DEPTH, store.count())
    while True:
        found = ranker(depth)
        passages = store.passages([scored.number for scored in found])
        documents = _by_passages([p.document_id for p in passages], [s.score for s in found])
        documents = [each for each in documents if each != without]
        if len(documents) >= DEPTH or depth >= store.count() or len(found) < depth:
            return documents[:DEPTH]
        depth = min(depth * 4, store.count())


def _by_passages(documents: Sequence[str], scores: Sequence[float]) -> Ranking:
    """Return the documents of a ranking's passages, best first; ``scores`` are the passages'."""
    own: dict[str, list[float]] = {}
    for document, passage in zip(documents, scores, strict=True):
        own.setdefault(document, []).append(passage)
    total = {one: best + _SHARE * sum(rest[:_NEXT]) for one, (best, *rest) in own.items()}
    return sorted(total, key=lambda one: -total[one])


def score(relevant: Mapping[str, Mapping[str, int]], rankings: Mapping[str, Ranking]) -> ModeResult:
    """Score rankings by ir-measures; a question without a ranking scores 0."""
    qrels = [Qrel(q, d, degree) for q, rows in relevant.items() for d, degree in rows.items()]
    # trec_eval sorts by score and breaks ties by id: the rank is the score.
    run = [ScoredDoc(q, d, 1.0 / n) for q, ds in rankings.items() for n, d in enumerate(ds, 1)]
    names = {str(measure): name for name, measure in MEASURES.items()}
    by_query = {query: dict.fromkeys(MEASURES, 0.0) for query in relevant}
    for metric in ir_measures.iter_calc(list(MEASURES.values()), qrels, run) if run else ():
        by_query[metric.query_id][names[str(metric.measure)]] = float(metric.value)
    overall = {}
    for name in MEASURES:
        mean = ratio([scores[name] for scores in by_query.values()], [1.0] * len(by_query))
        assert mean is not None
        overall[name] = mean
    return ModeResult(overall, by_query, dict(rankings))


def ranker_of(
    mode: str, store: StoreReader, embedder: Embedder, query: Query, filters: Filters = Filters()
) -> Ranker:
    """Return what ranks so many passages for a question: the store's own two ways, or both."""
    if mode == "words":
        return lambda depth: store.matching(query.words, depth, filters)
    reading = read_question(store, embedder, query)
    if mode == "fused":
        return lambda depth: rank(store, reading, depth=depth, filters=filters)
    return lambda depth: store.nearest(reading.vector, depth, filters)
