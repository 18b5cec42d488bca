"""Signs at the left edge of a cell whose figure stands at the right, as spreadsheets set accounts.

“-” and “757.6” with white space between are one cell. A dash may as well be a nil in a column of
its own, and that is what has to be told apart: neither may become the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.parse.figures import CURRENCIES, NIL, SIGNS, is_figure
from indexer.parse.pdf_strips import Strip

_SIGN = re.compile(rf"[{SIGNS}{CURRENCIES}(]{{1,3}}")
_FARTHEST = 8.0
"""How far, in heights of type, a sign may stand before its figure."""
_ABOUT = 40
"""How many lines above and below tell what a dash is."""
_MOST = 200
"""More lone signs on a page than any accounts have: there they draw something else."""
_SAME = 1.5

Row = list[Strip]


def with_far_signs(rows: list[Row]) -> list[Row]:
    """Return lines with signs that stand apart put to the figures that they belong to."""
    lone = [
        (number, at)
        for number, row in enumerate(rows)
        for at in range(len(row) - 1)
        if len(row[at].text) <= 3 and _SIGN.fullmatch(row[at].text)
    ]
    if len(lone) > _MOST:
        return rows
    joined = [(number, at) for number, at in lone if _is_sign(rows, number, at)]
    if not joined:
        return rows
    told = list(rows)
    for number, at in reversed(joined):
        row = told[number]
        one = Strip([*row[at].words, *row[at + 1].words])
        told[number] = [*row[:at], one, *row[at + 2 :]]
    return told


def _is_sign(rows: Sequence[Row], number: int, at: int) -> bool:
    sign, figure = rows[number][at], rows[number][at + 1]
    if not is_figure(figure.text) or figure.x0 - sign.x1 > _FARTHEST * sign.size:
        return False
    if sign.text not in NIL:
        return True
    if _SIGN.match(figure.text):
        return False
    about = [*rows[max(0, number - _ABOUT) : number], *rows[number + 1 : number + 1 + _ABOUT]]
    others = [strip for row in about for strip in row]
    if any(
        _reaches(strip, sign) and _reaches(strip, figure) for strip in others if _is_full(strip)
    ):
        return True
    beside = [strip for strip in others if _reaches(strip, sign) and not _reaches(strip, figure)]
    if any(strip.text not in NIL for strip in beside):
        return False
    return _is_left_out(about, sign, figure)


def _is_left_out(about: Sequence[Row], sign: Strip, figure: Strip) -> bool:
    """Say whether some lines have a figure in the column and no dash before it.

    A dash further right, or under the figures, would be a nil.
    """
    left_out = False
    for row in about:
        if not any(_is_full(strip) and _reaches(strip, figure) for strip in row):
            continue
        before = [strip for strip in row if strip.text in NIL and _reaches(strip, sign)]
        if any(abs(strip.x0 - sign.x0) > _SAME for strip in before):
            return False
        left_out = left_out or not before
    return left_out


def _is_full(strip: Strip) -> bool:
    return any(map(str.isdigit, strip.text)) and is_figure(strip.text)


def _reaches(strip: Strip, other: Strip) -> bool:
    """Say whether two pieces of print stand over each other, at least in part."""
    return strip.x0 < other.x1 and strip.x1 > other.x0
