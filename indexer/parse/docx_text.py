"""The words of one Word paragraph as its reader sees them: links, insertions, fields and boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml.etree import _Element as Element

from indexer.parse.number_forms import raise_figures

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

_LEFT_OUT = frozenset(
    f"{W}{name}"
    for name in (
        "del moveFrom pPr rPr instrText delText delInstrText rt rubyPr sdtPr sdtEndPr"
        " footnoteRef endnoteRef annotationRef"
        " lastRenderedPageBreak"
    ).split()
)
_SIGNS = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": "",
}
_NOTES = {f"{W}footnoteReference": "footnote ", f"{W}endnoteReference": "endnote "}
_OFF = frozenset({"0", "false", "off", "none"})
GRAPHICS = (
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters, and the properties of the run that they stand in."""

    text: str
    look: Element | None


@dataclass(slots=True)
class Words:
    """A paragraph's pieces in order, and what hangs on it: text boxes, graphics, notes."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    graphics: list[Element] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    hidden: bool = False

    @property
    def text(self) -> str:
        """Return the characters without what tells of their looks."""
        return "".join(piece.text for piece in self.pieces)


def drop_stand_ins(root: Element) -> None:
    """Take out what only stands in, in older programs, for what a newer one shows."""
    for wrapper in list(root.iter(f"{_MC}AlternateContent")):
        choice, fallback = (wrapper.find(f"{_MC}{name}") for name in ("Choice", "Fallback"))
        if choice is not None and len(choice) and fallback is not None:
            wrapper.remove(fallback)


def words_of(paragraph: Element) -> Words:
    """Read a paragraph. Deleted words are left out, inserted ones are read like the others."""
    words = Words()
    _walk(paragraph, None, words)
    return words


def notes_in(element: Element) -> list[str]:
    """Return the names of the footnotes and endnotes that anything in ``element`` refers to."""
    return [_NOTES[str(n.tag)] + n.get(f"{W}id", "") for n in element.iter(*_NOTES)]


def children(element: Element) -> Iterator[Element]:
    """Yield the elements in ``element``; of the same thing told in two ways, only the one."""
    for child in element.iterchildren("*"):
        if child.tag == f"{_MC}AlternateContent":
            yield from _alternative(child)
        else:
            yield child


def is_on(properties: Element | None, name: str) -> bool | None:
    """Return a switch such as bold, None where these properties do not set it."""
    switch = properties.find(f"{W}{name}") if properties is not None else None
    if switch is None:
        return None
    return switch.get(f"{W}val", "true").lower() not in _OFF


def _alternative(element: Element) -> Iterator[Element]:
    """Yield what the first choice holds; what stands in for it only where that is empty."""
    for name in ("Choice", "Fallback"):
        option = element.find(f"{_MC}{name}")
        if option is not None and len(option):
            yield from children(option)
            return


def _walk(element: Element, look: Element | None, words: Words) -> None:
    for child in children(element):
        tag = child.tag
        if tag in _LEFT_OUT:
            continue
        if tag == f"{W}txbxContent":
            words.boxes.append(child)
        elif tag in _NOTES:
            words.notes.append(_NOTES[str(tag)] + child.get(f"{W}id", ""))
        elif tag in GRAPHICS:
            words.graphics.append(child)
        elif tag == f"{W}r":
            _run(child, words)
        elif sign := _characters(child):
            words.pieces.append(Piece(sign, look))
        else:
            _walk(child, look, words)


def _run(run: Element, words: Words) -> None:
    look = run.find(f"{W}rPr")
    if is_on(look, "vanish"):
        words.hidden = words.hidden or any(True for _ in run.iter(f"{W}t"))
        return
    if _is_raised(look):
        raised = Words()
        _walk(run, look, raised)
        words.pieces += [Piece(raise_figures(p.text), p.look) for p in raised.pieces]
        words.boxes += raised.boxes
        words.graphics += raised.graphics
        words.notes += raised.notes
        return
    _walk(run, look, words)


def _is_raised(look: Element | None) -> bool:
    place = look.find(f"{W}vertAlign") if look is not None else None
    return place is not None and place.get(f"{W}val") == "superscript"


def _characters(element: Element) -> str:
    if element.tag in {f"{W}t", f"{_M}t"}:
        return element.text or ""
    if element.tag == f"{W}sym":
        return _symbol(element.get(f"{W}char", ""))
    if element.tag == f"{W}br" and element.get(f"{W}type") in {"page", "column"}:
        return "\n"
    return _SIGNS.get(str(element.tag), "")


def _symbol(code: str) -> str:
    """Return a sign of a symbol font, as the private-use character that such fonts use."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""
