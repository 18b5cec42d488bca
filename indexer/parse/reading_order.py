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
    bottom, and so on; columns that each have a heading are read one by one. Where no cut is
    possible, the upper edge decides, and then the left one.
    """
    known = [(thing, box) for thing, box in placed if box is not None]
    return [thing for thing, _ in _cut(known)] + [thing for thing, box in placed if box is None]


def _cut(placed: list[tuple[T, Box]]) -> list[tuple[T, Box]]:
    if len(placed) < 2:
        return placed
    bands, columns = _parts(placed, "top", "bottom"), _parts(placed, "left", "right")
    for parts in (columns, bands) if _are_headed(columns, bands) else (bands, columns):
        if len(parts) > 1:
            return [thing for part in parts for thing in _cut(part)]
    return sorted(placed, key=lambda item: (item[1].top, item[1].left))


def _are_headed(columns: list[list[tuple[T, Box]]], bands: list[list[tuple[T, Box]]]) -> bool:
    """Say whether the first band holds a low box for each of several columns: its heading."""
    if len(columns) < 2 or len(bands) < 2 or len(bands[0]) != len(columns):
        return False
    below = [box.bottom - box.top for band in bands[1:] for _, box in band]
    heads = [box.bottom - box.top for _, box in bands[0]]
    each = {id(column) for column in columns for item in bands[0] if item in column}
    full = all(len(column) > 1 for column in columns)
    return full and len(each) == len(columns) and max(heads) <= 0.5 * max(below)


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
