"""Where a build is cut into segments: after documents that their names choose.

A cut depends on the names and sizes nearby and on nothing else (content-defined chunking, as in
rsync and in Merkle search trees), so that one document changed, added or taken away moves the cuts
around it and no others: the segments beyond are the very same, and are shared.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

USUAL_SEGMENT = 1_000_000
"""Characters of text: about 2,000 passages."""
_USUAL_SEGMENTS = 64
_LEAST, _MOST = 0.5, 2.0
"""A segment is between so many times its usual size, one great document aside."""


class Sized(Protocol):
    """A document that can be put in a segment."""

    @property
    def name(self) -> str:
        """What it is called, whatever its content."""

    @property
    def characters(self) -> int:
        """How long its text is."""


def segment_size(characters: int) -> int:
    """Return the usual size of a segment in a build of so much text, both in characters.

    Up to 64 segments of the usual size; above that number and size grow alike, with the square root
    of the whole: a search pays for each segment, and an update for the size of one. Sizes go up by
    twos, so that a growing build seldom changes them.
    """
    beyond = characters / (USUAL_SEGMENT * _USUAL_SEGMENTS)
    doublings = round(math.log2(math.sqrt(beyond))) if beyond > 1 else 0
    return int(USUAL_SEGMENT * 2**doublings)


S = TypeVar("S", bound=Sized)


class Cutter:
    """Says after which documents to cut, as they come."""

    def __init__(self, size: int) -> None:
        """``size`` is the usual size of a segment in characters."""
        self._size = size
        self._filled = 0

    def ends_after(self, name: str, characters: int) -> bool:
        """Say whether the segment ends after this document."""
        self._filled += characters
        ends = self._filled >= _MOST * self._size or (
            self._filled >= _LEAST * self._size
            and _chance(name) < characters / ((1 - _LEAST) * self._size)
        )
        if ends:
            self._filled = 0
        return ends


def cut(documents: Iterable[S], size: int) -> Iterator[Sequence[S]]:
    """Yield the documents in runs, in their order, each for one segment."""
    cutter, run = Cutter(size), list[S]()
    for document in documents:
        run.append(document)
        if cutter.ends_after(document.name, document.characters):
            yield run
            run = []
    if run:
        yield run


def _chance(name: str) -> float:
    """Return a number from 0 to 1 that depends on the name alone."""
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8]) / 2**64
