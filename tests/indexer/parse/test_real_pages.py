"""Real PDF pages chosen for their difficulty, each compared with its picture before it was frozen.

The documents may not be passed on, so a golden file has one line a block: kind and level, length,
the beginning of a hash of the text, its first four words, and the first three of its heading row.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from functools import lru_cache
from pathlib import Path

import pytest

from indexer.model import Block, ParsedDocument
from indexer.parse import parse
from tests.indexer.parse.test_real import DATA

GOLDEN = Path(__file__).with_name("golden") / "pages"

PAGES: dict[str, tuple[str, int]] = {
    "contents page with sections": ("packs_kent/February 2025*.pdf", 1),
    "ruled table of wrapped cells": ("packs_kent/February 2025*.pdf", 26),
    "ruled table with names over three columns": ("packs_kent/February 2025*.pdf", 28),
    "ruled table with names over two columns": ("packs_kent/February 2025*.pdf", 12),
    "figures in frames, labels in the middle": ("packs_kent/Appendix D*.pdf", 1),
    "figures in frames, a note under the names": ("packs_kent/Appendix D*.pdf", 2),
    "unruled figures under groups of names": ("packs_kent/Appendix E*.pdf", 1),
    "wide table without lines in its heading": ("packs_kent/Appendix F*.pdf", 1),
    "two tables on a landscape page": ("packs_kent/Appendix G*.pdf", 1),
    "table in pieces with notes below": ("packs_kent/Appendix B*.pdf", 3),
    "unruled figures by years": ("packs_kent/Appendix I*.pdf", 6),
    "voting list": ("packs_kent/Printed minutes*.pdf", 3),
    "page of charts": ("packs_kent/Appendix L*.pdf", 4),
    "two columns, lines on white boxes": ("boards/files_20131031_ogp*.pdf", 7),
    "agenda in two tables, one of one row": ("boards/files_TB_8_1*.pdf", 1),
    "two ruled tables between paragraphs": ("packs_kent/Appendix M*.pdf", 4),
    "slides, two to a page, with tables": ("slides/CoreSlides.pdf", 7),
    "slide with bullets beside a picture": ("slides/Caroline Kovacs.pdf", 5),
}


@lru_cache(maxsize=4)
def document(pattern: str) -> ParsedDocument:
    found = sorted(DATA.glob(pattern))
    if not found:
        pytest.skip(f"the test data beside the project is absent: {pattern}")
    return parse(found[0])


@pytest.mark.parametrize("name", PAGES)
def test_read_as_it_was_seen(name: str) -> None:
    pattern, number = PAGES[name]
    found = lines_of(document(pattern), number)
    golden = GOLDEN / f"{name.replace(',', '').replace(' ', '_')}.txt"
    if not golden.exists():
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(found, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and has been written: compare it with the page")
    assert found == golden.read_text(encoding="utf-8")


def lines_of(parsed: ParsedDocument, number: int) -> str:
    """Return a page's blocks, a line each, without their texts."""
    starts = [page.span.start for page in parsed.pages]
    own = [b for b in parsed.blocks if bisect_right(starts, b.span.start) == number]
    return "".join(_line(parsed.text, block) for block in own)


def _line(text: str, block: Block) -> str:
    words = block.span.of(text)
    digest = hashlib.sha256(words.encode()).hexdigest()[:8]
    parts = [f"{block.kind.value}{block.level}", str(len(words)), digest]
    parts.append(" ".join(words.split()[:4]))
    if block.header:
        parts.append("^ " + " ".join(block.header.of(text).split()[:3]))
    return "\t".join(parts) + "\n"
