"""The benchmark's picture: what grows with the passages, on logarithmic axes, as an SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

_WIDTH, _HEIGHT, _GAP = 420, 300, 30
_LEFT, _RIGHT, _TOP, _BOTTOM = 58, 14, 34, 96
_COLOURS = ("#1f5fa8", "#b3541e", "#2e7d4f", "#7a4a9e")

Curve = tuple[str, list[tuple[float, float]]]


def drawn(results: Sequence[Mapping[str, Any]]) -> str:
    """Return the SVG of plots over the number of passages: searching, building, updating, holding.

    A plot of which nothing was measured is left out.
    """
    panels = [
        ("A search, processor's ms (p50)", _searching(results)),
        ("Building, processor's s; disk, MiB", _building(results)),
        ("Updating one document, processor's s", _updating(results)),
        ("Opening, processor's ms; memory, MiB", _holding(results)),
    ]
    panels = [(title, curves) for title, curves in panels if any(each for _, each in curves)]
    width = len(panels) * (_WIDTH + _GAP)
    parts = [
        _panel(title, curves, number * (_WIDTH + _GAP))
        for number, (title, curves) in enumerate(panels)
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_HEIGHT + _BOTTOM}" '
        f'width="{width}" font-family="sans-serif" font-size="12">\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n{"".join(parts)}</svg>\n'
    )


def _points(results: Sequence[Mapping[str, Any]], *path: str) -> list[tuple[float, float]]:
    """Passages and what was measured there, but for what a logarithmic axis has no place for.

    Memory measured as a difference can be nothing or below it, where a process gave some back.
    """
    points = []
    for result in results:
        value: Any = result
        for key in path:
            value = value.get(key) if isinstance(value, Mapping) else None
        if value is not None and value > 0:
            points.append((float(result["passages"]), float(value)))
    return points


def _searching(results: Sequence[Mapping[str, Any]]) -> list[Curve]:
    return [
        ("by vector", _points(results, "search_ms", "no filter", "vector", "p50")),
        ("by words", _points(results, "search_ms", "no filter", "words", "p50")),
        (
            "by vector, one document in fifty",
            _points(results, "search_ms", "one document in fifty", "vector", "p50"),
        ),
        ("plain reference, both", _points(results, "reference", "search_ms", "p50")),
    ]


def _building(results: Sequence[Mapping[str, Any]]) -> list[Curve]:
    return [
        ("seconds", _points(results, "build", "cpu")),
        ("MiB on disk", _points(results, "disk_mib")),
        ("plain reference, seconds", _points(results, "reference", "build", "cpu")),
        ("plain reference, MiB", _points(results, "reference", "disk_mib")),
    ]


def _updating(results: Sequence[Mapping[str, Any]]) -> list[Curve]:
    return [
        ("publishing", _points(results, "update", "publishing", "cpu")),
        ("embedding its 20 passages", _points(results, "update", "embedding", "cpu")),
        ("building from nothing", _points(results, "build", "cpu")),
    ]


def _holding(results: Sequence[Mapping[str, Any]]) -> list[Curve]:
    return [
        ("opening, ms", _points(results, "open", "warm", "cpu_ms")),
        ("most memory while building, MiB", _points(results, "build", "peak_memory_mib")),
        (
            "plain reference, building, MiB",
            _points(results, "reference", "build", "peak_memory_mib"),
        ),
        (
            "plain reference, searching, MiB",
            _points(results, "reference", "search_memory_mib", "own"),
        ),
    ]


def _panel(title: str, curves: Sequence[Curve], left: float) -> str:
    points = [point for _, each in curves for point in each]
    x_low, x_high = _decades([x for x, _ in points])
    y_low, y_high = _decades([y for _, y in points])

    def across(x: float) -> float:
        share = (math.log10(x) - x_low) / (x_high - x_low)
        return left + _LEFT + share * (_WIDTH - _LEFT - _RIGHT)

    def up(y: float) -> float:
        return _HEIGHT - (math.log10(y) - y_low) / (y_high - y_low) * (_HEIGHT - _TOP)

    parts = [f'<text x="{left + _LEFT}" y="18" font-weight="bold">{escape(title)}</text>\n']
    for decade in range(x_low, x_high + 1):
        x = across(10**decade)
        parts.append(f'<line x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{_HEIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{_HEIGHT + 16}" text-anchor="middle">')
        parts.append(f"{10**decade:,}</text>\n")
    for decade in range(y_low, y_high + 1):
        y = up(10.0**decade)
        end = left + _WIDTH - _RIGHT
        parts.append(
            f'<line x1="{left + _LEFT}" y1="{y:.1f}" x2="{end}" y2="{y:.1f}" stroke="#ddd"/>'
        )
        parts.append(f'<text x="{left + _LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">')
        parts.append(f"{10.0**decade:g}</text>\n")
    for number, (name, each) in enumerate(curves):
        colour = _COLOURS[number]
        line = " ".join(f"{across(x):.1f},{up(y):.1f}" for x, y in each)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [
            f'<circle cx="{across(x):.1f}" cy="{up(y):.1f}" r="3" fill="{colour}"/>'
            for x, y in each
        ]
        at = _HEIGHT + 36 + 15 * number
        parts.append(f'\n<text x="{left + _LEFT}" y="{at}" fill="{colour}">{escape(name)}</text>\n')
    return "".join(parts)


def _decades(values: Sequence[float]) -> tuple[int, int]:
    low = math.floor(math.log10(min(values)))
    return low, max(math.ceil(math.log10(max(values))), low + 1)
