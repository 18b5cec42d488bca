"""Whether a text gives what is asked for: near misses hold the words and not the answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.model import Filters, Role
from search_api.answer.evidence import Evidence, evidence_on
from search_api.answer.given import gives
from search_api.answer.leading import leading_of
from search_api.answer.naming import names_apart
from search_api.answer.record import read_record
from search_api.answer.refusal import support_of
from search_api.asked.fitness import fitness
from search_api.asked.question import take_apart
from search_api.engine import Engine
from search_api.results import AnswerStatus, Level
from tests.search_api.records import Record, engine_over


def _gives(question: str, text: str) -> float:
    asked = take_apart(question)
    fit = fitness(asked.kind, text, Role.REPORT, is_list=False, known=asked.words)
    return gives(asked, question, text, fit)


@pytest.mark.parametrize(
    ("question", "answer", "near_miss"),
    [
        (
            "How many people visited the castle?",
            "In 2017, 12,400 people visited.",
            "The show is on the castle wall (8-9pm) on 31 December 2017.",
        ),
        (
            "How many beds will close?",
            "The plan would close 24 beds.",
            "Two hospitals were named in the plan.",
        ),
        (
            "How many applied for the seats?",
            "The applications came to 17.",
            "The committee has twelve members who met.",
        ),
        (
            "Which contractor built the ramps?",
            "The ramps were built by Harland Civil Engineering.",
            "Two ramps would be placed on Mill Road near Cross Estate.",
        ),
        (
            "Who was appointed sponsor?",
            "Inspector Ann Lowe was appointed sponsor.",
            "The value of having a sponsor was discussed.",
        ),
        (
            "When will the bridge open?",
            "It should open by the end of March.",
            "It may open, the Chair said at the meeting.",
        ),
        (
            "Which two councils left the fund?",
            "Two had left it, Ashby Borough Council and the City of Birch.",
            "Two of them had left it, for want of staff.",
        ),
        (
            "Which developer got the loan?",
            "A loan was made to Harland Homes Ltd for the site.",
            "A loan was made to a developer for the site.",
        ),
        (
            "What share of the £40 million was for wards?",
            "Of it £3 million was for wards.",
            "Last summer £40 million was found for wards.",
        ),
        (
            "How big is the dataset?",
            "The dataset is 13 GB.",
            "The dataset was published in 2014.",
        ),
        (
            "How much of the £20 billion will come to Fernby?",
            "Fernby would receive £3 million of it.",
            "The new funding had been announced.",
        ),
        (
            "When will the footbridge open?",
            "It opens soon after the works.",
            "I will move at the next meeting that the following points be heard of a footbridge.",
        ),
        (
            "How many cars use the site?",
            "There were 3 more cars a day.",
            "They spoke of three other recycling centres.",
        ),
        (
            "Which contractor built the ramps on the quay?",
            "The contract for the ramps was awarded to Tarn Paving.",
            "The ramps lead from the quay to Harbour View Estate.",
        ),
        (
            "Which company runs the ferry?",
            "The ferry has been run by Tarn Lines since May.",
            "The Leader of the Labour Group spoke about the ferry.",
        ),
        (
            "At what time does the budget meeting end?",
            "The meeting is scheduled to end by 5.00 pm.",
            "The meeting is in February 2025 and will end in due course.",
        ),
    ],
)
def test_an_answer_gives_more_of_what_is_asked_than_a_near_miss(
    question: str, answer: str, near_miss: str
) -> None:
    assert _gives(question, answer) > _gives(question, near_miss)


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


def test_what_the_record_writes_in_small_letters_too_is_no_person() -> None:
    asked = take_apart("Who leads the group?")
    record = "The heat networks are old. Will Perrin leads; you will see."
    for text, given in [("Heat Networks lead it.", 0.0), ("Will Perrin leads it.", 1.0)]:
        assert gives(asked, "Who leads the group?", text, 1.0, record) == given
    assert gives(asked, "Who leads the group?", "Healthwatch Chairs lead it.", 1.0) < 1.0


def test_whoever_asks_who_and_for_which_company_is_told_by_a_person_too() -> None:
    question = "Who was let in to observe, and for which company?"
    assert _gives(question, "Tom Elkins thanked the Chair.") == 1.0


def test_a_meeting_of_the_question_itself_is_no_hour() -> None:
    question = "By what time did the 9.30 am meeting close?"
    assert _gives(question, "The 9.30 am meeting was opened.") == 0.0
    assert _gives(question, "It closed at noon.") == 1.0


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


def test_a_share_is_an_answer_where_one_may_be_asked_for() -> None:
    assert _gives("How much of the budget is spent on roads?", "Roads take 15% of it.") == 1.0
    assert _gives("How much has the grant been cut?", "It was cut by a fifth, 20%.") == 1.0
    assert _gives("How much do the buses cost?", "About 90% of the buses are full.") == 0.0


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
