"""A PDF's outline (its bookmarks), read with limits: it may loop, branch without end, or lie."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

import pypdfium2 as pdfium

from indexer.model import OutlineEntry
from indexer.normalise import normalise_block

_DEEPEST = 4
_MOST_ENTRIES = 5000
_LONGEST_TITLE = 500


def read_outline(document: Any) -> tuple[OutlineEntry, ...]:
    """Return the bookmarks that have a title and lead to a page of the file, in their order.

    An outline of more than 5,000 entries is no table of contents that a person made: it gives none.
    """
    logging.getLogger("pypdfium2").setLevel(logging.CRITICAL)
    count = len(document)
    entries: list[OutlineEntry] = []
    seen = 0
    with suppress(pdfium.PdfiumError, ValueError):
        for bookmark in islice(document.get_toc(max_depth=_DEEPEST), _MOST_ENTRIES + 1):
            seen += 1
            entries += [entry for entry in _entries(bookmark) if entry.page <= count]
    return tuple(entries) if seen <= _MOST_ENTRIES else ()


def _entries(bookmark: Any) -> Iterator[OutlineEntry]:
    with suppress(pdfium.PdfiumError, ValueError):
        target = bookmark.get_dest()
        index = target.get_index() if target else None
        title = normalise_block(bookmark.get_title()[:_LONGEST_TITLE])
        if index is not None and index >= 0 and title:
            yield OutlineEntry(title, index + 1, bookmark.level + 1)
