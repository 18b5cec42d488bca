"""Lists of documents in an order, a page at a time: of a large build only the page is read whole.

Of all documents no more is kept than what orders them; who stays is the filters' own matter.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

from indexer.model import Document, Filters
from indexer.store.filters import Mask

Key = tuple[str | int, ...]
LISTED_COLUMNS = "id, file, part, title, earliest, latest"


class Sort(StrEnum):
    """The orders of a list of documents; equal ones follow in the order of their files."""

    FILE = "file"
    DATE = "date"
    DATE_DOWN = "-date"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Listed:
    """What a document is ordered by; the days are the first and last that it may be of."""

    id: str
    file: str
    first_page: int
    title: str
    earliest: date | None
    latest: date | None

    def key(self, sort: Sort) -> Key:
        """Return its place in an order; no two documents have the same."""
        return (*self._first(sort), self.file, self.first_page, self.id)

    def _first(self, sort: Sort) -> Key:
        match sort:
            case Sort.FILE:
                return ()
            case Sort.TITLE:
                return (self.title.casefold(),)
            case Sort.DATE:
                return (0, self.earliest.toordinal()) if self.earliest else (1, 0)
            case Sort.DATE_DOWN:
                return (0, -self.latest.toordinal()) if self.latest else (1, 0)


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Some of a list's documents, how many the list has, and the key to go on after.

    ``last`` is None at the end of the list.
    """

    documents: Sequence[Document]
    total: int
    last: Key | None


class Listing:
    """The documents of one build in every order; safe between threads."""

    def __init__(
        self,
        listed: Iterable[Listed],
        kept: Callable[[Filters], Mask],
        document: Callable[[str], Document],
    ) -> None:
        """Take what is listed by ordinal; ``kept`` says which of them filters leave."""
        self._listed = tuple(listed)
        self._kept = kept
        self._document = document
        self._ordered = lru_cache(maxsize=len(Sort))(self._order)

    def page(
        self, sort: Sort, limit: int, after: Key | None, skip: int, filters: Filters
    ) -> DocumentPage:
        """Return ``limit`` documents past the key ``after`` and past ``skip`` more."""
        mask = self._kept(filters)
        keys = [(key, ordinal) for key, ordinal in self._ordered(sort) if mask[ordinal]]
        first = skip + (bisect_right(keys, after, key=_key) if after is not None else 0)
        chosen = keys[first : first + limit]
        more = chosen and first + limit < len(keys)
        return DocumentPage(
            [self._document(self._listed[ordinal].id) for _, ordinal in chosen],
            len(keys),
            chosen[-1][0] if more else None,
        )

    def _order(self, sort: Sort) -> list[tuple[Key, int]]:
        return sorted((each.key(sort), ordinal) for ordinal, each in enumerate(self._listed))


def _key(entry: tuple[Key, int]) -> Key:
    return entry[0]


def listed_row(row: Sequence[Any]) -> Listed:
    """Return what is listed of a row of LISTED_COLUMNS."""
    name, file, part, title, earliest, latest = row
    pages = json.loads(part)
    return Listed(
        name,
        file,
        pages[1] if pages else 0,
        title,
        date.fromisoformat(earliest) if earliest else None,
        date.fromisoformat(latest) if latest else None,
    )
