"""The beginning of a document: its own words, and those lines of it that name and date it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

from indexer.calendar_words import SHORT_MONTH
from indexer.model import Block, ParsedDocument
from indexer.segment.furniture import site_furniture

_HEAD_CHARACTERS = 2500
_LONGEST_TITLE = 200
_TITLE_LINES = 8
_BUSINESS = re.compile(
    r"\W*(?:(?:members?|also|officers?|those|councillors?|others?)? ?(?:present|in attendance)\b|"
    r"apolog|attend(?:ance|ees)|attendees?\b|in attendance|declarations?\b|welcome\b|"
    r"introductions?\b|"
    rf"(?:\d{{1,2}}[.)] ?|\d{{1,2}} +|item \d+\W*)(?!{SHORT_MONTH})[A-Z]\w+|"
    rf"minutes of (?:the )?(?:previous|last)|"
    r"\d{1,2}[.:]\d\d.{0,20}?(?:minutes of|apolog|welcome|arrival|introduc|initial)|"
    r"members\b.{0,20}[:|]|chair(?:man|person)?:|executive summary|purpose\b|background\b|"
    r"introduction\b|summary\b)",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"\b[A-Z][A-Z’'-]{3,}(?:,? (?:[A-Z][A-Z’'-]+|&))+")
_PROSE = re.compile(r"[.:;,-]$|[a-z]\. [A-Z]")
_SOMEONES = re.compile(
    r"(?:name|organi[sz]ations?|employers?|affiliations?|company|venue|location|address|from)\b",
    re.IGNORECASE,
)
"""Labels of forms: what stands below is of whoever filled it in."""
MEETING_LINE = re.compile(r"\b(?:minutes|agenda|meeting|proceedings|summons)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """What stands first: ``text``, a block on each line; ``cover``, as far as business begins."""

    text: str
    cover: str
    own: tuple[Block, ...]
    """All blocks of the document that are its own and not the site's or the page's."""

    @cached_property
    def lines(self) -> list[str]:
        """The cover's lines."""
        return self.cover.split("\n")

    @cached_property
    def titles(self) -> list[str]:
        """Those of the cover's first lines that are titles or say which meeting it was.

        A body that is named in a sentence is as often the one reported on as the one that reports.
        """
        kept: list[str] = []
        someones = False
        for line in self.lines[:_TITLE_LINES]:
            someones = bool(_SOMEONES.match(line)) if line.endswith(":") else someones
            if _is_title(line) and not someones:
                kept.append(line)
        return kept


def head_of(parsed: ParsedDocument) -> Head:
    """Return the document's beginning, and the blocks that are its own."""
    own = _own_blocks(parsed)
    lines: list[str] = []
    size = 0
    for block in own:
        lines += [line for line in block.span.of(parsed.text).split("\n") if line.strip()]
        size += block.span.end - block.span.start
        if size > _HEAD_CHARACTERS:
            break
    text = "\n".join(lines)[:_HEAD_CHARACTERS]
    return Head(text, _cover(text.split("\n")), own)


def _cover(lines: list[str]) -> str:
    """Return the lines before the business begins: who was there, or the first item."""
    for place, line in enumerate(lines):
        if place and _BUSINESS.match(line):
            return "\n".join(lines[:place])
    return "\n".join(lines)


def _is_title(line: str) -> bool:
    if line.isupper() or MEETING_LINE.search(line[:80]):
        return True
    return len(line) <= _LONGEST_TITLE and not _PROSE.search(line)


def _own_blocks(parsed: ParsedDocument) -> tuple[Block, ...]:
    furniture = site_furniture(parsed.text, parsed.blocks)
    return tuple(block for place, block in enumerate(parsed.blocks) if place not in furniture)


def name_words(file: str) -> str:
    """Return the words of the file's name."""
    return re.sub(r"[_\s\u200b]+", " ", PurePosixPath(file).stem).strip()


def in_title_case(line: str) -> str:
    """Give words in capitals the form of names, so that one pattern finds bodies in both."""
    if line.isupper():
        return _recased(line)
    return _SHOUTED.sub(lambda words: _recased(words[0]), line)


def _recased(line: str) -> str:
    joining = {"And", "Of", "The", "In", "On", "At", "For"}
    words = re.sub(r"(?<=\d)(?:St|Nd|Rd|Th)\b", lambda end: end[0].lower(), line.title())
    words = re.sub(r"\b(?:Nhs|Ccgs?|Icb|Icp|Stp|Spc|Jpc|Ics)\b", _capitals, words)
    words = re.sub(r"(?<=[’'])S\b", "s", words)
    return " ".join(word.lower() if word in joining else word for word in words.split(" "))


def _capitals(match: re.Match[str]) -> str:
    return match[0].upper().replace("CCGS", "CCGs")
