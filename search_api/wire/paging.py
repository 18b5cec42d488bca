"""A list in pages: a cursor that names the last one shown.

The cursor holds a place in the order, not a count: what a newer build adds or takes away before it
makes the next page neither repeat a document nor pass one over.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.errors import NotFoundError
from indexer.model import Document, Filters
from indexer.store.listing import Key, Sort
from indexer.store.protocols import StoreReader


@dataclass(frozen=True, slots=True)
class CursorPage:
    """Some of a list's documents, how many the list has, and where to go on; None at its end."""

    documents: Sequence[Document]
    total: int
    next: str | None


def page_of(
    store: StoreReader, filters: Filters, sort: Sort, limit: int, cursor: str | None
) -> CursorPage:
    """Return the ``limit`` documents after ``cursor``, of all those that ``filters`` leave.

    Raises NotFoundError for a cursor that belongs to no list, or to another.
    """
    list_of = (sort, filters)
    after = key_at(cursor, list_of) if cursor is not None else None
    try:
        page = store.listed(sort, limit, after=after, filters=filters)
    except TypeError as error:  # a key of other kinds, made by hand
        raise _nowhere() from error
    following = cursor_to(page.last, list_of) if page.last else None
    return CursorPage(page.documents, page.total, following)


def cursor_to(key: Key, list_of: object) -> str:
    """Return the cursor that goes on after ``key``; ``list_of`` tells one list from another."""
    text = json.dumps([_digest(list_of), *key], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def key_at(cursor: str, list_of: object) -> Key:
    """Return the key of the last that was shown.

    Raises NotFoundError for a cursor that belongs to no list, or to another.
    """
    try:
        found = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if found[0] == _digest(list_of) and found[1:]:
            return tuple(found[1:])
    except (ValueError, TypeError, LookupError, RecursionError):  # made by hand
        pass
    raise _nowhere()


def _digest(list_of: object) -> str:
    return hashlib.sha256(repr(list_of).encode()).hexdigest()[:12]


def _nowhere() -> NotFoundError:
    return NotFoundError(
        "The cursor leads to no place in this list.",
        "Take it from “next” of a page with the same filters and sort, or begin without one.",
    )
