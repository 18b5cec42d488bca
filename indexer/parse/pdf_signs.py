"""Signs that a PDF draws apart from the figure that they belong to: “-” before “757.6”.

PDFium parts two pieces of text where the font changes, even if nothing stands between them, and a
file may draw the signs after all else: a minus would be read as a word of its own, and might come
to stand in another cell than its figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import permutations

from indexer.parse.figures import CURRENCIES, SIGNS
from indexer.parse.pdf_words import Word

_OPENING = f"{SIGNS}{CURRENCIES}("
_BEFORE = frozenset([*_OPENING, *map("".join, permutations(_OPENING, 2))])
_FIGURE = re.compile(rf"[{SIGNS}{CURRENCIES}(]{{0,3}}[\d.,]*\d[\d.,]*(?:%|m|k|bn)?\)?")
_FIRST = frozenset(f"0123456789.{_OPENING}")
_DIGIT = re.compile(r"\d")
_AFTER = frozenset(["%", ")", "%)", ")%"])
_ALONE = _BEFORE | _AFTER
_TOUCH = 0.12
"""The gap, in heights of type, up to which two words touch: half of the narrowest space."""
_LEVEL = 0.2
"""How far apart, in heights of type, the middles of two words of one line may be."""
_WIDE, _HIGH = 4.0, 8.0
"""The size, in points, of the spots in which words that touch are sought."""

_Spot = tuple[int, int]


def with_signs(words: Sequence[Word]) -> Sequence[Word]:
    """Return ``words`` in their order, with signs put to the figures that they touch.

    A sign that touches something on its left as well, as in a range, is left alone.
    """
    alone = [i for i, word in enumerate(words) if word[0] in _ALONE]
    if not alone:
        return words
    before = [i for i in alone if words[i].text in _BEFORE]
    after = [i for i in alone if words[i].text in _AFTER]
    page = _Page(words)
    for index in sorted(before, key=lambda i: -words[i].x0):
        page.put_before(index)
    for index in sorted(after, key=lambda i: words[i].x0):
        page.put_after(index)
    return page.all() if page.joined else words


class _Page:
    """The words of a page, None for those that became a part of another, and where others stand."""

    def __init__(self, words: Sequence[Word]) -> None:
        self.words: list[Word | None] = list(words)
        self.joined = False
        self._starts: dict[_Spot, int] = {}
        for index, word in enumerate(words):
            if word[0][:1] in _FIRST and _DIGIT.search(word[0]):
                self._starts[int(word.x0 // _WIDE), int(word.middle // _HIGH)] = index

    @cached_property
    def _ends(self) -> dict[_Spot, int]:
        """Return which word ends where, but for the signs: few pages ever ask."""
        return {
            (int(word.x1 // _WIDE), int(word.middle // _HIGH)): index
            for index, word in enumerate(self.words)
            if word is not None and word.text not in _BEFORE
        }

    def all(self) -> list[Word]:
        """Return the words that are left."""
        return [word for word in self.words if word is not None]

    def put_before(self, index: int) -> None:
        """Put a sign before the figure that begins where it ends."""
        sign = self.words[index]
        if sign is None:
            return
        for at in _near(self._starts, sign.x1, sign.middle):
            word = self.words[at]
            if word and _FIGURE.fullmatch(word.text) and _touches(sign, word):
                if self._goes_on(sign):
                    return
                self._join(sign, word, kept=at, gone=index, figure=word)
                return

    def put_after(self, index: int) -> None:
        """Put a percent sign or a bracket behind the figure that ends where it begins."""
        sign = self.words[index]
        if sign is None:
            return
        for at in _near(self._ends, sign.x0, sign.middle):
            word = self.words[at]
            if at != index and word and _touches(word, sign) and _may_end(word.text, sign.text):
                self._join(word, sign, kept=at, gone=index, figure=word)
                return

    def _goes_on(self, sign: Word) -> bool:
        """Say whether a sign follows on something that is no sign itself."""
        beside = (self.words[at] for at in _near(self._ends, sign.x0, sign.middle))
        return any(word is not None and _touches(word, sign) for word in beside)

    def _join(self, left: Word, right: Word, *, kept: int, gone: int, figure: Word) -> None:
        y0, y1 = min(left.y0, right.y0), max(left.y1, right.y1)
        text = left.text + right.text
        whole = figure._replace(text=text, x0=left.x0, x1=right.x1, y0=y0, y1=y1)
        self.words[kept], self.words[gone] = whole, None
        self.joined = True
        height = int(whole.middle // _HIGH)
        self._starts[int(whole.x0 // _WIDE), height] = kept
        self._ends[int(whole.x1 // _WIDE), height] = kept


def _near(spots: dict[_Spot, int], x: float, middle: float) -> Iterable[int]:
    """Return the words of the spots about a place."""
    across = {int((x - _WIDE / 2) // _WIDE), int((x + _WIDE / 2) // _WIDE)}
    heights = {int((middle - _HIGH / 2) // _HIGH), int((middle + _HIGH / 2) // _HIGH)}
    found = (spots.get((column, row)) for column in across for row in heights)
    return [index for index in found if index is not None]


def _touches(left: Word, right: Word) -> bool:
    """Say whether a word follows on the same line without white space between."""
    if left.turned or right.turned:
        return False
    level = abs(left.middle - right.middle) <= _LEVEL * min(left.size, right.size)
    return level and abs(right.x0 - left.x1) <= _TOUCH * max(left.size, right.size)


def _may_end(figure: str, sign: str) -> bool:
    """Say whether a percent sign follows a figure, or a bracket one that a bracket opens."""
    opened = "(" in figure and ")" not in figure
    return bool(_FIGURE.fullmatch(figure)) and (opened or ")" not in sign)
