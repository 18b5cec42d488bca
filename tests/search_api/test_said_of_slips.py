"""A slip is told wherever a question is answered: on the terminal, in JSON, in the explanation."""

from __future__ import annotations

from pathlib import Path

import pytest

from search_api.engine import Engine
from search_api.printed import how as printed_how
from search_api.printed import results as printed
from search_api.results import AnswerStatus
from search_api.wire.schemas import answer_response, search_response

_ASKED = "When does BCT conultation start?"
_SAID = "Searched for “consultation”: no document here holds “conultation”."


@pytest.fixture(scope="module")
def engine(sample_index: Path) -> Engine:
    return Engine.open(sample_index)


def test_a_slip_changes_no_answer_and_is_told(engine: Engine) -> None:
    found = engine.answer(_ASKED, explain=True)
    right = engine.answer("When does BCT consultation start?")
    assert found.status is right.status is AnswerStatus.CHANGED
    assert found.answer == right.answer
    assert found.result.query == _ASKED
    assert _SAID in " ".join(printed.answer(found).split())
    assert found.explanation is not None
    assert _SAID in " ".join(printed_how.explanation(found.explanation).split())
    wire = answer_response(found)
    assert [(one.written, one.read_as, one.sure) for one in wire.corrections] == [
        ("conultation", "consultation", True)
    ]
    assert wire.explanation is not None
    assert wire.explanation.corrections == wire.corrections
    assert not answer_response(right).corrections


def test_a_search_tells_it_too(engine: Engine) -> None:
    found = engine.search(_ASKED, k=3)
    assert printed.hits(found).startswith(_SAID)
    assert search_response(found).query == _ASKED
    assert search_response(found).corrections[0].read_as == "consultation"


def test_another_place_is_not_taken_for_one_that_the_record_knows(engine: Engine) -> None:
    found = engine.answer("What did Chesterfield’s councillors say about Better Care Together?")
    assert found.result.corrections == ()
    assert found.reason is None or "Chesterfield" in found.reason
    misspelt = engine.answer("Why did Rutlnd’s panel worry about beds?")
    assert [one.sure for one in misspelt.result.corrections] == [False]
