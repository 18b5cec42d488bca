"""Risk and coverage: by hand, against the definition written out, and what ordering must do."""

from __future__ import annotations

import random

import pytest

from eval.selective import Point, area_under_risk_coverage, risk_coverage


def area(confidence: list[float], losses: list[float]) -> float:
    found = area_under_risk_coverage(confidence, losses)
    assert found is not None
    assert found.low <= found.value <= found.high
    return found.value


def test_the_curve_by_hand() -> None:
    curve = risk_coverage([0.1, 0.9, 0.5, 0.7], [1, 0, 1, 0])
    assert curve == [Point(0.25, 0), Point(0.5, 0), Point(0.75, 1 / 3), Point(1, 0.5)]
    assert area([0.1, 0.9, 0.5, 0.7], [1, 0, 1, 0]) == pytest.approx((0 + 0 + 1 / 3 + 1 / 2) / 4)


def test_the_area_is_the_definition_written_out() -> None:
    chance = random.Random(5)
    for _ in range(20):
        sure = [chance.random() for _ in range(30)]
        losses = [chance.random() for _ in range(30)]
        total = 0.0
        for threshold in sure:
            let_through = [x for s, x in zip(sure, losses, strict=True) if s >= threshold]
            total += sum(let_through) / len(let_through)
        assert area(sure, losses) == pytest.approx(total / 30)


def test_answers_equally_sure_share_their_risk_whatever_their_order() -> None:
    assert area([0.5, 0.5], [1, 0]) == area([0.5, 0.5], [0, 1]) == 0.5


def test_a_perfect_order_has_the_least_area_and_its_reverse_the_greatest() -> None:
    losses = [0.0, 0.0, 0.0, 1.0, 1.0]
    best, worst = area([5, 4, 3, 2, 1], losses), area([1, 2, 3, 4, 5], losses)
    chance = random.Random(1)
    for _ in range(20):
        assert best <= area([chance.random() for _ in losses], losses) <= worst


def test_no_questions_have_no_area() -> None:
    assert area_under_risk_coverage([], []) is None
    assert risk_coverage([], []) == []
