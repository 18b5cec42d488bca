"""Which paragraphs of a slide have bullets, and other looks that a slide inherits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml.etree import _Element as Element
from pptx.enum.shapes import PP_PLACEHOLDER

from indexer.parse.number_forms import raise_figures

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_BULLETS = tuple(f"{_A}{name}" for name in ("buChar", "buAutoNum", "buBlip"))
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

    def has_bullet(self, shape: Any, paragraph: Any) -> bool:
        """Say whether the reader of the slide sees a bullet or a number before the paragraph."""
        own = _bullet(paragraph._p.find(f"{_A}pPr"))
        if own is not None:
            return own
        level = min(paragraph.level + 1, _DEEPEST)
        for styles in self._styles(shape):
            found = _bullet(styles.find(f"{_A}lvl{level}pPr"))
            if found is not None:
                return found
        return False

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


def _bullet(properties: Element | None) -> bool | None:
    """Return whether these properties give a bullet, None where they say nothing of it."""
    if properties is None:
        return None
    if properties.find(f"{_A}buNone") is not None:
        return False
    return True if any(properties.find(name) is not None for name in _BULLETS) else None
