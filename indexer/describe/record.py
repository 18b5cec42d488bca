"""Whether a document is a draft or the approved record, when it was approved, when published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.dates import bounds, find_dates
from indexer.describe.head import Head, name_words
from indexer.describe.signature import chairs, signature_before
from indexer.model import NOT_STATED, Dating, Kind, ParsedDocument, Status

_TAIL = 1500
_APPROVAL = r"(?:approved|confirmed|adopted|ratified|agreed|signed)"
_DRAFT = re.compile(
    r"\b(?:un(?:confirmed|approved|ratified|adopted)|not yet (?:approved|confirmed|agreed))\b"
    r"|\bsubject to (?:approval|confirmation|ratification|agreement)\b"
    r"|\bdraft (?:\w+ ){0,2}(?:minutes|notes|version|terms|tor|report|paper|agenda|v ?\d)\b"
    r"|\b(?:minutes|notes|version|terms of reference) ?[-–—:,(]* ?draft\b(?! \w)",
    re.IGNORECASE,
)
_DRAFT_ALONE = re.compile(r"\W*draft\W*(?:v(?:ersion)?\W*[\d.]+|[-–—]?\W*\w+ed)?\W*", re.IGNORECASE)
_DRAFT_NAME = re.compile(
    r"^draft (?!\w+ (?:budget|plan))|\(draft\b|\bdraft\W*(?:v?\d[\d.]*)?\)?$", re.IGNORECASE
)
_APPROVED = re.compile(
    rf"\b{_APPROVAL} (?:\w+ )?minutes\b|\bminutes ?[-–—:,(]+ ?{_APPROVAL}\b"
    rf"|\b(?:these|the above|the foregoing) minutes (?:were|have been|are) (?:\w+ )?{_APPROVAL}\b",
    re.IGNORECASE,
)
_APPROVED_ON = re.compile(
    rf"(?:\b(?:these |the )?minutes (?:were |was |have been |are )?(?:\w+ )?{_APPROVAL}"
    rf"|(?:^|\n)\W*(?:date (?:of )?)?(?:{_APPROVAL}|approval|confirmation|adoption)\b)"
    r"(?: as an? [\w ,]{4,40}? record)?(?: by [^.\n]{1,60}?)?[\s:|]*"
    r"(?:at (?:the|its|their) [^.\n]{0,60}?)?(?:on|of|held on)?"
    r"[\s:|]*(?:the )?(?:\w+day,? )?(?:the )?$",
    re.IGNORECASE,
)
_PUBLISHED_ON = re.compile(
    r"(?:^|\n|\|)\W*(?:date (?:of )?)?(?:publish(?:ed)?|publication|issued?|despatch(?:ed)?|"
    r"dispatch(?:ed)?)"
    r"(?: date| online| to web ?site)?[\s:|]*(?:on|of|:)?[\s:|]*(?:the )?(?:\w+day,? )?(?:the )?$",
    re.IGNORECASE,
)
_TELLS_APPROVAL = ("approv", "confirm", "adopt", "ratif", "agreed", "signed")
_TELLS_PUBLICATION = ("publi", "issue", "despatch", "dispatch")
_SUMMONED = re.compile(r"\s*(?:\n\s*)?(?:To:?\s+(?:All |The |Each )|Dear )")


def status_of(head: Head, file: str, kind: Kind) -> tuple[Status, str | None]:
    """Return what the document says of its own approval, and the words that say so."""
    name = name_words(file)
    lines = [line for line in head.lines[:8] if len(line) < 120]
    for words in (name, *lines):
        if found := _DRAFT.search(words):
            return Status.DRAFT, f"marked “{found[0]}”"
    if _DRAFT_NAME.search(name) or any(_DRAFT_ALONE.fullmatch(line) for line in lines):
        return Status.DRAFT, "marked “draft”"
    if kind is Kind.MINUTES:
        for words in (name, *lines):
            if found := _APPROVED.search(words):
                return Status.APPROVED, f"marked “{found[0]}”"
    return Status.UNKNOWN, None


def approval_of(head: Head, parsed: ParsedDocument, kind: Kind, meeting: Dating) -> Dating:
    """Return when the minutes were approved, where they say so themselves.

    Minutes tell of the approval of those before them: an approval on or before the day of the
    meeting, or of a meeting that is named, is not their own. The chair signs what is approved, as
    soon as it is.
    """
    if kind is not Kind.MINUTES or meeting.edtf is None:
        return Dating(None, NOT_STATED)
    first, last = bounds(meeting.edtf)
    for edtf, words in _dates_after(_APPROVED_ON, _TELLS_APPROVAL, head, parsed):
        if bounds(edtf)[0] > last:
            return Dating(edtf, f"read from the text: “{words}”")
    for edtf, words in _signed_on(head, parsed):
        if bounds(edtf)[0] > first:
            return Dating(edtf, f"the signature: “{words}”")
    return Dating(None, NOT_STATED)


def _signed_on(head: Head, parsed: ParsedDocument) -> Iterator[tuple[str, str]]:
    """Yield the days and months of signatures, at either end, that may be a chair's."""
    for part in (head.text, parsed.text[-_TAIL:]):
        for mention in find_dates(part.replace("_", " ")):
            words = signature_before(part, mention.span.start)
            day = mention.precision in ("day", "month")
            if day and words is not None and chairs(words, part[mention.span.end :]):
                yield mention.edtf, " ".join(f"{words}{mention.span.of(part)}".split())


def publication_of(head: Head, parsed: ParsedDocument, kind: Kind) -> Dating:
    """Return when the document says that it was published, issued or sent out."""
    for edtf, words in _dates_after(_PUBLISHED_ON, _TELLS_PUBLICATION, head, parsed):
        return Dating(edtf, f"read from the text: “{words}”")
    if kind is Kind.AGENDA:
        for mention in find_dates(head.cover):
            after = head.cover[mention.span.end : mention.span.end + 30]
            signed = signature_before(head.cover, mention.span.start) is not None
            if mention.precision == "day" and (signed or _SUMMONED.match(after)):
                words = mention.span.of(head.cover)
                return Dating(mention.edtf, f"the summons is dated “{words}”")
    return Dating(None, "not known")


def _dates_after(
    pattern: re.Pattern[str], telling: tuple[str, ...], head: Head, parsed: ParsedDocument
) -> Iterator[tuple[str, str]]:
    """Yield the days and months that stand after ``pattern`` at the beginning and the end.

    ``telling`` are parts of words of which one stands in whatever ``pattern`` matches.
    """
    for part in (head.text, parsed.text[-_TAIL:]):
        folded = part.casefold()
        for mention in find_dates(part) if any(word in folded for word in telling) else ():
            before = part[max(0, mention.span.start - 140) : mention.span.start]
            found = pattern.search(before)
            if found and mention.precision in ("day", "month"):
                words = f"{found[0].strip()} {mention.span.of(part)}"
                yield mention.edtf, " ".join(words.split())
