"""What is told wrongly with ease: signatures, votes, groups who speak, misread letters."""

from __future__ import annotations

import pytest

from indexer.model import Kind
from indexer.segment.structure import units_of
from tests.indexer.segment.records import record, roles, told

BEGUN = ("# 24/17 QUALITY REPORT", "The Chief Nurse presented the quality report.")


def _last(*lines: str) -> str:
    return roles(*BEGUN, *lines)[-1]


@pytest.mark.parametrize(
    "line", ["Signed:", "Signed: Date:", "Dated:", "Cathaoirleach", "An Cathaoirleach", "MAYOR"]
)
def test_where_the_chair_signs_is_no_title(line: str) -> None:
    parsed = record(*BEGUN, "RESOLVED:", f"# {line}", "24th November, 2014")
    signed, dated = units_of(parsed, Kind.MINUTES)[-2:]
    assert (signed.role, signed.heading) == ("text", False)
    assert signed.section == dated.section
    assert line not in signed.section
    assert dated.role != "resolution"


@pytest.mark.parametrize("count", ["(b)", "b)", "2.", "(ii)", "iv.", "12."])
def test_a_part_of_a_resolution_is_quoted_with_what_counts_it(count: str) -> None:
    part = f"{count} approve the plan. It runs to 2019."
    assert told(*BEGUN, "RESOLVED that the Board:", part)[3:] == [
        ("resolution", f"{count} approve the plan."),
        ("resolution", "It runs to 2019."),
    ]


def test_the_number_of_a_paragraph_of_minutes_counts_no_part() -> None:
    line = "(11) Mr Hood proposed, and Mr Lewis seconded the following amendment:"
    assert told(*BEGUN, line)[-1] == ("resolution", line[5:])


@pytest.mark.parametrize(
    "side",
    ["For", "# Against", "# ABSTAIN", "For (3)", "Against the proposal:", "# For Cllr. Keary"],
)
def test_the_names_under_a_side_of_a_vote_are_part_of_it(side: str) -> None:
    names = "Councillors Byrne, Daly, Foley and Ryan."
    assert roles(*BEGUN, side, names)[2:] == ["resolution"] * 2


def test_members_who_speak_again_are_not_one_speaker_who_goes_on() -> None:
    found = roles(
        *BEGUN[:1],
        "The Group discussed the paper that the Director presented.",
        "The Director presented the report on beds.",
        "The Group also discussed how a case was built.",
    )
    assert found[-1] == "comment"


def test_a_speaker_who_goes_on_keeps_his_own_role() -> None:
    found = roles(
        *BEGUN[:1],
        "Members made the following comments:",
        "* The data were hard to find.",
        "* The Met Office stated that it did publish them.",
        "* One has to register for it.",
        "* The Met Office explained that this kept users up to date.",
    )
    assert found[-3:] == ["response", "comment", "response"]


def test_a_deputy_chief_executive_is_no_deputy() -> None:
    lines = ("Members asked about roads.", "The Deputy Chief Executive pointed out the cost.")
    assert roles(*BEGUN, *lines)[-2:] == ["comment", "response"]


@pytest.mark.parametrize("misread", ["I", "l", "!", "1"])
def test_a_motion_is_one_whatever_recognition_made_of_its_first_letter(misread: str) -> None:
    assert (
        _last(f"{misread} will move at the next meeting that the road be mended.") == "resolution"
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Both Councillor Sheahan and Councillor O’Brien expressed disappointment at it.",
        "Councillor Galvin in proposing the Motion stated that the wall was old.",
        "Members were not in favour of the interim plan.",
        "Generally speaking, Members supported the visit.",
        "It was noted by Members that the house was empty.",
    ],
)
def test_members_who_speak_in_other_forms_comment(sentence: str) -> None:
    assert _last(sentence) == "comment"


@pytest.mark.parametrize("misread", ["I", "l", "!", "1"])
def test_a_question_is_one_whatever_recognition_made_of_its_first_letter(misread: str) -> None:
    line = f"{misread} will ask at the next meeting when the road will open."
    assert roles(*BEGUN, line)[-1] == "comment"


def test_a_bullet_and_the_letter_of_a_comment_count_nothing() -> None:
    assert told(*BEGUN, "RESOLVED that the Board:", "• approve the plan.")[-1][1][0] == "a"
    lines = ("Members made the following comments:", "(a) Parking was dear.")
    assert told(*BEGUN, *lines)[-1] == ("comment", "Parking was dear.")
