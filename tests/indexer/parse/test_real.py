"""Real documents, where the folder beside the project has them."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import UnreadableFileError
from indexer.model import BlockKind, ParsedDocument
from indexer.parse import SUPPORTED, parse
from indexer.parse.isolate import parse_all
from tests.indexer.parse.test_properties import check

DATA = Path(__file__).parents[3].parent / "shared" / "data"


def folder(name: str) -> Path:
    path = DATA / name
    if not path.is_dir():
        pytest.skip(f"the test data beside the project is absent: {name}")
    return path


def blocks_of(document: ParsedDocument, kind: BlockKind) -> list[str]:
    return [b.span.of(document.text) for b in document.blocks if b.kind is kind]


def pages_of(document: ParsedDocument, quote: str) -> list[int]:
    at = document.text.index(quote)
    return [p.number for p in document.pages if p.span.start < at + len(quote) and at < p.span.end]


def test_every_pdf_of_a_printed_pack_is_read() -> None:
    paths = sorted(folder("packs_kent").glob("*.pdf"))
    for path, outcome in parse_all(paths, workers=2, seconds=60, memory_bytes=2 << 30):
        assert isinstance(outcome, ParsedDocument), (path.name, outcome)
        check(outcome, len(outcome.pages))


def test_sentences_of_printed_minutes_are_whole_and_on_their_page() -> None:
    [path] = folder("packs_kent").glob("Printed minutes*.pdf")
    document = parse(path)
    for quote, page in (
        ("(2) Ms Meade declared an interest that she was a carer.", 1),
        ("apologies from Mr Paul Barrington-King, Mr Conrad Broadley", 1),
        ("RESOLVED that the minutes of the meetings held on 19 December 2024 and 9 January 2025 "
         "be approved as a correct record.", 2),
        ("(t) To note that fundamental changes to social care are unlikely until after Baroness "
         "Casey enquiry concludes.", 5),
        ("local authority funding system from 2026-27 onwards", 5),
    ):  # fmt: skip
        assert pages_of(document, quote) == [page]
    assert "286. Apologies for Absence" in blocks_of(document, BlockKind.HEADING)


def test_rows_of_a_ruled_budget_table_keep_their_cells() -> None:
    [path] = folder("packs_kent").glob("Appendix A -*.pdf")
    document = parse(path)
    rows = [b for b in document.blocks if b.kind is BlockKind.ROW]
    row = next(b for b in rows if "Recycled Loan Repayments" in b.span.of(document.text))
    assert "110,258 | 71,148 | 9,409 | 8,589 | 10,614 | 6,661" in row.span.of(document.text)
    assert row.header is not None
    assert "2025-26 Year 1 £000s" in row.header.of(document.text)


def test_columns_are_read_one_after_the_other() -> None:
    [path] = folder("packs_kent").glob("Appendix G -*.pdf")
    text = parse(path).text
    assert "has, as indicated above, enabled ASCHO to reflect, refocus and reset" in text


def test_a_list_of_other_documents_is_furniture() -> None:
    [path] = folder("seeds").glob("001_*.txt")
    document = parse(path)
    furniture = blocks_of(document, BlockKind.FURNITURE)
    assert "Similar documents" in furniture
    assert "Redesign of Front Door" in furniture
    own = "\n".join(
        b.span.of(document.text) for b in document.blocks if b.kind is not BlockKind.FURNITURE
    )
    assert "Redesign of Front Door" not in own
    assert "By the end of the STP 5 year plan this will increase" in own


def test_bullets_of_minutes_from_the_web_are_items() -> None:
    [path] = folder("seeds").glob("000_*.txt")
    document = parse(path)
    items = blocks_of(document, BlockKind.ITEM)
    assert "· Health and care workforce." in items
    assert "1) That the update on the STP be noted." in items
    assert "SUSTAINABILITY AND TRANSFORMATION PLAN" in blocks_of(document, BlockKind.HEADING)


def test_lines_extracted_from_pdf_are_paragraphs_again() -> None:
    paths = sorted(folder("minutes_limerick").rglob("*.md"))[::12]
    paragraphs = torn = 0
    for path in paths:
        document = parse(path)
        check(document, len(document.pages))
        texts = blocks_of(document, BlockKind.PARAGRAPH)
        words = [text for text in texts if any(c.isalpha() for c in text)]
        paragraphs += len(words)
        torn += sum(text[0].islower() for text in words)
    assert paragraphs > 2000
    assert torn < 0.05 * paragraphs


@pytest.mark.parametrize("name", ["boards", "slides"])
def test_every_office_file_is_read_and_says_something(name: str) -> None:
    paths = [p for p in sorted(folder(name).iterdir()) if p.suffix in {".docx", ".pptx"}]
    assert len(paths) >= 3
    for path in paths:
        document = parse(path)
        check(document, len(document.pages))
        assert len(document.text) > 2000, path.name
        assert (len(document.pages) > 1) == (path.suffix == ".pptx")


def test_minutes_from_word_keep_their_headings_lists_and_tables() -> None:
    document = parse(folder("boards") / "files_20140619 ODUG Meeting minutes.docx")
    assert "Chair’s welcome" in blocks_of(document, BlockKind.HEADING)
    assert "NII Progress Update" in blocks_of(document, BlockKind.HEADING)
    assert "Open Addressing; funding was agreed for this project." in blocks_of(
        document, BlockKind.ITEM
    )
    rows = [block for block in document.blocks if block.kind is BlockKind.ROW]
    assert rows[1].span.of(document.text) == "Heather Savory (Chair) (HS) | Sam Roberts (SR)"
    assert rows[1].header is not None
    assert rows[1].header.of(document.text) == "ODUG Attendees | Officials"


def test_sentences_of_slides_are_on_their_slide() -> None:
    document = parse(folder("slides") / "Andy Evans.pptx")
    assert pages_of(document, "Time consuming / labour intensive") == [4]
    assert pages_of(document, "API is like a waiter at a restaurant.") == [6]
    document = parse(folder("slides") / "David Whiting.pptx")
    assert pages_of(document, "And why might R be useful?") == [2]
    assert "And why might R be useful?" in blocks_of(document, BlockKind.NOTE)
    assert any("Hidden" in w and "slide 14" in w for w in document.warnings)
    document = parse(folder("slides") / "Lori Edwards Suarez.pptx")
    assert "January | 421 | 0.85" in blocks_of(document, BlockKind.ROW)


CONVERTED = frozenset({".doc", ".ppt", ".odt", ".odp", ".rtf"})


def _small(path: Path) -> bool:
    """Leave out the largest, and what takes another program's time: they show nothing more."""
    if path.suffix.lower() in CONVERTED:
        return False
    return path.stat().st_size < 1_000_000 or path.suffix.lower() not in SUPPORTED


@pytest.mark.parametrize("name", ["broken", "slides", "boards"])
def test_torture_never_crashes(name: str) -> None:
    paths = [p for p in sorted(folder(name).rglob("*")) if p.is_file() and _small(p)]
    read = 0
    for path, outcome in parse_all(paths, workers=2, seconds=60, memory_bytes=2 << 30):
        if isinstance(outcome, UnreadableFileError):
            assert outcome.what.endswith("."), path
            assert outcome.remedy, path
            assert "does not know" not in outcome.what, (path, outcome.what)
        else:
            read += 1
            check(outcome, len(outcome.pages))
    assert read > 0
