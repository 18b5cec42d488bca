"""Lines of print, and the pieces that wide white space makes of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress, pairwise

from indexer.parse.figures import is_amount
from indexer.parse.markers import read_marker
from indexer.parse.pdf_bands import words_to_lines
from indexer.parse.pdf_rules import Rule
from indexer.parse.pdf_words import Word

_CELL_GAP = 0.9
"""The white space that may part two cells of a row, in heights of the type."""
_AMOUNT_GAP = 0.3
_FEWEST_AMOUNTS = 3
_TOUCH = 1.0


@dataclass(slots=True)
class Strip:
    """A line of print, or a piece of one that wide white space parts from the next.

    ``size`` is its usual type size, ``middle`` the height of its middle, ``bold`` set where nearly
    the whole is.
    """

    words: Sequence[Word]
    text: str = field(init=False)
    x0: float = field(init=False)
    x1: float = field(init=False)
    size: float = field(init=False)
    middle: float = field(init=False)
    bold: bool = field(init=False)

    def __post_init__(self) -> None:
        words = self.words
        if len(words) == 1:
            only = words[0]
            self.text, self.x0, self.x1, _, _, self.size, self.middle, self.bold, _ = only
            return
        if not words:
            self.text, self.bold = "", True
            self.x0 = self.x1 = self.size = self.middle = 0.0
            return
        texts, lefts, rights, _, _, sizes, middles, bold, _ = zip(*words, strict=True)
        self.text = " ".join(texts)
        self.x0 = lefts[0]
        self.x1 = max(rights)
        self.size = _median(sizes)
        self.middle = _median(middles)
        self.bold = all(bold) or (any(bold) and _is_mostly(bold, texts))


def _median(values: Sequence[float]) -> float:
    values = sorted(values)
    half = len(values) // 2
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def _is_mostly(bold: Sequence[bool], texts: Sequence[str]) -> bool:
    """Say whether nearly all letters of the texts are bold."""
    letters = [len(text) for text in texts]
    return sum(compress(letters, bold)) >= 0.9 * sum(letters)


def strip_rows(words: Iterable[Word], down: Sequence[Rule] = ()) -> list[list[Strip]]:
    """Return the lines from the top, each as the pieces that white space makes of it.

    A ruled line ``down`` between two words parts them too.
    """
    rows: list[list[Strip]] = []
    rules = sorted(down)
    places = [rule.at for rule in rules]
    for line in words_to_lines(words):
        gaps = _cell_gaps(line)
        last = line[0]
        piece = [last]
        pieces = [piece]
        for word, gap in zip(line[1:], gaps, strict=True):
            size = last.size if last.size < word.size else word.size
            if word.x0 - last.x1 > gap * size or (rules and _ruled(last, word, rules, places)):
                piece = []
                pieces.append(piece)
            piece.append(word)
            last = word
        rows.append(_with_markers_joined([Strip(piece) for piece in pieces]))
    return rows


def _ruled(last: Word, word: Word, rules: Sequence[Rule], places: Sequence[float]) -> bool:
    """Say whether a line is drawn between two words."""
    first = bisect_left(places, last.x1 - _TOUCH)
    beyond = bisect_right(places, word.x0 + _TOUCH)
    return any(rule.start <= word.middle <= rule.end for rule in rules[first:beyond])


def _cell_gaps(line: Sequence[Word]) -> list[float]:
    """Return the white space, in heights of type, that parts cells between each two words.

    Less does beside an amount where the line has several, and least between two.
    """
    amounts = [is_amount(word.text) for word in line]
    if not any(amounts):
        return [_CELL_GAP] * (len(line) - 1)
    beside = _CELL_GAP / 2 if sum(amounts) >= _FEWEST_AMOUNTS else _CELL_GAP
    gaps = (_CELL_GAP, beside, _AMOUNT_GAP)
    return [gaps[one + other] for one, other in pairwise(amounts)]


def _with_markers_joined(strips: list[Strip]) -> list[Strip]:
    """Put a list marker or an item's number back before its text."""
    if len(strips) < 2:
        return strips
    text = strips[0].text
    marker = read_marker(text) or read_marker(text + " ")
    if marker and marker.length >= len(text):
        return [Strip([*strips[0].words, *strips[1].words]), *strips[2:]]
    return strips
