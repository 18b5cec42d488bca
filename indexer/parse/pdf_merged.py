"""Cells of a ruled table that reach over several columns or rows: said for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

_LONGEST_REPEATED = 120


def said_for_each_column(
    row: tuple[str, ...], columns: Sequence[int], starts: Sequence[int]
) -> tuple[str, ...]:
    """Say a name over several columns for each; cells begin where the numbers in ``starts`` say."""
    said = list(row)
    for at in range(1, len(row)):
        if not said[at] and columns[at] not in starts:
            said[at] = said[at - 1]
    return tuple(said)


def said_for_each_row(
    texts: Sequence[tuple[str, ...]],
    is_open: Callable[[int, int], bool],
    may_repeat: Callable[[str], bool],
) -> list[tuple[str, ...]]:
    """Say the words of a cell over several rows in each row.

    ``is_open`` says of a row's and a column's place whether no line is drawn below that cell; row
    -1 is the heading. Only one of the rows may have words there, and the column has to have lines
    elsewhere: a column without any is one of plain rows.
    """
    said = [list(row) for row in texts]
    for column in range(len(texts[0]) if texts else 0):
        if all(row[column] for row in texts):
            continue
        below = [is_open(row, column) for row in range(len(texts) - 1)]
        if all(below) and is_open(-1, column):
            continue
        edges = [0, *(row + 1 for row, is_below in enumerate(below) if not is_below), len(texts)]
        for first, end in pairwise(edges):
            words = [texts[row][column] for row in range(first, end) if texts[row][column]]
            if len(words) == 1 and len(words[0]) <= _LONGEST_REPEATED and may_repeat(words[0]):
                for row in range(first, end):
                    said[row][column] = words[0]
    return [tuple(row) for row in said]
