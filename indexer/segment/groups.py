"""Rows that stand over the rows beneath them: “SPENDING” above the figures of what is spent."""

from __future__ import annotations

from bisect import bisect_right

from indexer.model import Block, BlockKind, ParsedDocument, Span

_LONGEST_GROUP = 120
_MOST_ROWS = 150
"""How far up a row is looked for that stands over others."""


def group_over(parsed: ParsedDocument, at: int) -> Span | None:
    """Return the row that stands over the row at ``at`` in its table, and over others with it.

    It has one cell alone, the first, in a table that has headings over its columns. None where
    there is none, or ``at`` is in such a row itself.
    """
    blocks = parsed.blocks
    place = bisect_right(blocks, at, key=_start) - 1
    if place < 0:
        return None
    row = blocks[place]
    heading = row.header
    if heading is None or "|" not in heading.of(parsed.text) or _is_group(parsed.text, row):
        return None
    for above in reversed(blocks[max(0, place - _MOST_ROWS) : place]):
        if above.kind is BlockKind.FURNITURE:
            continue
        if above.header is None or above.header.start != heading.start:
            return None
        if _is_group(parsed.text, above):
            return above.span
    return None


def _start(block: Block) -> int:
    return block.span.start


def _is_group(text: str, row: Block) -> bool:
    first, _, others = row.span.of(text).partition("|")
    if others.strip(" |") or len(first) > _LONGEST_GROUP:
        return False
    return any(character.isalpha() for character in first)
