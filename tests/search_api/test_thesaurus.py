"""Questions in everyday words are searched for in the record's, and no others are."""

from __future__ import annotations

import pytest

from search_api.answer.likes import with_like
from search_api.asked.thesaurus import record_words, said_of
from search_api.asked.understanding import understood_by
from tests.contract.builders import document, plan, record
from tests.contract.memory import MemoryStore


def _never(_: str) -> int:
    return 0


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("How far in the red is the trust?", {"deficit"}),
        ("What did councillors moan about?", {"concern", "complaint"}),
        ("Why were they moaning?", {"concern"}),
        ("Who answers to the board?", {"accountable"}),
        ("Which family doctors are short of nurses?", {"GP", "shortage"}),
    ],
)
def test_everyday_words_bring_those_of_the_record(question: str, words: set[str]) -> None:
    assert words <= set(record_words(question, _never))


@pytest.mark.parametrize(
    "question",
    ["Where is the red book?", "When does the consultation start?", "Who runs the home at Ashby?"],
)
def test_other_words_bring_none(question: str) -> None:
    assert record_words(question, _never) == []


def test_a_word_that_the_record_uses_itself_stands_for_itself() -> None:
    question = "How long is the queue?"
    assert "waiting" in record_words(question, {"queue": 1, "waiting": 40, "times": 90}.__getitem__)
    assert record_words(question, {"queue": 40, "waiting": 9, "times": 90}.__getitem__) == []


def test_what_the_question_says_already_is_not_said_twice() -> None:
    assert "deficit" not in record_words("How big is the deficit, how far in the red?", _never)


def test_the_record_says_what_people_do() -> None:
    assert {"red", "shortfal"} <= said_of({"deficit"})
    assert "moan" in with_like("Members raised concerns.")
    assert "moan" not in with_like("Members raised their glasses.")


def test_only_words_that_a_document_holds_are_searched_for() -> None:
    memory = MemoryStore()
    writer = memory.writer(plan())
    writer.add(record(document("a"), ["The trust reported a deficit.", "It was in the red."]))
    writer.publish(plan())
    words = understood_by(memory.open(), "How far in the red is the trust?").words.split()
    assert "deficit" in words
    assert "GP" not in understood_by(memory.open(), "What do family doctors say?").words.split()
