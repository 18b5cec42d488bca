"""What a text gives in answer to a kind of question: a count of it, a sum, a time, a name."""

from __future__ import annotations

import pytest

from indexer.model import Role
from search_api.answer.given import gives
from search_api.asked.fitness import fitness
from search_api.asked.question import take_apart


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
            "How many health bodies are sound?",
            "There was only one financially sound organisation.",
            "There was one financial plan.",
        ),
        (
            "To whom does the board answer?",
            "The board is accountable to the regional leads.",
            "The board heard the regional leads.",
        ),
        (
            "Who can use the hall?",
            "The hall is open to all residents of the ward.",
            "The hall is open at weekends.",
        ),
        (
            "What is the name of the chief accountant?",
            "Ann Lowe is the chief accountant.",
            "The form goes to the chief accountant, and then to the director.",
        ),
        (
            "When in December was the road closed?",
            "It was closed on 12 December.",
            "It was closed in December.",
        ),
        (
            "When did the scheme start?",
            "The scheme started in 2012.",
            "The scheme is made under the Protection of Birds Act 2012.",
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


def test_a_share_is_an_answer_where_one_may_be_asked_for() -> None:
    assert _gives("How much of the budget is spent on roads?", "Roads take 15% of it.") == 1.0
    assert _gives("How much has the grant been cut?", "It was cut by a fifth, 20%.") == 1.0
    assert _gives("How much do the buses cost?", "About 90% of the buses are full.") == 0.0


def test_a_day_is_given_by_a_day_more_than_by_a_month() -> None:
    question = "On what date will the bridge open?"
    assert _gives(question, "It will open on 3 May.") == 1.0
    assert 0.0 < _gives(question, "It will open in May.") < 1.0
    assert _gives("When will the bridge open?", "It will open in May.") == 1.0


def test_the_year_of_a_law_tells_when_where_a_law_is_asked_about() -> None:
    assert _gives("When was the act passed?", "The Protection of Birds Act 2012 was passed.") == 1.0
