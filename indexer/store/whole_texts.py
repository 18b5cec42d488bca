"""A document's text in two parts, so that it stands on the disk once.

A passage's text is kept with the passage, for a search reads it there; beside it only what stands
in none. The passages are gone through in their order, and one that begins before the end of the one
before is passed over, when the text is divided and when it is put together alike. A checksum of the
whole says that it came back as it was.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from indexer.model import Passage


def beside(text: str, passages: Iterable[Passage]) -> str:
    """Return what of a text stands in none of its passages, one after another.

    Raises ValueError where a passage is not what the text says at its place.
    """
    parts, reached = [], 0
    for passage in passages:
        span = passage.span
        if span.of(text) != passage.text:
            raise ValueError(f"the passage {passage.id} is not what the document says there")
        if span.start >= reached:
            parts.append(text[reached : span.start])
            reached = span.end
    return "".join([*parts, text[reached:]])


def put_together(beside: str, passages: Iterable[tuple[int, str]]) -> str:
    """Return the text of what ``beside`` gave and its passages: where each begins, and its text."""
    parts: list[str] = []
    reached = used = 0
    for start, own in passages:
        if start >= reached:
            before = start - reached
            parts += (beside[used : used + before], own)
            used += before
            reached = start + len(own)
    return "".join([*parts, beside[used:]])


def checksum(text: str) -> int:
    """Return the CRC-32 of a text."""
    return zlib.crc32(text.encode("utf-8", "surrogatepass"))
