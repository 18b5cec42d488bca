"""The list of sections says where each begins, and which one the reader is in."""

from __future__ import annotations

import pytest

from indexer.model import Page, Span
from search_api.web.leaves import Heading, Opened
from search_api.web.sections import Section, sections_of

PAGES = [Page(number, Span(100 * number - 100, 100 * number)) for number in range(1, 11)]
HEADINGS = [
    Heading("Minutes", 1, leaf=1, start=20),
    Heading("Finance", 1, leaf=3, start=450),
    Heading("Spending", 2, leaf=3, start=520),
    Heading("Close", 1, leaf=5, start=910),
]


def listed(opened: Opened, mark: Span | None = None) -> list[Section]:
    return sections_of(HEADINGS, PAGES, opened, mark, lambda part: f"/documents/d?part={part}")


def here(opened: Opened, mark: Span | None = None) -> list[str]:
    return [section.text for section in listed(opened, mark) if section.here]


def test_each_section_leads_to_its_place_and_knows_its_page() -> None:
    found = listed(Opened(Span(400, 600), 3, 3, 5))
    assert [(section.page, section.address) for section in found] == [
        (1, "/documents/d?part=1#h-20"),
        (5, "#h-450"),
        (6, "#h-520"),
        (10, "/documents/d?part=5#h-910"),
    ]


@pytest.mark.parametrize(
    ("shown", "mark", "expected"),
    [
        (Span(0, 20), None, []),
        (Span(0, 200), Span(5, 10), []),
        (Span(200, 400), None, ["Minutes"]),
        (Span(400, 600), None, ["Minutes"]),
        (Span(400, 600), Span(530, 540), ["Spending"]),
        (Span(400, 600), Span(950, 960), ["Minutes"]),
        (Span(900, 1000), None, ["Spending"]),
        (Span(910, 1000), None, ["Close"]),
    ],
)
def test_the_reader_is_in_the_section_of_the_mark_or_of_the_first_words(
    shown: Span, mark: Span | None, expected: list[str]
) -> None:
    assert here(Opened(shown, 3, 3, 5), mark) == expected
