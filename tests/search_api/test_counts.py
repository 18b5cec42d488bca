"""What a question counts, and which numbers of a text count it."""

from __future__ import annotations

import pytest

from search_api.answer.counts import counted_in


@pytest.mark.parametrize(
    ("question", "text", "amounts"),
    [
        ("How many applied for the grants?", "Nineteen applications had come in.", [19]),
        ("How many of the care homes failed?", "Only one care home failed its visit.", [1]),
        ("How many of the AB and CD trusts can pay?", "There were three trusts in debt.", [3]),
        ("How many wards are there?", "Wards: 14, of which two are shut.", [14]),
        ("How many wards are there?", "The wards now number about thirty.", []),
        ("How many complaints were there?", "Complaints came to 45 in 2017.", [45]),
        ("How many people came to the fair?", "Some 1,200 visitors came.", [1200]),
        ("How many times was the ward shut?", "Seven incidents led to closure.", [7]),
        ("How much longer will the lease run?", "It was renewed for 12 years.", [12]),
        ("How many opposed the scheme?", "For (31)\nMr Ash\nAgainst (9)\nMs Birch", [9]),
        ("How many voted for the scheme?", "For (31)\nMr Ash\nAgainst (9)\nMs Birch", [31]),
        ("How many voted against it?", "The motion was lost by 12 votes to 7.", [12, 7]),
        ("What mark did the trust get?", "Overall score 6/10, to be reviewed.", [6]),
        ("What mark did the trust get?", "It was marked seven times.", []),
        ("How many beds will close?", "On 24 March 2016 £3m was found for beds.", []),
        ("How many homes were built?", "Some 2000 homes were built.", [2000]),
        ("How many homes were built?", "In 2016 homes were built.", []),
        ("How many sports clubs were there?", "The 8 clubs met.", [8]),
        ("How many council homes were built?", "In all 112 units were finished.", [112]),
        ("How many tries were made?", "Only one try was made.", [1]),
        ("How many posts will go?", "Nine jobs are at risk, and 30 beds.", [9]),
    ],
)
def test_numbers_count_what_is_asked_for(question: str, text: str, amounts: list[float]) -> None:
    assert [amount for _, amount in counted_in(question, text)] == amounts


def test_a_noun_with_another_before_it_is_what_is_counted() -> None:
    sites = list(counted_in("How many hospital beds would go?", "Two hospital sites would go."))
    assert sites == []
