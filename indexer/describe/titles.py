"""A document's title: what the file states, if it is one; else its first heading or its cover."""

from __future__ import annotations

import re

from indexer.dates import bounds
from indexer.describe.head import Head, name_words
from indexer.model import Block, BlockKind, Dating, Kind, ParsedDocument

_LONGEST = 200
_LABELLED = 800
_PROSE = re.compile(r"[.:;,-]$|[a-z]\. [A-Z]")
_NO_TITLE = re.compile(
    r"\W*(?:(?:draft\W+)?(?:(?:not )?(?:protectively marked|classified|restricted|confidential)|"
    r"unclassified|official)|"
    r"(?:draft )?(?:minutes?|agenda|report|paper|appendix|annex)(?: \w{1,3}| template)?|"
    r"agenda item|original file|the report|contents|table of contents|untitled.*|document\d*|"
    r"presentation\d*|slide \d+|microsoft \w+ ?-.*|background(?: information)?|introduction|"
    r"executive summary|summary|purpose|(?:from|to|by|date|subject|venue|time|location|"
    r"chair)\b ?[:|].*|"
    r"printed on .*|notice of meeting|(?:our|your) ref\b.*|paper \w{1,3}|scanned page.*|"
    r"page \d+.*)\W*",
    re.IGNORECASE,
)
_NAMES_MEETING = re.compile(
    r"\b(?:minutes|agenda|notes|proceedings)\b.*\b(?:of|for|from|at)\b .*\w{4}", re.IGNORECASE
)
_CUT = re.compile(
    r"\W*(?:\d{1,2}\W{0,3}(?:st|nd|rd|th)?\W{0,2} ?[A-Z]{3,9}\b|(?:held )?on (?:the )?\w+day\b|"
    r"(?-i:(?:and|of|on|at|in|for|to|with|or) )|"
    r"apologies|present\b|members present|in attendance)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"^(?:subject|title|report title|title of (?:the )?(?:report|paper))\s*[:|][\s:|"
    r"]*(?P<title>\S.{7,})",
    re.IGNORECASE | re.MULTILINE,
)
_RECORDS = {Kind.MINUTES: "minutes", Kind.AGENDA: "agenda"}
_FILED_UNDER = re.compile(r"^(?:files? )")


def title_of(
    parsed: ParsedDocument, head: Head, file: str, kind: Kind, who: str | None, date: Dating
) -> tuple[str, str]:
    """Return the title and, in a short phrase, where it is from.

    ``who`` met: a record whose heading names nothing but them is called by kind and day.
    """
    found, basis = _found(parsed, head, file, kind)
    made = _of_record(kind, who, date)
    if made and (_NO_TITLE.fullmatch(found) or _is_name_alone(found, who)):
        return made, "made of who met, the kind and the date"
    return found, basis


def _found(parsed: ParsedDocument, head: Head, file: str, kind: Kind) -> tuple[str, str]:
    if kind in _RECORDS:
        for line in head.lines[:6]:
            if _NAMES_MEETING.search(line) and 8 <= len(line) <= 160 and _is_whole(line):
                return " ".join(line.split()), "the heading that names the meeting"
    if subject := _SUBJECT.search(head.text[:_LABELLED]):
        return subject["title"].strip(" ,;"), "labelled as the subject"
    if parsed.title and len(parsed.title) <= _LONGEST and not _NO_TITLE.fullmatch(parsed.title):
        return parsed.title, "the file states it"
    for block in head.own[:6]:
        words = " ".join(block.span.of(parsed.text).split())
        if _can_be_a_title(block, words):
            return words, "the first heading"
    for line in head.lines[:3]:
        if (
            _is_whole(line)
            and 8 <= len(line) <= 120
            and not _PROSE.search(line)
            and not _NO_TITLE.fullmatch(line)
        ):
            return line, "the first line of the text"
    return _FILED_UNDER.sub("", name_words(file)) or file, "the file's name"


def _can_be_a_title(block: Block, words: str) -> bool:
    right_size = 8 <= len(words) <= _LONGEST
    plain = _is_whole(words) and not _NO_TITLE.fullmatch(words)
    return block.kind is BlockKind.HEADING and right_size and plain


def _is_whole(words: str) -> bool:
    return not words.endswith((":", ";", ",", "-")) and " | " not in words and not _CUT.match(words)


def _is_name_alone(title: str, who: str | None) -> bool:
    return who is not None and title.casefold() in who.casefold()


def _of_record(kind: Kind, who: str | None, date: Dating) -> str | None:
    if kind not in _RECORDS or who is None or date.edtf is None:
        return None
    first, last = bounds(date.edtf)
    if first != last:
        return None
    return f"{who}: {_RECORDS[kind]}, {first.day} {first:%B %Y}"
