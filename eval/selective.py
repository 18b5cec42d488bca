"""Risk and coverage: how often answers are wrong as ever less sure ones are let through.

Selective risk at a coverage is the mean loss of the answers let through, the surest first (El-Yaniv
and Wiener, "On the foundations of noise-free selective classification", JMLR 2010); its mean over
all coverages is the area AURC (Geifman, Uziel and El-Yaniv, "Bias-reduced uncertainty estimation
for deep neural classifiers", ICLR 2019).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from eval.bootstrap import Score, resamples, score

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Point:
    """Letting through the surest ``coverage`` of the questions costs ``risk`` on average."""

    coverage: float
    risk: float


def risk_coverage(confidence: Sequence[float], losses: Sequence[float]) -> list[Point]:
    """Return the curve: one point for each question let through, the surest first."""
    ordered = _ordered(confidence, losses)
    counts = np.arange(1, len(ordered) + 1)
    risks = np.cumsum(ordered) / counts
    return [
        Point(float(n / len(ordered)), float(risk)) for n, risk in zip(counts, risks, strict=True)
    ]


def area_under_risk_coverage(confidence: Sequence[float], losses: Sequence[float]) -> Score | None:
    """Return the mean of the selective risk over all coverages, with its interval."""
    ordered = _ordered(confidence, losses)
    if not len(ordered):
        return None
    # A resample is sorted by place, so that its questions stay in the order of their confidence.
    drawn = ordered[np.sort(resamples(len(ordered)), axis=1)]
    counts = np.arange(1, len(ordered) + 1)
    areas = (np.cumsum(drawn, axis=1) / counts).mean(axis=1)
    value = float((np.cumsum(ordered) / counts).mean())
    return score(value, areas, len(ordered))


def _ordered(confidence: Sequence[float], losses: Sequence[float]) -> Floats:
    """Return the losses, the surest first; answers equally sure share their mean loss."""
    sure = np.asarray(confidence, dtype=float)
    cost = np.asarray(losses, dtype=float)
    _, group = np.unique(sure, return_inverse=True)
    if not len(cost):
        return cost
    shared = np.bincount(group, cost) / np.bincount(group)
    fair = shared[group]
    return np.asarray(fair[np.argsort(-sure, kind="stable")])
