"""Who said it decides between answers: officers before members on facts, the meeting on decisions.

The reasons for being sure or not, and how the answer was reached, are checked on the same record.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from indexer.model import Filters, Role
from search_api.cli import ask, search
from search_api.engine import Engine
from search_api.results import AnswerStatus, Level
from search_api.wire.schemas import answer_response, search_response
from tests.search_api.records import Record, engine_over

_PARKING = """PARKING AT ELLERBY HOSPITAL

Members made the following comments:-

a) The car park at Ellerby Hospital had 40 spaces.
b) The car park at Ellerby Hospital should be closed, and money was being wasted on it.
c) They were worried about what visitors to Ellerby Hospital had to pay.

In response to the comments the Director of Estates stated that:-

a) The car park at Ellerby Hospital had 65 spaces.
b) Visitors to Ellerby Hospital paid £2 for each day.

RESOLVED: That the car park at Ellerby Hospital be extended.
"""
_DRAFT = """LIFTS

The lifts at Cobley House would be renewed in March 2019 at a cost of £90,000.
"""
_YEAR = """NURSES

The Board of Cobley House noted that 14 nurses had been appointed at Tamar Ward.
"""
_RECORDS = [
    Record("2018-03-05", "Ellerby Council", _PARKING),
    Record("2018-06-04", "Cobley Council", _DRAFT, status="draft"),
    Record("2018", "Tamar Council", _YEAR),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("who-said-it")


@pytest.fixture(scope="module")
def engine(folder: Path) -> Iterator[Engine]:
    with engine_over(folder, _RECORDS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "role", "words"),
    [
        ("How many spaces had the car park at Ellerby Hospital?", Role.RESPONSE, "65 spaces"),
        ("What was decided about the car park at Ellerby Hospital?", Role.RESOLUTION, "extended"),
        ("What were members worried about at Ellerby Hospital?", Role.COMMENT, "visitors"),
        ("How much did visitors to Ellerby Hospital pay?", Role.RESPONSE, "£2"),
    ],
)
def test_the_words_of_who_counts_most_lead(
    engine: Engine, question: str, role: Role, words: str
) -> None:
    answer = engine.answer(question)
    assert (answer.citations[0].role, answer.timeline[0].role) == (role, role)
    assert words in (answer.answer or "")
    said = answer_response(answer)
    assert (said.citations[0].role, said.timeline[0].role) == (role, role)


def test_one_mention_in_a_draft_is_not_well_supported_and_says_why(engine: Engine) -> None:
    answer = engine.answer("When would the lifts at Cobley House be renewed?")
    assert answer.confidence
    assert answer.confidence.level is Level.SINGLE_SOURCE
    assert any("draft" in reason for reason in answer.confidence.reasons)
    assert any("Only one" in reason for reason in answer.confidence.reasons)


def test_a_decision_in_approved_minutes_says_so(engine: Engine) -> None:
    answer = engine.answer("What was decided about the car park at Ellerby Hospital?")
    assert answer.confidence
    assert "It is a decision of the meeting." in answer.confidence.reasons
    assert "The minutes are approved as the record." in answer.confidence.reasons
    assert answer.confidence.level is not Level.DISPUTED


def test_a_members_words_are_called_so_where_a_fact_was_asked_for(engine: Engine) -> None:
    asked = engine.answer("Why should the car park at Ellerby Hospital be closed?")
    assert asked.citations[0].role is Role.COMMENT
    assert asked.confidence
    assert any("said in the discussion" in reason for reason in asked.confidence.reasons)
    wanted = engine.answer("What were members worried about at Ellerby Hospital?")
    assert wanted.confidence
    assert not any("said in the discussion" in reason for reason in wanted.confidence.reasons)


def test_no_confidence_is_a_percentage_and_a_refusal_has_none(engine: Engine) -> None:
    for question in ("How many spaces had the car park?", "When would the lifts be renewed?"):
        said = answer_response(engine.answer(question)).confidence
        assert said
        assert not any("%" in reason or "percent" in reason for reason in said.reasons)
    refused = engine.answer("Who is Dr Zebulon Quill?")
    assert refused.status is AnswerStatus.NOT_FOUND
    assert refused.confidence is None
    assert answer_response(refused).confidence is None


def test_an_answer_explains_its_passages_and_statements(engine: Engine) -> None:
    question = "How many spaces had the car park at Ellerby Hospital?"
    plain, told = engine.answer(question), engine.answer(question, explain=True)
    assert plain.explanation is None
    assert (told.answer, told.citations) == (plain.answer, plain.citations)
    how = told.explanation
    assert how
    assert (how.kind, how.names) == ("how_many", ("ellerbi", "hospit"))
    assert [one.rank for one in how.candidates] == list(range(1, len(how.candidates) + 1))
    found = [hit.passages[0].id for hit in told.result.hits[:3]]
    ranked = [one.passage.id for one in how.candidates]
    assert [one for one in ranked if one in found] == found
    assert all(one.vector is not None and one.tokens for one in how.candidates)
    assert [one.by_vector for one in how.candidates if one.by_vector == 1] == [1]
    scores = [one.score for one in how.statements]
    assert scores == sorted(scores, reverse=True)
    chosen = [one for one in how.statements if one.outcome.startswith("quotation 1")]
    assert any("65 spaces" in one.text for one in chosen)
    for one in how.statements:
        assert one.span.of(engine.store.text(one.hit.document.id)) == one.text
        assert one.outcome


def test_a_refusal_explains_itself(engine: Engine) -> None:
    told = engine.answer("Who is Dr Zebulon Quill?", explain=True)
    assert told.explanation
    assert "Zebulon" in told.explanation.verdict
    assert {one.outcome for one in told.explanation.statements} == {
        "not an answer: see the verdict"
    }


def test_a_time_read_from_the_question_is_explained(engine: Engine) -> None:
    question = "As of May 2018, what was decided about the car park at Ellerby Hospital?"
    told = engine.answer(question, explain=True)
    assert told.explanation
    assert told.explanation.time == (
        "“As of May 2018” was read as: as the record stood at 2018-05."
    )
    assert "leave" in told.explanation.limits
    given = engine.answer(question, filters=Filters(as_of="2019"), explain=True)
    assert given.explanation
    assert given.explanation.time
    assert "wins" in given.explanation.time


def test_a_search_explains_every_hit_and_what_is_beyond(engine: Engine) -> None:
    plain = engine.search("car park", k=2, filters=Filters(body=("Ellerby",)))
    told = engine.search("car park", k=2, filters=Filters(body=("Ellerby",)), explain=True)
    assert plain.explanation is None
    assert told.hits == plain.hits
    how = told.explanation
    assert how
    outcomes = {one.passage.id: one.outcome for one in how.candidates}
    for hit in told.hits:
        found, *after = [outcomes.pop(part.id) for part in hit.passages]
        assert found == f"shown as passage {hit.rank}"
        assert set(after) <= {f"shown with passage {hit.rank}, which it follows"}
    assert all("beyond" in outcome for outcome in outcomes.values())
    assert f"{told.total} of {engine.store.count()}" in how.limits
    said = search_response(told)
    assert said.explanation
    assert said.explanation.candidates[0].passage_id == told.hits[0].passages[0].id
    assert [part.id for part in said.hits[0].parts] == [one.id for one in told.hits[0].passages]


@pytest.mark.parametrize("command", [ask, search])
@pytest.mark.usefixtures("engine")
def test_explain_is_printed_and_is_in_the_json(folder: Path, command: click.Command) -> None:
    asked = ["How many spaces had the car park at Ellerby Hospital?", f"--index={folder / 'index'}"]
    printed = CliRunner().invoke(command, [*asked, "--explain"])
    assert "How this was reached" in printed.output
    assert "vector" in printed.output
    as_json = CliRunner().invoke(command, [*asked, "--explain", "--json"])
    assert json.loads(as_json.output)["explanation"]["candidates"]
    plain = CliRunner().invoke(command, asked)
    assert "How this was reached" not in plain.output
