"""Word's automatic numbers: what the reader sees before a paragraph, counted as Word counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from indexer.parse.docx_text import W, children
from indexer.parse.number_forms import written

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

DEEPEST = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_SIGNS_ONLY = frozenset({"bullet", "none"})
_LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Level:
    """How one depth of a list counts: its first number, its form, and the text around it.

    ``restart`` is the depth from 1 at which an outer number starts this one anew, 0 where none
    does and None where every outer one does. ``gap`` is what stands behind the number.
    """

    start: int = 1
    form: str = "decimal"
    digits: int = 1
    text: str = ""
    restart: int | None = None
    plain: bool = False
    gap: str = " "
    style: str = ""

    @property
    def is_bullet(self) -> bool:
        """Say whether the level points and does not count."""
        return self.form == "bullet"

    @property
    def shows(self) -> bool:
        """Say whether a reader sees anything before a paragraph of this level."""
        return self.is_bullet or bool(self.text)


@dataclass(slots=True)
class _List:
    """A list as a paragraph refers to it: the counters it shares, and what it sets itself."""

    shared: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a Word file, and how far each has counted."""

    def __init__(self, root: Element | None, style_lists: dict[str, str] | None = None) -> None:
        self._lists = dict(_lists(root, style_lists or {})) if root is not None else {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def level(self, number: str, depth: int) -> Level | None:
        """Return how a list counts at a depth from 0, None where the file does not say."""
        found = self._lists.get(number)
        return found.levels.get(depth) if found else None

    def depth_of_style(self, number: str, style: str) -> int | None:
        """Return the depth that a list reserves for the paragraphs of a style."""
        found = self._lists.get(number)
        levels = found.levels.items() if found else ()
        return next((depth for depth, level in levels if level.style == style), None)

    def count(self, number: str, depth: int) -> str:
        """Count one paragraph more, and return what its reader sees before it, with the gap."""
        found = self._lists.get(number)
        level = found.levels.get(depth) if found else None
        if found is None or level is None:
            return ""
        counts = self._counts.setdefault(found.shared, {})
        self._advance(found, level, number, depth, counts)
        label = "" if level.is_bullet else self._label(found, level, counts)
        return label + level.gap if any(c.isalnum() for c in label) else ""

    def _advance(
        self, found: _List, level: Level, number: str, depth: int, counts: dict[int, int]
    ) -> None:
        """Set the number of this depth; deeper ones that this one starts anew are forgotten.

        An outer number that was passed over counts as said: after 1.1 without a 1 comes 2.
        """
        own_start = found.starts.get(depth)
        if own_start is not None and (number, depth) not in self._begun:
            counts[depth] = own_start
        elif depth in counts:
            counts[depth] += 1
        else:
            counts[depth] = level.start if own_start is None else own_start
        self._begun.add((number, depth))
        for outer in range(depth):
            above = found.levels.get(outer)
            counts.setdefault(outer, above.start if above else 1)
        for deeper in [d for d in counts if d > depth]:
            below = found.levels.get(deeper)
            limit = below.restart if below and below.restart is not None else deeper
            if depth < limit:
                del counts[deeper]

    def _label(self, found: _List, level: Level, counts: dict[int, int]) -> str:
        def number(match: re.Match[str]) -> str:
            depth = int(match[1]) - 1
            other = found.levels.get(depth)
            if other is None or other.form in _SIGNS_ONLY:
                return ""
            form = "decimal" if level.plain and other.form != "decimalZero" else other.form
            return written(counts.get(depth, other.start), form, other.digits)

        return _PLACEHOLDER.sub(number, level.text)[:_LONGEST_LABEL].strip()


def _lists(root: Element, style_lists: dict[str, str]) -> Iterator[tuple[str, _List]]:
    """Yield each list by its number; ``style_lists`` says which list a list style stands for."""
    kinds = {kind.get(f"{W}abstractNumId", ""): kind for kind in root.findall(f"{W}abstractNum")}
    numbers = {
        number.get(f"{W}numId", ""): value(number.find(f"{W}abstractNumId"))
        for number in root.findall(f"{W}num")
    }
    read = {identity: _levels(kind) for identity, kind in kinds.items()}
    for number in root.findall(f"{W}num"):
        identity = numbers[number.get(f"{W}numId", "")]
        kind = kinds.get(identity)
        if kind is None:
            continue
        linked = value(kind.find(f"{W}numStyleLink"))
        if linked:
            identity = numbers.get(style_lists.get(linked, ""), identity)
        found = _List(identity, dict(read.get(identity, {})))
        _override(found, number)
        yield number.get(f"{W}numId", ""), found


def _override(found: _List, number: Element) -> None:
    """Take in what a list sets itself, against the kind of list that it is one of."""
    for override in number.findall(f"{W}lvlOverride"):
        depth = whole(override.get(f"{W}ilvl", ""), 0)
        own = override.find(f"{W}lvl")
        if own is not None:
            found.levels[depth] = _level(own)
        start = override.find(f"{W}startOverride")
        if start is not None:
            found.starts[depth] = whole(value(start), 1)


def _levels(kind: Element) -> dict[int, Level]:
    levels = {}
    for level in kind.findall(f"{W}lvl"):
        depth = whole(level.get(f"{W}ilvl", ""), 0)
        if depth < DEEPEST:
            levels[depth] = _level(level)
    return levels


def _level(element: Element) -> Level:
    told = {child.tag: child for child in children(element)}
    form = told.get(f"{W}numFmt")
    text = told.get(f"{W}lvlText")
    restart = told.get(f"{W}lvlRestart")
    plain = told.get(f"{W}isLgl")
    level = Level(
        start=whole(value(told.get(f"{W}start")), 0 if f"{W}start" not in told else 1),
        form=value(form) or "decimal",
        text=value(text),
        restart=whole(value(restart), 0) if restart is not None else None,
        plain=plain is not None and value(plain).lower() not in {"0", "false", "off"},
        gap="" if value(told.get(f"{W}suff")) == "nothing" else " ",
        style=value(told.get(f"{W}pStyle")),
    )
    if level.form == "custom" and form is not None:
        pattern = form.get(f"{W}format", "").split(",")[0].strip()
        return replace(level, form="decimal", digits=min(len(pattern) or 1, 9))
    return level


def value(element: Element | None) -> str:
    """Return what an element of WordprocessingML says in its one attribute."""
    return (element.get(f"{W}val") or "") if element is not None else ""


def whole(text: str, usual: int) -> int:
    """Return a whole number of at most nine digits, ``usual`` where there is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else usual
