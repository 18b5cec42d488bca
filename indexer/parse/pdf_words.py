"""From a PDF page to its words and ruled lines, each with its place on the upright page."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from indexer.parse.limits import check_characters

_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.I)
_HYPHEN_AT_END = "\x02\ufffe"
_SPLIT_GAP = 0.35
_THIN = 3.0
_LONG = 6.0


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a space between, in points from the page's lower left corner.

    ``size`` is the height of the type. ``turned`` marks text that does not run left to right.
    """

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    size: float
    bold: bool = False
    turned: bool = False

    @property
    def middle(self) -> float:
        """Return the height of the word's middle."""
        return (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: ``at`` its fixed coordinate, from ``start`` to ``end`` along the other."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page: its size, words in the order the file draws them, and its ruled lines."""

    width: float
    height: float
    words: tuple[Word, ...]
    across: tuple[Rule, ...] = ()
    down: tuple[Rule, ...] = ()


def read_sheet(page: Any) -> Sheet:
    """Read a pypdfium2 ``page``. Its rotation is undone: words stand as the reader sees them."""
    upright = _turner(page)
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        check_characters(pdfium_c.FPDFText_CountChars(textpage.raw))
        words = tuple(
            word
            for word in _words(textpage.raw, upright)
            if -1 <= word.x0 <= width + 1 and -1 <= word.middle <= height + 1
        )
    finally:
        textpage.close()
    across, down = _rules(page, upright, (width, height))
    return Sheet(width, height, words, tuple(across), tuple(down))


_Box = tuple[float, float, float, float]
_Turn = Callable[[float, float, float, float], _Box]


def _turner(page: Any) -> _Turn:
    """Return the map from a box (x0, y0, x1, y1) of the file to one of the upright page."""
    box = page.get_cropbox()
    left, right = sorted(box[::2])
    bottom, top = sorted(box[1::2])
    rotation = page.get_rotation() % 360

    def turn(x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        if rotation == 90:
            return y0 - bottom, right - x1, y1 - bottom, right - x0
        if rotation == 180:
            return right - x1, top - y1, right - x0, top - y0
        if rotation == 270:
            return top - y1, x0 - left, top - y0, x1 - left
        return x0 - left, y0 - bottom, x1 - left, y1 - bottom

    return turn


@dataclass(slots=True)
class _Glyph:
    character: str
    box: tuple[float, float, float, float]
    bold: bool
    turned: bool


def _words(raw: Any, upright: _Turn) -> Iterator[Word]:
    """Gather characters to words: a space, a leap or a turn ends one."""
    word: list[_Glyph] = []
    for glyph in _glyphs(raw, upright):
        if word and (glyph is None or _ends(word[-1], glyph)):
            yield _word(word)
            word = []
        if glyph is not None:
            word.append(glyph)
    if word:
        yield _word(word)


def _glyphs(raw: Any, upright: _Turn) -> Iterator[_Glyph | None]:
    """Yield the characters that print, and None for each white space.

    Weight and direction are asked for once in a word: they hardly change within one, and each
    question costs as much as reading a character.
    """
    fonts: dict[int, bool] = {}
    rotation = _unturned_angle(upright)
    box = pdfium_c.FS_RECTF()
    last: _Glyph | None = None
    for index, character in _characters(raw):
        if character.isspace() or not pdfium_c.FPDFText_GetLooseCharBox(raw, index, box):
            last = None
            yield None
            continue
        place = upright(box.left, box.bottom, box.right, box.top)
        if last is None or _leaps(last.box, place):
            angle = pdfium_c.FPDFText_GetCharAngle(raw, index) - rotation
            turned = abs(math.sin(angle)) > 0.5
            last = _Glyph(character, place, _is_bold(raw, index, fonts), turned)
        else:
            last = _Glyph(character, place, last.bold, last.turned)
        yield last


def _characters(raw: Any) -> Iterator[tuple[int, str]]:
    """Yield each character with its index; halves of one are joined.

    PDFium has a code of its own for a hyphen at a line's end; whether it belongs to the word is
    for ``indexer.parse.lines`` to say.
    """
    first_half = 0
    for index in range(pdfium_c.FPDFText_CountChars(raw)):
        code = pdfium_c.FPDFText_GetUnicode(raw, index)
        if 0xD800 <= code < 0xDC00:
            first_half = code
            continue
        if first_half and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((first_half - 0xD800) << 10) + (code - 0xDC00)
        first_half = 0
        character = chr(code) if code else "\ufffd"
        yield index, "-" if character in _HYPHEN_AT_END else character


def _unturned_angle(upright: _Turn) -> float:
    """Return the angle at which characters run that stand upright on the page as it is shown."""
    x0, y0, _, _ = upright(0, 0, 0, 0)
    x1, y1, _, _ = upright(1, 0, 1, 0)
    return -math.atan2(y1 - y0, x1 - x0)


def _is_bold(raw: Any, index: int, fonts: dict[int, bool]) -> bool:
    item = pdfium_c.FPDFText_GetTextObject(raw, index)
    if not item:
        return False
    font = pdfium_c.FPDFTextObj_GetFont(item)
    if not font:
        return False
    key = ctypes.addressof(font.contents)
    if key not in fonts:
        weight = pdfium_c.FPDFFont_GetWeight(font)
        fonts[key] = weight >= 600 or bool(_BOLD.search(_font_name(font)))
    return fonts[key]


def _font_name(font: Any) -> str:
    buffer = ctypes.create_string_buffer(256)
    length = pdfium_c.FPDFFont_GetBaseFontName(font, buffer, 256)
    return buffer.raw[: min(length, 256)].rstrip(b"\0").decode("utf-8", "replace")


def _leaps(last: _Box, place: _Box) -> bool:
    """Say whether a character does not simply follow, from left to right, on the one before."""
    size = max(1.0, last[3] - last[1])
    gap = place[0] - last[2]
    lifted = abs((last[1] + last[3]) - (place[1] + place[3])) / 2
    return gap > _SPLIT_GAP * size or gap < -1.2 * size or lifted > 0.6 * size


def _ends(last: _Glyph, glyph: _Glyph) -> bool:
    """Say whether a word ends between two characters."""
    if last.turned != glyph.turned:
        return True
    if glyph.turned:
        return abs(last.box[0] - glyph.box[0]) > 0.5 * max(1.0, glyph.box[2] - glyph.box[0])
    return _leaps(last.box, glyph.box)


def _word(glyphs: list[_Glyph]) -> Word:
    text = "".join(glyph.character for glyph in glyphs)
    x0 = min(glyph.box[0] for glyph in glyphs)
    y0 = min(glyph.box[1] for glyph in glyphs)
    x1 = max(glyph.box[2] for glyph in glyphs)
    y1 = max(glyph.box[3] for glyph in glyphs)
    turned = glyphs[0].turned
    size = (x1 - x0) if turned else max(g.box[3] - g.box[1] for g in glyphs)
    bold = 2 * sum(glyph.bold for glyph in glyphs) > len(glyphs)
    return Word(text, x0, x1, y0, y1, size, bold, turned)


def _rules(page: Any, upright: _Turn, size: tuple[float, float]) -> tuple[list[Rule], list[Rule]]:
    """Return the page's lines across and down; the sides of boxes count as lines."""
    across: list[Rule] = []
    down: list[Rule] = []
    for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH], max_depth=4):
        try:
            x0, y0, x1, y1 = upright(*item.get_bounds())
        except pdfium.PdfiumError:  # a path without extent
            continue
        wide, high = x1 - x0, y1 - y0
        if wide > 0.95 * size[0] and high > 0.95 * size[1]:
            continue
        if high <= _THIN and wide >= _LONG:
            across.append(Rule((y0 + y1) / 2, x0, x1))
        elif wide <= _THIN and high >= _LONG:
            down.append(Rule((x0 + x1) / 2, y0, y1))
        elif wide >= _LONG and high >= _LONG:
            across += [Rule(y0, x0, x1), Rule(y1, x0, x1)]
            down += [Rule(x0, y0, y1), Rule(x1, y0, y1)]
    return across, down
