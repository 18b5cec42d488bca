"""Intervals: hand-computed values, a fixed seed, and a coverage that can be checked."""

from __future__ import annotations

import numpy as np
import pytest

from eval.bootstrap import percentile, ratio


def test_a_mean_and_a_ratio() -> None:
    mean = ratio([1, 0, 0, 1], [1, 1, 1, 1])
    assert mean is not None
    assert (mean.value, mean.n) == (0.5, 4)
    assert 0 <= mean.low < 0.5 < mean.high <= 1
    weighted = ratio([3, 0], [4, 1])
    assert weighted is not None
    assert weighted.value == 0.6  # 3 of 5 citations, not the mean of 3/4 and 0


def test_questions_to_which_a_measure_does_not_apply_are_not_counted() -> None:
    score = ratio([1, 0, 0], [1, 1, 0])
    assert score is not None
    assert (score.value, score.n) == (0.5, 2)
    assert ratio([0, 0], [0, 0]) is None
    assert ratio([], []) is None


def test_a_certain_measure_has_no_width_and_a_single_question_no_error() -> None:
    for n in (1, 5):
        score = ratio([1.0] * n, [1.0] * n)
        assert score is not None
        assert (score.low, score.value, score.high) == (1, 1, 1)


def test_the_same_figures_every_time() -> None:
    values = [float(n) ** 1.5 for n in range(50)]
    assert ratio(values, [1.0] * 50) == ratio(values, [1.0] * 50)


def test_percentiles() -> None:
    score = percentile([float(n) for n in range(1, 102)], 50)
    assert score is not None
    assert (score.value, score.n) == (51, 101)
    assert score.low < 51 < score.high
    top = percentile([1.0, 2.0, 3.0], 100)
    assert top is not None
    assert top.value == 3
    assert percentile([], 50) is None


def test_the_interval_of_a_mean_is_as_wide_as_theory_says() -> None:
    values = [1.0] * 60 + [0.0] * 40
    score = ratio(values, [1.0] * 100)
    assert score is not None
    half_width = 1.96 * np.sqrt(0.6 * 0.4 / 100)
    assert score.low == pytest.approx(0.6 - half_width, abs=0.015)
    assert score.high == pytest.approx(0.6 + half_width, abs=0.015)
