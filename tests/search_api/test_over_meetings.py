"""Questions of a matter over several meetings: which are, and what each meeting said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.model import Filters
from search_api.asked.how_it_went_on import follows_a_matter
from search_api.asked.over_meetings import read_over_meetings
from search_api.engine import Engine
from search_api.results import Answer, AnswerStatus
from tests.search_api.records import Record, engine_over

_BOARD = "Fenwick Health and Wellbeing Board"
_CAR_PARK = "LARCH LANE CAR PARK\n\nA paper on the sale of the Larch Lane car park was presented. "
_RECORDS = [
    Record(
        "2019-03-04",
        _BOARD,
        f"{_CAR_PARK}It was agreed to defer the item to the next meeting."
        "\n\nSCHOOL NURSES\n\nThe school nursing service had 14 nurses."
        "\n\nMINIBUS\n\nThe minibus for day patients would need a new engine.",
    ),
    Record(
        "2019-05-13",
        _BOARD,
        f"{_CAR_PARK}It was agreed that officers would seek a second valuation."
        "\n\nSCHOOL NURSES\n\nThe school nursing service had 11 nurses.",
    ),
    Record(
        "2019-07-08",
        _BOARD,
        f"{_CAR_PARK}The Board approved the sale to the highest bidder."
        "\n\nFLU\n\nThe flu campaign would begin in October 2019.",
    ),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_over(tmp_path_factory.mktemp("meetings"), _RECORDS) as opened:
        yield opened


def _asked(engine: Engine, question: str) -> Answer:
    return engine.answer(question, filters=Filters())


@pytest.mark.parametrize(
    ("question", "times", "within", "rest"),
    [
        (
            "What was done about the sale at their October, November and December 2016 meetings?",
            ("2016-10", "2016-11", "2016-12"),
            None,
            "What was done about the sale?",
        ),
        (
            "Where did the talks stand in February 2018 and again in April 2018?",
            ("2018-02", "2018-04"),
            None,
            "Where did the talks stand?",
        ),
        (
            "What did the board hear on 3 May and 14 June 2018 about the clinic?",
            ("2018-05-03", "2018-06-14"),
            None,
            "What did the board hear about the clinic?",
        ),
        (
            "How did the plan get on between September and November 2016?",
            (),
            ("2016-09", "2016-11"),
            "How did the plan get on?",
        ),
        ("What became of the hospital bid?", (), None, "What became of the hospital bid?"),
        (
            "By how much did the bill rise between May and September of 2016?",
            (),
            ("2016-05", "2016-09"),
            "By how much did the bill rise?",
        ),
        (
            "How did the grant change from the 2016 plan to the 2019 plan?",
            (),
            None,
            "How did the grant change from the plan to the plan?",
        ),
    ],
)
def test_several_meetings_are_read_from_a_question(
    question: str, times: tuple[str, ...], within: tuple[str, str] | None, rest: str
) -> None:
    read = read_over_meetings(question)
    assert read is not None
    assert (read.times, read.within, read.rest) == (times, within, rest)


@pytest.mark.parametrize(
    "question",
    [
        "How did the finishing date of the clinic move?",
        "Tell us how the plan for the clinic moved along",
        "how the plan for the clinic moved along after the vote",
        "Trace how the lease of the lake went through the council in 2015.",
        "Did the works at Mill Road start when they were supposed to?",
        "Was the clinic ready on time?",
        "Which superintendents followed one another in Harrowby?",
        "Did the chair of the committee pass from one councillor to another?",
        "Was bringing in the new rent scheme pushed out?",
        "How did the timetable for the consultation move during 2019?",
        "By how much did the bill for stray horses rise from report to report?",
        "Has command of the division changed hands since 2016?",
        "Which dates have been given for the opening of the clinic?",
        "What was the clinic to cost at first, and what does it cost now?",
        "Has the opening kept being put back?",
    ],
)
def test_a_matter_is_followed_in_many_words(question: str) -> None:
    assert follows_a_matter(question)
    assert read_over_meetings(question) is not None


@pytest.mark.parametrize(
    "question",
    [
        "When does the consultation start?",
        "What did the board decide on 3 May 2018 about the June 2014 event?",
        "What is in the plan for 2017 to 2021?",
        "What was spent in 2014/15 and 2015/16?",
        "How did crime change in 2017?",
        "Who moved the motion on the clinic?",
        "Which figures were given for the deficit?",
        "What did members say before the vote?",
        "What was agreed in May 2016?",
        "May officers march in uniform?",
    ],
)
def test_one_thing_is_asked_of(question: str) -> None:
    assert read_over_meetings(question) is None


def test_each_meeting_that_is_named_says_what_it_did(engine: Engine) -> None:
    found = _asked(
        engine,
        "What was done about the Larch Lane car park at the March, May and July 2019 meetings?",
    )
    assert found.status is AnswerStatus.CHANGED
    assert [version.date.edtf for version in found.timeline] == [
        "2019-07-08",
        "2019-05-13",
        "2019-03-04",
    ]
    assert not any(version.superseded for version in found.timeline)
    told = (found.answer or "").splitlines()
    for line, words in zip(
        told, ("approved the sale", "seek a second valuation", "defer the item"), strict=True
    ):
        assert words in line
    for citation in found.citations:
        assert citation.quote == citation.span.of(engine.store.text(citation.document.id))


def test_only_the_meetings_of_the_time_are_told(engine: Engine) -> None:
    found = _asked(
        engine, "How did the sale of the Larch Lane car park get on between March and May 2019?"
    )
    assert [version.date.edtf for version in found.timeline] == ["2019-05-13", "2019-03-04"]
    assert "highest bidder" not in (found.answer or "")


def test_what_became_of_a_matter_is_told_from_every_meeting(engine: Engine) -> None:
    found = _asked(engine, "What became of the sale of the Larch Lane car park?")
    assert len(found.timeline) == 3
    assert "highest bidder" in (found.answer or "").splitlines()[0]


def test_a_number_that_changed_takes_the_place_of_the_one_before(engine: Engine) -> None:
    found = _asked(engine, "How many school nurses were there in March 2019 and in May 2019?")
    said = [(version.superseded, version.statement) for version in found.timeline]
    assert [superseded for superseded, _ in said] == [False, True]
    assert "11 nurses" in said[0][1]
    assert "14 nurses" in said[1][1]


def test_a_matter_of_one_meeting_is_answered_as_any_other(engine: Engine) -> None:
    found = _asked(engine, "What happened with the minibus for day patients?")
    assert found.status is AnswerStatus.ANSWERED
    assert "new engine" in (found.answer or "")


def test_a_matter_that_no_meeting_speaks_of_is_refused(engine: Engine) -> None:
    found = _asked(
        engine, "What was decided on the Thornbury ambulance station in March and in May 2019?"
    )
    assert found.status is AnswerStatus.NOT_FOUND
