"""Plain text files: characters to lines, lines to blocks."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from indexer.model import ParsedDocument
from indexer.parse.assemble import assemble
from indexer.parse.encodings import decode
from indexer.parse.furniture import page_number_lines, repeated_lines, site_furniture
from indexer.parse.lines import Line, lines_to_pages, text_line

MEDIA_TYPE = "text/plain"

_LINE_END = re.compile("\r\n?|\n|\u2028|\u2029|\u0085|\v")


def parse_text(path: Path) -> ParsedDocument:
    """Read a plain text file. A form feed turns the page.

    Raises ``UnreadableFileError`` where the file is empty or holds no text.
    """
    text, warnings = decode(path.read_bytes())
    pages = [page_lines(page) for page in text.split("\f")]
    while len(pages) > 1 and not pages[-1]:
        pages.pop()
    raw = lines_to_pages(mark_edges(pages))
    return assemble(raw, media_type=MEDIA_TYPE, warnings=warnings)


def page_lines(page: str) -> list[Line]:
    """Return the lines of ``page`` that hold anything, each with the count of empty ones above."""
    lines: list[Line] = []
    gap = 0.0
    for text in _LINE_END.split(page.expandtabs()):
        if text.strip():
            lines.append(text_line(text, gap))
            gap = 0.0
        else:
            gap += 1
    return lines


def mark_edges(pages: list[list[Line]]) -> list[list[Line]]:
    """Mark as furniture page numbers, running heads and feet, and what a web page put around.

    Only a text without page breaks is taken for one that was copied from a web page.
    """
    texts = [[line.text for line in page] for page in pages]
    if len(pages) == 1:
        found = {(0, index) for index in site_furniture(texts[0])}
    else:
        found = repeated_lines(texts) | page_number_lines(texts)
    return [
        [
            replace(line, furniture=True) if (number, index) in found else line
            for index, line in enumerate(page)
        ]
        for number, page in enumerate(pages)
    ]
