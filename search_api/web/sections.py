"""The sections of a document as the viewer lists them: where each begins, and which is open."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.model import Page, Span
from search_api.web.leaves import Heading, Opened


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, its address and the page that it begins on; ``here`` is what the reader is in."""

    text: str
    level: int
    address: str
    page: int
    here: bool


def sections_of(
    headings: Sequence[Heading],
    pages: Sequence[Page],
    opened: Opened,
    mark: Span | None,
    part_address: Callable[[int], str],
) -> list[Section]:
    """List them in order.

    The reader is in the section of the mark, or where no mark is shown in that of the first words.
    """
    shown = mark if mark and mark.overlaps(opened.span) else opened.span
    here = _last_at(headings, max(shown.start, opened.span.start))
    return [
        Section(
            text=heading.text,
            level=heading.level,
            address=_address(heading, opened, part_address),
            page=_page_at(pages, heading.start),
            here=place == here,
        )
        for place, heading in enumerate(headings)
    ]


def _last_at(headings: Sequence[Heading], offset: int) -> int:
    """Return the place of the last heading that begins at an offset or before it; -1 for none."""
    return bisect_right(headings, offset, key=lambda heading: heading.start) - 1


def _address(heading: Heading, opened: Opened, part_address: Callable[[int], str]) -> str:
    open_now = opened.first <= heading.leaf <= opened.last
    return f"{'' if open_now else part_address(heading.leaf)}#{heading.id}"


def _page_at(pages: Sequence[Page], offset: int) -> int:
    place = bisect_right(pages, offset, key=lambda page: page.span.start) - 1
    return pages[max(0, place)].number
