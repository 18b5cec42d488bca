"""Titles, bodies and kinds of records and forms, on headings broken as scanners break them."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.corpus import Source
from indexer.dates import is_only_when
from indexer.describe import describe
from indexer.manifest import Entry
from indexer.model import BlockKind, Document, Kind
from indexer.parse.assemble import RawBlock, RawPage, assemble


def _described(file: str, *lines: str) -> Document:
    blocks = [
        RawBlock(BlockKind.HEADING, line[2:])
        if line.startswith("# ")
        else RawBlock(BlockKind.ROW if " | " in line else BlockKind.PARAGRAPH, line)
        for line in lines
    ]
    source = Source(Path(file), file, "ab" * 32, Entry(file))
    return describe(source, assemble([RawPage(blocks)], media_type="text/plain"))


_HELD = "HELD IN THE OLD HALL, ELM, CO. EXAMPLE, ON MONDAY, 5TH MAY, 2014, AT 3.00 P.M."


@pytest.mark.parametrize(
    "lines",
    [
        ["# MINUTES OF PROCEEDINGS AT MEETING OF THE MUNICIPAL", f"# DISTRICT OF ASH-ELM {_HELD}"],
        [
            "MINUTES",
            "OF",
            "# PROCEEDINGS",
            "AT",
            "# MEETING OF THE MUNICIPAL DISTRICT OF ASH-ELM",
            "# HELD IN THE OLD HALL, ELM, CO.",
            "# EXAMPLE, ON",
            "# MONDAY, 5TH MAY, 2014, AT 3.00 P.M.",
        ],
    ],
)
def test_a_record_s_title_is_its_whole_opening_sentence(lines: list[str]) -> None:
    found = _described("some file.txt", *lines, "PRESENT:", "Councillors Ash and Birch.")
    assert found.title == (
        f"MINUTES OF PROCEEDINGS AT MEETING OF THE MUNICIPAL DISTRICT OF ASH-ELM {_HELD}"
    )
    assert found.committee == "Municipal District of Ash-Elm"
    assert found.date.edtf == "2014-05-05"


def test_a_statement_too_long_for_a_title_leaves_out_the_venue() -> None:
    venue = "THE LARGE ASSEMBLY ROOM ON THE SECOND FLOOR OF THE OLD HALL, ELM STREET, CO. EXAMPLE"
    found = _described(
        "some file.txt",
        "# MINUTES OF PROCEEDINGS AT A SPECIAL MEETING OF THE ECONOMIC DEVELOPMENT, ENTERPRISE",
        f"# AND PLANNING STRATEGIC POLICY COMMITTEE HELD IN {venue},",
        "# ON MONDAY, 5TH MAY, 2014",
        "PRESENT:",
    )
    assert found.title == (
        "MINUTES OF PROCEEDINGS AT A SPECIAL MEETING OF THE ECONOMIC DEVELOPMENT, ENTERPRISE AND "
        "PLANNING STRATEGIC POLICY COMMITTEE ON MONDAY, 5TH MAY, 2014"
    )


def test_a_new_sentence_is_no_part_of_the_opening_one() -> None:
    found = _described(
        "some file.txt",
        "# MINUTES OF MEETING OF THE ASH PANEL",
        "A meeting of the Ash Panel was held on Monday 5 May 2014.",
        "PRESENT:",
    )
    assert found.title == "MINUTES OF MEETING OF THE ASH PANEL"


@pytest.mark.parametrize(
    ("file", "lines", "title"),
    [
        (
            "Panel minutes 5 May 2014.txt",
            ["# ASH PANEL", "# Cllr. B. Birch", "# MONDAY, 5TH MAY, 2014, AT 3 P.M."],
            "Ash Panel: minutes, 5 May 2014",
        ),
        ("Letter to Ash.txt", ["Berta Birch", "Team Leader", "Dear Berta,"], "Letter to Ash"),
        ("a declaration.txt", ["Dr Berta Birch", "Ash Consultants"], "a declaration"),
        (
            "paper.txt",
            ["# ASH PANEL", "--- TERMS OF REFERENCE 2012 ---", "# Background"],
            "ASH PANEL: TERMS OF REFERENCE 2012",
        ),
        (
            "form 2.txt",
            [
                "# Budget Amendment Form",
                "Amendment Name: | Safer Lanes | Number: | 2",
                "Proposer: | Berta Birch | Seconder: | Cedric Cedar",
            ],
            "Budget Amendment Form: Safer Lanes (proposer: Berta Birch)",
        ),
    ],
)
def test_a_name_a_day_or_a_form_alone_is_no_title(file: str, lines: list[str], title: str) -> None:
    assert _described(file, *lines).title == title


_FIRST = ["# Minutes of the Municipal District of Ash - Elm held on 5 May 2014", "# 1. Roads"]


@pytest.mark.parametrize(
    ("named", "body"),
    [
        (["Oakshire City & County Council"] * 3, "Oakshire City and County Council"),
        (["Oakshire County Council"] * 2, None),
        (["Oakshire County Council"] * 3 + ["Elmshire County Council"] * 3, None),
    ],
)
def test_a_part_has_the_council_that_its_text_names_before_all_others(
    named: list[str], body: str | None
) -> None:
    found = _described("a.txt", *_FIRST, *(f"It was done by {name} last year." for name in named))
    assert found.body == body
    assert found.committee == "Municipal District of Ash-Elm"
    assert body is None or "names most" in dict(found.bases)["body"]


def test_a_board_that_is_no_part_of_a_council_is_given_none() -> None:
    said = ["It was done by Oakshire County Council last year."] * 5
    assert _described("a.txt", "# Minutes of the Trust Board", *said).body is None


def test_a_sub_committee_keeps_its_district() -> None:
    found = _described(
        "Minutes of the Joint Policing Sub-Committee of the Municipal District of Ash.txt", "Words."
    )
    assert found.committee == "Joint Policing Sub-Committee of the Municipal District of Ash"


def test_whoever_fills_in_a_form_is_not_its_body() -> None:
    lines = ["# Name:", "Dr Berta Birch", "# Organisation:", "Oakshire Borough Council"]
    assert _described("declarations.txt", *lines).body is None


@pytest.mark.parametrize(
    ("file", "lines", "kind"),
    [
        ("paper.txt", ["# ASH PANEL", "20th Meeting, agenda item 5", "Some words."], Kind.REPORT),
        ("meeting.txt", ["# Ash Panel", "2 May 2014", "# Agenda", "1) Welcome"], Kind.AGENDA),
        ("Draft TOR, updated.txt", ["Words of a report."], Kind.OTHER),
        ("paper.txt", ["# ASH PANEL", "DRAFT TERMS OF REFERENCE", "An update."], Kind.OTHER),
        ("Minutes on terms of reference.txt", ["Words."], Kind.MINUTES),
        ("A blog on strategy.txt", ["Words."], Kind.OTHER),
        ("MINUTE-ACTIONS of 1 June.txt", ["Words."], Kind.MINUTES),
    ],
)
def test_kinds_by_what_a_document_is_and_not_what_it_is_for(
    file: str, lines: list[str], kind: Kind
) -> None:
    assert _described(file, *lines).kind is kind


@pytest.mark.parametrize(
    ("words", "only"),
    [
        ("MONDAY, 23RD FEBRUARY, 2015, AT 10.30 A.M.", True),
        ("5 May 2014", True),
        ("Monday Club", False),
        ("2014 Budget", False),
    ],
)
def test_a_line_that_only_tells_when(words: str, only: bool) -> None:
    assert is_only_when(words) is only
