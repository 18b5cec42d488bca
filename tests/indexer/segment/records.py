"""Small records written by hand, and what the segmenter tells of them."""

from __future__ import annotations

import re

from indexer.model import BlockKind, Kind, ParsedDocument, Unit
from indexer.parse.assemble import RawBlock, RawPage, assemble
from indexer.segment.structure import units_of

_ITEM = re.compile(r"[*•] |\(?(?:[a-z]{1,3}|\d{1,2})[.)] ")


def record(*lines: str) -> ParsedDocument:
    """Build a document of one page.

    "# " marks a heading, "| " a row, "|# " a row of column headings, a bullet, a letter or a
    number an item; the rest are paragraphs, and "<page>" turns the page.
    """
    pages = [RawPage([])]
    for line in lines:
        if line == "<page>":
            pages.append(RawPage([]))
            continue
        if line.startswith("# "):
            block = RawBlock(BlockKind.HEADING, line[2:])
        elif line.startswith("|# "):
            block = RawBlock(BlockKind.ROW, line[3:], header=True)
        elif line.startswith("| "):
            block = RawBlock(BlockKind.ROW, line[2:])
        elif _ITEM.match(line):
            block = RawBlock(BlockKind.ITEM, line)
        else:
            block = RawBlock(BlockKind.PARAGRAPH, line)
        pages[-1].blocks.append(block)
    return assemble(pages, media_type="text/plain")


def told(*lines: str, kind: Kind = Kind.MINUTES) -> list[tuple[str, str]]:
    """Return the role and the words of each unit."""
    parsed = record(*lines)
    return [(unit.role.value, unit.span.of(parsed.text)) for unit in units_of(parsed, kind)]


def roles(*lines: str, kind: Kind = Kind.MINUTES) -> list[str]:
    """Return the role of each unit."""
    return [role for role, _ in told(*lines, kind=kind)]


def lead_ins(*lines: str) -> list[str | None]:
    """Return the words that introduce each unit."""
    parsed = record(*lines)
    units: list[Unit] = units_of(parsed, Kind.MINUTES)
    return [unit.lead_in.of(parsed.text) if unit.lead_in else None for unit in units]
