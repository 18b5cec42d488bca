"""Lines of print, and the pieces that wide white space makes of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from indexer.parse.markers import read_marker
from indexer.parse.pdf_rules import Rule
from indexer.parse.pdf_tables import is_figure, words_to_lines
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
        self.text = " ".join([word.text for word in words])
        self.x0 = words[0].x0 if words else 0.0
        self.x1 = max([word.x1 for word in words], default=0.0)
        self.size = _median([word.size for word in words])
        self.middle = _median([word.middle for word in words])
        letters = sum([len(word.text) for word in words])
        self.bold = sum([len(word.text) for word in words if word.bold]) >= 0.9 * letters


def _median(values: list[float]) -> float:
    values.sort()
    half = len(values) // 2
    if not values:
        return 0.0
    return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2


def strip_rows(words: Iterable[Word], down: Sequence[Rule] = ()) -> list[list[Strip]]:
    """Return the lines from the top, each as the pieces that white space makes of it.

    A ruled line ``down`` between two words parts them too.
    """
    rows: list[list[Strip]] = []
    rules = sorted(down)
    places = [rule.at for rule in rules]
    for line in words_to_lines(words):
        pieces = [[line[0]]]
        amounts = [is_amount(word) for word in line]
        many = sum(amounts) >= _FEWEST_AMOUNTS
        for at in range(1, len(line)):
            last, word = line[at - 1], line[at]
            gap = _cell_gap(amounts[at - 1] + amounts[at], many=many) * min(last.size, word.size)
            if word.x0 - last.x1 > gap or (rules and _ruled(last, word, rules, places)):
                pieces.append([word])
            else:
                pieces[-1].append(word)
        rows.append(_with_markers_joined([Strip(piece) for piece in pieces]))
    return rows


def _ruled(last: Word, word: Word, rules: Sequence[Rule], places: Sequence[float]) -> bool:
    """Say whether a line is drawn between two words."""
    first = bisect_left(places, last.x1 - _TOUCH)
    beyond = bisect_right(places, word.x0 + _TOUCH)
    return any(rule.start <= word.middle <= rule.end for rule in rules[first:beyond])


def _cell_gap(amounts: int, *, many: bool) -> float:
    """Return the white space, in heights of type, that parts cells here: less beside amounts.

    ``amounts`` says how many of the two words are, ``many`` whether the line has several.
    """
    if amounts == 2:
        return _AMOUNT_GAP
    return _CELL_GAP / 2 if amounts and many else _CELL_GAP


def is_amount(word: Word) -> bool:
    """Say whether a word is a bare figure with a point or a comma: hardly part of a sentence."""
    text = word.text
    if not ("." in text or "," in text):
        return False
    return is_figure(text) and not text[-1].isalpha()


def _with_markers_joined(strips: list[Strip]) -> list[Strip]:
    """Put a list marker or an item's number back before its text."""
    if len(strips) < 2:
        return strips
    text = strips[0].text
    marker = read_marker(text) or read_marker(text + " ")
    if marker and marker.length >= len(text):
        return [Strip([*strips[0].words, *strips[1].words]), *strips[2:]]
    return strips
