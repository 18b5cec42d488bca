"""What a reader sees in office files that the library's own text would not tell."""

from __future__ import annotations

from pathlib import Path

import docx
import pptx
import pytest
from pptx.util import Cm

from indexer.model import BlockKind
from indexer.parse import parse
from indexer.parse.tables import Cell, Row, row_blocks
from tests.indexer.parse.docx_builders import kind, level, number, paragraph, write
from tests.indexer.parse.test_real import blocks_of


def test_the_first_pages_own_header_is_read_and_others_are_furniture(tmp_path: Path) -> None:
    document = docx.Document()
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].add_run("Response to the consultation").bold = True
    section.header.paragraphs[0].text = "Example Board"
    document.add_paragraph("The board agrees.")
    document.save(str(tmp_path / "a.docx"))
    parsed = parse(tmp_path / "a.docx")
    assert blocks_of(parsed, BlockKind.FURNITURE) == ["Example Board"]
    assert blocks_of(parsed, BlockKind.HEADING) == ["Response to the consultation"]


def test_a_line_in_italics_heads_the_table_under_it(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph().add_run("Register of charities – lead A. Hill").italic = True
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Write to the trust", "New"
    document.add_paragraph().add_run("This was said in italics, and is a sentence.").italic = True
    document.add_table(1, 2).cell(0, 0).text = "Ask again"
    document.save(str(tmp_path / "a.docx"))
    parsed = parse(tmp_path / "a.docx")
    assert blocks_of(parsed, BlockKind.HEADING) == ["Register of charities – lead A. Hill"]


def test_raised_figures_are_no_part_of_the_number_before_them(tmp_path: Path) -> None:
    document = docx.Document()
    said = document.add_paragraph("It cost £40")
    for text in ("1", "st"):
        said.add_run(text).font.superscript = True
        said.add_run(" and 1")
    document.save(str(tmp_path / "a.docx"))
    assert parse(tmp_path / "a.docx").text == "It cost £40¹ and 1st and 1"


def test_points_of_a_list_in_a_cell_stay_apart(tmp_path: Path) -> None:
    cell = f"<w:tc>{paragraph('write to the trust', (1, 0))}{paragraph('ask why', (1, 0))}</w:tc>"
    one = f"<w:tc>{paragraph('done', (1, 0))}</w:tc>"
    lists = [kind(0, level(0, "-", "bullet")), number(1, 0)]
    path = write(tmp_path / "a.docx", [f"<w:tbl><w:tr>{cell}{one}</w:tr></w:tbl>"], lists)
    assert blocks_of(parse(path), BlockKind.ROW) == ["• write to the trust • ask why | done"]


def test_only_the_row_with_a_table_in_it_is_read_cell_by_cell(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    inner = f"<w:tbl>{row(paragraph('Beds'), paragraph('12'))}</w:tbl>{paragraph('')}"
    body = f"<w:tbl>{row(paragraph('Owner'), paragraph('Hill'))}{row(paragraph('Figures'), inner)}"
    parsed = parse(write(tmp_path / "a.docx", [f"{body}</w:tbl>"]))
    assert blocks_of(parsed, BlockKind.ROW) == ["Owner | Hill", "Beds | 12"]
    assert "Figures" in blocks_of(parsed, BlockKind.PARAGRAPH)


def test_a_note_stands_at_the_end_of_its_section(tmp_path: Path) -> None:
    from tests.indexer.parse import office_builders

    path = office_builders.minutes_docx(tmp_path / "a.docx")
    document = docx.Document(str(path))
    [said] = [p for p in document.paragraphs if p.text.startswith("The board heard")]
    run = said.add_run()
    reference = run._r.makeelement(
        "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}footnoteReference",
        {"{http://schemas.openxmlformats.org/wordprocessingml/2006/main}id": "1"},
    )
    run._r.append(reference)
    document.save(str(path))
    parsed = parse(path)
    kinds = [block.kind for block in parsed.blocks]
    texts = [block.span.of(parsed.text) for block in parsed.blocks]
    note = kinds.index(BlockKind.NOTE)
    assert kinds.count(BlockKind.NOTE) == 1
    assert texts[note] == "As at the end of March. Rounded."
    assert note < texts.index("Waiting times")


def test_a_marking_on_every_slide_is_furniture(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    for text in ("Beds will not close.", "Staff were told.", "The plan was agreed."):
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = "The plan"
        for top, words in ((5, text), (17, "OFFICIAL")):
            box = slide.shapes.add_textbox(Cm(1), Cm(top), Cm(9), Cm(1))
            box.text_frame.text = words
    run = box.text_frame.paragraphs[0].add_run()
    run.text = "2"
    run._r.get_or_add_rPr().set("baseline", "30000")
    box.text_frame.paragraphs[0].runs[0].font.bold = True
    deck.save(str(tmp_path / "a.pptx"))
    parsed = parse(tmp_path / "a.pptx")
    assert blocks_of(parsed, BlockKind.HEADING) == ["The plan"] * 3
    assert blocks_of(parsed, BlockKind.FURNITURE) == []
    assert "OFFICIAL²" in blocks_of(parsed, BlockKind.PARAGRAPH)
    deck.slides[2].shapes[2].text_frame.text = "OFFICIAL"
    deck.save(str(tmp_path / "a.pptx"))
    assert blocks_of(parse(tmp_path / "a.pptx"), BlockKind.FURNITURE) == ["OFFICIAL"] * 3


def test_the_numbers_of_a_slides_list_are_read(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Next steps"
    frame = slide.shapes.add_textbox(Cm(1), Cm(5), Cm(9), Cm(9)).text_frame
    rows = [
        ("arabicPeriod", 0, "Ask the trust"),
        ("alphaLcParenBoth", 1, "about beds"),
        ("alphaLcParenBoth", 1, "about staff"),
        ("", 0, ""),
        ("arabicPeriod", 0, "Write to the minister"),
        ("alphaLcParenBoth", 1, "by June"),
        ("", 0, "And then"),
        ("arabicPeriod", 0, "Wait"),
        ("hebrew2Minus", 0, "No such form"),
    ]
    for n, (kind_of, depth, text) in enumerate(rows):
        said = frame.paragraphs[0] if n == 0 else frame.add_paragraph()
        said.text, said.level = text, depth
        if kind_of:
            properties = said._p.get_or_add_pPr()
            number_of = properties.makeelement(
                "{http://schemas.openxmlformats.org/drawingml/2006/main}buAutoNum",
                {"type": kind_of},
            )
            properties.append(number_of)
    table = slide.shapes.add_table(1, 2, Cm(1), Cm(14), Cm(9), Cm(1)).table
    table.cell(0, 0).text = "Year"
    table.cell(0, 0)._tc.set("gridSpan", "2000000000")
    table.cell(0, 0)._tc.set("rowSpan", "2000000000")
    deck.save(str(tmp_path / "a.pptx"))
    parsed = parse(tmp_path / "a.pptx")
    assert blocks_of(parsed, BlockKind.ITEM) == [
        "1. Ask the trust",
        "(a) about beds",
        "(b) about staff",
        "2. Write to the minister",
        "(a) by June",
        "1. Wait",
        "No such form",
    ]
    assert blocks_of(parsed, BlockKind.ROW) == ["Year"]


@pytest.mark.parametrize("figure", ["-£1.2m", "£-1.2m", "−5", "(£40)", "£(40)", "12%"])
def test_a_row_over_signed_figures_heads_them(figure: str) -> None:
    texts = (("Service", "Balance"), ("Nurses", figure), ("Beds", "3.0"))
    rows = [Row(tuple(map(Cell, row))) for row in texts]
    assert [block.header for block in row_blocks(rows)] == [True, False, False]
