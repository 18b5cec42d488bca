"""The usual ways to make one ranking of several, to compare with."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.store.protocols import Scored

_RRF_K = 60


def reciprocal_rank_fusion(rankings: Sequence[Sequence[Scored]]) -> list[Scored]:
    """Return the passages by the sum of 1 / (60 + rank) over the rankings, best first.

    The method and its constant are of Cormack, Clarke and Büttcher, "Reciprocal rank fusion
    outperforms Condorcet and individual rank learning methods" (SIGIR 2009). Equal sums keep the
    order of the passages' numbers.
    """
    total: dict[int, float] = {}
    for ranking in rankings:
        for rank, scored in enumerate(ranking, start=1):
            total[scored.number] = total.get(scored.number, 0.0) + 1.0 / (_RRF_K + rank)
    return _ordered(total)


def score_fusion(rankings: Sequence[Sequence[Scored]], weights: Sequence[float]) -> list[Scored]:
    """Return the passages by the weighted sum of their scores over the rankings, best first.

    Each ranking's scores are first stretched so that its best is 1 and its last 0; a passage that
    a ranking does not hold has 0 there. Equal sums keep the order of the passages' numbers. See
    Bruch, Gai and Ingber, "An analysis of fusion functions for hybrid retrieval" (ACM TOIS 2023).
    """
    total: dict[int, float] = {}
    for ranking, weight in zip(rankings, weights, strict=True):
        for scored in _stretched(ranking):
            total[scored.number] = total.get(scored.number, 0.0) + weight * scored.score
    return _ordered(total)


def _stretched(ranking: Sequence[Scored]) -> list[Scored]:
    if not ranking:
        return []
    best, last = ranking[0].score, ranking[-1].score
    if best == last:
        return [Scored(scored.number, 1.0) for scored in ranking]
    return [Scored(s.number, (s.score - last) / (best - last)) for s in ranking]


def _ordered(total: dict[int, float]) -> list[Scored]:
    return [
        Scored(number, score)
        for number, score in sorted(total.items(), key=lambda item: (-item[1], item[0]))
    ]
