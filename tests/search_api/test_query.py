"""Questions made ready: limits, acronyms both ways, words."""

from __future__ import annotations

import pytest

from indexer.errors import UsageError
from indexer.model import Acronym
from search_api.english import singular, stems_of
from search_api.query import LONGEST_QUESTION, check_count, understand

_KNOWN = [
    Acronym("BCT", "Better Care Together", "d1"),
    Acronym("STP", "Sustainability and Transformation Plan", "d1"),
    Acronym("STP", "Sustainability and Transformation Partnership", "d2"),
]


def test_an_english_word_in_small_letters_is_no_short_form() -> None:
    known = [Acronym("GET", "Growth, Environment and Transport", "d", None)]
    assert understand("who managed to get the gates open", known).acronyms == ()
    assert understand("what does GET spend", known).acronyms == tuple(known)


def test_days_months_and_seasons_are_kept_and_years_are_not() -> None:
    assert understand("What was agreed in March 2018 of the 2019 budget?", ()).times == ("2018-03",)


def test_spells_out_a_short_form_that_a_document_explains() -> None:
    query = understand("  when does BCT\nconsultation start? ", _KNOWN)
    assert query.asked == "when does BCT consultation start?"
    assert query.spelt_out == "when does BCT (Better Care Together) consultation start?"
    assert query.words.split() == ["BCT", "consultation", "start", "Better", "Care", "Together"]
    assert [acronym.long for acronym in query.acronyms] == ["Better Care Together"]


def test_several_of_a_short_form_are_each_that_short_form() -> None:
    known = [Acronym("CCG", "Clinical Commissioning Group", "d1")]
    query = understand("What did CCGs and GPs ask for?", known)
    assert query.acronyms == tuple(known)
    assert {"CCGs", "CCG", "GPs", "GP", "Commissioning"} <= set(query.words.split())
    assert stems_of("the GPs’ list, GP lists") == ("the", "gp", "list", "gp", "list")
    assert [singular(word) for word in ("CCGs", "As", "NHS", "plans")] == [
        *("CCG", "As", "NHS", "plans")
    ]


def test_both_meanings_are_reported() -> None:
    query = understand("what is the stp", _KNOWN)
    assert {acronym.long for acronym in query.acronyms} == {a.long for a in _KNOWN[1:]}


def test_the_meaning_of_the_body_asked_for_is_taken() -> None:
    known = [
        Acronym("HWB", "Health and Wellbeing Board", "d1", "Leicester City Council"),
        Acronym("HWB", "Health & Wellbeing Boards", "d2", "Leicester City Council"),
        Acronym("HWB", "Home Water Bills", "d3", "Rutland County Council"),
    ]
    assert "Wellbeing" in understand("what is the HWB", known).spelt_out
    found = understand("what is the HWB", known, ["rutland"])
    assert found.spelt_out == "what is the HWB (Home Water Bills)"
    assert [one.document_id for one in found.acronyms] == ["d3", "d1"]
    assert "Water" in understand("What is Rutland County Council's HWB?", known).spelt_out


def test_a_long_form_brings_its_short_one() -> None:
    query = understand("when does Better Care Together begin?", _KNOWN)
    assert query.words.endswith("BCT")
    assert query.spelt_out == query.asked


def test_words_that_say_nothing_are_kept_where_there_are_no_others() -> None:
    assert understand("what is it?", _KNOWN).words == "what is it"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("", "is empty"),
        ("   \n", "is empty"),
        ("?!", "no words"),
        ("…", "no words"),
        ("😀", "no words"),
    ],
)
def test_a_question_without_words_is_refused(question: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        understand(question, _KNOWN)


def test_a_question_of_ten_thousand_characters_is_refused_with_the_limit() -> None:
    assert understand("beds " * (LONGEST_QUESTION // 5), _KNOWN).asked
    with pytest.raises(UsageError) as caught:
        understand("a" * 10_000, _KNOWN)
    assert "10,000 characters" in caught.value.what
    assert "2,000" in caught.value.remedy


@pytest.mark.parametrize(("k", "offset"), [(0, 0), (-1, 0), (101, 0), (10, -1)])
def test_counts_that_make_no_sense_are_refused(k: int, offset: int) -> None:
    with pytest.raises(UsageError):
        check_count(k, offset)


def test_half_a_character_is_told() -> None:
    with pytest.raises(UsageError, match="half of a character"):
        understand("the plan \ud800", [])
