"""Rows that stand over the rows beneath them: “SPENDING” above the figures of what is spent."""

from __future__ import annotations

from bisect import bisect_right

from indexer.model import Block, BlockKind, ParsedDocument, Span
from indexer.segment.rows import words_of

_LONGEST_GROUP = 120
_FEWEST_COLUMNS = 2
_MOST_ROWS = 150
"""How far up a row is looked for that stands over others."""


def group_over(parsed: ParsedDocument, at: int) -> Span | None:
    """Return the row that stands over the row at ``at`` in its table, and over others with it.

    It has one cell alone, the first, in a table that has headings over its columns. None where
    there is none, or ``at`` is in such a row itself.
    """
    blocks = parsed.blocks
    place = bisect_right(blocks, at, key=_start) - 1
    if place < 0 or not _has_columns(parsed.text, blocks[place]):
        return None
    row = blocks[place]
    if _is_group(parsed.text, row):
        return None
    for above in reversed(blocks[max(0, place - _MOST_ROWS) : place]):
        if above.kind is BlockKind.FURNITURE:
            continue
        if above.kind is not BlockKind.ROW or above.header != row.header:
            return None
        if _is_group(parsed.text, above):
            return above.span
    return None


def _start(block: Block) -> int:
    return block.span.start


def _has_columns(text: str, row: Block) -> bool:
    if row.kind is not BlockKind.ROW or row.header is None:
        return False
    return len(words_of(row.header.of(text))) >= _FEWEST_COLUMNS


def _is_group(text: str, row: Block) -> bool:
    first, *others = words_of(row.span.of(text))
    named = any(character.isalpha() for character in first) and len(first) <= _LONGEST_GROUP
    return named and not any(others)
