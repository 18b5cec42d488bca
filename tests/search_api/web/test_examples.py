"""Headings become questions that a person would ask."""

import pytest

from search_api.web.examples import _matter


@pytest.mark.parametrize(
    ("heading", "matter"),
    [
        ("5. Dental services", "the dental services"),
        ("DVLA update", "the DVLA update"),
        ("THE PLAN FOR BEDS", "the plan for beds"),
        ("A plan for beds", "a plan for beds"),
        ("Proposal from the Registry Trust", "Proposal from the Registry Trust"),
        ("Minutes of the last meeting", None),
        ("Beds", None),
    ],
)
def test_a_heading_is_put_into_a_question(heading: str, matter: str | None) -> None:
    assert _matter(heading) == matter
