"""What a reader should know beside a quotation: dates made out, scans, successors, the meeting."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

from indexer.dates import bounds
from indexer.errors import UsageError
from indexer.model import Document
from indexer.relative import find_relative
from search_api.web.plain_dates import plain_date


def notes_on(quote: str, document: Document, ocr: float | None) -> tuple[str, ...]:
    """Return what to know of a quotation before it goes into a letter, in sentences."""
    notes = list(_dates(quote, document.date.edtf))
    if ocr is not None:
        notes.append(
            f"Read from a picture of the page by text recognition, {ocr:.0%} sure. "
            "Check the words against the page."
        )
    if document.body_taken:
        taken = f"{document.body} is taken from the papers beside it."
        notes.append(f"The document does not say whose it is: {taken}")
    return (*notes, *successors(document))


def successors(document: Document) -> tuple[str, ...]:
    """Say which bodies took the place of the document's, the nearest first."""
    said = []
    before = document.body or "This organisation"
    for after in document.successors:
        since = f" ({plain_date(after.since)})" if after.since else ""
        said.append(f"{before} became {after.body}{since}.")
        before = after.body
    return tuple(said)


def _dates(quote: str, said: str | None) -> Iterator[str]:
    for mention in find_relative(quote, said):
        words = " ".join(mention.span.of(quote).split())
        yield f"“{words}” means {plain_date(mention.edtf)}: it was said {plain_date(said)}."


def meeting_address(document: Document) -> tuple[str, str] | None:
    """Return the words and the address that lead to the other papers of the same meeting.

    Where the date is unknown, it is the other papers of the same committee.
    """
    fields = {"body": document.body or "", "committee": document.committee or ""}
    fields = {name: value for name, value in fields.items() if value}
    if not fields:
        return None
    words = "More from this " + ("committee" if "committee" in fields else "organisation")
    if document.date.edtf:
        try:
            first, last = bounds(document.date.edtf)
        except UsageError:
            return words, f"/documents?{urlencode(fields)}"
        fields |= {"from": first.isoformat(), "to": last.isoformat()}
        words = "More from this meeting" if first == last else "More from around this date"
    return words, f"/documents?{urlencode(fields)}"
