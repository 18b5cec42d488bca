"""Tables of PDF pages: each figure under its column's name and beside its row's label."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.model import BlockKind, ParsedDocument, pages_of
from indexer.parse.pdf import parse_pdf
from tests.indexer.parse import table_builders
from tests.indexer.parse.builders import canvas
from tests.indexer.parse.test_properties import check

RIGHTS = (250.0, 320.0, 390.0, 460.0)
NAMES = ("Core", "External", "Income", "Total")
Rows = list[tuple[str, str | None]]


def rows_of(document: ParsedDocument) -> Rows:
    """Return each row's text with its heading row's."""
    return [
        (b.span.of(document.text), b.header.of(document.text) if b.header else None)
        for b in document.blocks
        if b.kind is BlockKind.ROW
    ]


def furniture_of(document: ParsedDocument) -> list[str]:
    return [b.span.of(document.text) for b in document.blocks if b.kind is BlockKind.FURNITURE]


def test_names_on_the_first_page_hold_for_the_next(tmp_path: Path) -> None:
    document = parse_pdf(table_builders.unruled_over_two_pages(tmp_path / "a.pdf"))
    check(document, 2)
    names = "| 2025-26 | 2026-27 | 2027-28"
    rows = rows_of(document)
    assert rows[0] == (names, None)
    assert ("Service 1 | 110.5 | 120.5 | 130.5", names) in rows
    assert ("Service 6 | 610.5 | | 630.5", names) in rows
    assert ("Total | 9,999.0 | 8,888.0 | 7,777.0", names) in rows
    assert furniture_of(document) == ["1", "2"]
    row = next(b for b in document.blocks if b.span.of(document.text).startswith("Service 6"))
    assert pages_of(document.pages, row.span) == (2, 2)


def test_a_ruled_table_goes_on_under_its_heading(tmp_path: Path) -> None:
    document = parse_pdf(table_builders.ruled_over_two_pages(tmp_path / "a.pdf"))
    assert rows_of(document) == [
        ("Risk | Likelihood | £m", None),
        ("Flood | High | 12.5", "Risk | Likelihood | £m"),
        ("Fire | Low | 3.0", "Risk | Likelihood | £m"),
        ("Storm | | 4.5", "Risk | Likelihood | £m"),
        ("Drought | Low | 1.0", "Risk | Likelihood | £m"),
    ]


def test_another_table_does_not_take_the_heading_of_the_page_before(tmp_path: Path) -> None:
    document = parse_pdf(table_builders.ruled_over_two_pages(tmp_path / "a.pdf", other=True))
    assert rows_of(document)[3:] == [("Storm | 4.5", None), ("Drought | Low | 1.0", None)]


def test_merged_cells_are_said_for_each(tmp_path: Path) -> None:
    document = parse_pdf(table_builders.merged(tmp_path / "a.pdf"))
    names = "Directorate | Service | 2025-26 Budget Core | 2025-26 Budget External"
    assert rows_of(document) == [
        (names, None),
        ("Adult Care | Homes | 10.5 | 1.5", names),
        ("Adult Care | Day care | 20.5 | 2.5", names),
    ]


def test_notes_beside_running_text_are_cells_without_sides_drawn(tmp_path: Path) -> None:
    document = parse_pdf(table_builders.notes_beside_prose(tmp_path / "a.pdf", rows=2))
    row = " | ".join(map(" ".join, (table_builders.NOTES, table_builders.PROSE)))
    assert rows_of(document) == [(row, None), (row, None)]


def test_running_text_beside_notes_is_never_torn_line_by_line(tmp_path: Path) -> None:
    document = parse_pdf(table_builders.notes_beside_prose(tmp_path / "a.pdf", rows=1))
    assert " ".join(table_builders.PROSE) in " ".join(document.text.split())
    assert not any(" | outturn" in text for text, _ in rows_of(document))


def test_contents_are_furniture(tmp_path: Path) -> None:
    document = parse_pdf(table_builders.contents(tmp_path / "a.pdf"))
    assert sum("...." in text for text in furniture_of(document)) == 4
    own = [b for b in document.blocks if b.kind is not BlockKind.FURNITURE]
    assert not any("...." in b.span.of(document.text) for b in own)
    assert any("a tenth since" in b.span.of(document.text) for b in own)


def test_figures_in_sentences_are_no_table(tmp_path: Path) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    drawing.setFont("Helvetica", 11)
    for n in range(6):
        drawing.drawString(60, 740 - 14 * n, f"it rose from {n}1.5 to {n}2.5 and then to {n}3.5 in")
    drawing.save()
    assert rows_of(parse_pdf(tmp_path / "a.pdf")) == []


FIGURE = st.one_of(
    st.just(""),
    st.integers(0, 999_999).map(lambda n: f"{n / 10:,.1f}"),
    st.integers(1, 99_999).map(lambda n: f"-{n:,}.0"),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(FIGURE, FIGURE, FIGURE, FIGURE), min_size=4, max_size=12))
def test_no_figure_stands_under_a_wrong_name(
    tmp_path: Path, figures: list[tuple[str, str, str, str]]
) -> None:
    whole = ("1,000.0", "2,000.0", "3,000.0", "4,000.0")
    table = [("Base", *whole), *[(f"Line {i}", *row) for i, row in enumerate(figures)]]
    table += [("Sub-total", *whole), ("Total", *whole)]
    drawing = canvas(tmp_path / "a.pdf")
    table_builders.unruled(drawing, [("", *NAMES)], RIGHTS, 754)
    table_builders.unruled(drawing, table, RIGHTS)
    drawing.save()
    rows = rows_of(parse_pdf(tmp_path / "a.pdf"))
    names = "| " + " | ".join(NAMES)
    for label, *cells in table:
        while cells and not cells[-1]:
            cells.pop()
        assert (" ".join(" | ".join([label, *cells]).split()), names) in rows


@pytest.mark.parametrize("turns", [90, 180, 270])
def test_a_turned_page_reads_as_it_is_shown(tmp_path: Path, turns: int) -> None:
    from pypdf import PdfReader, PdfWriter, Transformation

    upright = table_builders.merged(tmp_path / "upright.pdf")
    writer = PdfWriter(clone_from=PdfReader(upright))
    source = writer.pages[0]
    width, height = float(source.mediabox.width), float(source.mediabox.height)
    moves = {
        90: Transformation().rotate(90).translate(height, 0),
        180: Transformation().rotate(180).translate(width, height),
        270: Transformation().rotate(270).translate(0, width),
    }
    source.add_transformation(moves[turns])
    if turns != 180:
        source.mediabox.upper_right = (height, width)
        source.cropbox.upper_right = (height, width)
    source.rotate(turns)
    writer.write(tmp_path / "turned.pdf")
    assert rows_of(parse_pdf(tmp_path / "turned.pdf")) == rows_of(parse_pdf(upright))


def test_labels_of_pages_are_read(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter
    from pypdf.constants import PageLabelStyle

    writer = PdfWriter(clone_from=PdfReader(table_builders.contents(tmp_path / "a.pdf")))
    writer.set_page_label(0, 0, style=PageLabelStyle.LOWERCASE_ROMAN, start=4)
    writer.set_page_label(1, 1, style=PageLabelStyle.DECIMAL, prefix="A-", start=7)
    writer.write(tmp_path / "labelled.pdf")
    document = parse_pdf(tmp_path / "labelled.pdf")
    assert [page.label for page in document.pages] == ["iv", "A-7"]
    assert [page.label for page in parse_pdf(tmp_path / "a.pdf").pages] == [None, None]


def test_words_drawn_twice_are_read_once(tmp_path: Path) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    for shift in (0.0, 0.4):
        drawing.drawString(60 + shift, 740, "The board said no and no again to the plan.")
    drawing.save()
    assert parse_pdf(tmp_path / "a.pdf").text == "The board said no and no again to the plan."


def test_three_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    drawing.setFont("Helvetica", 9)
    for column, name in enumerate(("First", "Second", "Third")):
        for line in range(12):
            end = "." if line == 11 else ""
            words = f"{name} words that go on over line {line}{end}"
            drawing.drawString(50 + 175 * column, 740 - 11 * line, words)
    drawing.save()
    text = parse_pdf(tmp_path / "a.pdf").text
    order = [text.index(f"{name} words that go on over line {n}")
             for name in ("First", "Second", "Third") for n in (0, 11)]  # fmt: skip
    assert order == sorted(order)


def test_a_word_broken_at_a_line_end_is_mended_where_the_file_knows_it(tmp_path: Path) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    drawing.setFont("Helvetica", 11)
    lines = (
        "The committee heard that the community nursing service had grown since the spring, and",
        "members asked whether the long-term cost of the service to the com-",
        "munity had been set out in the plan that the board had seen.",
    )
    for number, line in enumerate(lines):
        drawing.drawString(60, 740 - 14 * number, line)
    drawing.save()
    text = parse_pdf(tmp_path / "a.pdf").text
    assert "to the community had been set out" in text
    assert "the long-term cost" in text
