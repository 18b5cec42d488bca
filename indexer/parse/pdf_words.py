"""From a PDF page to its words, each with its place on the upright page."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice, product
from operator import itemgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.normalise import PRIVATE_MINUS, with_minus
from indexer.parse import pdf_calls
from indexer.parse.limits import check_characters
from indexer.parse.pdf_calls import Box, Boxes
from indexer.parse.pdf_rules import Rule, read_rules

_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.I)
_MARKS = (("\x02", "-"), ("\ufffe", "-"), ("\0", "\ufffd"), ("\xad", "-"))
"""PDFium's own marks for a hyphen at a line's end and for a character it does not know; and the
hyphen or minus that a font calls a soft hyphen: what is drawn is seen."""
_HALVES = re.compile("[\ud800-\udfff]")
_SPLIT_GAP = 0.35
_SHADOW = 0.2
_STEP, _SPOT = 8.0, 4.0
_ASIDE = 64.0
"""How far aside, in points, a shadow may fall."""
_ENDINGS = frozenset({"st", "nd", "rd", "th"})
_LEVEL = 0.1
_WIDEST = 0.7
"""The width of a character, in heights of type, above which a word may be two far apart."""


class Word(NamedTuple):
    """Characters without a space between, in points from the page's lower left corner.

    ``size`` is the height of the type, ``middle`` the height of the word's middle. ``turned``
    marks text that does not run left to right.
    """

    text: str
    x0: float
    x1: float
    y0: float
    y1: float
    size: float
    middle: float
    bold: bool = False
    turned: bool = False


class Sheet(NamedTuple):
    """One page: its size, words in the order the file draws them, and its ruled lines."""

    width: float
    height: float
    words: tuple[Word, ...]
    across: tuple[Rule, ...] = ()
    down: tuple[Rule, ...] = ()


def count_letters(words: Iterable[Word]) -> int:
    """Return how many characters ``words`` have."""
    return sum(map(len, map(_TEXT, words)))


_TEXT = itemgetter(Word._fields.index("text"))

Turn = Callable[[Any], Any]
"""Maps a box of the file's page, or columns of boxes, to the upright page."""
Indexes = NDArray[np.intp]
Column = NDArray[Any]


def read_sheet(page: Any) -> Sheet:
    """Read a pypdfium2 ``page``. Its rotation is undone: words stand as the reader sees them."""
    turn = _turner(page)
    width, height = page.get_size()
    textpage = page.get_textpage()
    try:
        check_characters(pdf_calls.count_chars(pdf_calls.address_of(textpage.raw)))
        words = [
            word
            for word in _Reader(pdf_calls.address_of(textpage.raw), turn).words()
            if -1 <= word.x0 <= width + 1 and -1 <= word.middle <= height + 1
        ]
    finally:
        textpage.close()
    across, down = read_rules(pdf_calls.address_of(page.raw), turn, (width, height))
    return Sheet(width, height, tuple(_once(words)), tuple(across), tuple(down))


def _once(words: list[Word]) -> list[Word]:
    """Leave out words that are drawn again in the same place, to look bold or to cast a shadow.

    A raised ending is put back to its number: 8th.
    """
    spots = {hash((word[0], int(word[1] / _SPOT), int(word[3] / _SPOT))) for word in words}
    if len(spots) == len(words) and _ENDINGS.isdisjoint(map(_TEXT, words)):
        return words
    places: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    kept: list[Word] = []
    for word in words:
        text, x0, _, y0, _, size, *_ = word
        if text in _ENDINGS and kept and _is_raised(kept[-1], word):
            kept[-1] = kept[-1]._replace(text=kept[-1].text + text, x1=word.x1)
            continue
        near = _SHADOW * size
        rows = {int((y0 - near) / _STEP), int((y0 + near) / _STEP)}
        reach = min(near, _ASIDE)
        columns = range(int((x0 - reach) // _ASIDE), int((x0 + reach) // _ASIDE) + 1)
        known = [place for key in product((text,), rows, columns) for place in places.get(key, ())]
        if any(abs(x - x0) < near and abs(y - y0) < near for x, y in known):
            continue
        for row in rows:
            places.setdefault((text, row, int(x0 // _ASIDE)), []).append((x0, y0))
        kept.append(word)
    return kept


def _is_raised(number: Word, ending: Word) -> bool:
    """Say whether small letters stand at the upper end of a number."""
    beside = -1 < ending.x0 - number.x1 < 0.25 * number.size
    return beside and number.text[-1].isdigit() and number.y0 < ending.middle < number.y1


def _turner(page: Any) -> Turn | None:
    """Return the map from a box of the file to one of the upright page, None if they are one."""
    crop = page.get_cropbox()
    left, right = sorted(crop[::2])
    bottom, top = sorted(crop[1::2])
    rotation = page.get_rotation() % 360
    if rotation == left == bottom == 0:
        return None

    def turn(box: Box) -> Box:
        x0, y0, x1, y1 = box
        if rotation == 90:
            return y0 - bottom, right - x1, y1 - bottom, right - x0
        if rotation == 180:
            return right - x1, top - y1, right - x0, top - y0
        if rotation == 270:
            return top - y1, x0 - left, top - y0, x1 - left
        return x0 - left, y0 - bottom, x1 - left, y1 - bottom

    return turn


class _Style(NamedTuple):
    bold: bool
    turned: bool


CharBox = tuple[float, float, float, float]
"""Left, top, right and bottom, in points: the order that PDFium has for characters."""


class _Reader:
    """Reads the words of one page; what is the same for a whole piece of text is asked once."""

    def __init__(self, page: int, turn: Turn | None) -> None:
        self.page = page
        self.turn = turn
        self.styles: dict[int | None, _Style] = {}
        self.fonts: dict[int | None, bool] = {None: False}
        self.upright_angle = _upright_angle(turn)

    def words(self) -> list[Word]:
        """Return the page's words. A space, a leap or a turn ends one.

        A run of characters without a space is read from its ends alone, unless they stand so
        that there may be a leap between.
        """
        text = self._text()
        runs = text.split()
        if not runs:
            return []
        first, beyond = _edges(text)
        starts = first.tolist()
        bold, turned = zip(*self._styles_at(starts), strict=True)
        left, low, right, high, level = self._extents(first, beyond)
        size, middle = high - low, (low + high) / 2
        places = [side.tolist() for side in (left, right, low, high, size, middle)]
        whole = level & ~np.array(turned) & (not _HALVES.search(text))
        words = list(map(_new_word, zip(runs, *places, bold, turned, strict=True)))
        if whole.all():
            return words
        return self._with_odd_ones(words, np.flatnonzero(~whole).tolist(), runs, starts)

    def _extents(self, first: Indexes, beyond: Indexes) -> tuple[Column, ...]:
        """Return where runs stand, by their ends: left, low, right, high; and which are level.

        Those are as high at one end as at the other, and no longer than their letters may be.
        """
        lengths = beyond - first
        longer = lengths > 1
        boxes = self._boxes([*first.tolist(), *(beyond[longer] - 1).tolist()])
        ends = boxes[:, : len(first)].copy()
        ends[:, longer] = boxes[:, len(first) :]
        left, high, _, low = boxes[:, : len(first)]
        _, last_high, right, last_low = ends
        with np.errstate(invalid="ignore", over="ignore"):
            level = (np.abs(last_low - low) < _LEVEL) & (np.abs(last_high - high) < _LEVEL)
            wide = right - left
            fits = (wide > 0) & (wide <= _WIDEST * (high - low) * lengths)
        return left, low, right, high, level & (fits | ~longer)

    def _with_odd_ones(
        self, words: Sequence[Word], odd: Sequence[int], runs: Sequence[str], starts: Sequence[int]
    ) -> list[Word]:
        """Return ``words`` with those whose places are ``odd`` read by their characters."""
        indexes = [starts[place] + i for place in odd for i in range(len(runs[place]))]
        boxes: Iterator[CharBox] = zip(*self._boxes(indexes).tolist(), strict=True)
        found: list[Word] = []
        done = 0
        for place in odd:
            found += words[done:place]
            run = runs[place]
            found += self._by_character(starts[place], run, islice(boxes, len(run)))
            done = place + 1
        return found + list(words[done:])

    def _text(self) -> str:
        """Return the page's characters as PDFium counts them."""
        count = pdf_calls.count_chars(self.page)
        text = pdf_calls.page_text(self.page, count) if count > 0 else ""
        if text is None:
            codes = [pdf_calls.unicode_of(self.page, index) for index in range(count)]
            text = "".join(chr(code) if code <= 0x10FFFF else "\ufffd" for code in codes)
        for mark, meant in _MARKS:
            text = text.replace(mark, meant)
        return with_minus(text) if PRIVATE_MINUS in text else text

    def _boxes(self, indexes: Sequence[int]) -> Boxes:
        """Return the boxes of characters on the upright page."""
        boxes = pdf_calls.char_boxes(self.page, indexes)
        if self.turn is None:
            return boxes
        left, top, right, bottom = boxes
        x0, y0, x1, y1 = self.turn((left, bottom, right, top))
        return np.array((x0, y1, x1, y0))

    def _by_character(self, start: int, text: str, boxes: Iterable[CharBox]) -> Iterator[Word]:
        """Yield the words of a run whose characters may not stand beside each other."""
        word: list[tuple[str, CharBox]] = []
        style = last_style = _Style(False, False)
        for index, character, box in _joined(start, text, boxes):
            if not word or _leaps(word[-1][1], box):
                style = self._style(index)
            if word and _ends(word[-1][1], box, last_style, style):
                yield _word(word, last_style)
                word = []
            if not word:
                last_style = style
            word.append((character, box))
        if word:
            yield _word(word, last_style)

    def _style(self, index: int) -> _Style:
        item = pdf_calls.text_object(self.page, index)
        return self.styles.get(item) or self._styles_at([index])[0]

    def _styles_at(self, indexes: Sequence[int]) -> list[_Style]:
        """Return weight and direction of characters, which all of one piece of text share."""
        items = pdf_calls.text_objects(self.page, indexes)
        first = dict(zip(reversed(items), reversed(indexes), strict=True))
        new = [item for item in first if item not in self.styles]
        angles = pdf_calls.angles(self.page, [first[item] for item in new])
        looks = list(zip(angles, pdf_calls.fonts_of(new), strict=True))
        known = {look: self._style_of(*look) for look in set(looks)}
        self.styles.update(zip(new, map(known.__getitem__, looks), strict=True))
        return list(map(self.styles.__getitem__, items))

    def _style_of(self, angle: float, font: int | None) -> _Style:
        turned = abs(math.sin(angle - self.upright_angle)) > 0.5
        return _Style(self._is_bold(font), turned)

    def _is_bold(self, font: int | None) -> bool:
        if font is not None and font not in self.fonts:
            heavy = pdf_calls.font_weight(font) >= 600
            self.fonts[font] = heavy or bool(_BOLD.search(pdf_calls.font_name(font)))
        return self.fonts[font]


_new_word = partial(tuple.__new__, Word)
"""Makes a word as its own class does, in half the time."""


def _edges(text: str) -> tuple[Indexes, Indexes]:
    """Return where each run of characters begins that spaces part, and where it has ended."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    spaces = np.ones(len(codes) + 2, np.bool_)
    spaces[1:-1] = _IS_SPACE[np.minimum(codes, len(_IS_SPACE) - 1)]
    turns = np.flatnonzero(spaces[1:] != spaces[:-1])
    return turns[::2], turns[1::2]


_IS_SPACE = np.array([chr(code).isspace() for code in range(0x3002)])
"""For each character up to the last space of all whether it is one."""


def _joined(start: int, text: str, boxes: Iterable[CharBox]) -> Iterator[tuple[int, str, CharBox]]:
    """Yield each character that has a box with its index; the two halves of one are joined."""
    first_half = 0
    for index, (character, box) in enumerate(zip(text, boxes, strict=True), start):
        code = ord(character)
        if 0xD800 <= code < 0xDC00:
            first_half = code
            continue
        if first_half and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((first_half - 0xD800) << 10) + (code - 0xDC00)
        first_half = 0
        if not math.isnan(box[0]):
            yield index, chr(code), box


def _upright_angle(turn: Turn | None) -> float:
    """Return the angle at which characters run that stand upright on the page as it is shown."""
    if turn is None:
        return 0.0
    x0, y0, _, _ = turn((0, 0, 0, 0))
    x1, y1, _, _ = turn((1, 0, 1, 0))
    return -math.atan2(y1 - y0, x1 - x0)


def _leaps(last: CharBox, box: CharBox) -> bool:
    """Say whether a character does not simply follow, from left to right, on the one before."""
    _, top, right, bottom = last
    size = max(1.0, top - bottom)
    gap = box[0] - right
    lifted = abs((bottom + top) - (box[3] + box[1])) / 2
    return gap > _SPLIT_GAP * size or gap < -1.2 * size or lifted > 0.6 * size


def _ends(last: CharBox, box: CharBox, before: _Style, style: _Style) -> bool:
    """Say whether a word ends between two characters."""
    if before.turned != style.turned:
        return True
    if style.turned:
        return abs(last[0] - box[0]) > 0.5 * max(1.0, box[2] - box[0])
    return _leaps(last, box)


def _word(glyphs: list[tuple[str, CharBox]], style: _Style) -> Word:
    text = "".join(character for character, _ in glyphs)
    lefts, tops, rights, bottoms = zip(*(box for _, box in glyphs), strict=True)
    x0, y0, x1, y1 = min(lefts), min(bottoms), max(rights), max(tops)
    high = max(top - bottom for bottom, top in zip(bottoms, tops, strict=True))
    size = (x1 - x0) if style.turned else high
    return Word(text, x0, x1, y0, y1, size, (y0 + y1) / 2, style.bold, style.turned)
