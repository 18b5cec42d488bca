"""What opens a section of minutes: the agenda's count, who put a question, and no crumbs."""

from __future__ import annotations

import pytest

from indexer.model import Kind, Role
from indexer.segment.headings import by_whom, is_debris
from indexer.segment.structure import units_of
from tests.indexer.segment.records import record, told

_PRESENT = ("# PRESENT:", "Councillors Ash, Birch and Cedar.")


def _sections(*lines: str, kind: Kind = Kind.MINUTES) -> dict[str, str]:
    """Return the section of each unit by the unit's words."""
    parsed = record(*lines)
    return {unit.span.of(parsed.text): " > ".join(unit.section) for unit in units_of(parsed, kind)}


def test_the_opening_statement_is_the_record_s_title_and_heads_no_section() -> None:
    found = _sections(
        "# MINUTES OF THE MEETING OF THE DISTRICT OF",
        "# ELMSHIRE HELD IN THE OLD HALL,",
        "# CO. EXAMPLE, ON MONDAY, 5TH MAY, 2014.",
        *_PRESENT,
        "# Votes of Sympathy",
        "Sympathy was extended to the family.",
    )
    assert found["# MINUTES OF THE MEETING OF THE DISTRICT OF"[2:]] == ""
    assert found["Councillors Ash, Birch and Cedar."] == ""
    assert found["Sympathy was extended to the family."] == "Votes of Sympathy"


def test_a_heading_above_no_list_of_those_present_stays_a_section() -> None:
    found = _sections("# HOSPITAL BEDS", "The Board received a report on beds.")
    assert found["The Board received a report on beds."] == "HOSPITAL BEDS"


def test_an_item_in_the_agenda_s_count_is_a_title_however_it_is_set() -> None:
    found = _sections(
        "# Minutes of the meeting of the Panel",
        *_PRESENT,
        "# 1. Apologies",
        "There were none from those expected.",
        "2. Street Cameras",
        "The Panel received a report of the cameras.",
        "3.Derelict Buildings",
        "The Panel received a list of the buildings.",
    )
    assert found["There were none from those expected."] == "1. Apologies"
    assert found["The Panel received a report of the cameras."] == "2. Street Cameras"
    assert found["The Panel received a list of the buildings."] == "3.Derelict Buildings"


def test_a_list_inside_an_item_is_no_count_of_the_agenda() -> None:
    found = _sections(
        "# Minutes of the meeting of the Panel",
        *_PRESENT,
        "# 1. Apologies",
        "There were none from those expected.",
        "# 2. Sites",
        "The Panel visited the sites below.",
        "3. Ash Grove",
        "4. Birch Lane",
        "5. Cedar Road",
        "The Panel then returned.",
    )
    assert found["The Panel then returned."] == "2. Sites"


def test_a_numbered_line_that_introduces_a_list_is_no_title() -> None:
    found = _sections(
        "# Minutes of the meeting of the Panel",
        *_PRESENT,
        "# Priorities",
        "1. Push on the next wave:",
        "* More of it was seen.",
        "# Points made",
        "It was late.",
    )
    assert found["More of it was seen."] == "Priorities"
    assert found["It was late."] == "Points made"


def test_what_each_member_put_has_a_section_of_its_own() -> None:
    lines = (
        "# Minutes of the meeting of the Panel",
        *_PRESENT,
        "# QUESTIONS",
        "# 5. Question submitted by Councillor A. Ash",
        "I will ask at the next Meeting what the works cost.",
        "# REPLY:",
        "The works cost the sum below.",
        "# Some Useful Statistics",
        "There were 40 works in the year.",
        "6. Question submitted by Councillor B. Birch",
        "I will ask at the next Meeting when the lights are mended.",
        "# NOTICES OF MOTION",
        "7. Notice of Motion submitted by Councillor C. Cedar",
        "I will move at the next Meeting that the lights are mended.",
    )
    found = _sections(*lines)
    first = "QUESTIONS > 5. Question submitted by Councillor A. Ash"
    assert found["The works cost the sum below."] == first
    assert found["There were 40 works in the year."] == f"{first} > Some Useful Statistics"
    assert found["I will ask at the next Meeting when the lights are mended."] == (
        "QUESTIONS > 6. Question submitted by Councillor B. Birch"
    )
    assert found["I will move at the next Meeting that the lights are mended."] == (
        "NOTICES OF MOTION > 7. Notice of Motion submitted by Councillor C. Cedar"
    )
    roles = {words: role for role, words in told(*lines)}
    assert roles["I will ask at the next Meeting what the works cost."] == "comment"
    assert roles["The works cost the sum below."] == "response"


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("9. Question submitted by Councillor A. Ash", Role.COMMENT),
        ("Written Questions from Members", Role.COMMENT),
        ("11A. Notice of Motion submitted by Councillors Ash and Birch", Role.RESOLUTION),
        ("Motion proposed by Cllr Ash and seconded by Cllr Birch.", None),
        ("Question submitted by Councillor Ash was deferred.", None),
        ("Questions were raised by the public.", None),
    ],
)
def test_a_line_says_by_whom_something_was_put(line: str, role: Role | None) -> None:
    assert by_whom(line) is role


@pytest.mark.parametrize(
    "crumb",
    [
        "YES",
        "HAP",
        "Total:",
        "Monday, 13th November, 2017, at 3pm.",
        "Ashford (1) Elmford (1) Oakford (1)",
        "Protection constraints)",
        "Gross Expenditure (B=A) 275,000",
        "Location: Bedford Row",
        "Housing is raised by the members throughout the year.",
    ],
)
def test_crumbs_of_tables_votes_and_notices_head_nothing(crumb: str) -> None:
    assert is_debris(crumb)
    found = _sections(
        "# Minutes of the meeting", *_PRESENT, "# Lights", f"# {crumb}", "They shone."
    )
    assert found["They shone."] == "Lights"


@pytest.mark.parametrize(
    "title",
    [
        "AOB",
        "Spending over £500",
        "Votes of Sympathy",
        "Public Finances (per cent of GDP)",
        "(a) Land at Elm",
        "2. Land",
    ],
)
def test_titles_are_no_crumbs(title: str) -> None:
    assert not is_debris(title)
