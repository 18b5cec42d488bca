"""A list of documents in pages: a stable order, and a cursor that names the last one shown.

The cursor holds a place in the order, not a count: what a newer build adds or takes away before it
makes the next page neither repeat a document nor pass one over.
"""

from __future__ import annotations

import base64
import hashlib
import json
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from indexer.dates import bounds
from indexer.errors import NotFoundError
from indexer.model import Document, Filters
from indexer.store.protocols import by_file
from search_api.requests import Sort

_Key = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Some of a list's documents, how many the list has, and where to go on; None at its end."""

    documents: Sequence[Document]
    total: int
    next: str | None


def page_of(
    documents: Sequence[Document], filters: Filters, sort: Sort, limit: int, cursor: str | None
) -> DocumentPage:
    """Return the ``limit`` documents after ``cursor``, of all those that ``filters`` leave.

    Raises NotFoundError for a cursor that belongs to no list, or to another.
    """
    ordered = sorted(documents, key=lambda document: _key(document, sort))
    keys = [_key(document, sort) for document in ordered]
    list_of = _digest(filters, sort)
    first = _place(keys, cursor, list_of) if cursor is not None else 0
    end = first + limit
    after = _write(keys[end - 1], list_of) if end < len(ordered) else None
    return DocumentPage(ordered[first:end], len(ordered), after)


def _key(document: Document, sort: Sort) -> _Key:
    """Return what a document is ordered by; no two have the same."""
    return (*_first(document, sort), *by_file(document))


def _first(document: Document, sort: Sort) -> _Key:
    match sort:
        case Sort.FILE:
            return ()
        case Sort.TITLE:
            return (document.title.casefold(),)
        case Sort.DATE | Sort.DATE_DOWN if document.date.edtf is None:
            return (1, 0)
        case Sort.DATE:
            return (0, bounds(document.date.edtf or "")[0].toordinal())
        case Sort.DATE_DOWN:
            return (0, date.max.toordinal() - bounds(document.date.edtf or "")[1].toordinal())


def _digest(filters: Filters, sort: Sort) -> str:
    """Return what tells one list from another."""
    return hashlib.sha256(repr((sort, filters)).encode()).hexdigest()[:12]


def _write(key: _Key, list_of: str) -> str:
    text = json.dumps([list_of, *key], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _place(keys: Sequence[_Key], cursor: str, list_of: str) -> int:
    """Return how many of the list stand before what the cursor leads to."""
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if found[0] == list_of:
            return bisect_right(keys, tuple(found[1:]))
    except (ValueError, TypeError, LookupError, RecursionError):  # made by hand
        pass
    raise NotFoundError(
        "The cursor leads to no place in this list.",
        "Take it from “next” of a page with the same filters and sort, or begin without one.",
    )
