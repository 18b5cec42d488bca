"""Fusion against sums done by hand, and what must hold for any rankings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.ablation.fusion import reciprocal_rank_fusion, score_fusion
from indexer.store.protocols import Scored

_RANKINGS = st.lists(
    st.dictionaries(st.integers(0, 30), st.floats(-5, 5), max_size=12).map(
        lambda scores: sorted(
            (Scored(n, s) for n, s in scores.items()), key=lambda x: (-x.score, x.number)
        )
    ),
    min_size=1,
    max_size=3,
)


def test_reciprocal_ranks_by_hand() -> None:
    fused = reciprocal_rank_fusion([[Scored(1, 9), Scored(2, 8)], [Scored(2, 0.9), Scored(3, 0.1)]])
    assert [scored.number for scored in fused] == [2, 1, 3]
    assert fused[0].score == pytest.approx(1 / 62 + 1 / 61)
    assert fused[1].score == pytest.approx(1 / 61)


def test_scores_by_hand() -> None:
    fused = score_fusion(
        [[Scored(1, 0.9), Scored(2, 0.6), Scored(3, 0.5)], [Scored(2, 7.0)]], [0.5, 0.5]
    )
    assert [(scored.number, round(scored.score, 6)) for scored in fused] == [
        (2, round((0.25 + 1) / 2, 6)),
        (1, 0.5),
        (3, 0.0),
    ]


@given(_RANKINGS)
def test_fusion_keeps_every_passage_once_best_first(rankings: list[list[Scored]]) -> None:
    equal = [1 / len(rankings)] * len(rankings)
    for fused in (reciprocal_rank_fusion(rankings), score_fusion(rankings, equal)):
        numbers = [scored.number for scored in fused]
        assert sorted(numbers) == sorted({s.number for ranking in rankings for s in ranking})
        assert [s.score for s in fused] == sorted((s.score for s in fused), reverse=True)


@given(_RANKINGS)
def test_one_ranking_alone_keeps_its_order_where_scores_differ(
    rankings: list[list[Scored]],
) -> None:
    ranking = rankings[0]
    if len({scored.score for scored in ranking}) == len(ranking):
        expected = [scored.number for scored in ranking]
        assert [scored.number for scored in reciprocal_rank_fusion([ranking])] == expected
