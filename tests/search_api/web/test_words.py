"""Every category of the record has plain words, and a letter names its source in full."""

from dataclasses import replace

import pytest

from indexer.model import Acronym, Dating, Document, Filters, Kind, Role, Span, Status
from search_api.results import AnswerStatus, Hit
from search_api.web import words
from search_api.web.cards import facts, hit_cards, short_forms
from tests.search_api.test_schemas import DOCUMENT, PASSAGE


def test_no_category_is_without_words() -> None:
    assert set(words.ROLES) == set(Role)
    assert set(words.KINDS) == set(Kind)
    assert set(words.STATUSES) == set(Status)
    assert set(words.OUTCOMES) == set(words.ADVICE) == set(AnswerStatus)


@pytest.mark.parametrize(
    ("document", "pages", "said"),
    [
        (DOCUMENT, (3, 3), "page 3"),
        (DOCUMENT, (3, 5), "pages 3 to 5"),
        (replace(DOCUMENT, media_type="application/vnd.ms-presentation"), (3, 3), "slide 3"),
        (replace(DOCUMENT, pages=1), (1, 1), "no page numbers in the source"),
        (replace(DOCUMENT, pages=1, media_type="application/pdf"), (1, 1), "page 1"),
    ],
)
def test_where_something_stands(document: Document, pages: tuple[int, int], said: str) -> None:
    assert words.place(document, pages) == said


def test_limits_are_said_in_words() -> None:
    filters = Filters(body=("A", "B", "C"), role=(Role.ACTION,), end="2016-09", as_of="2017")
    assert words.limits(filters) == [
        "organisation: A, B or C",
        "kind of statement: action to be taken",
        "up to September 2016",
        "as the record stood at 2017",
    ]


def test_the_words_for_a_letter_name_the_source() -> None:
    document = replace(DOCUMENT, source_url="https://example.org/minutes")
    [card] = hit_cards([Hit(1, 1.0, replace(PASSAGE, span=Span(0, 14)), document)], "What?")
    assert card.reference == (
        "“It was agreed.” (A Council, A Board, Minutes, between May and June 2016, "
        "pages 3 to 5. https://example.org/minutes)"
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "//x", "file:///x"])
def test_only_web_addresses_become_links(address: str) -> None:
    assert facts(replace(DOCUMENT, source_url=address)).source_url is None


def test_an_unknown_date_has_no_basis_to_speak_of() -> None:
    shown = facts(replace(DOCUMENT, date=Dating(None, "unknown")))
    assert (shown.date, shown.basis) == ("date not known", "")


def test_a_short_form_is_listed_once_with_its_meanings() -> None:
    found = [
        Acronym("STP", "Sustainability and Transformation Plan", "d1"),
        Acronym("STP", "Sustainability & Transformation Plan", "d2"),
        Acronym("STP", "Sustainability and Transformation Partnership", "d3"),
    ]
    assert short_forms(found) == {
        "STP": [
            "Sustainability and Transformation Plan",
            "Sustainability and Transformation Partnership",
        ]
    }
