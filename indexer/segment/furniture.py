"""Site furniture: what a web page or a transcription site puts around a document.

Menus, lists of other documents and the labels between them are in the text, because the file has
them, and in no passage, because the record does not say them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

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

_SIGNS = re.compile(
    rf"(?P<label>{_LABEL.pattern})|(?P<others>{_OTHER_DOCUMENTS.pattern})|"
    rf"(?P<supporting>{_SUPPORTING.pattern})",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"of\b", re.IGNORECASE)
_LONGEST_SIGN = 100
_LONGEST_TITLE = 220
_NEAR_THE_TOP = 12


def site_furniture(text: str, blocks: Sequence[Block]) -> set[int]:
    """Return the positions of blocks that belong to the site and not to the document."""
    words = [block.span.of(text).strip().rstrip(":").strip() for block in blocks]
    found = {i for i, block in enumerate(blocks) if block.kind is BlockKind.FURNITURE}
    found |= {i for i, line in enumerate(words) if _LETTER_MENU.fullmatch(line)}
    found |= _before_the_agenda_item(words)
    for i, sign in _signs(words):
        if sign == "label":
            found.add(i)
        elif sign == "others":
            found |= set(range(i, _end_of_titles(words, i + 1)))
        else:
            found |= {i, *_files_from(i + 1, words, blocks)}
    return found


def _signs(words: Sequence[str]) -> Iterator[tuple[int, str | None]]:
    """Yield the lines that are the site's by their words, and which sort of line each is.

    A label before “of” is the first word of a title that stands on several lines.
    """
    for i, line in enumerate(words):
        goes_on = i + 1 < len(words) and _GOES_ON.match(words[i + 1])
        if len(line) <= _LONGEST_SIGN and not goes_on and (sign := _SIGNS.fullmatch(line)):
            yield i, sign.lastgroup


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


def _end_of_titles(words: Sequence[str], first: int) -> int:
    """Return where a list of titles ends: after a transcript's label, else before prose."""
    for i in range(first, len(words)):
        if _TRANSCRIPT.fullmatch(words[i]):
            return i + 1
    for i in range(first, len(words)):
        if len(words[i]) > _LONGEST_TITLE:
            return i
    return len(words)


def _files_from(first: int, words: Sequence[str], blocks: Sequence[Block]) -> Iterator[int]:
    """Yield the lines from ``first`` on that name files, as far as they follow one another."""
    for i in range(first, len(words)):
        if not (_FILE_LINK.search(words[i]) or blocks[i].kind is BlockKind.ITEM):
            return
        yield i
