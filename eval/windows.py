"""Passages as the usual recipe has them: windows of a thousand characters that overlap.

They know nothing of structure, dates or speakers; what they find is what better passages are
measured against.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.model import Span
from indexer.store.protocols import DocumentRecord

WINDOW, OVERLAP = 1000, 200
_SPACE = re.compile(r"\s")


def windowed(records: Sequence[DocumentRecord]) -> list[DocumentRecord]:
    """Return the documents with windows of their text for passages, and no contexts."""
    return [_in_windows(record) for record in records]


def _in_windows(record: DocumentRecord) -> DocumentRecord:
    text, identity = record.parsed.text, record.document.id
    like = record.passages[0] if record.passages else None
    passages = [
        replace(
            like,
            id=f"{identity}-w{span.start}",
            text=span.of(text),
            span=span,
            section=(),
            units=(),
            lead_in=None,
        )
        for span in windows(text)
        if like is not None
    ]
    return replace(record, passages=passages, contexts=[""] * len(passages), tokens=[])


def windows(text: str, size: int = WINDOW, overlap: int = OVERLAP) -> list[Span]:
    """Return windows over a text that begin and end between words where there is a space.

    Each is of at most ``size`` characters and begins at most ``overlap`` before the last one's end.
    """
    spans: list[Span] = []
    start = 0
    while start < len(text):
        end = min(start + size, len(text))
        if end < len(text):
            end = _after_a_space(text, end, start + size - overlap, backwards=True)
        spans.append(Span(start, end))
        if end == len(text):
            break
        start = _after_a_space(text, end - overlap, end, backwards=False)
    return [span for span in spans if span.of(text).strip()]


def _after_a_space(text: str, at: int, limit: int, *, backwards: bool) -> int:
    """Return the place after the space nearest to ``at`` on the way to ``limit``, or ``at``."""
    step = -1 if backwards else 1
    for place in range(at, limit, step):
        if _SPACE.match(text, place - 1):
            return place
    return at
