"""Which part of a document the viewer shows, and all that its page says of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from pydantic import Field, ValidationError

from indexer.errors import NotFoundError, UsageError
from indexer.model import Document, Page, Span
from indexer.store.protocols import StoreReader
from search_api.web.cards import facts
from search_api.web.leaves import (
    Opened,
    headings_of,
    leaf_of_page,
    leaves_of,
    open_at,
    open_mark,
)
from search_api.web.notes import meeting_address
from search_api.web.pictures import PDF
from search_api.web.sections import sections_of
from search_api.web.viewer import Sheet, lay_out, marked_pages, marked_span
from search_api.web.words import page_noun, place
from search_api.wire.asking import Wire, refusal


class PlaceAsked(Wire):
    """The place to be marked."""

    start: int | None = Field(default=None)
    end: int | None = Field(default=None)


class ViewAsked(PlaceAsked):
    """The place to be marked, and the part or the page to be shown instead of it."""

    part: int | None = Field(default=None)
    page: int | None = Field(default=None)


def place_asked(request: Request) -> ViewAsked:
    """Read what the address asks for. Raises UsageError."""
    try:
        asked = ViewAsked.model_validate(dict(request.query_params))
    except ValidationError as error:
        raise refusal(ViewAsked, error) from error
    if asked.part is not None and asked.page is not None:
        raise UsageError("“part” and “page” both say what to show.", "Give one of them.")
    return asked


def known_document(store: StoreReader, document_id: str) -> Document:
    """Return what a link names. Raises NotFoundError that says what may have become of it."""
    try:
        return store.document(document_id)
    except NotFoundError as error:
        raise NotFoundError(
            "This document is not in the collection now.",
            "The link may be older than the present index: the file may have been taken out, or "
            "have changed since. Look for it among the documents, or ask again.",
        ) from error


def viewed(
    store: StoreReader, document_id: str, asked: ViewAsked, corpus: Path | None
) -> dict[str, Any]:
    """Return what the viewer's template needs; a file that is not there is not offered.

    Raises NotFoundError or UsageError.
    """
    document = known_document(store, document_id)
    original = corpus is not None and (corpus / document.file).is_file()
    text, pages = store.text(document_id), store.pages(document_id)
    blocks = store.blocks(document_id)
    mark = marked_span(asked.start, asked.end, len(text))
    leaves = leaves_of(len(text), pages, blocks)
    opened = _opened(asked, leaves, mark)
    marked = marked_pages(pages, mark)
    headings = headings_of(text, blocks, leaves)
    sheets = lay_out(text, pages, blocks, mark, opened.span)
    base, noun = f"/documents/{document.id}", page_noun(document)
    pictures = original and document.media_type == PDF and document.file.lower().endswith(".pdf")
    place_fields = {"start": mark.start, "end": mark.end} if mark else {}

    def part_address(number: int) -> str:
        return f"{base}?{urlencode({**place_fields, 'part': number})}"

    def picture_address(sheet: Sheet) -> str:
        fields = f"?{urlencode(place_fields)}" if sheet.marked else ""
        return f"{base}/pages/{sheet.number}.webp{fields}"

    return {
        "document": document,
        "facts": facts(document),
        "meeting": meeting_address(document),
        "sheets": sheets,
        "opened": opened,
        "shown": _shown(opened, sheets, pages, noun),
        "sections": sections_of(headings, pages, opened, mark, part_address),
        "mark": mark,
        "where": _where(document, marked, opened, mark),
        "page": marked[0].number if marked else 1,
        "page_count": len(pages),
        "first_page": pages[0].number,
        "last_page": pages[-1].number,
        "noun": noun,
        "original": original,
        "pictures": pictures,
        "part_address": part_address,
        "picture_address": picture_address,
    }


def page_address(store: StoreReader, document_id: str, asked: ViewAsked) -> str | None:
    """Return where the page asked for stands in its part, None where no page was asked for.

    Raises NotFoundError or UsageError.
    """
    if asked.page is None:
        return None
    known_document(store, document_id)
    text, pages = store.text(document_id), store.pages(document_id)
    mark = marked_span(asked.start, asked.end, len(text))
    leaves = leaves_of(len(text), pages, store.blocks(document_id))
    fields = {"start": mark.start, "end": mark.end} if mark else {}
    part = leaf_of_page(leaves, pages, asked.page)
    query = urlencode({**fields, "part": part})
    return f"/documents/{document_id}?{query}#page-{asked.page}"


def _opened(asked: ViewAsked, leaves: Sequence[Span], mark: Span | None) -> Opened:
    if asked.part is not None:
        return open_at(leaves, asked.part)
    return open_mark(leaves, mark) if mark else open_at(leaves, 1)


def _where(document: Any, marked: Sequence[Page], opened: Opened, mark: Span | None) -> str:
    """Say where the mark is, nothing where it is not on what is shown."""
    if not marked or mark is None or not mark.overlaps(opened.span):
        return ""
    return place(document, (marked[0].number, marked[-1].number))


def _shown(opened: Opened, sheets: Sequence[Sheet], pages: Sequence[Page], noun: str) -> str:
    """Say which part this is, by its pages where the document has several."""
    if len(pages) > 1 and sheets:
        first, last = sheets[0].number, sheets[-1].number
        shown = f"{noun} {first}" if first == last else f"{noun}s {first} to {last}"
        return f"{shown} of {pages[-1].number}"
    parts = str(opened.first) if opened.first == opened.last else f"{opened.first}–{opened.last}"
    return f"part {parts} of {opened.of}"
