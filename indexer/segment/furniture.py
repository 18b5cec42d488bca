"""Site furniture: what a web page or a transcription site puts around a document.

Menus, lists of other documents and the labels between them are in the text, because the file has
them, and in no passage, because the record does not say them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.model import Block, BlockKind

_LETTER_MENU = re.compile(r"(?:[A-Z0-9](?:\s|\||-|$)+){12,}$")
_OTHER_DOCUMENTS = re.compile(
    r"(?:similar|related|recommended|more|other) (?:documents?|presentations?|papers|pages|slides)"
    r"(?: like this)?|you (?:may|might) also (?:like|be interested in)",
    re.IGNORECASE,
)
_TRANSCRIPT = re.compile(r"transcription|transcript", re.IGNORECASE)
_SUPPORTING = re.compile(
    r"(?:supporting|background|attached|additional|accompanying) (?:documents?|papers|files)",
    re.IGNORECASE,
)
_AGENDA_ITEM = re.compile(r"agenda item(?: details)?", re.IGNORECASE)
_LABEL = re.compile(
    r"minutes|agenda item(?: details)?|print(?: this page)?|share(?: this page)?|back to top|"
    r"skip to (?:main )?content|(?:view|download) (?:the )?(?:pdf|document)(?: version)?|"
    r"meeting attendance|declarations? menu|home|cookies|page \d+(?: of \d+)?|menu|search|"
    r"(?:decision|issue|attendance|meeting) details|agenda(?:, decisions)? and (?:draft )?minutes|"
    r"agenda frontsheet.{0,30}|agenda reports pack.{0,30}|printed (?:draft )?minutes.{0,30}|"
    r"bookmark this page|view the (?:background|declarations of interest).{0,40}",
    re.IGNORECASE,
)
_FILE_LINK = re.compile(r"\b(?:pdf|docx?|xlsx?|pptx?)\b|\b\d+(?:\.\d+)? ?[KM]B\b", re.IGNORECASE)

_LONGEST_TITLE = 220
_NEAR_THE_TOP = 12


def site_furniture(text: str, blocks: Sequence[Block]) -> set[int]:
    """Return the positions of blocks that belong to the site and not to the document."""
    words = [block.span.of(text).strip().rstrip(":").strip() for block in blocks]
    found = {
        i
        for i, block in enumerate(blocks)
        if block.kind is BlockKind.FURNITURE
        or _LETTER_MENU.fullmatch(words[i])
        or _LABEL.fullmatch(words[i])
    }
    found |= _before_the_agenda_item(words)
    found |= _lists_of_other_documents(words)
    found |= _supporting_documents(words, blocks)
    return found


def is_minutes_label(words: str) -> bool:
    """Say whether a block is the label under which an agenda item's minutes stand."""
    return words.strip().rstrip(":").strip().lower() == "minutes"


def _before_the_agenda_item(words: Sequence[str]) -> set[int]:
    """On a page that shows one agenda item, what stands above the label is the site's menu."""
    for i, line in enumerate(words[:_NEAR_THE_TOP]):
        if _AGENDA_ITEM.fullmatch(line):
            above = range(i)
            return set(above) if all(len(words[j]) < _LONGEST_TITLE for j in above) else set()
    return set()


def _lists_of_other_documents(words: Sequence[str]) -> set[int]:
    found: set[int] = set()
    for i, line in enumerate(words):
        if _OTHER_DOCUMENTS.fullmatch(line):
            found |= set(range(i, _end_of_titles(words, i + 1)))
    return found


def _end_of_titles(words: Sequence[str], first: int) -> int:
    """Return where a list of titles ends: after a transcript's label, else before prose."""
    for i in range(first, len(words)):
        if _TRANSCRIPT.fullmatch(words[i]):
            return i + 1
    for i in range(first, len(words)):
        if len(words[i]) > _LONGEST_TITLE:
            return i
    return len(words)


def _supporting_documents(words: Sequence[str], blocks: Sequence[Block]) -> set[int]:
    found: set[int] = set()
    for i, line in enumerate(words):
        if not _SUPPORTING.fullmatch(line):
            continue
        found.add(i)
        for j in range(i + 1, len(words)):
            if not (_FILE_LINK.search(words[j]) or blocks[j].kind is BlockKind.ITEM):
                break
            found.add(j)
    return found
