"""What a Word paragraph is by its style and numbering: heading, list item, bold, how large."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.parse.docx_text import Piece, W, is_on

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_HEADING = re.compile(r"heading (\d)", re.I)
_TITLES = {"title": 1, "subtitle": 2}
_LIST = re.compile(r"list (?:bullet|number)(?: (\d))?", re.I)
_CONTENTS = re.compile(r"toc \d|table of (?:contents|figures|authorities)|index \d", re.I)
_NO_MARK = "none"


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
        self._formats = dict(_formats(numbering)) if numbering is not None else {}

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
        chain = list(self._chain(paragraph))
        for properties in (paragraph.find(f"{W}pPr"), *(style.find(f"{W}pPr") for style in chain)):
            numbered = properties.find(f"{W}numPr") if properties is not None else None
            if numbered is not None and numbered.find(f"{W}numId") is not None:
                return self._numbered(numbered)
        for style in chain:
            match = _LIST.fullmatch(_name(style))
            if match:
                return Place(_name(style), int(match[1] or 1), "number" in match[0].lower())
        return None

    def is_bold(self, paragraph: Element, pieces: list[Piece]) -> bool:
        """Say whether all that is letters or figures in the pieces is bold."""
        telling = [piece for piece in pieces if any(c.isalnum() for c in piece.text)]
        usual = self._paragraph_bold(paragraph)
        return bool(telling) and all(self._bold(piece.look, usual=usual) for piece in telling)

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

    def _numbered(self, numbered: Element) -> Place | None:
        number = _value(numbered.find(f"{W}numId"))
        depth = _value(numbered.find(f"{W}ilvl")) or "0"
        form = self._formats.get((number, depth), "bullet")
        if number in {"", "0"} or form == _NO_MARK or not depth.isdigit():
            return None
        return Place(number, min(int(depth), 8) + 1, form != "bullet")

    def _paragraph_bold(self, paragraph: Element) -> bool:
        for style in self._chain(paragraph):
            bold = is_on(style.find(f"{W}rPr"), "b")
            if bold is not None:
                return bold
        return bool(is_on(self._base, "b"))

    def _bold(self, look: Element | None, *, usual: bool) -> bool:
        bold = is_on(look, "b")
        if bold is None and look is not None:
            for style in self._styles(_value(look.find(f"{W}rStyle"))):
                bold = is_on(style.find(f"{W}rPr"), "b")
                if bold is not None:
                    break
        return usual if bold is None else bold

    def _chain(self, paragraph: Element) -> Iterator[Element]:
        named = _value(paragraph.find(f"{W}pPr/{W}pStyle"))
        yield from self._styles(named or self._usual)

    def _styles(self, identity: str) -> Iterator[Element]:
        """Yield the style and those that it builds on, nearest first."""
        seen: set[str] = set()
        while identity in self._by_id and identity not in seen:
            seen.add(identity)
            style = self._by_id[identity]
            yield style
            identity = _value(style.find(f"{W}basedOn"))


def _formats(numbering: Element) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield, for each list and depth, the form of its numbers."""
    lists = {
        kind.get(f"{W}abstractNumId", ""): kind for kind in numbering.findall(f"{W}abstractNum")
    }
    for number in numbering.findall(f"{W}num"):
        kind = lists.get(_value(number.find(f"{W}abstractNumId")))
        for level in kind.findall(f"{W}lvl") if kind is not None else ():
            form = _value(level.find(f"{W}numFmt")) or "decimal"
            shown = form if form == "bullet" or _value(level.find(f"{W}lvlText")) else _NO_MARK
            yield (number.get(f"{W}numId", ""), level.get(f"{W}ilvl", "0")), shown


def _outline(properties: Element | None) -> int | None:
    """Return the outline level from 1 that these properties set; 9 there means body text."""
    level = _value(properties.find(f"{W}outlineLvl")) if properties is not None else ""
    return int(level) + 1 if level.isdigit() and int(level) < 9 else None


def _points(properties: Element | None) -> float:
    halves = _value(properties.find(f"{W}sz")) if properties is not None else ""
    return int(halves) / 2 if halves.isdigit() else 0.0


def _name(style: Element) -> str:
    return _value(style.find(f"{W}name")).strip()


def _value(element: Element | None) -> str:
    return (element.get(f"{W}val") or "") if element is not None else ""
