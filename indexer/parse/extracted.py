"""Markdown that a program made from a PDF: rules between pages, lines as they stood on paper."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.parse.furniture import is_page_number, page_number_lines, repeated_lines
from indexer.parse.lines import Line, measure, text_line
from indexer.parse.markers import read_marker

_RULE = re.compile(r"^ {0,3}(?:-{3,}|\*{3,}|_{3,})[ \t]*$", re.M)
_LINK_LINE = re.compile(r"\s*\[[^\]]*\]\([^)]*\)\s*")
_WRITTEN = re.compile(r"^(?:#{1,6} \S|\|[ :|-]*-{3,}[ :|-]*\|\s*$|```)", re.M)
_SMALL_PRINT = re.compile(r"[*_]*<small>.*</small>[*_]*", re.I)
_EMPHASIS = re.compile(r"(?<!\\)(\*\*\*|\*\*|(?<!\*)\*(?!\*|\s))(?=\S)(.+?)(?<=\S)(?<!\\)\1")
_LINK = re.compile(r"!?\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*(?:\s+\"[^\"]*\")?\)")
_TAG = re.compile(r"</?(?:small|sup|sub|b|i|u|em|strong|br|span)\b[^>]*>", re.I)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_LONGEST_LINE = 20_000
"""Longer lines keep their markup: looking for pairs in them takes time in its square."""
_BOLD_LINE = re.compile(r"(?:\*\*(?:(?!\*\*).)+\*\*[\s:.,]*)+")


def is_extracted(text: str) -> bool:
    """Say whether ``text`` has no structure of its own, and pages or lines of print instead.

    Signs are page numbers under rules, a link to the original above a rule, and lines that all
    have an empty line between though sentences run over them.
    """
    if _WRITTEN.search(text):
        return False
    pages = _pages_of(text)
    if len(pages) > 1:
        if _LINK_LINE.fullmatch(pages[0]):
            return True
        texts = [[line.text for line in _lines_of(page)] for page in pages]
        if len(page_number_lines(texts)) >= max(2, len(pages) // 2):
            return True
    return not measure([line for page in pages for line in _lines_of(page)]).gaps_tell


def extracted_pages(text: str) -> list[list[Line]]:
    """Return the pages' lines without markup; the link above the first page stays on that page."""
    pages = [_lines_of(page) for page in _pages_of(text)]
    head: list[Line] = []
    if len(pages) > 1 and len(pages[0]) == 1 and _LINK_LINE.fullmatch(_pages_of(text)[0]):
        head = [replace(pages[0][0], furniture=True)]
        pages = pages[1:]
    while len(pages) > 1 and not pages[-1]:
        pages.pop()
    texts = [[line.text for line in page] for page in pages]
    found = repeated_lines(texts) | page_number_lines(texts) | _lone_numbers(texts)
    marked = [
        [
            replace(line, furniture=line.furniture or (number, index) in found)
            for index, line in enumerate(page)
        ]
        for number, page in enumerate(pages)
    ]
    return [[*head, *marked[0]], *marked[1:]]


def plain_line(source: str) -> str:
    """Return one line as a reader sees it: emphasis, links, tags and escapes reduced to text.

    Words are never touched: a line's own stars and bars stay where they mark nothing.
    """
    if len(source) > _LONGEST_LINE:
        return source
    text = _TAG.sub("", _LINK.sub(r"\1", source))
    for _ in range(3):
        text, count = _EMPHASIS.subn(r"\2", text)
        if not count:
            break
    return _ESCAPE.sub(r"\1", text)


def _pages_of(text: str) -> list[str]:
    return _RULE.split(text)


def _lines_of(page: str) -> list[Line]:
    lines: list[Line] = []
    gap = 0.0
    for source in page.split("\n"):
        if not source.strip():
            gap += 1
            continue
        stripped = source.strip()
        text = plain_line(stripped).strip()
        if text:
            line = text_line(text, gap, bold=bool(_BOLD_LINE.fullmatch(stripped[:_LONGEST_LINE])))
            small = bool(_SMALL_PRINT.fullmatch(stripped[:_LONGEST_LINE]))
            lines.append(replace(line, furniture=small))
            gap = 0.0
    return lines


def _lone_numbers(pages: Sequence[Sequence[str]]) -> set[tuple[int, int]]:
    """Return first lines that are a number near the page's own: counts may slip in a scan."""
    found: set[tuple[int, int]] = set()
    for number, lines in enumerate(pages):
        first = lines[0] if lines else ""
        if number and is_page_number(first) and not read_marker(first):
            value = re.search(r"\d+", first)
            if value and abs(int(value.group()) - number - 1) <= 2:
                found.add((number, 0))
    return found
