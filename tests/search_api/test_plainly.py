"""What is asked, without the words that a person puts around it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.asked.plainly import plainly
from search_api.engine import Engine
from search_api.english import in_full
from search_api.query import LONGEST_QUESTION

_PLAIN = "When does BCT consultation start?"


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        (
            "I am writing to the minister for a patient group and I need to know when the "
            "consultation on the Fernby clinic begins, can you tell me?",
            "when the consultation on the Fernby clinic begins",
        ),
        ("Could you please let me know who chairs the board?", "who chairs the board?"),
        ("Tell me about dementia services please", "dementia services"),
        ("tell me about prevention", "prevention"),
        ("Please explain why the ward was closed.", "why the ward was closed."),
        ("Do you know how many wards there are?", "how many wards there are?"),
        ("I would like to find out by when the plan is due", "by when the plan is due"),
        ("Hello, when does BCT consultation start?", "when does BCT consultation start?"),
        (f"I'm a volunteer in Ashby. {_PLAIN} Many thanks", _PLAIN),
        ("What is the latest position on when the ward opens?", "when the ward opens?"),
        ("What's the latest on how many beds will close?", "how many beds will close?"),
        ("We are a charity and need to know what STP stands for", "what STP stands for"),
    ],
)
def test_what_stands_around_a_question_is_left_out(question: str, asked: str) -> None:
    assert plainly(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        _PLAIN,
        "hello",
        "Can you tell me?",
        "What did members want to know about care homes?",
        "What must the trust tell us about how it spends money?",
        "Can the CCG tell us why it closed the ward?",
        "Who will tell us when it opens?",
        "What is the latest on the consultation?",
        "What is the position on the board that is vacant?",
        "When will we know if the funding is secured?",
        "Did the CCG say whether the plan would be published?",
        "please",
    ],
)
def test_a_plain_question_stays_as_it_is(question: str) -> None:
    assert plainly(question) == question


@pytest.mark.parametrize(
    ("question", "held"),
    [
        ("My mother lives in Fernby. I want to know what happens to the clinic there.", "Fernby"),
        ("I am asking about the Fernby clinic. Do you know when it opens?", "Fernby"),
        ("I'm writing about the Fernby clinic and need to know when it opens", "Fernby"),
    ],
)
def test_what_a_question_leans_on_stays(question: str, held: str) -> None:
    assert held in plainly(question)


@given(st.text(max_size=200))
def test_whatever_is_written_something_of_it_is_left(text: str) -> None:
    asked = plainly(text)
    assert bool(asked.strip()) == bool(text.strip())
    assert len(asked) <= len(in_full(text))


def test_a_question_that_is_too_long_is_left_to_be_refused() -> None:
    long = "I need to know " + "when " * LONGEST_QUESTION
    assert plainly(long) == long


def test_the_words_around_a_question_change_no_answer(sample_index: Path) -> None:
    engine = Engine.open(sample_index)
    framed = f"Hello, I am writing a letter to the minister. {_PLAIN} Thank you in advance."
    plain, found = engine.answer(_PLAIN), engine.answer(framed)
    assert plain.status == "changed"
    assert (found.status, found.answer) == (plain.status, plain.answer)
    assert [one.statement for one in found.timeline] == [one.statement for one in plain.timeline]
    assert found.question == framed
    ids = [hit.passage.id for hit in engine.search(framed).hits]
    assert ids == [hit.passage.id for hit in engine.search(_PLAIN).hits]
    engine.store.close()
