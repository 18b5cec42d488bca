"""The same sentence at two meetings: whether it says the same, and what the answer makes of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.model import Role
from search_api.answer.sayings import of_other_years, same_words, says_otherwise
from search_api.asked.kinds import QuestionKind as Kind
from search_api.engine import Engine
from search_api.results import Answer, AnswerStatus
from tests.search_api.records import Record, engine_over

_COUNCIL, _TRUST = "Tarn County Council", "Oxley NHS Trust"


@pytest.mark.parametrize(
    ("kind", "one", "other", "differs"),
    [
        (Kind.OTHER, "The ward would close.", "The ward would not close.", True),
        (Kind.OTHER, "Parking would be free.", "Parking would no longer be free.", True),
        (Kind.DECISION, "That the plan be supported.", "That the plan be deferred.", True),
        (Kind.DECISION, "That it be approved.", "That it be approved subject to advice.", True),
        (Kind.LIST, "Open from 8 am to 5 pm.", "Open from 8 am to 8 pm.", True),
        (Kind.WHERE, "It is built in Mill Road.", "It is built in Abbey Fields.", True),
        (Kind.OTHER, "Dr Ash said it would open.", "Ms Birch said it would open.", False),
        (Kind.OTHER, "It would open in June.", "It would open in June, on time.", False),
        (Kind.OTHER, "Report dated 3 May 2016.", "Report dated 7 June 2016.", False),
    ],
)
def test_what_makes_like_sentences_differ(kind: Kind, one: str, other: str, differs: bool) -> None:
    assert says_otherwise(kind, one, other) is differs
    assert says_otherwise(kind, other, one) is differs
    assert not says_otherwise(kind, one, one)


def test_each_year_has_its_own() -> None:
    assert of_other_years("the festival of 2016", "the festival of 2017")
    assert not of_other_years("the festival of 2016", "the festival")
    assert same_words("the ward would close", "the ward would not close", 0.75)
    assert not same_words("the ward would close", "the plan was noted", 0.75)


def _told(folder: Path, question: str, *said: tuple[str, str, str]) -> Answer:
    records = [Record(date, body, f"WEXLEY HOSPITAL\n\n{text}") for date, body, text in said]
    with engine_over(folder, records) as engine:
        return engine.answer(question)


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        (
            "Will the Wexley ward close?",
            "It was confirmed that the Wexley ward would close.",
            "It was confirmed that the Wexley ward would not close.",
        ),
        (
            "Where will Wexley Community Hospital be built?",
            "It was agreed that Wexley Community Hospital would be built in Mill Road.",
            "It was agreed that Wexley Community Hospital would be built in Abbey Fields.",
        ),
        (
            "What was decided about the rebuilding of Wexley Community Hospital?",
            "RESOLVED: That the rebuilding of Wexley Community Hospital be supported.",
            "RESOLVED: That the rebuilding of Wexley Community Hospital be deferred.",
        ),
        (
            "How many beds will Wexley Community Hospital have?",
            "It was reported that Wexley Community Hospital would have 12 beds.",
            "It was reported that Wexley Community Hospital would have 21 beds.",
        ),
        (
            "What are the opening hours of Wexley Community Hospital?",
            "It was agreed that Wexley Community Hospital would be open from 8 am to 5 pm.",
            "It was agreed that Wexley Community Hospital would be open from 8 am to 8 pm.",
        ),
    ],
)
def test_what_a_later_meeting_says_otherwise_leads(
    tmp_path: Path, question: str, first: str, second: str
) -> None:
    said = (("2014-03-04", _COUNCIL, first), ("2015-09-08", _COUNCIL, second))
    later = _told(tmp_path / "later", question, *said)
    assert later.status is AnswerStatus.CHANGED
    assert [version.superseded for version in later.timeline] == [False, True]
    assert later.timeline[0].statement.strip() == second
    assert later.timeline[1].statement.strip() == first
    at_once = _told(
        tmp_path / "at-once",
        question,
        ("2014-03-04", _COUNCIL, first),
        ("2014-03-06", _TRUST, second),
    )
    assert at_once.status is AnswerStatus.DISPUTED
    again = _told(
        tmp_path / "again",
        question,
        ("2014-03-04", _COUNCIL, first),
        ("2015-09-08", _COUNCIL, f"{first}\n\nMembers thanked the officers."),
    )
    assert again.status is AnswerStatus.ANSWERED
    assert len(again.timeline[0].citations) == 2


def test_resolutions_on_two_estates_are_no_change(tmp_path: Path) -> None:
    answer = _told(
        tmp_path,
        "What was decided about the estate at Ash Lane?",
        ("2014-03-04", _COUNCIL, "RESOLVED: That the estate at Ash Lane be taken in charge."),
        ("2015-09-08", _COUNCIL, "RESOLVED: That the estate at Birch Way be not taken in charge."),
    )
    assert answer.status is AnswerStatus.ANSWERED
    assert "Ash Lane" in (answer.answer or "")


_THREAD = (
    (
        "2015-03-02",
        "Questions\n\nCouncillor Obi asked when the flats at Harrow Gate would be let. "
        "The Director said that tenders for Harrow Gate were being assessed.",
    ),
    (
        "2016-05-09",
        "Questions\n\nThe refurbishment of the flats at Harrow Gate is due for completion in "
        "December 2016.",
    ),
    (
        "2017-02-06",
        "Questions\n\nWork on the flats at Harrow Gate had stopped, as the contractor was in "
        "receivership.",
    ),
    ("2017-03-06", "Roads\n\nThe resurfacing of Mill Road is due for completion in May 2017."),
)


@pytest.fixture
def thread(tmp_path: Path) -> Iterator[Engine]:
    records = [Record(date, _COUNCIL, text) for date, text in _THREAD]
    records += [
        Record("2014-01-06", _COUNCIL, f"Item {n}\n\nThe board noted paper {n} on bins and buses.")
        for n in range(150)
    ]
    with engine_over(tmp_path, records) as engine:
        yield engine


def test_what_other_meetings_said_stands_beside_the_answer(thread: Engine) -> None:
    answer = thread.answer("When will the flats at Harrow Gate be finished?")
    assert "December 2016" in (answer.answer or "")
    dates = [citation.document.date.edtf for citation in answer.elsewhere]
    assert dates == ["2017-02-06", "2015-03-02"]
    assert "receivership" in answer.elsewhere[0].quote
    numbers = [citation.n for citation in (*answer.citations, *answer.elsewhere)]
    assert numbers == list(range(1, len(numbers) + 1))
    for citation in answer.elsewhere:
        text = thread.store.text(citation.document.id)
        assert citation.span.of(text) == citation.quote
        assert citation.role is not Role.TABLE
    assert answer.confidence
    assert any("One later document" in reason for reason in answer.confidence.reasons)


def test_a_question_of_how_it_went_on_gets_every_meeting(thread: Engine) -> None:
    answer = thread.answer("How did the works on the flats at Harrow Gate get on?")
    assert answer.status is AnswerStatus.CHANGED
    assert answer.timeline[0].date.edtf == "2017-02-06"
    assert len(answer.timeline) == 3
    assert not any(version.superseded for version in answer.timeline)
    assert len(answer.answer or "") <= 600


@pytest.mark.parametrize(
    ("earlier", "later", "status"),
    [
        (
            "There were 14 officers stationed at Ashby in all.",
            "There were 17 officers stationed at Ashby in all.",
            AnswerStatus.CHANGED,
        ),
        (
            "There were 14 officers stationed at Ashby in all.",
            "Up to twenty officers may be needed at the court of Ashby on a busy day.",
            AnswerStatus.ANSWERED,
        ),
    ],
)
def test_a_count_of_one_word_changes_only_in_like_words(
    tmp_path: Path, earlier: str, later: str, status: AnswerStatus
) -> None:
    records = [
        Record("2018-03-05", "Ashby Council", f"POLICING\n\n{earlier}"),
        Record("2018-09-03", "Ashby Council", f"POLICING\n\n{later}"),
    ]
    with engine_over(tmp_path, records) as lent:
        assert lent.answer("How many officers are there in Ashby?").status is status
