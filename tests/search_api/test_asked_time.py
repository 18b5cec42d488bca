"""As of when a question asks: by grammar, and never by a year that is part of what is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.asked.time import TimeReading, read_time

AS_OF, SAID_IN = TimeReading.AS_OF, TimeReading.SAID_IN


@pytest.mark.parametrize(
    ("question", "reading", "edtf", "rest"),
    [
        (
            "As of October 2016, when would consultation start?",
            AS_OF,
            "2016-10",
            "When would consultation start?",
        ),
        (
            "as at 13 September 2016 when would it start?",
            AS_OF,
            "2016-09-13",
            "When would it start?",
        ),
        (
            "When was consultation going to begin, as things stood in summer 2016?",
            AS_OF,
            "2016-22",
            "When was consultation going to begin?",
        ),
        ("As of Q1 2019, when was it due?", AS_OF, "2019-33", "When was it due?"),
        (
            "When was it due, as things stood in the third quarter of 2018/19?",
            AS_OF,
            "2018-10/2018-12",
            "When was it due?",
        ),
        (
            "What did the board say in Q1 2019 about parking?",
            SAID_IN,
            "2019-33",
            "What did the board say about parking?",
        ),
        ("Who led the plan back in 2014?", AS_OF, "2014", "Who led the plan?"),
        ("Back in 2014, who led the plan?", AS_OF, "2014", "Who led the plan?"),
        (
            "When was it due as of the end of 2016?",
            AS_OF,
            "2016",
            "When was it due?",
        ),
        ("As of the start of 2016, when was it due?", AS_OF, "2016-01", "When was it due?"),
        (
            "By the time of the May 2017 meeting, how many beds were planned?",
            AS_OF,
            "2017-05",
            "How many beds were planned?",
        ),
        (
            "What did the board say in September 2016 about consultation?",
            SAID_IN,
            "2016-09",
            "What did the board say about consultation?",
        ),
        (
            "What was said by members in September 2016 about parking?",
            SAID_IN,
            "2016-09",
            "What was said by members about parking?",
        ),
        (
            "What did the board in September 2016 say about parking?",
            SAID_IN,
            "2016-09",
            "What did the board say about parking?",
        ),
        (
            "In September 2016 what did the board say about consultation?",
            SAID_IN,
            "2016-09",
            "What did the board say about consultation?",
        ),
        (
            "What was agreed at the Scrutiny Panel meeting in May 2018?",
            SAID_IN,
            "2018-05",
            "What was agreed at the Scrutiny Panel meeting?",
        ),
        (
            "What was agreed at the May 2018 meeting about wards?",
            SAID_IN,
            "2018-05",
            "What was agreed about wards?",
        ),
        (
            "In 2017, when was consultation expected?",
            AS_OF,
            "2017",
            "When was consultation expected?",
        ),
        (
            "Before March 2018, when was consultation expected?",
            AS_OF,
            "2018-02",
            "When was consultation expected?",
        ),
        (
            "Until March 2018, when was consultation expected?",
            AS_OF,
            "2018-03",
            "When was consultation expected?",
        ),
        (
            "What was agreed before 2018 about the wards?",
            AS_OF,
            "2017",
            "What was agreed about the wards?",
        ),
        (
            "What was said before 3 May 2018 about the wards?",
            AS_OF,
            "2018-05-02",
            "What was said about the wards?",
        ),
    ],
)
def test_a_time_as_of_which_is_asked(
    question: str, reading: TimeReading, edtf: str, rest: str
) -> None:
    found = read_time(question)
    assert found is not None
    assert (found.reading, found.edtf, found.as_of, found.rest) == (reading, edtf, edtf, rest)
    assert found.words in question


@pytest.mark.parametrize(
    "question",
    [
        "How much is the 2026-27 budget?",
        "How many patients were seen in 2015/16?",
        "What is the plan for 2020?",
        "In 2015/16, how many patients were seen?",
        "In 2017, how many people said that they were content?",
        "In 2020, how many beds would there be?",
        "Which homes must close before March 2018?",
        "What had to be listed by the end of February 2014?",
        "What did members say about the fire in June 2017?",
        "What was the deadline in summer 2016 for the plan?",
        "How many councillors attended in May 2016?",
        "When in 2017 did the panel meet?",
        "How many cases were reported in 2016?",
        "When was the review expected before May 2018 to end?",
        "What is the strategy at the 2020 Health Centre?",
    ],
)
def test_a_time_that_is_part_of_what_is_asked_leaves_nothing_out(question: str) -> None:
    found = read_time(question)
    assert found is None or (found.as_of is None and found.rest == question)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When is consultation currently expected?", "currently"),
        ("What is the latest date for the opening?", "latest"),
        ("Who is the chair now?", "now"),
    ],
)
def test_the_latest_leaves_nothing_out(question: str, words: str) -> None:
    found = read_time(question)
    assert found is not None
    assert (found.reading, found.words, found.as_of) == (TimeReading.LATEST, words, None)
    assert found.rest == question


def test_a_question_without_a_time_has_none() -> None:
    assert read_time("When does consultation start?") is None


@given(
    st.sampled_from(["As of", "as at", "Back in"]),
    st.integers(1990, 2040),
    st.sampled_from(["", "January ", "May ", "12 June ", "autumn "]),
    st.sampled_from(["when would the clinic open?", "who chaired it?"]),
)
def test_every_as_of_is_read_wherever_it_stands(lead: str, year: int, part: str, rest: str) -> None:
    date = f"{part}{year}"
    first = read_time(f"{lead} {date}, {rest}")
    last = read_time(f"{rest.rstrip('?')} {lead.lower()} {date}?")
    assert first is not None
    assert last is not None
    assert first.as_of == last.as_of is not None
    assert (first.rest.lower(), last.rest.lower()) == (rest, rest)


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    found = read_time(text)
    assert found is None or found.words
