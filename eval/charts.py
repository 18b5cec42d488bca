"""Plots as plain numbers: where each mark of the page's SVG stands. The template draws them.

No plotting library: four plots of dots, lines and bars do not pay for one, and an SVG that a
template writes takes the page's own type and colours, in the light and in the dark.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.bootstrap import Score
from eval.compare import Change
from eval.gold import KINDS
from eval.selective import Point

WIDTH, HEIGHT = 640, 300
NARROW = 440
"""The width of a plot that stands beside another."""
LEFT, RIGHT, TOP, BOTTOM = 56, 28, 16, 44


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis and what it says."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One group's value with its interval, in a dot plot."""

    label: str
    n: int
    y: float
    x: float
    low: float
    high: float
    value: str


@dataclass(frozen=True, slots=True)
class DotPlot:
    """A measure by group: dots with intervals."""

    measure: str
    height: float
    rows: tuple[Row, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One curve: a name and the points of a polyline."""

    name: str
    points: str


@dataclass(frozen=True, slots=True)
class LinePlot:
    """Curves over two axes, and the single points that matter."""

    x_label: str
    y_label: str
    x_ticks: tuple[Tick, ...]
    y_ticks: tuple[Tick, ...]
    lines: tuple[Line, ...]
    marks: tuple[tuple[float, float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """How many questions of a kind were gained and lost."""

    label: str
    y: float
    gained: int
    lost: int
    gained_width: float
    lost_width: float


@dataclass(frozen=True, slots=True)
class BarPlot:
    """Gains to the right of the middle, losses to the left."""

    measure: str
    height: float
    middle: float
    bars: tuple[Bar, ...]


_ROW = 22
_LABELS = 120
_VALUES = 44


def dot_plot(measure: str, groups: Mapping[str, Mapping[str, Score]]) -> DotPlot | None:
    """Return one measure by group, with intervals; None where no group has it."""
    found = [(name, scores[measure]) for name, scores in groups.items() if measure in scores]
    if not found:
        return None

    def across(value: float) -> float:
        return _LABELS + min(max(value, 0.0), 1.0) * (NARROW - _LABELS - _VALUES)

    rows = tuple(
        Row(
            label=name,
            n=score.n,
            y=TOP + _ROW * (number + 0.5),
            x=across(score.value),
            low=across(score.low),
            high=across(score.high),
            value=f"{score.value:.2f}",
        )
        for number, (name, score) in enumerate(found)
    )
    ticks = tuple(Tick(across(tenth / 4), f"{tenth / 4:g}") for tenth in range(5))
    return DotPlot(measure, TOP + _ROW * len(rows) + BOTTOM, rows, ticks)


def risk_plot(
    curves: Mapping[str, Sequence[Point]], operating: Mapping[str, Point | None]
) -> LinePlot:
    """Return the risk–coverage curves, and where each run's own refusals put it."""
    highest = max((p.risk for points in curves.values() for p in points), default=1.0)
    top = max(0.2, math.ceil(highest * 5) / 5)
    step = 0.1 if top < 0.5 else 0.2
    return LinePlot(
        x_label="coverage: share of the questions let through, the surest first",
        y_label="risk: share of them that is wrong",
        x_ticks=_ticks([0, 0.25, 0.5, 0.75, 1], 1.0, across=True),
        y_ticks=_ticks([step * n for n in range(round(top / step) + 1)], top, across=False),
        lines=tuple(
            Line(name, _polyline([(p.coverage, p.risk / top) for p in points]))
            for name, points in curves.items()
        ),
        marks=tuple(
            (_x(point.coverage), _y(point.risk / top), f"{name} answers this share")
            for name, point in operating.items()
            if point is not None
        ),
    )


def latency_plot(samples: Mapping[str, Sequence[float]]) -> LinePlot | None:
    """Return the share of questions done within a time, on a logarithmic axis; None without any."""
    everything = [value for values in samples.values() for value in values if value > 0]
    if not everything:
        return None
    first = math.floor(math.log10(min(everything)))
    last = max(math.ceil(math.log10(max(everything))), first + 1)

    def across(value: float) -> float:
        return (math.log10(max(value, 10.0**first)) - first) / (last - first)

    return LinePlot(
        x_label="milliseconds (logarithmic)",
        y_label="share of the questions done",
        x_ticks=tuple(
            Tick(_x((decade - first) / (last - first)), f"{10.0**decade:g}")
            for decade in range(first, last + 1)
        ),
        y_ticks=_ticks([0, 0.25, 0.5, 0.75, 1], 1.0, across=False),
        lines=tuple(
            Line(name, _polyline(_steps([across(v) for v in sorted(values)])))
            for name, values in samples.items()
            if values
        ),
    )


def bar_plot(measure: str, changes: Sequence[Change]) -> BarPlot | None:
    """Return gains and losses by kind; None where nothing changed."""
    counts = {
        kind: (
            sum(c.b > c.a for c in changes if c.question.kind == kind),
            sum(c.b < c.a for c in changes if c.question.kind == kind),
        )
        for kind in KINDS
    }
    moved = {kind: both for kind, both in counts.items() if any(both)}
    if not moved:
        return None
    most = max(max(both) for both in moved.values())
    half = (WIDTH - _LABELS - 2 * 30) / 2
    middle = _LABELS + 30 + half
    bars = tuple(
        Bar(kind, TOP + _ROW * number, up, down, half * up / most, half * down / most)
        for number, (kind, (up, down)) in enumerate(moved.items())
    )
    return BarPlot(measure, TOP + _ROW * len(bars) + BOTTOM / 2, middle, bars)


def _steps(values: Sequence[float]) -> list[tuple[float, float]]:
    """Return the points of a distribution's staircase."""
    points = [(values[0], 0.0)]
    for number, value in enumerate(values, start=1):
        points += [(value, points[-1][1]), (value, number / len(values))]
    return points


def _ticks(values: Sequence[float], top: float, *, across: bool) -> tuple[Tick, ...]:
    place = _x if across else _y
    return tuple(Tick(place(value / top), f"{value:.3g}") for value in values)


def _polyline(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)
