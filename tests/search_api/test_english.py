"""A question as it is spoken, written in full."""

from __future__ import annotations

import pytest

from search_api.asked.kinds import QuestionKind, kind_of
from search_api.asked.plainly import plainly
from search_api.english import in_full


@pytest.mark.parametrize(
    ("spoken", "written"),
    [
        ("What's the cost?", "What is the cost?"),
        ("who’s in the chair", "who is in the chair"),
        ("Why won't it open?", "Why will not it open?"),
        ("It can't, didn't, isn't", "It cannot, did not, is not"),
        ("I'm told they're late", "I am told they are late"),
        ("the board's plan, the councillors' view", "the board's plan, the councillors' view"),
    ],
)
def test_what_is_taken_together_in_speech_is_written_in_full(spoken: str, written: str) -> None:
    assert in_full(spoken) == written
    assert in_full(written) == written


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What's the yearly cost of running the site that was shut?", QuestionKind.HOW_MUCH),
        ("When's the clinic that's at Ashby opening?", QuestionKind.WHEN),
        ("Who’s in the chair?", QuestionKind.WHO),
    ],
)
def test_a_spoken_question_asks_the_same(question: str, kind: QuestionKind) -> None:
    assert kind_of(plainly(question)) is kind
