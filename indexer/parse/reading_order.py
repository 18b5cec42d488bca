"""In which order boxes on a slide are read: from the top down, and from the left to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

_GIVE = 0.1
"""How much of its own extent a box may reach into its neighbour and still be beside it."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands; the numbers grow to the right and down."""

    left: int
    top: int
    right: int
    bottom: int


def in_reading_order(placed: Sequence[tuple[T, Box | None]]) -> list[T]:
    """Return the things in the order in which they are read; those without a place come last.

    The whole is cut across wherever nothing crosses the cut, each band likewise from top to
    bottom, and so on. Where no cut is possible, the upper edge decides, and then the left one.
    """
    known = [(thing, box) for thing, box in placed if box is not None]
    return [thing for thing, _ in _cut(known)] + [thing for thing, box in placed if box is None]


def _cut(placed: list[tuple[T, Box]]) -> list[tuple[T, Box]]:
    if len(placed) < 2:
        return placed
    for start, end in (("top", "bottom"), ("left", "right")):
        parts = _parts(placed, start, end)
        if len(parts) > 1:
            return [thing for part in parts for thing in _cut(part)]
    return sorted(placed, key=lambda item: (item[1].top, item[1].left))


def _parts(placed: list[tuple[T, Box]], start: str, end: str) -> list[list[tuple[T, Box]]]:
    """Part the boxes where a straight cut across this direction touches none of them."""
    ordered = sorted(placed, key=lambda item: getattr(item[1], start))
    parts: list[list[tuple[T, Box]]] = []
    reach = 0.0
    for item in ordered:
        first, last = getattr(item[1], start), getattr(item[1], end)
        give = _GIVE * (last - first)
        if parts and first + give < reach:
            parts[-1].append(item)
            reach = max(reach, last - give)
        else:
            parts.append([item])
            reach = last - give
    return parts
