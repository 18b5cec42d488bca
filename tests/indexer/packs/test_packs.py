"""A pack becomes its papers where that is plain, and any other file stays whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject

from indexer.corpus import Source
from indexer.manifest import Entry
from indexer.model import Document, Kind, OutlineEntry, ParsedDocument, Part
from indexer.packs import describe_paper, papers_of
from indexer.parse.pdf import parse_pdf
from tests.indexer.packs.builders import (
    AGENDA,
    APPENDIX,
    MINUTES,
    MINUTES_TITLE,
    PACK_TITLE,
    PAPERS,
    UPDATE,
    Sheets,
    pack_pdf,
    paper_pdf,
)

SHA256 = "0123456789abcdef" * 4


def _documents(parsed: ParsedDocument, entry: Entry) -> list[Document]:
    source = Source(Path(entry.file), entry.file, SHA256, entry)
    return [describe_paper(source, parsed, paper) for paper in papers_of(parsed)]


def _pages(parsed: ParsedDocument) -> list[tuple[int, int]]:
    return [paper.pages for paper in papers_of(parsed)]


def _with_outline(parsed: ParsedDocument, *entries: tuple[str, int, int]) -> ParsedDocument:
    return replace(parsed, outline=tuple(OutlineEntry(*entry) for entry in entries))


@pytest.fixture
def pack(tmp_path: Path) -> ParsedDocument:
    return parse_pdf(pack_pdf(tmp_path / "pack.pdf", title=PACK_TITLE))


def test_a_pack_is_cut_along_its_outline(pack: ParsedDocument) -> None:
    assert _pages(pack) == [(1, 1), (2, 3), (4, 6), (7, 8)]
    titles = [paper.parsed.title for paper in papers_of(pack)]
    assert titles == [PACK_TITLE, *(paper.name for paper in PAPERS[1:])]


def test_every_offset_of_a_paper_counts_in_its_own_text(pack: ParsedDocument) -> None:
    own = 0
    for paper in papers_of(pack):
        parsed = paper.parsed
        assert parsed.text == parsed.text.strip()
        assert parsed.text in pack.text
        assert [page.number for page in parsed.pages] == list(
            range(paper.pages[0], paper.pages[1] + 1)
        )
        assert parsed.pages[0].span.start == 0
        assert parsed.pages[-1].span.end == len(parsed.text)
        own += len(parsed.blocks)
        words = {block.span.of(pack.text) for block in pack.blocks}
        assert {block.span.of(parsed.text) for block in parsed.blocks} <= words
    assert own == len(pack.blocks)


def test_a_pack_without_an_outline_is_cut_where_papers_plainly_begin(tmp_path: Path) -> None:
    path = pack_pdf(tmp_path / "pack.pdf", outline=False)
    parsed = parse_pdf(path)
    assert parsed.outline == ()
    # The appendix has no cover of its own: it stays with the paper that it is of.
    assert _pages(parsed) == [(1, 1), (2, 3), (4, 8)]
    documents = _documents(parsed, Entry("pack.pdf"))
    assert documents[2].title == "Sustainability and Transformation Plan, update"


def test_stamps_and_running_heads_of_a_paper_are_furniture(tmp_path: Path) -> None:
    lines = [
        ["# Reserves Policy", f"Part {word} of the policy says how the {word} reserve is kept."]
        for word in ("first", "second", "third", "fourth")
    ]
    path = pack_pdf(tmp_path / "pack.pdf", [*PAPERS, Sheets("9 Reserves Policy", lines, "9")])
    paper = papers_of(parse_pdf(path))[-1].parsed
    own = [block.span.of(paper.text) for block in paper.blocks if block.kind != "furniture"]
    assert own.count("Reserves Policy") == 1
    assert not any(text.startswith(("Agenda Item", "Page")) for text in own)
    assert sum("reserve is kept" in text for text in own) == 4


def test_a_paper_has_what_it_says_and_from_its_pack_what_it_does_not(pack: ParsedDocument) -> None:
    entry = Entry(
        "reports/pack.pdf",
        title="Reports pack, July 2016",
        body="Exampleshire County Council",
        committee="Health Scrutiny Committee",
        area="Exampleshire",
        kind=Kind.PACK,
        date="2016-07-07",
        source_url="https://example.org/pack.pdf",
    )
    front, minutes, update, appendix = _documents(pack, entry)
    assert [each.id for each in (front, minutes, update, appendix)] == [
        SHA256[:16],
        *(f"{SHA256[:16]}-p{page}" for page in (2, 4, 7)),
    ]
    assert (front.title, front.kind, front.inferred) == (entry.title, Kind.PACK, ())
    assert minutes.title == MINUTES_TITLE
    assert minutes.kind is Kind.MINUTES
    assert minutes.date.edtf == "2016-05-12"
    assert (update.date.edtf, appendix.date.edtf) == ("2016-07-07", "2016-07-07")
    assert appendix.date.basis == "the pack's: stated in the manifest"
    for document in (front, minutes, update, appendix):
        assert (document.file, document.sha256) == (entry.file, SHA256)
        assert (document.body, document.area) == (entry.body, entry.area)
        assert document.committee == entry.committee
        assert document.source_url == entry.source_url
    assert update.part == Part("Reports pack, July 2016", (4, 6), 8)
    assert update.pages == 3
    assert set(update.inferred) == {"title", "kind", "date"}


def test_minutes_without_a_day_are_not_dated_by_the_meeting_that_approves_them(
    tmp_path: Path,
) -> None:
    undated = Sheets(
        "5 Minutes of the previous meeting",
        [["MINUTES of the meeting of the Committee", "PRESENT: Councillor Ash", "It was noted."]],
    )
    parsed = parse_pdf(pack_pdf(tmp_path / "pack.pdf", [AGENDA, undated, UPDATE]))
    minutes = _documents(parsed, Entry("pack.pdf", date="2016-07-07"))[1]
    assert minutes.kind is Kind.MINUTES
    assert minutes.date.edtf != "2016-07-07"


def test_a_pack_that_begins_with_a_paper_has_no_day_of_its_own(tmp_path: Path) -> None:
    untitled = Sheets(
        "", [["# MINUTES", "Held on 12 May 2016", "PRESENT: Councillor Ash", "It was noted."]], "5"
    )
    undated = Sheets("", [["A paper that names no day and speaks of beds and wards."]], "7")
    parsed = parse_pdf(pack_pdf(tmp_path / "pack.pdf", [untitled, undated], outline=False))
    minutes, paper = _documents(parsed, Entry("pack.pdf"))
    assert minutes.date.edtf == "2016-05-12"
    assert paper.date.edtf is None
    assert (minutes.id, paper.id) == (SHA256[:16], f"{SHA256[:16]}-p2")


def test_a_child_that_is_attached_to_a_paper_is_a_document_of_its_own(
    pack: ParsedDocument,
) -> None:
    nested = _with_outline(
        pack,
        ("Agenda", 1, 1),
        (MINUTES.name, 2, 1),
        (UPDATE.name, 4, 1),
        ("Timetable", 5, 2),
        ("Appendix A", 7, 2),
    )
    assert _pages(nested) == [(1, 1), (2, 3), (4, 6), (7, 8)]
    assert papers_of(nested)[-1].parsed.title == f"{UPDATE.name}: Appendix A"


def test_the_level_of_papers_may_stand_below_one_name_for_all(pack: ParsedDocument) -> None:
    below = _with_outline(
        pack, ("Pack", 1, 1), ("Agenda", 1, 2), (MINUTES.name, 2, 2), (UPDATE.name, 4, 2)
    )
    assert _pages(below) == [(1, 1), (2, 3), (4, 8)]


def test_items_that_lead_to_the_agenda_itself_do_not_hide_the_papers(pack: ParsedDocument) -> None:
    items = [(f"{number} Apologies and the like", 1, 1) for number in range(1, 5)]
    outline = _with_outline(pack, *items, (MINUTES.name, 2, 1), (UPDATE.name, 4, 1))
    assert _pages(outline) == [(1, 1), (2, 3), (4, 8)]


def test_files_that_were_joined_are_papers_by_their_names(tmp_path: Path) -> None:
    pages = [[f"What the {word} paper says of roads."] for word in ("first", "second", "third")]
    whole = parse_pdf(paper_pdf(tmp_path / "joined.pdf", Sheets("", pages)))
    joined = _with_outline(whole, ("01 Roads.docx", 1, 1), ("02 Bridges.pdf", 2, 1))
    assert [paper.parsed.title for paper in papers_of(joined)] == ["01 Roads", "02 Bridges"]
    assert _pages(joined) == [(1, 1), (2, 3)]


def test_a_page_of_a_reports_history_is_no_cover(tmp_path: Path) -> None:
    history = [
        "Document control",
        "Report title: STP update",
        "Author: A. Ash",
        "Date: 7 July 2016",
    ]
    paper = Sheets("Report", [UPDATE.pages[0], history, UPDATE.pages[1]])
    parsed = parse_pdf(paper_pdf(tmp_path / "report.pdf", paper))
    assert _pages(parsed) == [(1, 3)]


SECTIONS = [
    Sheets(name, [[f"# {name}", f"What the report says of {name.lower()} stands on this page."]])
    for name in ("1 Introduction", "2 Background", "3 Financial implications", "4 Appendix A")
]


@pytest.mark.parametrize("outline", [True, False])
def test_a_report_with_an_outline_of_sections_stays_whole(tmp_path: Path, outline: bool) -> None:
    parsed = parse_pdf(pack_pdf(tmp_path / "report.pdf", SECTIONS, outline=outline))
    (paper,) = papers_of(parsed)
    assert paper.whole
    assert paper.parsed is parsed


@pytest.mark.parametrize("paper", [MINUTES, UPDATE, APPENDIX, AGENDA])
def test_one_paper_alone_stays_whole(tmp_path: Path, paper: Sheets) -> None:
    parsed = parse_pdf(paper_pdf(tmp_path / "paper.pdf", paper))
    assert _pages(parsed) == [(1, len(paper.pages))]


def test_minutes_that_approve_earlier_minutes_stay_whole(tmp_path: Path) -> None:
    second = [
        "2. Minutes of the meeting held on 12 May 2016",
        "Present at that meeting had been Councillor Ash.",
        "RESOLVED: that the minutes be signed.",
    ]
    paper = Sheets("Minutes", [MINUTES.pages[0], second, second[1:]])
    parsed = parse_pdf(paper_pdf(tmp_path / "minutes.pdf", paper))
    assert _pages(parsed) == [(1, 3)]


NONSENSE: dict[str, Sequence[tuple[str, int, int]]] = {
    "all on page 1": [(f"{n} Report", 1, 1) for n in range(1, 6)],
    "backwards": [("Report A", 7, 1), ("Report B", 4, 1), ("Report C", 2, 1)],
    "at the end": [("Report A", 7, 1), ("Report B", 8, 1)],
    "one entry": [("Report A", 2, 1)],
}


@pytest.mark.parametrize("entries", NONSENSE.values(), ids=NONSENSE)
def test_an_outline_of_nonsense_cuts_nothing(
    tmp_path: Path, entries: Sequence[tuple[str, int, int]]
) -> None:
    pages = [[f"The {word} page of a report about roads."] for word in "abcdefgh"]
    whole = parse_pdf(paper_pdf(tmp_path / "report.pdf", Sheets("Report", pages)))
    assert _pages(_with_outline(whole, *entries)) == [(1, 8)]


def test_pages_without_text_stay_with_the_paper_before_them(tmp_path: Path) -> None:
    scan = Sheets("8 Letter", [[], []])
    parsed = parse_pdf(pack_pdf(tmp_path / "pack.pdf", [*PAPERS, scan], stamped=False))
    assert _pages(parsed)[-1] == (7, 10)


def test_an_outline_that_loops_or_leads_nowhere_is_read_without_harm(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.append(PdfReader(pack_pdf(tmp_path / "pack.pdf")), import_outline=True)
    outlines = writer._root_object["/Outlines"].get_object()
    assert isinstance(outlines, DictionaryObject)
    last = outlines["/Last"].get_object()
    assert isinstance(last, DictionaryObject)
    last[NameObject("/Next")] = outlines.raw_get("/First")
    last[NameObject("/First")] = outlines.raw_get("/First")
    last[NameObject("/Dest")] = ArrayObject([NumberObject(999), NameObject("/Fit")])
    writer.write(tmp_path / "loop.pdf")
    outline = parse_pdf(tmp_path / "loop.pdf").outline
    assert [entry.page for entry in outline][:3] == [1, 2, 4]
    assert len(outline) <= 8
    assert all(1 <= entry.page <= 8 for entry in outline)


def test_an_outline_of_ten_thousand_entries_is_none(tmp_path: Path) -> None:
    writer = PdfWriter()
    writer.append(PdfReader(paper_pdf(tmp_path / "paper.pdf", UPDATE)))
    for number in range(10_000):
        writer.add_outline_item(title=f"{number} Report", page_number=number % 3)
    writer.write(tmp_path / "many.pdf")
    parsed = parse_pdf(tmp_path / "many.pdf")
    assert parsed.outline == ()
    assert _pages(parsed) == [(1, 3)]
