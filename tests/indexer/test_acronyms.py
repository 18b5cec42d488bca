"""Short forms are learnt where a document explains them, and nowhere else."""

from __future__ import annotations

import pytest

from indexer.acronyms import find_acronyms


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("known locally as Better Care Together (BCT).", {"BCT": "Better Care Together"}),
        (
            "the Sustainability and Transformation Plan (STP), the next steps",
            {"STP": "Sustainability and Transformation Plan"},
        ),
        (
            "Leicester, Leicestershire and Rutland (LLR) health economy",
            {"LLR": "Leicester, Leicestershire and Rutland"},
        ),
        (
            "The East Leicestershire and Rutland Clinical Commissioning Group (ELR CCG) had",
            {"ELR CCG": "East Leicestershire and Rutland Clinical Commissioning Group"},
        ),
        ("Clinical Commissioning Groups (CCGs)", {"CCG": "Clinical Commissioning Groups"}),
        (
            "Special Educational Needs and Disabilities (SEND)",
            {"SEND": "Special Educational Needs and Disabilities"},
        ),
        (
            "ADHD (Attention deficit hyperactivity disorder)",
            {"ADHD": "Attention deficit hyperactivity disorder"},
        ),
        ("the Chair (Cllr SMITH) and the Board (AGREED) it (NHS)", {}),
        ("One Two. Three (OTT)", {}),
    ],
)
def test_finds_what_a_text_explains(text: str, expected: dict[str, str]) -> None:
    assert find_acronyms(text) == expected


def test_the_first_meaning_stands() -> None:
    text = "Better Care Together (BCT). Later: Big Change Trial (BCT)."
    assert find_acronyms(text) == {"BCT": "Better Care Together"}
