"""Which of several is meant: what a record says of the first phase is no answer of the second."""

from __future__ import annotations

from pathlib import Path

import pytest

from search_api.answer.numbered import never_numbered, of_another_number, of_another_year
from search_api.results import AnswerStatus
from tests.search_api.records import Record, engine_over


@pytest.mark.parametrize(
    ("question", "text", "named"),
    [
        ("When is version 4 due?", "Version 1.0 was launched in May.", ("version 4",)),
        ("When does phase two start?", "The first phase starts in May.", ("phase two",)),
        ("Who wrote the 2nd edition?", "Ms Birch wrote Edition III.", ("2nd edition",)),
        ("When does the second round open?", "Tranche 2 opens in May.", ()),
        ("When does phase two start?", "Phase one ends and phase two starts in May.", ()),
        ("When does phase two start?", "The work starts in May.", ()),
        ("When does the work start?", "Phase one starts in May.", ()),
        ("When is version 4 due?", "Release 4.0 is due in May.", ()),
        ("Who won in round 2?", "Round 2016 was not held.", ()),
    ],
)
def test_a_text_that_names_only_others_is_of_another(
    question: str, text: str, named: tuple[str, ...]
) -> None:
    assert of_another_number(question, text) == named


def test_what_a_document_never_numbers_is_not_named_there() -> None:
    record = "The work starts in May. Stage 3 is far off."
    assert never_numbered("When does phase two start?", record) == ("phase two",)
    assert never_numbered("When does phase three start?", record) == ()
    assert never_numbered("When does phase one start?", record) == ()
    assert never_numbered("When does the work start?", record) == ()


def test_the_first_phase_does_not_answer_for_the_second(tmp_path: Path) -> None:
    text = "WARDS\n\nThe first phase of the Ashby ward works will start in March 2018."
    with engine_over(tmp_path, [Record("2017-11-02", "The Partnership", text)]) as lent:
        first = lent.answer("When will the first phase of the Ashby ward works start?")
        second = lent.answer("When will the second phase of the Ashby ward works start?")
    assert first.status is AnswerStatus.ANSWERED
    assert second.status is AnswerStatus.NOT_FOUND
    assert "“second phase”" in (second.reason or "")


@pytest.mark.parametrize(
    ("question", "text", "missed"),
    [
        ("How many were seen in 2016?", "There were 4,210 in 2015.", ("2016",)),
        ("How many were seen in 2016?", "There were 4,210 in 2015/16.", ()),
        ("How many were seen in 2016?", "There were 4,210 in 2015 and 4,100 in 2016.", ()),
        ("How many were seen in 2016?", "There were 4,210.", ()),
        ("How many were seen?", "There were 4,210 in 2015.", ()),
        ("What was spent in 2015-16?", "In 2017-18 it was £3m.", ("2015", "2016")),
    ],
)
def test_a_figure_of_another_year_is_told(
    question: str, text: str, missed: tuple[str, ...]
) -> None:
    assert of_another_year(question, text) == missed


def test_the_figure_of_the_year_that_is_asked_for_comes_first(tmp_path: Path) -> None:
    text = (
        "1. Property charge\n\nThe board determined that the basic rate of the property charge "
        "should stand varied upwards by {rate} for the year {year}."
    )
    records = [
        Record("2019-09-23", "Ashby Town Council", text.format(rate="15%", year="2020")),
        Record("2018-09-24", "Ashby Town Council", text.format(rate="7.5%", year="2019")),
    ]
    with engine_over(tmp_path, records) as lent:
        found = lent.answer("How much was the property charge varied by for 2019?")
    assert found.status is AnswerStatus.ANSWERED
    assert "7.5%" in (found.answer or "")
    assert "15%" not in (found.answer or "")
