"""What a reader would have to know to understand a passage that is torn out of its document."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import PurePosixPath

from indexer.model import Document, ParsedDocument, Passage, Role
from indexer.segment.groups import group_over
from indexer.segment.passages import TokenCounter

_WORD = re.compile(r"[^\W\d_]{2,}|\b(?:19|20)\d{2}\b")


def context_of(document: Document, parsed: ParsedDocument, passage: Passage) -> str:
    """Return the passage's surroundings, a part on each line, the most telling last.

    The lines are the body and committee, the file's name where no manifest gives a title, the
    title, the section's path, the lead-in of the list or table, and in a table the row that stands
    over the passage's first rows. Empty ones are left out.
    """
    bodies = [document.body, document.committee, document.area]
    lines = [
        ", ".join(part for part in bodies if part),
        _telling_name(document),
        document.title,
        " > ".join(title for title in passage.section if title != document.title),
        passage.lead_in.of(parsed.text) if passage.lead_in else "",
        _group_over(parsed, passage),
    ]
    return "\n".join(line for line in lines if line)


def _group_over(parsed: ParsedDocument, passage: Passage) -> str:
    group = group_over(parsed, passage.span.start) if passage.role is Role.TABLE else None
    return group.of(parsed.text).strip(" |") if group else ""


def _telling_name(document: Document) -> str:
    """Return the words of the file's name if a person seems to have chosen them."""
    return _words_of(document.file) if "title" in document.inferred else ""


@lru_cache(maxsize=16)
def _words_of(file: str) -> str:
    words = _WORD.findall(PurePosixPath(file).stem)
    return " ".join(words) if len(words) > 1 else ""


def embedded_text(
    contexts: list[str], passages: list[Passage], count_tokens: TokenCounter, limit: int
) -> list[str]:
    """Return what the model reads of each passage: all of it, after as much context as fits.

    Whole lines of context are left out, from the first, until the text has at most ``limit``
    tokens.
    """
    sizes = count_tokens([passage.text for passage in passages])
    told = [context.split("\n") for context in contexts]
    different = list({line: None for lines in told for line in lines})
    lengths = dict(zip(different, count_tokens(different), strict=True))
    return [
        "\n".join([*_fitting(lines, lengths, limit - size), passage.text])
        for lines, passage, size in zip(told, passages, sizes, strict=True)
    ]


def _fitting(lines: list[str], lengths: dict[str, int], room: int) -> list[str]:
    """Return the last of the lines, as many as there is room for."""
    for place in range(len(lines) - 1, -1, -1):
        room -= lengths[lines[place]]
        if room < 0:
            return lines[place + 1 :]
    return lines
