"""How sure an answer is said to be: what each sign does to its level, and what people are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from search_api.answer.confidence import BOUNDS, level_of, sureness
from search_api.engine import Engine
from search_api.results import AnswerStatus, Confidence, Level, Signs
from tests.search_api.records import Record, engine_over

_BEST = Signs(
    margin=0.3,
    first=True,
    support=2.0,
    given=1.0,
    names=1,
    documents=1,
    settled=True,
    legible=True,
    disputed=False,
)
_ORDER = [Level.WEAK, Level.SINGLE_SOURCE, Level.WELL_SUPPORTED]
_RECORDS = [
    Record(
        "2018-03-05",
        "Ellerby Council",
        "LIFTS\n\nThe lifts at Cobley House would be renewed in March 2019."
        "\n\nNURSES\n\nThere were 14 nurses at Tamar Ward."
        "\n\nPARKING\n\nMembers made the following comments:-\n\n"
        "a) The barrier at Ellerby car park had been broken since May 2017."
        "\n\nFLOODING\n\nThe flooding at Marl Lane was discussed at length.",
    ),
    Record("2018-06-04", "Cobley Council", "NURSES\n\nThere were 17 nurses at Severn Ward."),
    Record(
        "2018-07-02",
        "Hale Council",
        "ROOF\n\nThe roof of Birch Hall would cost £90,000 to repair.",
        status="draft",
    ),
    Record("", "Orton Council", "PUMPS\n\nThe pumps at Orton Weir would cost £40,000."),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_over(tmp_path_factory.mktemp("confidence"), _RECORDS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("worse", "level"),
    [
        ({}, Level.WELL_SUPPORTED),
        ({"margin": BOUNDS.clear - 0.001}, Level.SINGLE_SOURCE),
        ({"margin": BOUNDS.close - 0.001}, Level.WEAK),
        ({"first": False}, Level.SINGLE_SOURCE),
        ({"names": BOUNDS.many + 1}, Level.SINGLE_SOURCE),
        ({"settled": False}, Level.SINGLE_SOURCE),
        ({"settled": False, "legible": False}, Level.WEAK),
        ({"apart": ("Ashby General",), "documents": 2}, Level.WEAK),
        ({"words": 1}, Level.SINGLE_SOURCE),
        ({"support": BOUNDS.thin - 0.001}, Level.WEAK),
        ({"given": 0.4}, Level.WEAK),
        ({"disputed": True}, Level.DISPUTED),
        ({"first": False, "documents": 2}, Level.WELL_SUPPORTED),
        ({"settled": False, "documents": 2}, Level.SINGLE_SOURCE),
        ({"margin": 0.0, "documents": 2}, Level.WEAK),
    ],
)
def test_what_each_sign_does_to_the_level(worse: dict[str, Any], level: Level) -> None:
    assert level_of(replace(_BEST, **worse)) is level


def test_a_greater_margin_or_more_support_never_makes_an_answer_less_sure() -> None:
    steps = [-0.1, 0.0, 0.01, 0.03, 0.07, 0.09, 0.5, 1.0, 3.0]
    for first in (True, False):
        for name in ("margin", "support"):
            changes: list[dict[str, Any]] = [{"first": first, name: step} for step in steps]
            levels = [level_of(replace(_BEST, **each)) for each in changes]
            assert all(_ORDER.index(a) <= _ORDER.index(b) for a, b in pairwise(levels))


def test_the_score_orders_by_level_and_then_by_margin() -> None:
    def of(level: Level, margin: float) -> float:
        return sureness(Confidence(level, (), replace(_BEST, margin=margin)))

    ordered = [of(level, margin) for level in _ORDER for margin in (0.0, 0.01, 0.15)]
    assert ordered == sorted(set(ordered))
    assert min(ordered) == 0.0
    assert of(Level.WEAK, -0.4) == 0.0
    assert of(Level.WEAK, 0.9) < of(Level.SINGLE_SOURCE, 0.0)
    assert int(of(Level.DISPUTED, 0.1)) == int(of(Level.SINGLE_SOURCE, 0.1))


def test_what_nothing_else_comes_near_is_well_supported(engine: Engine) -> None:
    answer = engine.answer("When would the lifts at Cobley House be renewed?")
    assert answer.confidence
    assert answer.confidence.level is Level.WELL_SUPPORTED
    assert "One document says this plainly." in answer.confidence.reasons
    assert any(reason.startswith("Nothing else") for reason in answer.confidence.reasons)
    assert answer.score >= 2


def test_a_short_form_is_surely_known_where_it_is_spelt_out(tmp_path: Path) -> None:
    text = (
        "PLANS\n\nThe Fenland Recovery Board (FRB) met in May. The FRB agreed a plan for the year. "
        "Members asked the FRB to report again.\n\nMONEY\n\nThe FRB spent all that it had."
    )
    with engine_over(tmp_path, [Record("2018-03-05", "Ellerby Council", text)]) as lent:
        found = lent.answer("What does FRB stand for?")
        other = lent.answer("What does the agreed plan of the FRB mean?")
    assert found.answer == "The Fenland Recovery Board (FRB) met in May."
    assert found.confidence is not None
    assert found.confidence.level is Level.WELL_SUPPORTED
    assert "It spells out the short form." in found.confidence.reasons
    assert other.confidence is None or "spells out" not in " ".join(other.confidence.reasons)


def test_what_fits_nearly_as_well_is_told_and_lowers_the_level(engine: Engine) -> None:
    answer = engine.answer("How many nurses were there at the ward?")
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.confidence
    assert answer.confidence.level in {Level.SINGLE_SOURCE, Level.WEAK}
    assert any("Other parts of the record" in one for one in answer.confidence.reasons)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("How much would the roof of Birch Hall cost to repair?", "draft"),
        ("How much would the pumps at Orton Weir cost?", "date of the document is not known"),
        ("Since when had the barrier at Ellerby car park been broken?", "said in the discussion"),
    ],
)
def test_what_people_must_be_warned_of_is_told_and_never_well_supported(
    engine: Engine, question: str, told: str
) -> None:
    answer = engine.answer(question)
    assert answer.confidence
    assert answer.confidence.signs
    assert not answer.confidence.signs.settled
    assert answer.confidence.level is not Level.WELL_SUPPORTED
    assert any(told in reason for reason in answer.confidence.reasons)


def test_a_question_that_names_much_is_never_well_supported_by_one_document(
    engine: Engine,
) -> None:
    asked = "When, as Ellerby Council heard in March 2018, would Cobley House renew its lifts?"
    answer = engine.answer(asked)
    assert answer.confidence
    assert answer.confidence.signs
    assert answer.confidence.signs.names > BOUNDS.many
    assert answer.confidence.level is not Level.WELL_SUPPORTED
    assert any("names much" in reason for reason in answer.confidence.reasons)


def test_a_refusal_has_a_score_below_every_answer(engine: Engine) -> None:
    refused = engine.answer("Who is Dr Zebulon Quill?")
    assert refused.status is AnswerStatus.NOT_FOUND
    assert refused.score < 0
