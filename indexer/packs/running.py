"""What the pack printed on a paper's pages, and running heads that only the paper's own pages show.

In a long file the running head of one paper is on too few pages to be known as one; on the pages of
the paper alone it is plain.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace

from indexer.model import Block, BlockKind, ParsedDocument
from indexer.packs.openings import is_stamp
from indexer.parse.furniture import is_page_number, repeated_lines

_NEAR_THE_TOP = 3
_LONGEST_HEAD = 100


def without_running_heads(parsed: ParsedDocument) -> ParsedDocument:
    """Return the paper with stamps and running heads marked as furniture; the text stays.

    What is said first stays the paper's own: a running head there may be its title.
    """
    texts = [block.span.of(parsed.text) for block in parsed.blocks]
    found = {i for i, text in enumerate(texts[:_NEAR_THE_TOP]) if is_stamp(text)}
    pages = _by_page(parsed, known=found)
    lines = [[texts[i] if _may_run(parsed.blocks[i], texts[i]) else "" for i in p] for p in pages]
    said: set[str] = set()
    for page, line in sorted(repeated_lines(lines)):
        place = pages[page][line]
        key = re.sub(r"\d+", "#", texts[place])
        if key in said or is_page_number(texts[place]):
            found.add(place)
        said.add(key)
    return replace(
        parsed,
        blocks=tuple(
            replace(block, kind=BlockKind.FURNITURE) if i in found else block
            for i, block in enumerate(parsed.blocks)
        ),
    )


def _may_run(block: Block, text: str) -> bool:
    """Say whether a block can be a running head: what the paper decides may come again as well."""
    said = block.kind in (BlockKind.ROW, BlockKind.ITEM) or text.endswith((".", ";", ":"))
    return not said and len(text) <= _LONGEST_HEAD


def _by_page(parsed: ParsedDocument, known: set[int]) -> list[list[int]]:
    """Return for each page the places of the blocks that begin on it, without known furniture."""
    starts = [page.span.start for page in parsed.pages]
    pages: list[list[int]] = [[] for _ in starts]
    for place, block in enumerate(parsed.blocks):
        if block.kind is not BlockKind.FURNITURE and place not in known:
            pages[max(0, bisect_right(starts, block.span.start) - 1)].append(place)
    return pages
