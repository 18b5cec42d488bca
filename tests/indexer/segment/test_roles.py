"""The cues by which minutes are written in Britain and Ireland, each family by examples."""

from __future__ import annotations

import pytest

from indexer.model import Kind
from indexer.segment.structure import units_of
from tests.indexer.segment.records import lead_ins, record, roles, told

BEGUN = ("# 24/17 QUALITY REPORT", "The Chief Nurse presented the quality report.")


def _last(*lines: str) -> str:
    return roles(*BEGUN, *lines)[-1]


@pytest.mark.parametrize(
    "line",
    [
        "RESOLVED – That the Board approve the plan.",
        "RESOLVED: that the report be noted.",
        "AGREED that officers would write to the Trust.",
        "Agreed: the plan was to be brought back in May.",
        "Agreed unanimously.",
        "Decision: To approve the business case.",
        "It was RESOLVED to note the position.",
        "It was agreed that the Chief Executive would write to NHS England.",
        "The Board NOTED the quality report.",
        "The Board noted the report.",
        "The Committee approved the terms of reference.",
        "The Trust Board ratified the policy.",
        "The Health and Wellbeing Board endorsed the strategy.",
        "The Council resolved to support the campaign.",
        "Members noted and approved the disposal of land.",
        "The Panel agreed to establish a task group.",
        "The minutes of the meeting held on 4 March were agreed as a correct record.",
        "The minutes were approved and signed by the Chair.",
        "Councillor Ryan proposed an amendment.",
        "Proposed by Councillor Ryan;",
        "Seconded by Councillor Foley;",
        "Mrs Chandler proposed, and Mrs Prendergast seconded the motion.",
        "On the proposal of Councillor Galvin, seconded by Councillor Quinn, it was deferred.",
        "The motion was put to the vote and lost.",
        "The Chairman put the motion set out in paragraph 2.",
        "Amendment lost.",
        "For (12)",
        "Councillor Hughes was elected Chair for the year.",
        "That proposal was seconded by Councillor Byrne.",
        "I will move at the next meeting that the Council write to the Minister.",
        "Ar mholadh na Comhairleora Nic Aodha,",
        "PENDERFYNWYD derbyn yr adroddiad.",
    ],
)
def test_what_is_decided(line: str) -> None:
    assert _last(line) == "resolution"


@pytest.mark.parametrize(
    "line",
    [
        "ACTION: Jane Smith to circulate by 3 March.",
        "Action 4: Trust to share the dashboard.",
        "ACTION – Director of Nursing",
        "Action by: JS",
        "JS to circulate the slides before the next meeting.",
        "JS/PT to review the risk register.",
        "The Company Secretary to update the forward plan.",
        "Mrs Jones to report back in May.",
        "The Chair will write to the Secretary of State.",
        "A paper would be brought to the next meeting (Action: Medical Director).",
    ],
)
def test_who_must_do_what(line: str) -> None:
    assert _last(line) == "action"


@pytest.mark.parametrize(
    "line",
    [
        "Mrs Smith asked whether waiting times had improved.",
        "Members queried the cost of agency staff.",
        "Members noted that many residents could not travel.",
        "Councillor Keary stated that the road was unsafe.",
        "A Member of the Commission questioned the figures.",
        "The Chair thanked Dr Patel for her presentation.",
        "A non-executive director sought assurance on staffing.",
        "Concern was expressed that the plan was late.",
        "It was suggested that a visit be arranged.",
        "A question was raised about parking.",
        "In the ensuing discussion, members raised concerns about access.",
        "There was some concern about the timetable.",
        "The Committee agreed that dumping is a significant problem.",
        "A discussion took place on car parking.",
        "Reference was made to the number of complaints.",
        "In seconding the motion, Councillor Hill spoke of her own experience.",
        "Dr Jones commented that the data were old.",
        "JS queried whether the target was realistic.",
    ],
)
def test_what_members_say(line: str) -> None:
    assert _last(line) == "comment"


@pytest.mark.parametrize(
    "line",
    [
        "Dr Jones replied that it had fallen.",
        "In response, Mr Brown said that recruitment was under way.",
        "In reply to a question from Cllr Ward, the Director explained the delay.",
        "The Chief Operating Officer advised that beds would reopen.",
        "Mr Brown confirmed that funding was in place.",
        "It was confirmed that funding was in place.",
        "Officers undertook to provide the figures.",
        "PT explained that the data were provisional.",
        "The Trust advised that a review had begun.",
        "With regard to parking, the Estates Manager stated that spaces had been added.",
        "Members were advised that a review had begun.",
    ],
)
def test_what_is_answered_after_a_question(line: str) -> None:
    assert _last("Mrs Smith asked whether waiting times had improved.", line) == "response"


@pytest.mark.parametrize(
    "line",
    [
        "The Chief Operating Officer advised that beds would reopen.",
        "Mr Brown confirmed that funding was in place.",
        "The Director of Finance outlined the position at month nine.",
        "Councillor Lee introduced the report of the task group.",
        "The Chair welcomed everyone to the meeting.",
        "Councillor Smith declared an interest in item 6.",
        "It was noted that the next meeting would be in May.",
        "The Committee received a report on winter planning.",
        "The report stated that demand had risen.",
        "The plan was approved by NHS England in 2019.",
        "This concluded the business of the meeting.",
    ],
)
def test_what_is_reported(line: str) -> None:
    assert _last(line) == "report"


@pytest.mark.parametrize(
    "line",
    [
        "Apologies for absence were received from Mrs Khan.",
        "The Democratic Services Officer reported apologies from Mr Cooke.",
        "Present: Councillors Ward (Chair), Lee and Khan",
        "In attendance: Ms J Brown, Governance Manager",
        "ALSO PRESENT:",
        "Councillor Byrne joined the meeting at 10.40am.",
        "Mrs Lee was substituting for Mr Khan.",
        "The Deputy Mayor took the Chair.",
    ],
)
def test_who_was_there(line: str) -> None:
    assert _last(line) == "attendance"


def test_a_question_that_is_answered_by_the_same_speaker_goes_on() -> None:
    found = roles(
        *BEGUN,
        "Mr Brady asked why services were cut.",
        "Mr Brady stressed that residents were worried.",
        "Ms Cole replied that nothing was decided.",
        "She added that consultation would follow.",
        "Ms Cole confirmed the dates.",
    )
    assert found[2:] == ["comment", "comment", "response", "response", "response"]


def test_people_at_the_top_are_attendance_and_the_title_is_text() -> None:
    found = told(
        "MINUTES of a meeting of the Board held at Trust Headquarters on 4 March 2024.",
        "Present:",
        "Mr A Brown, Chair",
        "Dr B Green, Medical Director",
        "In attendance:",
        "Ms C White, Governance Manager",
        "# 24/01 WELCOME",
        "The Chair opened the meeting.",
    )
    assert [role for role, _ in found] == ["text", *["attendance"] * 5, "report", "report"]


def test_a_table_of_people_is_attendance_and_one_of_figures_is_not() -> None:
    found = roles(
        "|# Name | Role",
        "| Mr A Brown | Chair",
        "| Dr B Green | Medical Director",
        "# 1. Finance",
        "The Director of Finance presented the accounts.",
        "|# Measure | March",
        "| Deficit | 2.4",
    )
    assert found == [*["attendance"] * 3, "report", "report", "table", "table"]


def test_a_table_of_actions_has_owners_and_dates() -> None:
    found = roles(
        *BEGUN,
        "|# Ref | Action | Owner | Due date",
        "| 24/17 | Circulate the dashboard | JS | 3 March",
    )
    assert found[-2:] == ["action", "action"]


def test_a_register_of_risks_is_a_table() -> None:
    lines = ("|# Risk | Score | Action | Owner", "| Fire | 12 | Train staff | JS")
    assert roles(*lines, kind=Kind.REPORT) == ["table", "table"]


def test_minutes_set_in_a_table_are_read_as_sentences() -> None:
    prose = (
        "Mrs Smith asked whether the waiting times in the emergency department had improved since "
        "the last meeting. Dr Jones replied that they had, by two hours on average."
    )
    found = told("|# Item | Discussion | Action", f"| 24/17 | {prose} | JS")
    assert [role for role, _ in found[1:]] == ["report", "comment", "response", "action"]


def test_an_action_log_is_all_actions() -> None:
    lines = ("# Action log – March 2024", "| Circulate minutes | New", "Write to the Trust")
    found = roles(*lines, kind=Kind.OTHER)
    assert found[1:] == ["action", "action"]


def test_an_action_at_the_end_of_a_paragraph() -> None:
    found = told(
        *BEGUN, "Mrs Smith asked about staffing. Action: Chief Nurse to bring a paper by 3 March."
    )
    assert [role for role, _ in found[2:]] == ["comment", "action"]


def test_owner_and_date_under_an_action_belong_to_it() -> None:
    assert roles(*BEGUN, "Action: Team to follow up.", "Due: September")[2:] == ["action"] * 2


@pytest.mark.parametrize(
    "lead",
    [
        "RESOLVED – That the Board:",
        "The Board:",
        "It was Resolved that the Board;",
        "The Committee agreed to:",
        "The Board noted:",
    ],
)
def test_every_part_of_a_resolution_keeps_its_lead_in(lead: str) -> None:
    lines = (*BEGUN, lead, "(a) note the report;", "(b) approve the plan.")
    assert roles(*lines)[2:] == ["resolution"] * 3
    assert lead_ins(*lines)[2:] == [None, lead, lead]


def test_a_resolution_keeps_its_parts_over_a_page_and_through_a_nested_list() -> None:
    lines = (
        *BEGUN,
        "RESOLVED that the Board:",
        "(a) note the report;",
        "(b) approve:",
        "(i) the budget;",
        "<page>",
        "12",
        "(ii) the plan; and",
        "(c) receive an update in May.",
    )
    lead = "RESOLVED that the Board:"
    assert set(roles(*lines)[2:]) == {"resolution"}
    assert lead_ins(*lines)[2:] == [
        None, lead, lead, "approve:", None, "approve:", lead,
    ]  # fmt: skip


def test_numbered_paragraphs_and_the_list_within_one_do_not_mix() -> None:
    found = roles(
        *BEGUN,
        "3. RESOLVED that the Council:",
        "1. Notes the report;",
        "2. Writes to the Minister.",
        "4. Members asked about parking.",
    )
    assert found[2:] == ["resolution"] * 3 + ["comment"]


def test_a_list_of_comments_and_a_list_of_answers() -> None:
    found = roles(
        *BEGUN,
        "The following points were made in discussion:",
        "* Access was poor.",
        "* Parking was dear.",
        "In response to issues raised, the Director clarified the following:",
        "* A review had begun.",
    )
    assert found[2:] == ["comment"] * 3 + ["response"] * 2


def test_questions_and_their_written_replies() -> None:
    found = roles(
        "# Questions",
        "Question from Mrs Khan",
        "When will the clinic reopen?",
        "REPLY:",
        "The clinic is closed for repairs.",
        "It will reopen in May.",
    )
    assert found[1:] == ["comment", "comment", "response", "response", "response"]


def test_the_chair_announces_before_a_discussion_and_takes_part_in_it() -> None:
    line = "The Chair advised that the timetable had changed."
    assert _last(line) == "report"
    assert _last("Members asked about dates.", "Officers noted this.", line) == "comment"


def test_a_heading_ends_what_went_before() -> None:
    found = roles(*BEGUN, "Members asked why.", "# 2. Finance", "The Director advised members.")
    assert found[-1] == "report"


def test_a_signature_is_text() -> None:
    assert _last("Signed ______________________ Chair") == "text"


@pytest.mark.parametrize("kind", [Kind.REPORT, Kind.PLAN, Kind.LETTER, Kind.AGENDA])
@pytest.mark.parametrize(
    "line",
    [
        "The Panel noted that records had been kept.",
        "In response to these requirements, this policy sets out our approach.",
        "Proposed by Mr Brady",
        "Residents asked for longer opening hours.",
        "Board members to note the report.",
    ],
)
def test_outside_minutes_nobody_speaks(kind: Kind, line: str) -> None:
    assert roles("# Background", line, kind=kind)[-1] == "text"


def test_a_pack_shows_by_its_signs_that_it_holds_minutes() -> None:
    minutes = (
        "Present: Mr Brown",
        "Apologies were received from Mrs Khan.",
        "Members asked about parking.",
        "RESOLVED that the report be noted.",
    )
    assert roles(*minutes, kind=Kind.PACK)[2:] == ["comment", "resolution"]
    assert roles("Members asked about parking.", kind=Kind.PACK) == ["text"]


def test_the_number_and_title_of_an_item_make_a_section() -> None:

    parsed = record("24/17.3 Chief Executive's Report", "Mrs Smith asked about winter.")
    title, said = units_of(parsed, Kind.MINUTES)
    assert title.heading
    assert said.section == ("24/17.3 Chief Executive's Report",)


def test_a_name_with_an_abbreviation_stays_in_one_sentence() -> None:
    found = told(*BEGUN, "The Mayor welcomed Ms. J. Fitzgerald and Cllr. Smith. She spoke first.")
    assert [words for _, words in found[2:]] == [
        "The Mayor welcomed Ms. J. Fitzgerald and Cllr. Smith.",
        "She spoke first.",
    ]


def test_a_written_reply_ends_at_the_next_title_or_decision() -> None:
    found = roles(
        "# Questions",
        "Question submitted by Councillor Byrne",
        "I will ask when the plan will be reviewed.",
        "REPLY:",
        "The plan was adopted by the Council and is reviewed each year.",
        "Correspondence",
        "The correspondence was noted.",
    )
    assert found[3:] == ["response", "response", "report", "resolution"]


def test_members_note_a_report_and_remark_on_a_problem() -> None:
    assert _last("Members noted the report.") == "resolution"
    assert _last("Members noted the contents of the progress update.") == "resolution"
    assert _last("Members noted the need for a litter warden.") == "comment"
