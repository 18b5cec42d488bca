"""Short forms are learnt where a document explains them, and nowhere else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
        (
            "The National Archives (TNA) and the Leader’s Board’s (LB)",
            {"TNA": "The National Archives", "LB": "Leader’s Board"},
        ),
        ("CCG | Clinical Commissioning Group\nQIPP | x", {"CCG": "Clinical Commissioning Group"}),
        ("Adult Social Care & Health | ASCH | 7,003", {"ASCH": "Adult Social Care & Health"}),
        ("BCT – Better Care Together", {"BCT": "Better Care Together"}),
        ("The BCT stands for Better Care Together.", {"BCT": "Better Care Together"}),
        (
            "Glossary\nCVD: Cardiovascular disease\nSTP - the Sustainability Transformation Plan",
            {"CVD": "Cardiovascular disease", "STP": "Sustainability Transformation Plan"},
        ),
        ("CVD: Cardiovascular disease", {}),
        (
            "(hereafter the “BCT”) and Better Care Together (known as BCT)",
            {"BCT": "Better Care Together"},
        ),
        ("Present: Mary Jones (MJ), Ann Smith (AS) and Sue Lee (SL)", {}),
        (
            "Domestic Abuse (DA) services, Ordnance Survey (OS) maps",
            {"DA": "Domestic Abuse", "OS": "Ordnance Survey"},
        ),
        ("Mary Jones (MJ) asked about Ordnance Survey (OS)", {"OS": "Ordnance Survey"}),
        ("the Chair (Cllr SMITH) and the Board (AGREED) it (NHS)", {}),
        ("One Two. Three (OTT)", {}),
    ],
)
def test_finds_what_a_text_explains(text: str, expected: dict[str, str]) -> None:
    assert dict(find_acronyms(text)) == expected


def test_every_meaning_is_kept_once() -> None:
    text = "Better Care Together (BCT). Big Change Trial (BCT). The better care together (BCT)."
    assert find_acronyms(text) == [
        ("BCT", "Better Care Together"),
        ("BCT", "Big Change Trial"),
    ]


@given(st.lists(st.sampled_from(["Health", "Care", "Board", "of", "and", "Leicester"]), min_size=1))
def test_what_is_found_spells_its_letters(words: list[str]) -> None:
    letters = "".join(word[0] for word in words if word not in ("of", "and"))
    for short, long in find_acronyms(f"The {' '.join(words)} ({letters}) met."):
        assert short == letters
        assert long.casefold() in " ".join(words).casefold()
        assert long[0] == short[0]


@pytest.mark.parametrize(
    "text", ["A" * 5000, "AB (" * 1500, "AB | " * 1500, "Ab " * 2000, "(AB)" * 1500]
)
def test_hostile_text_is_read_in_time(text: str) -> None:
    started = time.perf_counter()
    find_acronyms(text)
    assert time.perf_counter() - started < 5
