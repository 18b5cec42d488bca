"""A quotation's sentences and items, each with what introduces it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sentencex import segment

_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Dr|Prof|Cllrs?|Hon|Rev|St|Nos?|para|ref|approx|incl|e\.g|i\.e|[A-Z])\.$"
)
_MARKER = re.compile(r"\(?(?:[a-z]|[ivx]+)[.)]\s")
_ENDED = re.compile(r"[.!?:;,][\"”’)]*$")
_FULL_LINE = 60
"""A line of fewer characters was not broken for want of room."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or an item, its line, and the line that introduces the list it is in."""

    text: str
    line: int
    intro: str


def units_of(quote: str) -> list[Unit]:
    """Return the sentences and items of a quotation; one that was cut in two is one again."""
    units: list[Unit] = []
    for unit in _cut(quote):
        if units and _goes_on(units[-1], unit):
            units[-1] = replace(units[-1], text=f"{units[-1].text} {unit.text}", line=unit.line)
        else:
            units.append(unit)
    return units


def introduced(unit: Unit, lead_in: str | None) -> tuple[str, int]:
    """Return a unit with what introduces it, and how many characters that is."""
    before = [part for part in (lead_in, unit.intro) if part]
    return "\n".join([*before, unit.text]), sum(len(part) + 1 for part in before)


def _cut(quote: str) -> Iterator[Unit]:
    intro = ""
    for number, line in enumerate(re.split(r"\n+|(?<=;)\s", quote)):
        for sentence in segment("en", line):
            if sentence.strip():
                yield Unit(sentence.strip(), number, intro)
        if line.rstrip(" -–—").endswith(":"):
            intro = line.strip()


def _goes_on(before: Unit, unit: Unit) -> bool:
    """Say whether a sentence was cut: after an abbreviation, or by the end of a full line."""
    if before.line == unit.line and _ABBREVIATED.search(before.text):
        return True
    if not unit.text[0].islower() or _MARKER.match(unit.text):
        return False
    if before.line == unit.line:
        return not before.text.endswith(";")
    return len(before.text) >= _FULL_LINE and _ENDED.search(before.text) is None
