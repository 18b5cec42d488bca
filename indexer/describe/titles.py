"""A document's title: what the file states, if it is one; else its first heading or its cover."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from indexer.dates import bounds, is_only_when
from indexer.describe.head import Head, name_words
from indexer.describe.statement import statement_of, statement_title
from indexer.model import Block, BlockKind, Dating, Kind, ParsedDocument

_LONGEST = 200
_LABELLED = 800
_FIRST_LINES = 6
_PROSE = re.compile(r"[.:;,-]$|[a-z]\. [A-Z]")
_NO_TITLE = re.compile(
    r"\W*(?:(?:draft\W+)?(?:(?:not )?(?:protectively marked|classified|restricted|confidential)|"
    r"unclassified|official)|"
    r"(?:draft )?(?:minutes?|agenda|report|paper|appendix|annex)(?: \w{1,3}| template)?|"
    r"(?:minutes of )?proceedings|item (?:no|number)|"
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
_PERSON = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Rev|Cllr|Councillor|Cmhlr)"
    r"\b\.?(?: [\w.’'-]+){1,4}"
)
_FORM = re.compile(r"(?:[\w&’'-]+ ){0,5}(?:form|pro-?forma|template)", re.IGNORECASE)
_OF_FORM = re.compile(
    r"^(?:\w+ ){0,2}(?:name|title|subject) ?[:|][\s:|]*(?P<of>[^|\n]{4,})", re.IGNORECASE | re.M
)
_PUT_BY = re.compile(
    r"^(?P<label>proposer|proposed by|submitted by|applicant|sponsor) ?[:|][\s:|]*"
    r"(?P<who>[^|\n]{4,60})",
    re.IGNORECASE | re.M,
)
_PACK = re.compile(r"\bpack\b", re.IGNORECASE)
_RECORD_WORD = re.compile(r"\b(?:minutes|notes|meeting|proceedings)\b", re.IGNORECASE)
_ENDS_AS_A_BODY = re.compile(
    r"(?:committee|panel|board|commission|council|cabinet|forum|group)\W*$", re.IGNORECASE
)
_RECORDS = {Kind.MINUTES: "minutes", Kind.AGENDA: "agenda"}
_FILED_UNDER = re.compile(r"^(?:files? )")


def title_of(
    parsed: ParsedDocument, head: Head, file: str, kind: Kind, who: str | None, date: Dating
) -> tuple[str, str]:
    """Return the title and, in a short phrase, where it is from.

    ``who`` met: a record whose heading names nothing but them is called by kind and day.
    """
    found, basis = _found(parsed, head, file, kind, who)
    made = _of_record(kind, who, date)
    if made and not _tells_record(found, who, kind):
        return made, "made of who met, the kind and the date"
    if _FORM.fullmatch(found):
        return _filled(found, head), basis
    return found, basis


def _tells_record(title: str, who: str | None, kind: Kind) -> bool:
    """Say whether the title of a record says more than whose it is, and no other kind."""
    if _NO_TITLE.fullmatch(title) or _is_name_alone(title, who) or " " not in title:
        return False
    if _PACK.search(title):
        return True
    if kind is Kind.MINUTES and re.search(r"\bagenda\b", title, re.IGNORECASE):
        return bool(_RECORD_WORD.search(title))
    return not _ENDS_AS_A_BODY.search(title) or bool(_RECORD_WORD.search(title))


def _filled(form: str, head: Head) -> str:
    """Return a form's name with what it was filled in for, and by whom."""
    of, put = _OF_FORM.search(head.text), _PUT_BY.search(head.text)
    title = f"{form}: {of['of'].strip()}" if of else form
    return f"{title} ({put['label'].lower()}: {put['who'].strip()})" if put else title


def _found(
    parsed: ParsedDocument, head: Head, file: str, kind: Kind, who: str | None
) -> tuple[str, str]:
    if kind in _RECORDS:
        if statement := statement_of(head):
            return statement_title(statement), "the heading that names the meeting"
        for line in head.lines[:6]:
            if _NAMES_MEETING.search(line) and 8 <= len(line) <= 160 and _is_whole(line):
                return " ".join(line.split()), "the heading that names the meeting"
    if subject := _SUBJECT.search(head.text[:_LABELLED]):
        return subject["title"].strip(" ,;"), "labelled as the subject"
    for title, basis in _set_as_titles(parsed, head, kind):
        if kind in _RECORDS or not _is_name_alone(title, who):
            return title, basis
        if below := _below(title, head):
            return f"{title}: {below}", f"{basis}, and the line below it"
    return _FILED_UNDER.sub("", name_words(file)) or file, "the file's name"


def _set_as_titles(parsed: ParsedDocument, head: Head, kind: Kind) -> Iterator[tuple[str, str]]:
    """Yield what may be the title, the surest first, and where each is from."""
    if parsed.title and len(parsed.title) <= _LONGEST and not _NO_TITLE.fullmatch(parsed.title):
        yield parsed.title, "the file states it"
    for block in head.own[:6]:
        words = " ".join(block.span.of(parsed.text).split())
        if _can_be_a_title(block, words):
            yield words, "the first heading"
    someones = kind is Kind.LETTER or any(map(_PERSON.fullmatch, head.lines[:3]))
    for line in () if someones else head.lines[:3]:
        if 8 <= len(line) <= 120 and not _PROSE.search(line) and _is_title(line):
            yield line, "the first line of the text"


def _below(title: str, head: Head) -> str | None:
    """Return the line below a title that only names who it is of, if it is one."""
    for above, line in pairwise(head.lines[:_FIRST_LINES]):
        if above.casefold() == title.casefold():
            words = line.strip(" -–—*")
            fits = 8 <= len(words) <= 120 and _is_title(words) and not _PROSE.search(words)
            return words if fits and not is_only_when(words) else None
    return None


def _can_be_a_title(block: Block, words: str) -> bool:
    right_size = 8 <= len(words) <= _LONGEST
    return block.kind is BlockKind.HEADING and right_size and _is_title(words)


def _is_title(words: str) -> bool:
    nothing = _NO_TITLE.fullmatch(words) or _PERSON.fullmatch(words) or is_only_when(words)
    return _is_whole(words) and not nothing


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
