"""Each step put to gold questions, and to collections in BEIR's form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

from eval.ablation.steps import STEPS, Candidates, Step, candidates
from eval.beir.dataset import Collection
from eval.beir.search import documents_of, prepared, score
from eval.bootstrap import Score, ratio
from eval.gold import GoldQuestion
from eval.judge import Judge
from indexer.embed.protocol import Embedder
from indexer.model import Filters, Passage
from indexer.progress import Progress
from indexer.store.protocols import Scored, StoreReader
from search_api.asked.understanding import understood_by
from search_api.ranking.fold import fold
from search_api.ranking.late import Reading, read_question
from search_api.search import nearest

HITS = (1, 3, 10)
AS_SHOWN = "+ what follows is shown with it"
"""The last step where a hit holds also what it reads on to, as people see it."""
_DEPTH = 100
"""How many candidates the search itself takes of each ranking for ten hits."""

Scores = dict[str, dict[str, Score]]
"""Step → measure → its score."""


def gold_scores(
    questions: Sequence[GoldQuestion],
    store: StoreReader,
    embedder: Embedder,
    progress: Progress,
    steps: Mapping[str, Step] = STEPS,
    *,
    as_shown: bool = True,
) -> Scores:
    """Return how often each step finds evidence among the first 1, 3 and 10 distinct passages.

    And how often AS_SHOWN does, unless it is not asked for. Only answerable questions count.
    Passages of the same words are one hit, as in the search.
    """
    judge = Judge(store)
    answerable = [question for question in questions if question.answerable]
    told = [*steps, AS_SHOWN] if as_shown else list(steps)
    ranks: dict[str, list[int]] = {step: [] for step in told}
    with progress.task("Asking", len(answerable), "questions") as task:
        for question in answerable:
            right = frozenset().union(*(place.passages for place in judge.locate(question)))
            asked = _candidates(question, store, embedder)
            ranking: Sequence[Scored] = ()
            for name, step in steps.items():
                ranking = step(asked)
                ranks[name].append(_first_right(_distinct(store, ranking), right))
            if as_shown:
                shown = nearest(store, ranking, HITS[-1], asked.filters)
                ranks[AS_SHOWN].append(_first_right((hit.told for hit in shown), right))
            task.advance()
    return {
        step: {f"hit@{k}": _mean([float(rank <= k) for rank in found]) for k in HITS}
        for step, found in ranks.items()
    }


def collection_scores(
    collection: Collection, store: StoreReader, embedder: Embedder, progress: Progress
) -> Scores:
    """Return nDCG@10 of each step, documents ranked by their best passages."""
    rankings: dict[str, dict[str, list[str]]] = {step: {} for step in STEPS}
    with progress.task("Searching", len(collection.queries), "questions") as task:
        for identifier, text in collection.queries.items():
            reading = read_question(store, embedder, prepared(text, embedder))
            asked = cache(partial(candidates, store, reading))
            for name, step in STEPS.items():
                ranker = partial(_ranked, step, asked)
                rankings[name][identifier] = documents_of(store, ranker, without=identifier)
            task.advance()
    found = {step: score(collection.relevant, ranking) for step, ranking in rankings.items()}
    return {step: {"ndcg@10": one.overall["ndcg@10"]} for step, one in found.items()}


def _candidates(question: GoldQuestion, store: StoreReader, embedder: Embedder) -> Candidates:
    query = understood_by(store, question.question)
    reading: Reading = read_question(store, embedder, query)
    return candidates(store, reading, _DEPTH, Filters(as_of=question.as_of))


def _ranked(step: Step, asked: Callable[[int], Candidates], depth: int) -> Sequence[Scored]:
    return step(asked(depth))


def _distinct(store: StoreReader, ranking: Sequence[Scored]) -> Iterator[list[Passage]]:
    """Yield each distinct passage with those of the same words."""
    for each in fold(store, ranking, HITS[-1]):
        yield store.passages([each.first.number, *each.repeats])


def _first_right(hits: Iterable[Sequence[Passage]], right: frozenset[str]) -> int:
    """Return the rank of the first hit that holds a right passage, or one beyond all."""
    for rank, passages in enumerate(hits, start=1):
        if any(passage.id in right for passage in passages):
            return rank
    return HITS[-1] + 1


def _mean(values: Sequence[float]) -> Score:
    mean = ratio(values, [1.0] * len(values))
    if mean is None:
        raise ValueError("no question is answerable")
    return mean


def table(columns: Mapping[str, Scores], measures: Sequence[str]) -> str:
    """Return a Markdown table: a row for each step, a column for each set and measure."""
    heads = [f"{name} {m}" for name, scores in columns.items() for m in _held(scores, measures)]
    lines = [f"| | {' | '.join(heads)} |", f"|---|{'---|' * len(heads)}"]
    for step in next(iter(columns.values())):
        cells = [
            _cell(scores[step][measure])
            for scores in columns.values()
            for measure in _held(scores, measures)
        ]
        lines.append(f"| {step} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _held(scores: Scores, measures: Sequence[str]) -> list[str]:
    first = next(iter(scores.values()))
    return [measure for measure in measures if measure in first]


def _cell(one: Score) -> str:
    value, low, high = (f"{number:.3f}".lstrip("0") for number in (one.value, one.low, one.high))
    return f"{value} [{low}, {high}]"
