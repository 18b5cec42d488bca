"""Words of a quotation are marked without a change to its characters."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.web.marks import Marker


def marked(
    question: str, text: str, said: str | None = None, answer: str | None = None
) -> list[str]:
    return [run.text for run in Marker(question).runs(text, said, answer) if run.marked]


def test_words_asked_for_are_marked_whatever_their_ending() -> None:
    assert marked("What about closing a bed?", "The beds were to close.") == ["beds", "close"]


def test_neighbours_are_marked_as_one() -> None:
    assert marked("general reserve", "of the General Reserve, then") == ["General Reserve"]


def test_dates_are_marked_where_one_asks_when() -> None:
    text = "It was expected to be approved in late autumn. By 3 May 2017 it was."
    assert marked("When is it approved?", text, "2016-06") == [
        "approved",
        "late autumn",
        "3 May 2017",
    ]
    assert marked("Is it approved?", text, "2016-06") == ["approved"]


def test_the_answer_alone_is_marked_where_it_is_a_part() -> None:
    text = "It was agreed:\n\n• that the plan\n  be noted; and more."
    assert marked("What was agreed?", text, None, "that the plan be noted") == [
        "that the plan\n  be noted"
    ]
    assert marked("agreed?", "It was agreed.", None, "It was agreed.") == ["agreed"]


@pytest.mark.parametrize("text", ["", " ", "no"])
def test_nothing_to_mark_is_no_error(text: str) -> None:
    assert marked("what?", text, "2016") == []


@given(question=st.text(), text=st.text(), answer=st.none() | st.text())
def test_the_characters_stay(question: str, text: str, answer: str | None) -> None:
    runs = Marker(question).runs(text, "2016-06", answer)
    assert "".join(run.text for run in runs) == text
    assert sum(run.first for run in runs) <= 1
