"""Forms of minutes that a second, wider set of labels showed to be told wrongly."""

from __future__ import annotations

import pytest

from tests.indexer.segment.records import roles

BEGUN = ("# 24/17 QUALITY REPORT", "The Chief Nurse presented the quality report.")
ASKED = (*BEGUN, "Members asked how many beds were closed.")
REPLY = (*BEGUN, "Question submitted by Councillor Lee", "I will ask what beds cost.", "REPLY:")


def _last(*lines: str) -> str:
    return roles(*lines)[-1]


@pytest.mark.parametrize(
    "decided",
    [
        "“That the Trust be asked to publish its plan.”",
        "There were no abstentions.",
        "Proposed Councillor Lee;",
        "The report, as circulated, was noted by Members.",
        "The Members discussed the closure and agreed that a letter should be sent.",
        "With the consent of the Chair, Councillor Lee proposed a short adjournment.",
        "Notice of Motion submitted by Councillor Lee",
    ],
)
def test_a_decision_in_other_forms(decided: str) -> None:
    assert _last(*BEGUN, decided) == "resolution"


@pytest.mark.parametrize(
    "said",
    [
        "The Members agreed that money needs to be spent on the wards.",
        "Members generally supported the plan.",
        "The Panel was interested in the pilot.",
        "Councillor O‟Dowd requested an update on the wards.",
        "Councillor Lee in proposing the motion to fund the ward stated that it was full.",
        "It was also discussed that the wards were old.",
        "She raised concerns about parking.",
    ],
)
def test_what_members_say_in_other_words(said: str) -> None:
    assert _last(*BEGUN, said) == "comment"


@pytest.mark.parametrize(
    "opening",
    [
        "The Chair welcomed the new members to the meeting.",
        "Dr Amy Lee (AL) welcomed everyone to the meeting of the Governing Body.",
        "The Board received the report of the Medical Director.",
        "The Chair thanked the charity and invited Mr Lee to address the meeting.",
        "The Chief Executive thanked all staff for their work.",
    ],
)
def test_what_opens_an_item_is_a_report(opening: str) -> None:
    assert _last("# 24/18 WELCOME", opening) == "report"


def test_an_officer_who_pays_tribute_answers_nothing() -> None:
    assert _last(*ASKED, "The Director paid tribute to the nurses.") == "comment"


def test_an_officer_who_reassures_before_anybody_spoke_reports() -> None:
    assert _last(*BEGUN, "The Director reassured the regulator about the wards.") == "report"


@pytest.mark.parametrize(
    "line",
    [
        "The Council also provided a budget.",
        "The Estates Section will arrange an inspection.",
        "Beds 2017: €12,000",
        "Monday and Friday",
    ],
)
def test_a_written_reply_goes_on(line: str) -> None:
    assert _last(*REPLY, "The costs are as follows:", line) == "response"


def test_a_heading_that_is_half_a_sentence_stays_in_the_reply() -> None:
    told = roles(*REPLY, "The wards are busy.", "# New wards provide for:", "* More beds.")
    assert told[-2:] == ["response", "response"]


@pytest.mark.parametrize("line", ["13:55 – 14:05: Update on beds", "To receive the annual report."])
def test_the_agendas_own_words_are_no_report(line: str) -> None:
    assert _last("# 24/18 BEDS", line) == "text"


def test_a_headline_of_a_slide_answers_nobody() -> None:
    assert _last(*BEGUN, "Responding to Skill Needs") == "report"


def test_what_depends_on_a_resolution_decides_nothing() -> None:
    assert _last(*BEGUN, "Once that resolution was passed, a contract exists.") == "report"


def test_a_service_is_nobody_to_do_a_task() -> None:
    assert _last(*BEGUN, "Commemoration Service to mark the day.") == "report"
