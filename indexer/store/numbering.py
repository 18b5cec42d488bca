"""Numbers within a segment and numbers within a build.

A segment is written once and serves in many builds, before and after other segments. What it holds
is numbered from 0 within it; a build numbers passages and documents from 0 through its segments in
order. In the word index, which joins all segments, a number carries its segment's tag above it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indexer.store.filters import Numbers

_LOCAL_BITS = 24
_TAG_BITS = 38
"""Together they stay below the sign of 64 bits."""
MOST_IN_SEGMENT = 1 << _LOCAL_BITS


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a segment holds, and its tag."""

    tag: int
    documents: int
    passages: int


def tag_of(first_document: str) -> int:
    """Return a segment's tag: of its first document's id, so that it is known from the start."""
    digest = hashlib.sha256(first_document.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8]) >> (64 - _TAG_BITS)


def tagged(tag: int, local: int) -> int:
    """Return a number within a segment as the word index holds it."""
    return tag << _LOCAL_BITS | local


class Numbering:
    """The segments of one build in order."""

    def __init__(self, extents: Sequence[Extent]) -> None:
        """Raises ValueError where two segments have one tag."""
        self.passages = _starts([each.passages for each in extents])
        self.documents = _starts([each.documents for each in extents])
        """Where each segment's numbers begin; the total is the last."""
        tags = np.array([each.tag for each in extents], np.int64)
        self._tags = tags
        self._by_tag = np.argsort(tags)
        self._sorted = tags[self._by_tag]
        if len({each.tag for each in extents}) < len(extents):
            raise ValueError("two segments have one tag")

    def passage_numbers(self, found: Sequence[int]) -> Numbers:
        """Return the numbers in the build of passages as the word index holds them."""
        each = np.asarray(found, np.int64)
        segment = self._by_tag[np.searchsorted(self._sorted, each >> _LOCAL_BITS)]
        return np.asarray(self.passages[segment] + (each & (MOST_IN_SEGMENT - 1)), np.int64)

    def tagged_documents(self, ordinals: Numbers) -> Numbers:
        """Return documents of the build, ascending, as the word index holds them."""
        segment = np.searchsorted(self.documents, ordinals, side="right") - 1
        local = ordinals - self.documents[segment]
        return np.asarray((self._tags[segment] << _LOCAL_BITS) | local, np.int64)


def _starts(counts: Sequence[int]) -> Numbers:
    return np.cumsum([0, *counts], dtype=np.int64)
