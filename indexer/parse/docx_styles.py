"""What a Word paragraph is by its style and numbering: heading, list item, bold, how large."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.parse.docx_numbering import DEEPEST, Numbering, value
from indexer.parse.docx_text import Piece, W, is_on

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEADING = re.compile(r"heading (\d)", re.I)
_LONGEST_CHAIN = 20
"""Word builds no style on more than ten others; a damaged file may claim thousands."""
_TITLES = {"title": 1, "subtitle": 2}
_LIST = re.compile(r"list (?:bullet|number)(?: (\d))?", re.I)
_CONTENTS = re.compile(r"toc \d|table of (?:contents|figures|authorities)|index \d", re.I)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands in a list: which list, how deep from 1, and whether it counts."""

    number: str
    level: int
    counts: bool


class Styles:
    """Answers what a paragraph's properties and the styles under them say together."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        self._by_id: dict[str, Element] = {}
        self._usual = ""
        self._base: Element | None = None
        for style in styles.iter(f"{W}style") if styles is not None else ():
            identity = style.get(f"{W}styleId", "")
            self._by_id[identity] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true"}:
                self._usual = identity
        if styles is not None:
            self._base = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._numbering = Numbering(numbering, self._style_lists())
        self._labels: dict[Element, str] = {}

    def number(self, body: Element) -> None:
        """Count all the numbered paragraphs of the body, in their order, empty ones too."""
        for paragraph in body.iter(f"{W}p"):
            reference = None if loses_its_end(paragraph) else self._reference(paragraph)
            label = self._numbering.count(*reference) if reference else ""
            if label:
                self._labels[paragraph] = label

    def label(self, paragraph: Element) -> str:
        """Return the number that Word shows before a paragraph, with the gap after it, or ""."""
        return self._labels.get(paragraph, "")

    def heading_level(self, paragraph: Element) -> int | None:
        """Return the level of a heading or title, None for any other paragraph."""
        own = _outline(paragraph.find(f"{W}pPr"))
        if own is not None:
            return own
        for style in self._chain(paragraph):
            name = _name(style)
            match = _HEADING.fullmatch(name)
            if match:
                return max(1, int(match[1]))
            if name.lower() in _TITLES:
                return _TITLES[name.lower()]
            level = _outline(style.find(f"{W}pPr"))
            if level is not None:
                return level
        return None

    def is_contents(self, paragraph: Element) -> bool:
        """Say whether a paragraph is a line of the table of contents or of an index."""
        return any(_CONTENTS.fullmatch(_name(style)) for style in self._chain(paragraph))

    def place(self, paragraph: Element) -> Place | None:
        """Return the paragraph's place in a list, None where it has no bullet or number."""
        reference = self._reference(paragraph)
        if reference is not None:
            return self._numbered(*reference)
        for style in self._chain(paragraph):
            match = _LIST.fullmatch(_name(style))
            if match:
                return Place(_name(style), int(match[1] or 1), "number" in match[0].lower())
        return None

    def is_bold(self, paragraph: Element, pieces: list[Piece]) -> bool:
        """Say whether all that is letters or figures in the pieces is bold."""
        return self._all_look(paragraph, pieces, "b")

    def is_italic(self, paragraph: Element, pieces: list[Piece]) -> bool:
        """Say whether all that is letters or figures in the pieces is italic."""
        return self._all_look(paragraph, pieces, "i")

    def _all_look(self, paragraph: Element, pieces: list[Piece], name: str) -> bool:
        telling = [piece for piece in pieces if any(c.isalnum() for c in piece.text)]
        usual = self._usual_look(paragraph, name)
        return bool(telling) and all(self._look(p.look, name, usual=usual) for p in telling)

    def size(self, paragraph: Element, pieces: list[Piece]) -> float:
        """Return the type size in points that most characters have, 0 where nothing tells."""
        usual = 0.0
        for properties in (*(s.find(f"{W}rPr") for s in self._chain(paragraph)), self._base):
            usual = usual or _points(properties)
        weight: dict[float, int] = {}
        for piece in pieces:
            size = _points(piece.look) or usual
            weight[size] = weight.get(size, 0) + len(piece.text)
        return max(weight, key=lambda size: (weight[size], size), default=0.0)

    def _reference(self, paragraph: Element) -> tuple[str, int] | None:
        """Return a paragraph's list and its depth there from 0, by itself or by its style."""
        chain = list(self._chain(paragraph))
        depth = number = ""
        for place, holder in enumerate((paragraph, *chain)):
            numbered = holder.find(f"{W}pPr/{W}numPr")
            if numbered is None:
                continue
            depth = depth or value(numbered.find(f"{W}ilvl"))
            number = value(numbered.find(f"{W}numId"))
            if number:
                linked = self._depth_by_style(number, chain) if place else None
                own = int(depth) if depth.isdecimal() and len(depth) < 3 else 0
                return number, min(own if linked is None else linked, DEEPEST - 1)
        return None

    def _depth_by_style(self, number: str, chain: list[Element]) -> int | None:
        depths = (
            self._numbering.depth_of_style(number, style.get(f"{W}styleId", "")) for style in chain
        )
        return next((depth for depth in depths if depth is not None), None)

    def _numbered(self, number: str, depth: int) -> Place | None:
        level = self._numbering.level(number, depth)
        if number == "0" or (level is not None and not level.shows):
            return None
        return Place(number, depth + 1, level is not None and not level.is_bullet)

    def _style_lists(self) -> dict[str, str]:
        """Return the list that each list style stands for."""
        lists = {
            identity: value(style.find(f"{W}pPr/{W}numPr/{W}numId"))
            for identity, style in self._by_id.items()
        }
        return {identity: number for identity, number in lists.items() if number}

    def _usual_look(self, paragraph: Element, name: str) -> bool:
        for style in self._chain(paragraph):
            look = is_on(style.find(f"{W}rPr"), name)
            if look is not None:
                return look
        return bool(is_on(self._base, name))

    def _look(self, look: Element | None, name: str, *, usual: bool) -> bool:
        found = is_on(look, name)
        if found is None and look is not None:
            for style in self._styles(value(look.find(f"{W}rStyle"))):
                found = is_on(style.find(f"{W}rPr"), name)
                if found is not None:
                    break
        return usual if found is None else found

    def _chain(self, paragraph: Element) -> Iterator[Element]:
        named = value(paragraph.find(f"{W}pPr/{W}pStyle"))
        yield from self._styles(named or self._usual)

    def _styles(self, identity: str) -> Iterator[Element]:
        """Yield the style and those that it builds on, nearest first."""
        seen: set[str] = set()
        while identity in self._by_id and identity not in seen and len(seen) < _LONGEST_CHAIN:
            seen.add(identity)
            style = self._by_id[identity]
            yield style
            identity = value(style.find(f"{W}basedOn"))


def loses_its_end(paragraph: Element) -> bool:
    """Say whether a tracked change takes the paragraph's end away: it runs on into the next."""
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(mark.find(f"{W}{n}") is not None for n in ("del", "moveFrom"))


def _outline(properties: Element | None) -> int | None:
    """Return the outline level from 1 that these properties set; 9 there means body text."""
    level = value(properties.find(f"{W}outlineLvl")) if properties is not None else ""
    return int(level) + 1 if level.isdigit() and int(level) < 9 else None


def _points(properties: Element | None) -> float:
    halves = value(properties.find(f"{W}sz")) if properties is not None else ""
    return int(halves) / 2 if halves.isdigit() else 0.0


def _name(style: Element) -> str:
    return value(style.find(f"{W}name")).strip()
