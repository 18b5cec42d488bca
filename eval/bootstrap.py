"""Confidence intervals by resampling questions, with a fixed seed: same run, same figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 20130406
RESAMPLES = 2000
LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Score:
    """A measure's value, its 95% interval, and how many questions it rests on."""

    value: float
    low: float
    high: float
    n: int


def ratio(numerators: Sequence[float], denominators: Sequence[float]) -> Score | None:
    """Return sum over sum with its interval; a mean is the case of denominators of 1.

    Resampling whole questions keeps a ratio's two halves together. None where nothing counts.
    """
    top = np.asarray(numerators, dtype=float)
    bottom = np.asarray(denominators, dtype=float)
    if bottom.sum() == 0:
        return None
    draws = resamples(len(top))
    sums = bottom[draws].sum(axis=1)
    kept = sums > 0
    values = top[draws].sum(axis=1)[kept] / sums[kept]
    return score(float(top.sum() / bottom.sum()), values, int(np.count_nonzero(bottom)))


def percentile(samples: Sequence[float], percent: float) -> Score | None:
    """Return a percentile (linear between samples) with its interval; None without samples."""
    if not samples:
        return None
    observed = np.asarray(samples, dtype=float)
    values = np.percentile(observed[resamples(len(observed))], percent, axis=1)
    return score(float(np.percentile(observed, percent)), values, len(observed))


def resamples(n: int) -> NDArray[np.int64]:
    """Return the places of the questions in each resample, shape (RESAMPLES, n)."""
    return np.random.default_rng(SEED).integers(0, n, size=(RESAMPLES, n))


def score(value: float, resampled: NDArray[np.float64], n: int) -> Score:
    """Return a value with the percentile interval of what the resamples gave."""
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.percentile(resampled, [tail, 100 - tail])
    return Score(value, float(low), float(high), n)
