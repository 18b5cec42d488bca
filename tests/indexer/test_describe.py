"""What a document is, where no manifest says: read or inferred, and marked so."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.corpus import Source
from indexer.describe import describe
from indexer.manifest import Entry
from indexer.model import BlockKind, Document, Kind, Status
from indexer.parse.assemble import RawBlock, RawPage, assemble


def _described(file: str, *lines: str, entry: Entry | None = None) -> Document:
    blocks = [
        RawBlock(BlockKind.HEADING, line[2:])
        if line.startswith("# ")
        else RawBlock(BlockKind.PARAGRAPH, line)
        for line in lines
    ]
    source = Source(Path(file), file, "ab" * 32, entry or Entry(file))
    return describe(source, assemble([RawPage(blocks)], media_type="text/plain"))


@pytest.mark.parametrize(
    ("file", "lines", "date", "basis"),
    [
        (
            "a.txt",
            ["MINUTES OF THE MEETING HELD ON MONDAY, 28TH NOVEMBER, 2016", "Words of 1 May 2015."],
            "2016-11-28",
            "read from the text",
        ),
        (
            "2015-09 Minutes - Cappamore - 16th July 2015.md",
            ["Some words."],
            "2015-07-16",
            "read from the file's name",
        ),
        (
            "b.txt",
            ["Minutes", "Words of 3 May 2014 and of 4 June 2014, and of the plan to 2021."],
            "2014?",
            "inferred",
        ),
        ("c.txt", ["Minutes", "Report No. 116/2018 was received."], "2018?", "inferred"),
        ("d.txt", ["No dates here."], None, "not stated"),
    ],
)
def test_dates_with_their_basis(file: str, lines: list[str], date: str | None, basis: str) -> None:
    found = _described(file, *lines).date
    assert found.edtf == date
    assert basis in found.basis


def test_the_manifest_overrides_the_text() -> None:
    entry = Entry("a.txt", title="T", kind=Kind.REPORT, date="2016", status=Status.APPROVED)
    found = _described("a.txt", "Minutes of the meeting of 1 May 2015", entry=entry)
    assert (found.title, found.kind, found.date.edtf) == ("T", Kind.REPORT, "2016")
    assert found.date.basis == "stated in the manifest"
    assert not {"title", "kind", "date"} & set(found.inferred)


@pytest.mark.parametrize(
    ("lines", "body", "committee"),
    [
        (
            ["Leicester City Council", "Minutes of the Health and Wellbeing Board"],
            "Leicester City Council",
            "Health and Wellbeing Board",
        ),
        (["NHS West Leicestershire CCG", "A report."], "NHS West Leicestershire CCG", None),
        (["The council met."], None, None),
    ],
)
def test_bodies_that_the_head_names(
    lines: list[str], body: str | None, committee: str | None
) -> None:
    found = _described("a.txt", *lines)
    assert (found.body, found.committee) == (body, committee)


@pytest.mark.parametrize(
    ("file", "lines", "kind"),
    [
        ("Printed minutes 13 Feb.txt", ["Words."], Kind.MINUTES),
        ("a.txt", ["Agenda item", "Minutes:", "Words."], Kind.MINUTES),
        ("Agenda frontsheet.txt", ["Words."], Kind.AGENDA),
        ("Appendix B.txt", ["Words."], Kind.REPORT),
        ("a.txt", ["Words."], Kind.OTHER),
        ("a.txt", ["Aims Move services onto two sites " * 8] * 4, Kind.SLIDES),
    ],
)
def test_kinds(file: str, lines: list[str], kind: Kind) -> None:
    assert _described(file, *lines).kind is kind


def test_a_sentence_is_no_title() -> None:
    found = _described("some_file.txt", "Members received a report. The steps were agreed:")
    assert found.title == "some file"
    assert _described("a.txt", "# HOSPITAL BEDS", "Words.").title == "HOSPITAL BEDS"
