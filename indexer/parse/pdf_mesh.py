"""Ruled lines that touch each other: the meshes that may be tables' grids."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from indexer.parse.pdf_rules import Rule
from indexer.parse.pdf_words import Word

_TOUCH = 3.0
SAME = 2.5
"""How far apart two pieces of one drawn line may be across it."""
_PARTED = 16.0
_FEWEST_ACROSS = 3

Mesh = tuple[list[Rule], list[Rule]]
"""Lines across and lines down."""


def merge(rules: Sequence[Rule]) -> list[Rule]:
    """Join the pieces of one drawn line."""
    beside: list[list[Rule]] = []
    for rule in sorted(rules):
        if beside and rule.at - beside[-1][0].at <= SAME:
            beside[-1].append(rule)
        else:
            beside.append([rule])
    return [line for pieces in beside for line in _end_to_end(pieces)]


def _end_to_end(pieces: Sequence[Rule]) -> list[Rule]:
    """Join pieces beside each other that overlap or touch along their length."""
    lines: list[Rule] = []
    for piece in sorted(pieces, key=lambda rule: rule.start):
        last = lines[-1] if lines else None
        if last and piece.start <= last.end + _TOUCH:
            lines[-1] = Rule(last.at, last.start, max(last.end, piece.end))
        else:
            lines.append(piece)
    return lines


def meshes(across: list[Rule], down: list[Rule]) -> list[Mesh]:
    """Return the groups of lines that touch each other; each may be a table's grid."""
    parent = list(range(len(across) + len(down)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    from_left = sorted(range(len(down)), key=lambda j: down[j].at)
    places_down = [down[j].at for j in from_left]
    for i, h in enumerate(across):
        first = bisect_left(places_down, h.start - _TOUCH)
        beyond = bisect_right(places_down, h.end + _TOUCH)
        for j in from_left[first:beyond]:
            if down[j].start - _TOUCH <= h.at <= down[j].end + _TOUCH:
                parent[root(i)] = root(len(across) + j)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for i, h in enumerate(across):
        groups.setdefault(root(i), ([], []))[0].append(h)
    for j, v in enumerate(down):
        groups.setdefault(root(len(across) + j), ([], []))[1].append(v)
    closed = [_with_sides(*group) for group in groups.values()]
    return [group for group in closed if len(group[0]) >= 2 and len(group[1]) >= 3]


def _with_sides(across: list[Rule], down: list[Rule]) -> Mesh:
    """Add the sides of a table whose lines across are all as wide, and that has none drawn."""
    if len(across) < _FEWEST_ACROSS or not down:
        return across, down
    x0, x1 = min(rule.start for rule in across), max(rule.end for rule in across)
    wide = all(rule.start <= x0 + _TOUCH and rule.end >= x1 - _TOUCH for rule in across)
    open_sides = [x for x in (x0, x1) if all(abs(rule.at - x) > 2 * SAME for rule in down)]
    if not wide or len(open_sides) < 2:
        return across, down
    low, high = min(rule.at for rule in across), max(rule.at for rule in across)
    return across, sorted([*down, *(Rule(x, low, high) for x in open_sides)])


def rejoined(found: Sequence[Mesh], words: Sequence[Word]) -> list[Mesh]:
    """Join a table that a little white space parts: as wide above as below, and no word between."""
    joined: list[Mesh] = []
    for across, down in sorted(found, key=lambda mesh: -max(rule.at for rule in mesh[0])):
        above = joined[-1] if joined else None
        if above and _is_apart(above, (across, down), words):
            joined[-1] = above[0] + across, above[1] + down
        else:
            joined.append((across, down))
    return joined


def _is_apart(above: Mesh, below: Mesh, words: Sequence[Word]) -> bool:
    sides = [(min(r.start for r in m[0]), max(r.end for r in m[0])) for m in (above, below)]
    low, high = max(rule.at for rule in below[0]), min(rule.at for rule in above[0])
    if not -_TOUCH <= high - low <= _PARTED:
        return False
    if max(abs(one - other) for one, other in zip(*sides, strict=True)) > _TOUCH:
        return False
    upper, lower = (places(mesh[1], 0.0) for mesh in (above, below))
    known = all(any(abs(at - x) <= 2 * SAME for x in upper) for at in lower)
    return known and not any(low < word.middle < high for word in words)


def places(rules: Sequence[Rule], shortest: float) -> list[float]:
    """Return where lines run whose pieces add up to ``shortest`` at least, in order."""
    found: list[tuple[float, float]] = []
    for rule in sorted(rules, key=lambda r: r.at):
        length = rule.end - rule.start
        if found and rule.at - found[-1][0] <= 2 * SAME:
            found[-1] = (found[-1][0], found[-1][1] + length)
        else:
            found.append((rule.at, length))
    return [at for at, length in found if length >= shortest]


def rules_at(places: Sequence[float], rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return for each place the lines that are drawn there."""
    return [[rule for rule in rules if abs(rule.at - at) <= 2 * SAME] for at in places]
