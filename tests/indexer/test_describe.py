"""What a document is, where no manifest says: read or inferred, and marked so."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.corpus import Source
from indexer.describe import describe
from indexer.manifest import Entry
from indexer.model import BlockKind, Document, Kind, Status
from indexer.parse.assemble import RawBlock, RawPage, assemble


def described(file: str, *lines: str, entry: Entry | None = None) -> Document:
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
    found = described(file, *lines).date
    assert found.edtf == date
    assert basis in found.basis


@pytest.mark.parametrize(
    ("file", "lines", "date"),
    [
        (
            "a.txt",
            [
                "NHS Shire Clinical Commissioning Group",
                "Governing Body Meeting held in public",
                "Tuesday 12th July 2016, 9.30am",
                "Minutes of the previous meeting held on 10 May 2016",
            ],
            "2016-07-12",
        ),
        (
            "a.txt",
            ["MINUTES", "OF", "MEETING", "HELD", "ON", "MONDAY,", "15TH", "DECEMBER,", "2014"],
            "2014-12-15",
        ),
        ("a.txt", ["Minutes of the meeting of 3 May 2016 were approved."], "2016?"),
        ("a.txt", ["Shire Board", "Date of next meeting: 5 July 2016"], "2016?"),
        (
            "a.txt",
            ["Printed on 12/01/2020", "Shire Board", "Friday, 6th September, 2019 at 10.00 am"],
            "2019-09-06",
        ),
        (
            "a.txt",
            ["Paper F", "Date of the meeting: 5 October 2017", "Written on 28 September 2017"],
            "2017-10-05",
        ),
        ("a.txt", ["Annual report for the year ended 31 March 2019"], None),
        ("a.txt", ["Budget report", "It follows a law of 2003 and 4 May 2003."], None),
        ("a.txt", ["Shire Board", "Meeting of 2nd and 3rd March 2010"], "2010-03-02/2010-03-03"),
        ("a.txt", ["12 January 2017", "Letter on the meeting of 3 May 2016"], "2017-01-12"),
        ("2014-07 Minutes of the Board.md", ["Some words."], None),
        ("2014-07 Papers of the Board.md", ["Some words."], "2014-07"),
        ("Minutes 190711.pdf", ["Board", "Minutes of 19.07.11", "Present"], "2011-07-19"),
        ("Minutes 190711.pdf", ["Board"], None),
        ("agenda 06092011v3.doc", ["Board"], "2011-09-06"),
        ("20140619 minutes.docx", ["Board"], "2014-06-19"),
        ("Panel 5 Feb 2013 Meeting - note.doc", ["A call", "5th December 2012"], "2013-02-05"),
    ],
)
def test_the_meeting_s_date_and_no_other(file: str, lines: list[str], date: str | None) -> None:
    assert described(file, *lines).date.edtf == date


def test_the_weekday_decides_between_the_text_and_the_name() -> None:
    lines = ["MINUTES OF THE MEETING HELD ON TUESDAY, 26TH JUNE, 2017"]
    named = described("Minutes 26th June 2018.md", *lines).date
    assert named.edtf == "2018-06-26"
    assert "not the weekday" in named.basis
    assert described("a.md", *lines).date.edtf == "2017-06-26?"


def test_the_name_completes_a_date_that_is_half_readable() -> None:
    lines = [
        "MINUTES OF THE MEETING HELD ON MONDAY, 2#TH JANUARY, 2019",
        "1. Minutes of 3 May 2018",
    ]
    assert described("Minutes 21st January 2019.md", *lines).date.edtf == "2019-01-21"
    assert described("a.md", *lines).date.edtf == "2019-01"


def test_a_name_that_differs_is_told() -> None:
    found = described("Minutes 3 May 2018.txt", "Minutes of the meeting held on 4 May 2018").date
    assert found.edtf == "2018-05-04"
    assert "the file's name has “3 May 2018”" in found.basis


@pytest.mark.parametrize(
    ("lines", "approved"),
    [
        (
            ["These minutes were confirmed as a correct record at the meeting held on 8 June 2016"],
            "2016-06-08",
        ),
        (["The minutes of the meeting of 3 May 2016 were approved on 8 June 2016."], None),
        (["Minutes approved on 3 April 2016"], None),
        (["Date approved: 8 June 2016"], "2016-06-08"),
    ],
)
def test_minutes_tell_of_their_own_approval(lines: list[str], approved: str | None) -> None:
    found = described("a.txt", "Minutes of the meeting held on 4 May 2016", "Present: All", *lines)
    assert found.date.edtf == "2016-05-04"
    assert found.approved.edtf == approved


@pytest.mark.parametrize(
    ("lines", "published"),
    [
        (["Published: 5 May 2016"], ("2016-05-05", "read from the text: “Published: 5 May 2016”")),
        (["Date of publication: Wednesday 4 May 2016"], ("2016-05-04", "read from the text")),
        (["A list was published on 3 May 2016."], (None, "not known")),
        (["Agenda", "Wednesday, 5 February 2025 To: All Members"], ("2025-02-05", "the summons")),
    ],
)
def test_publication_is_kept_apart(lines: list[str], published: tuple[str | None, str]) -> None:
    found = described("a.txt", "Agenda for the Board", *lines)
    assert found.published.edtf == published[0]
    assert published[1] in found.published.basis
    assert found.date.edtf in ("2016?", "2025?")


@pytest.mark.parametrize(
    ("file", "line", "status"),
    [
        ("a.txt", "DRAFT", Status.DRAFT),
        ("a.txt", "Unconfirmed Minutes of the Board", Status.DRAFT),
        ("Board minutes (draft).txt", "Minutes", Status.DRAFT),
        ("Minutes - Draft Budget Plan Meeting.txt", "Minutes", Status.UNKNOWN),
        ("Approved minutes.txt", "Minutes", Status.APPROVED),
        ("a.txt", "Minutes of the previous meeting were approved", Status.UNKNOWN),
    ],
)
def test_status(file: str, line: str, status: Status) -> None:
    assert described(file, line, "Words.").status is status


def test_the_manifest_overrides_the_text() -> None:
    entry = Entry("a.txt", title="T", kind=Kind.REPORT, date="2016", status=Status.APPROVED)
    found = described("a.txt", "Minutes of the meeting of 1 May 2015", entry=entry)
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
        (
            [
                "UNIVERSITY HOSPITALS OF SHIRE NHS TRUST",
                "MEETING OF THE TRUST BOARD, HELD ON 7 JULY",
            ],
            "University Hospitals of Shire NHS Trust",
            "Trust Board",
        ),
        (["London Borough of Tower Hamlets"], "London Borough of Tower Hamlets", None),
        (
            ["MINUTES of the HEALTH AND WELLBEING BOARD held at Rutland County Council"],
            None,
            "Health and Wellbeing Board",
        ),
        (["Leicester City Council and NHS Leicester City CCG"], None, None),
        (
            ["Discussion on Royal Borough of Windsor led project on crime data and its use"],
            None,
            None,
        ),
        (["Venue: Shire County Council, High Street"], None, None),
        (["Open Data User Group - Minutes"], None, "Open Data User Group"),
        (["CABINET – 13 SEPTEMBER 2016"], None, "Cabinet"),
        (["Cabinet Office"], None, None),
    ],
)
def test_bodies_that_the_head_names(
    lines: list[str], body: str | None, committee: str | None
) -> None:
    found = described("a.txt", *lines)
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
    assert described(file, *lines).kind is kind


@pytest.mark.parametrize(
    ("lines", "area"),
    [
        (["Kent County Council"], "Kent"),
        (["Limerick City and County Council"], "Limerick"),
        (
            ["NHS Leicester, Leicestershire and Rutland Integrated Care Board"],
            "Leicester, Leicestershire and Rutland",
        ),
        (["Healthwatch Rutland"], "Rutland"),
        (["University Hospitals of Shire NHS Trust"], None),
    ],
)
def test_the_area_where_the_name_is_plain(lines: list[str], area: str | None) -> None:
    found = described("a.txt", *lines)
    assert found.area == area
    assert ("area" in dict(found.bases)) == (area is not None)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["# UNCLASSIFIED", "# Transparency in Shire"], "Transparency in Shire"),
        (["To: Cabinet", "Subject: | Draft Revenue Budget"], "Draft Revenue Budget"),
        (["# SHIRE BOARD", "Minutes", "3 May 2016"], "Shire Board: minutes, 3 May 2016"),
        (["Minutes of the Board held on 3 May 2016"], "Minutes of the Board held on 3 May 2016"),
        (["# ON MONDAY 3 MAY 2016", "# and more"], "some file"),
        (["Section | Page"], "some file"),
    ],
)
def test_titles(lines: list[str], title: str) -> None:
    assert described("some_file.txt", *lines).title == title


def test_a_sentence_is_no_title() -> None:
    found = described("some_file.txt", "Members received a report. The steps were agreed:")
    assert found.title == "some file"
    assert described("a.txt", "# HOSPITAL BEDS", "Words.").title == "HOSPITAL BEDS"
