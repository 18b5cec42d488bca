"""The results as a picture: bars of quality and of costs, system by system, as an SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

_BAR, _GAP, _LABELS, _WIDTH, _TOP, _VALUES = 13, 5, 92, 170, 40, 46
_OURS, _THEIRS = "#1f5fa8", "#b9b9b9"
_PANELS: tuple[tuple[str, tuple[str, ...], bool], ...] = (
    ("found first (dev), more is better", ("quality", "dev", "all", "hit@1", "value"), False),
    ("found in ten (dev)", ("quality", "dev", "all", "hit@10", "value"), False),
    ("query from text, CPU ms", ("query_ms", "from text", "cpu", "p50"), True),
    ("build with embedding, CPU s", ("build_s", "all", "cpu"), True),
    ("build, vectors given, CPU s", ("build_s", "indexing", "cpu"), True),
    ("disk, MiB", ("disk_mib",), True),
)


def drawn(results: Mapping[str, Any]) -> str:
    """Return the SVG: a row of panels for each material. Costs are on logarithmic axes."""
    parts: list[str] = []
    top = 0.0
    for table in results["tables"]:
        systems = {n: row for n, row in table["systems"].items() if not row.get("failed")}
        parts.append(f'<text x="8" y="{top + 16}" font-weight="bold">{escape(table["title"])}')
        parts.append("</text>\n")
        for number, (title, path, logarithmic) in enumerate(_PANELS):
            values = {name: _value(row, path) for name, row in systems.items()}
            known = {name: value for name, value in values.items() if value is not None}
            left = 8 + number * (_LABELS + _WIDTH + _VALUES)
            parts += _panel(title, known, (left, top + 22), logarithmic=logarithmic)
        top += 22 + _TOP + len(systems) * (_BAR + _GAP) + 14
    width = 8 + len(_PANELS) * (_LABELS + _WIDTH + _VALUES)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {top:.0f}" '
        f'width="{width}" font-family="sans-serif" font-size="11">\n'
        f'<rect width="100%" height="100%" fill="#fff"/>\n{"".join(parts)}</svg>\n'
    )


def _value(row: Mapping[str, Any], path: Sequence[str]) -> float | None:
    value: Any = row
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return None if value is None else float(value)


def _panel(
    title: str, values: Mapping[str, float], corner: tuple[float, float], *, logarithmic: bool
) -> list[str]:
    left, top = corner
    parts = [f'<text x="{left}" y="{top + 16}" fill="#333">{escape(title)}</text>\n']
    if not values:
        return []
    lengths = _logarithms(values) if logarithmic else values
    for number, (name, value) in enumerate(values.items()):
        y = top + 26 + number * (_BAR + _GAP)
        length = max(1.0, lengths[name] * _WIDTH)
        colour = _OURS if name == "minutebook" else _THEIRS
        parts.append(f'<text x="{left + _LABELS - 6}" y="{y + 10}" text-anchor="end">{name}</text>')
        parts.append(
            f'<rect x="{left + _LABELS}" y="{y}" width="{length:.1f}" height="{_BAR}" '
            f'fill="{colour}"/>'
        )
        parts.append(f'<text x="{left + _LABELS + length + 4:.1f}" y="{y + 10}">{value:.3g}</text>')
        parts.append("\n")
    return parts


def _logarithms(values: Mapping[str, float]) -> dict[str, float]:
    """Return lengths from 0 to 1 over whole decades from below the least to the greatest."""
    low = math.floor(math.log10(min(values.values())) - 0.1)
    high = math.log10(max(values.values()))
    return {name: (math.log10(v) - low) / max(high - low, 1e-9) for name, v in values.items()}
