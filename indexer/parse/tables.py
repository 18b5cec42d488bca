"""Tables of office files: cells to a row's text, and whether the first row names the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.model import BlockKind
from indexer.parse.assemble import RawBlock

_FIGURE = re.compile(r"[-–−(]?[£€$]?\s?[-–−(]?\d[\d,.]*\)?\s?(?:%|m|k|bn)?")
BULLET = "• "
"""What stands before the items of a list in a cell, whose row is one line of text."""
_LONGEST_NAME = 80
_LONGEST_REPEATED = 120


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's words; ``bold`` and ``shaded`` are how it looks, ``span`` how many columns wide."""

    text: str
    bold: bool = False
    shaded: bool = False
    span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """A table's row; ``header`` where the file itself says that it heads the table."""

    cells: tuple[Cell, ...]
    header: bool = False


def row_blocks(rows: Sequence[Row]) -> list[RawBlock]:
    """Return a block for each row that says anything.

    The first row heads the table where the file says so, where it alone is bold or shaded, or
    where it has words above columns of figures.
    """
    told = [row for row in rows if any(cell.text for cell in row.cells)]
    heads = _looks_like_header(told)
    blocks: list[RawBlock] = []
    for number, row in enumerate(told):
        header = len(told) > 1 and (row.header or (number == 0 and heads))
        blocks.append(RawBlock(BlockKind.ROW, row_text(row), header=header, opens=number == 0))
    return blocks


def row_text(row: Row) -> str:
    """Return the cells' words with bars between.

    A cell over several columns is said for each, so that columns keep their place; not one over
    the whole row, and of a long one the other columns stay empty.
    """
    if len(row.cells) == 1:
        return row.cells[0].text
    parts: list[str] = []
    for cell in row.cells:
        repeated = cell.text if len(cell.text) <= _LONGEST_REPEATED else ""
        parts += [cell.text, *[repeated] * (cell.span - 1)]
    return " | ".join(parts)


def may_repeat(text: str) -> bool:
    """Say whether a cell over several rows is short enough to be said again in each."""
    return len(text) <= _LONGEST_REPEATED


def _looks_like_header(rows: Sequence[Row]) -> bool:
    if len(rows) < 2 or any(row.header for row in rows):
        return False
    first = [cell for cell in rows[0].cells if cell.text]
    if len(first) < 2 or any(len(cell.text) > _LONGEST_NAME for cell in first):
        return False
    return _alone(rows, "bold") or _alone(rows, "shaded") or _over_figures(rows)


def _alone(rows: Sequence[Row], look: str) -> bool:
    """Say whether all of the first row looks so, and not all of the second."""
    first, second = ([getattr(c, look) for c in row.cells if c.text] for row in rows[:2])
    return all(first) and not all(second)


def _over_figures(rows: Sequence[Row]) -> bool:
    """Say whether a column holds figures in every row but the first, which has none at all."""
    first = rows[0].cells
    if any(any(c.isdigit() for c in cell.text) or not cell.text for cell in first[1:]):
        return False
    below = [row.cells for row in rows[1:] if len(row.cells) == len(first)]
    return len(below) >= 2 and any(
        all(_FIGURE.fullmatch(cells[column].text) for cells in below)
        for column in range(1, len(first))
    )
