"""Which paragraphs of a slide have bullets, and other looks that a slide inherits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml.etree import _Element as Element
from pptx.enum.shapes import PP_PLACEHOLDER

from indexer.parse.number_forms import raise_figures, written

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BULLETS = tuple(f"{_A}{name}" for name in ("buChar", "buAutoNum", "buBlip"))
_AUTO = re.compile("(arabic|alphaLc|alphaUc|romanLc|romanUc)(Period|ParenR|ParenBoth|Plain)")
_FORMS = {
    "arabic": "decimal",
    "alphaLc": "lowerLetter",
    "alphaUc": "upperLetter",
    "romanLc": "lowerRoman",
    "romanUc": "upperRoman",
}
_LISTS = frozenset(
    {
        PP_PLACEHOLDER.BODY,
        PP_PLACEHOLDER.OBJECT,
        PP_PLACEHOLDER.VERTICAL_BODY,
        PP_PLACEHOLDER.VERTICAL_OBJECT,
    }
)
_DEEPEST = 9


class Bullets:
    """Answers whether a paragraph has a bullet, by itself or by its shape's layout and master."""

    def __init__(self, slide: Any) -> None:
        self._layout = slide.slide_layout
        self._master = slide.slide_layout.slide_master

    def bullet(self, shape: Any, paragraph: Any) -> Element | None:
        """Return what makes the bullet or number that is seen before a paragraph, if one is."""
        found = _bullet(paragraph._p.find(f"{_A}pPr"))
        level = min(paragraph.level + 1, _DEEPEST)
        for styles in self._styles(shape) if found is None else ():
            found = _bullet(styles.find(f"{_A}lvl{level}pPr"))
            if found is not None:
                break
        return found if found is not None and found.tag != f"{_A}buNone" else None

    def _styles(self, shape: Any) -> Iterator[Element]:
        """Yield the lists of styles that hold for a shape's paragraphs, nearest first."""
        yield from shape.element.iter(f"{_A}lstStyle")
        if not shape.is_placeholder:
            return
        place = shape.placeholder_format
        for above in self._layout.placeholders:
            if above.placeholder_format.idx == place.idx:
                yield from above.element.iter(f"{_A}lstStyle")
        for above in self._master.placeholders:
            if above.placeholder_format.type == place.type:
                yield from above.element.iter(f"{_A}lstStyle")
        if place.type in _LISTS:
            yield from self._master.element.iter(f"{_P}bodyStyle")


def is_bold(frame: Any) -> bool:
    """Say whether all the words in a text frame are marked as bold."""
    runs = [r for paragraph in frame.paragraphs for r in paragraph.runs if r.text.strip()]
    return bool(runs) and all(run.font.bold for run in runs)


def is_number(shape: Element) -> bool:
    """Say whether a shape holds the slide's number, as a field, and nothing else."""
    fields = [field for field in shape.iter(f"{_A}fld") if field.get("type") == "slidenum"]
    return bool(fields) and not any(
        (r.text or "").strip() for r in shape.iterfind(f".//{_A}r/{_A}t")
    )


def words_of(paragraph: Any) -> str:
    """Return a paragraph's text with its line ends, and raised figures as such."""
    parts = []
    for child in paragraph._p.iterchildren():
        if child.tag == f"{_A}br":
            parts.append("\n")
        elif child.tag in {f"{_A}r", f"{_A}fld"}:
            text = "".join(t.text or "" for t in child.iterfind(f"{_A}t")).replace("\v", "\n")
            parts.append(raise_figures(text) if _is_raised(child) else text)
    return "".join(parts)


def _is_raised(run: Element) -> bool:
    look = run.find(f"{_A}rPr")
    height = (look.get("baseline") or "0").rstrip("%") if look is not None else "0"
    return bool(height.strip("0")) and height.isdecimal()


def largest_size(frame: Any) -> float:
    """Return the largest type size in points that the frame itself sets, 0 where it sets none."""
    sizes = [p.font.size for p in frame.paragraphs]
    sizes += [run.font.size for p in frame.paragraphs for run in p.runs if run.text.strip()]
    return max((size.pt for size in sizes if size is not None), default=0.0)


def unwrap_alternatives(slide: Element) -> None:
    """Put what is told in two ways, for newer and older programs, in its place once."""
    for wrapper in list(slide.iter(f"{_MC}AlternateContent")):
        parent = wrapper.getparent()
        options = [wrapper.find(f"{_MC}{name}") for name in ("Choice", "Fallback")]
        option = next((o for o in options if o is not None and len(o)), None)
        if parent is None:
            continue
        at = parent.index(wrapper)
        for offset, child in enumerate(list(option) if option is not None else ()):
            parent.insert(at + 1 + offset, child)
        parent.remove(wrapper)


class Numbers:
    """Counts the numbered paragraphs of one shape, as the program that shows the slides does."""

    def __init__(self) -> None:
        self._counts: dict[int, tuple[str, int]] = {}

    def next(self, level: int, bullet: Element | None) -> str:
        """Return the number before the next paragraph with a space after it, or ""."""
        self._counts = {depth: count for depth, count in self._counts.items() if depth <= level}
        kind = bullet.get("type", "") if bullet is not None else ""
        form = _AUTO.fullmatch(kind)
        if bullet is None or form is None:
            self._counts.pop(level, None)
            return ""
        start = bullet.get("startAt", "1")
        known, count = self._counts.get(level, ("", 0))
        first = int(start) if start.isdecimal() and len(start) < 6 else 1
        count = count + 1 if known == kind else first
        self._counts[level] = kind, count
        figure = written(count, _FORMS[form[1]])
        return {"ParenBoth": f"({figure}) ", "ParenR": f"{figure}) ", "Plain": f"{figure} "}.get(
            form[2], f"{figure}. "
        )


def _bullet(properties: Element | None) -> Element | None:
    """Return the element that gives or forbids a bullet, None where nothing is said of it."""
    if properties is None:
        return None
    found = (properties.find(name) for name in (f"{_A}buNone", *_BULLETS))
    return next((element for element in found if element is not None), None)
