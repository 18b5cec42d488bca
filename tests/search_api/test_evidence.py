"""Whether a text gives what is asked for: near misses hold the words and not the answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.model import Filters
from search_api.answer.evidence import Evidence, evidence_on
from search_api.answer.leading import leading_of
from search_api.answer.naming import names_apart
from search_api.answer.record import read_record
from search_api.answer.refusal import support_of
from search_api.asked.question import take_apart
from search_api.engine import Engine
from search_api.results import AnswerStatus, Level
from tests.search_api.records import Record, engine_over

_CLINIC = """The Fernby clinic was discussed. Mr Alan Pike, the project manager, said that the
clinic would open in May 2019 and that staff numbers were being reviewed.

The Chair asked about the cost of the car park in Fernby. Officers would report back on the cost.

Councillor Ash proposed that the library in Fernby be renamed. The matter was debated at length.

After a vote, the motion was defeated by 10 votes to 3.
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    records = [
        Record("2018-03-01", "Fernby Council", _CLINIC, area="Fernby"),
        Record("2018-06-01", "Ashby Council", "Ashby discussed its buses and the timetable."),
    ]
    with engine_over(tmp_path_factory.mktemp("evidence"), records) as lent:
        yield lent


def test_the_words_of_another_speaker_are_no_answer(tmp_path: Path) -> None:
    text = "CLINIC\n\nCouncillor Birch said that the clinic in Fernby was too far for old people."
    with engine_over(tmp_path, [Record("2018-03-01", "Fernby Council", text)]) as lent:
        birch = lent.answer("What did Councillor Birch say about the clinic in Fernby?")
        oak = lent.answer("What did Councillor Oak say about the clinic in Fernby?")
    assert birch.status is AnswerStatus.ANSWERED
    assert oak.status is AnswerStatus.NOT_FOUND
    assert "“Oak”" in (oak.reason or "")


def test_the_adoption_of_minutes_is_no_decision_on_anything_else(tmp_path: Path) -> None:
    text = (
        "1. Minutes\n\nProposed by Councillor G.Birch; Seconded by Councillor E.Oak.\n\n"
        "“That, the draft Minutes, as circulated, be taken as read and adopted and signed.”\n\n"
        "2. Roads\n\nThe roads programme in Fernby was noted.\n"
    )
    with engine_over(tmp_path, [Record("2018-03-01", "Fernby Council", text)]) as lent:
        minutes = lent.answer("What was agreed about the draft minutes in Fernby?")
        roads = lent.answer("What did Fernby councillors decide about the roads programme?")
    assert "taken as read" in (minutes.answer or "")
    assert "noted" in (roads.answer or "")
    assert "taken as read" not in (roads.answer or "")
    assert "Seconded" not in (roads.answer or "")


@pytest.mark.parametrize(
    "question",
    [
        "How many staff work at the Fernby clinic?",
        "How much will the car park in Fernby cost?",
        "When did the Elmwood clinic open?",
        "Which contractor built the Fernby clinic?",
        "How many staff worked at the Fernby clinic in 2009?",
    ],
)
def test_a_near_miss_is_refused_in_words(engine: Engine, question: str) -> None:
    answer = engine.answer(question)
    assert answer.status is AnswerStatus.NOT_FOUND, answer.answer
    assert answer.reason


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("When will the Fernby clinic open?", "May 2019"),
        ("Who is the project manager of the Fernby clinic?", "Alan Pike"),
    ],
)
def test_what_the_record_says_is_still_answered(
    engine: Engine, question: str, expected: str
) -> None:
    answer = engine.answer(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.reason
    assert expected in (answer.answer or "")


def test_a_motion_is_read_out_with_what_became_of_it(engine: Engine) -> None:
    answer = engine.answer("What became of the motion to rename the library in Fernby?")
    assert "defeated by 10 votes to 3" in (answer.answer or "")
    for citation in answer.citations:
        assert citation.span.of(engine.store.text(citation.document.id)) == citation.quote


def test_a_yes_or_no_question_finds_what_became_of_a_motion(engine: Engine) -> None:
    answer = engine.answer("Was the library in Fernby renamed?")
    assert "defeated by 10 votes to 3" in (answer.answer or answer.reason or "")


@pytest.mark.parametrize(
    ("question", "answered"),
    [
        ("How many falls did the Ashby ward have in 2016?", True),
        ("How many falls did the Ashby ward have in 2011?", False),
    ],
)
def test_last_year_is_the_year_before_it_was_said(
    tmp_path: Path, question: str, answered: bool
) -> None:
    said = "The manager said that 38 falls were recorded on the Ashby ward last year."
    with engine_over(tmp_path, [Record("2017-03-02", "Ashby Health Board", said)]) as lent:
        answer = lent.answer(question)
    assert (answer.status is AnswerStatus.ANSWERED) is answered, answer.answer or answer.reason


def test_a_question_of_a_decision_leads_with_the_decision(tmp_path: Path) -> None:
    text = """Parking charges

The Chair said that the parking charges at the Ashby hospital, and whether the Ashby hospital should
have parking charges at all, had been raised by many.

After discussion it was agreed that charging would begin again in June for visitors alone.
"""
    with engine_over(tmp_path, [Record("2017-03-02", "Ashby Health Board", text)]) as lent:
        answer = lent.answer("What was agreed about parking charges at the Ashby hospital?")
    assert "begin again in June" in (answer.answer or answer.reason or "")


def test_a_share_is_no_sum_of_money(tmp_path: Path) -> None:
    text = (
        "Members asked what salting the Ashby roads cost. About 90% of the Ashby roads are salted."
    )
    with engine_over(tmp_path, [Record("2017-03-02", "Ashby Council", text)]) as lent:
        answer = lent.answer("What does salting the Ashby roads cost?")
    assert answer.status is AnswerStatus.NOT_FOUND, answer.answer


@pytest.mark.parametrize("words", ["hello", "thanks!", "2016", "What is 2+2?"])
def test_what_asks_for_nothing_is_told_so(engine: Engine, words: str) -> None:
    answer = engine.answer(words)
    assert answer.status is AnswerStatus.NOT_FOUND
    assert "does not ask" in (answer.reason or "")


def test_a_record_that_only_uses_the_short_form_is_found(tmp_path: Path) -> None:
    records = [
        Record("2017-01-10", "Fernby Council", "Better Local Buses (BLB) was presented."),
        Record("2017-05-10", "Fernby Council", "The BLB consultation would start in June 2017."),
    ]
    with engine_over(tmp_path, records) as lent:
        answer = lent.answer("When will the Better Local Buses consultation start?")
    assert "June 2017" in (answer.answer or answer.reason or "")


_OF_MANY_THINGS = (
    "MATERNITY\n\nMembers were told that the birth unit at Melton would move in March 2018.\n\n"
    "BEDS\n\nMembers were worried about the closure of beds at the cottage hospital.\n\n"
    "BUSES\n\nIt was agreed that the bus service should be kept.\n\n"
    "PARKING\n\nThe Board agreed that parking charges at the hospital should not rise."
)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("What was agreed about dental services?", None),
        ("What was decided about the swimming pool?", None),
        ("What did members say about vaccines?", None),
        ("What was agreed about buses?", "should be kept"),
        ("What are the concerns about closing beds?", "closure of beds"),
        ("What was said about maternity?", "birth unit"),
    ],
)
def test_a_short_question_is_of_one_topic(
    tmp_path_factory: pytest.TempPathFactory, question: str, words: str | None
) -> None:
    folder = tmp_path_factory.mktemp("topics")
    with engine_over(folder, [Record("2017-11-02", "Ashby Health Board", _OF_MANY_THINGS)]) as lent:
        found = lent.answer(question)
    if words is None:
        assert found.status is AnswerStatus.NOT_FOUND
        assert "speak of other things" in (found.reason or "")
    else:
        assert words in (found.answer or "")


_LOAN = "LOANS\n\nThe loan to the developer of Birch Green is to be repaid before 1 March 2027."
_LONG = "PANELS\n\n" + "\n\n".join(
    f"The members of panel {n} were thanked for all that they had done in the year, and it was "
    f"hoped that those who were to follow them would be found in time for the next round."
    for n in range(2, 12)
)
_OTHER = "WARDS\n\nThe plan for the wards in Fernby was renewed."


def test_a_name_that_stands_elsewhere_in_its_document_is_half_there(tmp_path: Path) -> None:
    pack = Record("2017-11-02", "The Partnership", f"{_LOAN}\n\n{_LONG}\n\n{_OTHER}")
    with engine_over(tmp_path, [pack]) as lent:
        there = _evidence(lent, "When must the Birch Green developer repay Fernby?")
        nowhere = _evidence(lent, "When must the Birch Green developer repay Oldham?")
    assert (there.missing, there.elsewhere) == (("fernbi",), ("fernbi",))
    assert (nowhere.missing, nowhere.elsewhere) == (("oldham",), ())
    assert support_of(there) > support_of(nowhere)


def test_what_a_sentence_beside_the_question_names_need_not_be_said(tmp_path: Path) -> None:
    with engine_over(tmp_path, [Record("2017-11-02", "The Partnership", _LOAN)]) as lent:
        beside = _evidence(lent, "The Healthwatch looks at Birch Green. When is its loan repaid?")
        alone = _evidence(lent, "The Healthwatch worries. When is the Birch Green loan repaid?")
        asked = _evidence(lent, "When is the Birch Green loan to Healthwatch repaid?")
    assert beside.missing == ()
    assert alone.missing == asked.missing == ("healthwatch",)


@pytest.mark.parametrize(
    ("question", "apart"),
    [
        ("Why is Ashby General closing?", ("Ashby General",)),
        ("Why is the Birch Royal Infirmary closing?", ("Birch Royal Infirmary",)),
        ("What did the Ashby Liberal Democrats want?", ()),
        ("What did the Fernby City Council decide?", ()),
        ("What did Joan Ashby say in Ashby in March 2017?", ()),
        ("What of General Practice in Ashby?", ()),
    ],
)
def test_a_name_is_not_its_words_in_several_places(question: str, apart: tuple[str, ...]) -> None:
    text = (
        "Ashby has four wards. General practice in the county was spoken of. A Liberal Democrat, "
        "Ms Joan Ashby, asked Fernby City and County Council about Birch. The royal visit to the "
        "new infirmary was in March."
    )
    named = take_apart(question).particulars
    found = names_apart(question, named, [text, "Ashby; General"], "Ashby Board")
    assert found == apart


def test_what_only_has_the_words_of_a_name_is_at_most_weakly_supported(tmp_path: Path) -> None:
    text = "ESTATE\n\nAshby wards close because staff are few. General practice is to grow."
    with engine_over(tmp_path, [Record("2017-11-02", "The Partnership", text)]) as lent:
        named = lent.answer("Why are the Ashby wards closing?")
        other = lent.answer("Why do the wards of Ashby General close?")
        refused = lent.answer("Why was Ashby General sold?")
    assert named.confidence
    assert named.confidence.level is not Level.WEAK
    assert other.confidence
    assert other.confidence.level is Level.WEAK
    assert any("“Ashby General” is not named" in reason for reason in other.confidence.reasons)
    assert refused.status is AnswerStatus.NOT_FOUND
    assert refused.reason == "What comes closest to an answer does not name “Ashby General”."


def _evidence(engine: Engine, question: str) -> Evidence:
    read = read_record(engine.store, engine.reader, question, None, Filters())
    return evidence_on(engine.store, read, leading_of(engine.store, read.matter, read.ranked))


_TALK = " ".join(
    f"There is berth number {number} besides, for the boats that lie there in a westerly wind."
    for number in range(2, 10)
)


@pytest.mark.parametrize(("between", "missing"), [("", False), ("BUS SHELTERS\n\n", True)])
def test_a_name_in_the_passage_before_counts_in_the_same_section(
    tmp_path: Path, between: str, missing: bool
) -> None:
    text = (
        f"SLIPWAYS\n\nThe works at Tarnquay were heard in full. {_TALK}\n\n{between}"
        "The engineer said that funding of €112,500 had come from the Department of the Marine."
    )
    question = "How much funding came from the Department of the Marine for Tarnquay?"
    with engine_over(tmp_path, [Record("2018-03-01", "Fernby Council", text)]) as engine:
        found = _evidence(engine, question)
        answer = engine.answer(question)
    assert ("tarnquay" in found.missing) is missing
    if not missing:
        assert "€112,500" in (answer.answer or "")
