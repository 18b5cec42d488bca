"""Questions of how a matter stands are read as when it happens; others are left alone."""

from __future__ import annotations

import pytest

from search_api.asked.how_it_stands import read_how_it_stands
from search_api.query import LONGEST_QUESTION


@pytest.mark.parametrize(
    ("question", "when"),
    [
        ("What's the latest on the merger?", "When is the merger?"),
        ("Any news about the merger?", "When is the merger?"),
        ("Where are we up to with the new wards?", "When is the new wards?"),
        ("How do things stand with the new wards?", "When is the new wards?"),
        ("What is the current status of the merger?", "When is the merger?"),
        ("Has the date for the merger slipped?", "When is the merger?"),
        ("Is the merger still going ahead?", "When is the merger?"),
        ("What is happening with the merger?", "When is the merger?"),
        ("What's going on with the new wards?", "When is the new wards?"),
        ("Hasn't the merger been delayed?", "When is the merger?"),
        ("What is the merger waiting for?", "When is the merger?"),
        ("What must be done before the ward can close?", "When is it that the ward can close?"),
    ],
)
def test_the_state_of_a_matter_is_asked_as_when(question: str, when: str) -> None:
    stands = read_how_it_stands(question)
    assert stands is not None
    assert stands.when[0] == when
    assert not stands.at_a_time


@pytest.mark.parametrize(
    ("question", "when"),
    [
        ("Will the merger be in 2017?", "When will the merger be?"),
        ("Is the ward due to close by next spring?", "When is the ward due to close?"),
        ("Did the ward close in June 2016 as promised?", "When did the ward close?"),
        ("Is it true that the ward opens in May?", None),
        ("Is it true that the ward opens in May 2017?", "When is it that the ward opens?"),
        ("Won't the ward be ready before 2018?", "When will the ward be ready?"),
        ("Will not the ward be ready before 2018?", "When will the ward be ready?"),
    ],
)
def test_whether_it_happens_then_is_asked_as_when(question: str, when: str | None) -> None:
    stands = read_how_it_stands(question)
    assert (stands.when[0] if stands else None) == when
    assert stands is None or stands.at_a_time


@pytest.mark.parametrize(
    "question",
    [
        "When does the merger start?",
        "Was the budget approved in 2017?",
        "Were there falls in 2017?",
        "Will the budget in 2017 be bigger?",
        "Will the merger be in 2017 or 2018?",
        "What is NEWS on the slides?",
        "What is the latest date for responses?",
        "What did members say before the vote?",
        "Any news about " + "the merger " * LONGEST_QUESTION + "?",
    ],
)
def test_what_asks_for_something_else_is_left_alone(question: str) -> None:
    assert read_how_it_stands(question) is None
