"""Sections, roles and furniture, shown by small records."""

from __future__ import annotations

import pytest

from indexer.model import BlockKind, Kind, ParsedDocument, Role
from indexer.parse.assemble import RawBlock, RawPage, assemble
from indexer.segment.furniture import site_furniture
from indexer.segment.structure import units_of


def _parsed(*lines: str) -> ParsedDocument:
    """Build a document: "# " marks a heading, "* " and "a) " items, the rest are paragraphs."""
    blocks = []
    for line in lines:
        if line.startswith("# "):
            blocks.append(RawBlock(BlockKind.HEADING, line[2:]))
        elif line[:2] == "* " or line[1:3] == ") ":
            blocks.append(RawBlock(BlockKind.ITEM, line))
        else:
            blocks.append(RawBlock(BlockKind.PARAGRAPH, line))
    return assemble([RawPage(blocks)], media_type="text/plain")


def _roles(*lines: str, kind: Kind = Kind.MINUTES) -> list[tuple[str, str]]:
    parsed = _parsed(*lines)
    return [(unit.role.value, unit.span.of(parsed.text)) for unit in units_of(parsed, kind)]


def test_who_presents_an_item_heads_nothing() -> None:
    parsed = _parsed(
        "Agenda item",
        "# Transformation Plan",
        "# Jane Marsh – Ashby Transformation Director",
        "Minutes:",
        "Jane Marsh introduced the plan.",
        "# Jane Marsh – the road to a plan",
        "It was long.",
    )
    units = units_of(parsed, Kind.MINUTES)
    sections = {unit.span.of(parsed.text): unit.section for unit in units}
    assert sections["Jane Marsh – Ashby Transformation Director"] == ("Transformation Plan",)
    assert sections["Jane Marsh introduced the plan."] == ("Transformation Plan",)
    assert sections["It was long."][-1] == "Jane Marsh – the road to a plan"


def test_the_parts_of_an_agenda_item() -> None:
    found = _roles(
        "Agenda item",
        "# HOSPITAL BEDS",
        "To receive a report on beds.",
        "Minutes:",
        "The Commission received a report. Beds would be reduced.",
        "Members made the following comments:-",
        "a) The plan was late.",
        "In response to Members, it was noted that:-",
        "a) Staff were few.",
        "The Chair commented that reasons were needed.",
        "AGREED:",
        "1) That the report be noted.",
        "ACTION:-",
        "The CCG to submit a report.",
        "Supporting documents:",
        "* Beds report, PDF 120 KB",
    )
    assert found == [
        ("text", "HOSPITAL BEDS"),
        ("text", "To receive a report on beds."),
        ("report", "The Commission received a report."),
        ("report", "Beds would be reduced."),
        ("comment", "Members made the following comments:-"),
        ("comment", "The plan was late."),
        ("response", "In response to Members, it was noted that:-"),
        ("response", "Staff were few."),
        ("comment", "The Chair commented that reasons were needed."),
        ("resolution", "AGREED:"),
        ("resolution", "1) That the report be noted."),
        ("action", "ACTION:-"),
        ("action", "The CCG to submit a report."),
    ]


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("RESOLVED:- that the progress be noted.", Role.RESOLUTION),
        ("It was resolved that the Board note the timeline.", Role.RESOLUTION),
        ("The Panel NOTED the update.", Role.RESOLUTION),
        ("The motion was put to the vote and carried.", Role.RESOLUTION),
        ("Proposed by Councillor Ryan, seconded by Councillor Foley.", Role.RESOLUTION),
        ("ACTION: Director to report back.", Role.ACTION),
        ("Apologies were received from Councillor Patel.", Role.ATTENDANCE),
        ("Members asked why the budget was cut.", Role.COMMENT),
        ("Councillor Keary expressed disappointment.", Role.COMMENT),
        ("Concerns were expressed that no solutions had been found.", Role.COMMENT),
        ("In reply, the Director said that it would be published.", Role.RESPONSE),
        (
            "Following a question from the Chair, it was stated that consultants were needed.",
            Role.RESPONSE,
        ),
        ("The report gave an overview of the plan.", Role.REPORT),
        ("The Director stated that the plan was on time.", Role.REPORT),
    ],
)
def test_one_sentence_shows_its_role(line: str, role: Role) -> None:
    assert next(found for found, _ in _roles(line)) == role


def test_an_officer_who_speaks_after_a_comment_answers_it() -> None:
    found = _roles("Members felt that it was slow. Officers agreed that it had been.")
    assert [role for role, _ in found] == ["comment", "response"]


def test_items_carry_the_words_that_introduce_them() -> None:
    parsed = _parsed("Some words. The next steps were:-", "a) First.", "b) Second.", "Then more.")
    leads = [
        unit.lead_in.of(parsed.text) if unit.lead_in else None
        for unit in units_of(parsed, Kind.MINUTES)
    ]
    assert leads == [None, None, "The next steps were:-", "The next steps were:-", None]


def test_a_slide_without_line_ends_has_a_title_and_phrases() -> None:
    slide = (
        "Service reconfiguration Proposals driven by clinical quality and condition of estate "
        "Move acute hospital services onto two sites Reduce number of community hospital sites "
        "And no decisions taken until after formal public consultation"
    )
    parsed = _parsed(slide)
    units = units_of(parsed, Kind.SLIDES)
    assert [unit.span.of(parsed.text) for unit in units] == [
        "Service reconfiguration",
        "Proposals driven by clinical quality and condition of estate",
        "Move acute hospital services onto two sites",
        "Reduce number of community hospital sites",
        "And no decisions taken until after formal public consultation",
    ]
    assert {unit.section for unit in units} == {("Service reconfiguration",)}
    assert {unit.role for unit in units} == {Role.SLIDE}


def _furniture(*lines: str) -> list[str]:
    parsed = _parsed(*lines)
    found = sorted(site_furniture(parsed.text, parsed.blocks))
    return [parsed.blocks[i].span.of(parsed.text) for i in found]


def test_a_menu_above_an_agenda_item_is_furniture() -> None:
    letters = "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z"
    found = _furniture(letters, "Council and councillors", "Agenda item", "# BEDS", "The text.")
    assert found == [letters, "Council and councillors", "Agenda item"]


def test_a_list_of_similar_documents_is_furniture_up_to_the_transcription() -> None:
    found = _furniture(
        "A plan", "Similar documents", "Another plan", "A third plan", "Transcription:", "Words."
    )
    assert found == ["Similar documents", "Another plan", "A third plan", "Transcription:"]


def test_supporting_documents_are_furniture_and_what_follows_is_not() -> None:
    found = _furniture(
        "Words.", "Supporting documents:", "Report, PDF 10 KB", "* Appendix", "# NEXT ITEM", "More."
    )
    assert found == ["Supporting documents:", "Report, PDF 10 KB", "* Appendix"]
