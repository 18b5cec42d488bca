"""A long document cut into leaves, so that a pack of hundreds of pages is sent part by part.

A leaf is a few whole pages, or where pages are long or there are none, some blocks of one. The
leaves of a document follow from its text alone, so an address keeps its meaning.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.errors import NotFoundError
from indexer.model import Block, BlockKind, Page, Span

MOST_CHARACTERS = 20_000
MOST_PAGES = 6
_MOST_MARKED = 60_000
_MOST_HEADINGS = 400


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading, the leaf that it stands in, and its offset in the document's text."""

    text: str
    level: int
    leaf: int
    start: int

    @property
    def id(self) -> str:
        """What its place is called in an address."""
        return f"h-{self.start}"


@dataclass(frozen=True, slots=True)
class Opened:
    """What is shown of a document: leaves ``first`` to ``last`` of ``of``, from 1, and their span.

    ``cut`` says that the marked place goes on after what is shown.
    """

    span: Span
    first: int
    last: int
    of: int
    cut: bool = False


def leaves_of(length: int, pages: Sequence[Page], blocks: Sequence[Block]) -> list[Span]:
    """Cut a text of ``length`` characters; the leaves cover all of it, in order."""
    starts = [0, *(page.span.start for page in pages[1:]), length]
    breaks = [block.span.start for block in blocks]
    leaves: list[Span] = []
    begin, held = 0, 0
    for start, end in pairwise(starts):
        full = held and (end - begin > MOST_CHARACTERS or held >= MOST_PAGES)
        if full:
            leaves.append(Span(begin, start))
            begin, held = start, 0
        held += 1
        if end - begin > MOST_CHARACTERS:
            *whole, rest = _pieces(begin, end, breaks)
            leaves += whole
            begin = rest.start
    leaves.append(Span(begin, length))
    return leaves


def _pieces(start: int, end: int, breaks: Sequence[int]) -> Iterator[Span]:
    """Cut one long page where blocks begin, and within a block of great length where it must be."""
    while end - start > MOST_CHARACTERS:
        place = bisect_right(breaks, start + MOST_CHARACTERS) - 1
        cut = breaks[place] if place >= 0 and breaks[place] > start else start + MOST_CHARACTERS
        yield Span(start, cut)
        start = cut
    yield Span(start, end)


def open_at(leaves: Sequence[Span], number: int) -> Opened:
    """Show one leaf. Raises NotFoundError."""
    if not 1 <= number <= len(leaves):
        raise NotFoundError(
            f"There is no part {number}: this document has {len(leaves)}.",
            "Open the document from its beginning.",
        )
    return Opened(leaves[number - 1], number, number, len(leaves))


def open_mark(leaves: Sequence[Span], mark: Span) -> Opened:
    """Show the leaves that a marked span stands in; of an enormous one, its beginning."""
    first, last = leaf_at(leaves, mark.start), leaf_at(leaves, max(mark.start, mark.end - 1))
    wanted = last
    while last > first and leaves[last - 1].end - leaves[first - 1].start > _MOST_MARKED:
        last -= 1
    span = Span(leaves[first - 1].start, leaves[last - 1].end)
    return Opened(span, first, last, len(leaves), cut=last < wanted)


def leaf_at(leaves: Sequence[Span], offset: int) -> int:
    """Return the number of the leaf that a character stands in."""
    return max(1, bisect_right(leaves, offset, key=lambda leaf: leaf.start))


def leaf_of_page(leaves: Sequence[Span], pages: Sequence[Page], number: int) -> int:
    """Return the leaf that a page begins in. Raises NotFoundError."""
    for page in pages:
        if page.number == number:
            return leaf_at(leaves, page.span.start)
    raise NotFoundError(
        f"This document has no page {number}.",
        f"Its pages are {pages[0].number} to {pages[-1].number}.",
    )


def headings_of(text: str, blocks: Sequence[Block], leaves: Sequence[Span]) -> list[Heading]:
    """List the document's headings; where there are too many, the lesser ones are left out."""
    found = [
        Heading(
            " ".join(block.span.of(text).split())[:160],
            block.level,
            leaf_at(leaves, block.span.start),
            block.span.start,
        )
        for block in blocks
        if block.kind is BlockKind.HEADING and block.span.start < block.span.end
    ]
    while len(found) > _MOST_HEADINGS and len({heading.level for heading in found}) > 1:
        deepest = max(heading.level for heading in found)
        found = [heading for heading in found if heading.level < deepest]
    return found[:_MOST_HEADINGS]
