"""Figures keep their signs, their cells and their names, however a file draws them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from indexer.parse.figures import is_amount, is_figure
from indexer.parse.pdf import parse_pdf
from tests.indexer.parse import table_builders
from tests.indexer.parse.builders import canvas
from tests.indexer.parse.test_properties import check
from tests.indexer.parse.test_tables import furniture_of, rows_of

SIZE, TOP, HIGH = 9.0, 700.0, 18.0
EDGES = (40.0, 95.0, 170.0, 235.0, 290.0, 345.0, 440.0)
NAMES = ("Directorate", "Subject", "2025-26", "2026-27", "2027-28", "Service")
Signed = list[tuple[float, float, str]]


def figure(drawing: Canvas, right: float, y: float, text: str, later: Signed | None) -> None:
    """Draw a figure up to its right edge; with ``later``, its sign is left for the page's end."""
    start = right - drawing.stringWidth(text, "Helvetica-Bold", SIZE)
    if later is None or not text.startswith(("-", "−", "(")):
        drawing.drawString(start, y, text)
        return
    sign = drawing.stringWidth(text[0], "Helvetica-Bold", SIZE)
    later.append((start, y, text[0]))
    drawing.drawString(start + sign, y, text[1:])


def signs(drawing: Canvas, later: Signed) -> None:
    """Draw the signs in a font of their own, so that they are pieces of text of their own."""
    drawing.setFont("Courier", SIZE)
    for x, y, sign in later:
        width = stringWidth(sign, "Courier", SIZE)
        drawing.saveState()
        drawing.translate(x, y)
        drawing.scale(stringWidth(sign, "Helvetica-Bold", SIZE) / width, 1)
        drawing.drawString(0, 0, sign)
        drawing.restoreState()


def budget(path: Path, totals: Sequence[tuple[str, ...]], *, hidden: Sequence[int] = ()) -> Path:
    """Write a ruled table of six columns whose total rows have no line inside but at the figures.

    The heading's lines at the edges numbered in ``hidden`` are not drawn.
    """
    drawing = canvas(path)
    later: Signed = []
    body = [("Care", f"Subject {n}", f"{n}.5", "0.0", f"-{n}.0", "Adults") for n in range(1, 6)]
    bottom = TOP - HIGH * (1 + len(body) + len(totals))
    for number in range(2 + len(body) + len(totals)):
        drawing.line(EDGES[0], TOP - HIGH * number, EDGES[-1], TOP - HIGH * number)
    for at, edge in enumerate(EDGES):
        inner = 0 < at < len(EDGES) - 1
        first = TOP - HIGH if at in hidden else TOP
        drawing.line(edge, first, edge, TOP - HIGH * (1 + len(body)) if inner else bottom)
    drawing.setFont("Helvetica-Bold", SIZE)
    for row, cells in enumerate((NAMES, *body, *totals)):
        y = TOP - HIGH * row - 12
        drawing.setFont("Helvetica-Bold", SIZE)
        for at, text in enumerate(cells):
            if at in (2, 3, 4):
                figure(drawing, EDGES[at + 1] - 1.5, y, text, later)
            else:
                drawing.drawString(EDGES[at] + 1.5, y, text)
    signs(drawing, later)
    drawing.save()
    return path


TOTALS = [
    ("TOTAL COSTS LEGISLATIVE", "", "9,570.4", "-823,335.3", "-991,898.1"),
    ("TOTAL POLICY", "", "-8,542.9", "-14,415.2", "-12,111.8"),
    ("TOTAL SERVICES", "", "17,831.2", "(757.6)", "-803.2"),
]


def test_a_total_keeps_its_label_its_cells_and_its_signs(tmp_path: Path) -> None:
    document = parse_pdf(budget(tmp_path / "a.pdf", TOTALS))
    check(document, 1)
    said = dict(rows_of(document))
    names = " | ".join(NAMES)
    for label, *figures in TOTALS:
        assert said[" | ".join([label, *figures]).replace(" |  | ", " | | ")] == names


def test_names_without_lines_between_stand_over_their_own_columns(tmp_path: Path) -> None:
    rows = rows_of(parse_pdf(budget(tmp_path / "a.pdf", TOTALS, hidden=(4, 5))))
    assert rows[0] == (" | ".join(NAMES), None)


def test_a_name_over_two_columns_stays_whole(tmp_path: Path) -> None:
    document = parse_pdf(table_builders.merged(tmp_path / "a.pdf"))
    assert rows_of(document)[0][0].endswith("2025-26 Budget Core | 2025-26 Budget External")


AMOUNT = st.integers(1, 9_999_999).map(lambda n: f"{n / 10:,.1f}")
SIGNED = st.one_of(AMOUNT, AMOUNT.map("-{}".format), AMOUNT.map("({})".format))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(SIGNED, SIGNED, SIGNED), min_size=4, max_size=10))
@example([("-1.0", "(2.0)", "3.0")] * 4)
def test_no_figure_loses_its_sign(tmp_path: Path, table: list[tuple[str, str, str]]) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    later: Signed = []
    for number, row in enumerate(table):
        y = 740 - 14 * number
        drawing.setFont("Helvetica-Bold", SIZE)
        drawing.drawString(60, y, f"Line {number}")
        for right, text in zip((260, 360, 460), row, strict=True):
            figure(drawing, right, y, text, later)
    signs(drawing, later)
    drawing.save()
    told = [text for text, _ in rows_of(parse_pdf(tmp_path / "a.pdf"))]
    assert told == [" | ".join([f"Line {n}", *row]) for n, row in enumerate(table)]


def test_what_is_nil_is_no_bullet_of_the_label_beside_it(tmp_path: Path) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    drawing.setFont("Helvetica", 10)
    rows = [
        ("11,806.0", "Support Grant", "15,680.3"),
        ("-", "Prevention Grant", "6,759.8"),
        ("50,014.7", "Care Grant", "61,701.3"),
        ("-", "Insurance Grant", "10,072.7"),
        ("2,058.5", "Homes Grant", "1,926.7"),
    ]
    for number, (before, label, after) in enumerate(rows):
        y = 740 - 14 * number
        drawing.drawRightString(200, y, before)
        drawing.drawString(204, y, label)
        drawing.drawRightString(400, y, after)
    drawing.line(202, 760, 202, 670)
    drawing.save()
    told = [text for text, _ in rows_of(parse_pdf(tmp_path / "a.pdf"))]
    assert told == [" | ".join(row) for row in rows]


def test_columns_without_a_figure_keep_their_names(tmp_path: Path) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    drawing.setFont("Helvetica", 10)
    rights = (220.0, 280.0, 340.0, 400.0, 460.0, 520.0)
    for middle, year in ((270, "2025-26"), (450, "2026-27")):
        drawing.drawCentredString(middle, 768, year)
    for right, name in zip(rights, ("Core", "External", "Total") * 2, strict=True):
        drawing.drawRightString(right, 754, name)
    for number in range(1, 6):
        y = 740 - 14 * number
        drawing.drawString(60, y, f"Grant {number}")
        drawing.drawRightString(rights[2], y, f"{number},10{number}.5")
        drawing.drawRightString(rights[5], y, f"{number},20{number}.5")
    drawing.save()
    rows = rows_of(parse_pdf(tmp_path / "a.pdf"))
    groups = [f"{year} {name}" for year in ("2025-26", "2026-27")
              for name in ("Core", "External", "Total")]  # fmt: skip
    names = "| " + " | ".join(groups)
    assert rows[0] == (names, None)
    assert ("Grant 3 | | | 3,103.5 | | | 3,203.5", names) in rows


def _mapped(path: Path, hyphen: int) -> Path:
    """Write a page whose font says of its hyphen that it is the character ``hyphen``."""
    codes = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def\n"
        "1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"1 beginbfchar <2D> <{hyphen:04X}> endbfchar\n"
        "2 beginbfrange <20> <2C> <0020> <2E> <7E> <002E> endbfrange\nendcmap end end"
    )
    words = (
        "BT /F1 11 Tf 60 740 Td (A long-term balance of -757.6 in all) Tj 0 -40 Td (-12.5) Tj ET"
    )
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R"
        "/Resources<</Font<</F1 4 0 R>>>>>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        f"<</Length {len(words)}>>stream\n{words}\nendstream",
        f"<</Length {len(codes)}>>stream\n{codes}\nendstream",
    )
    body = "%PDF-1.4\n"
    starts = []
    for number, content in enumerate(objects, start=1):
        starts.append(len(body))
        body += f"{number} 0 obj{content}endobj\n"
    table = "".join(f"{start:010d} 00000 n \n" for start in starts)
    end = f"trailer<</Size 7/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    path.write_text(f"{body}xref\n0 7\n0000000000 65535 f \n{table}{end}", encoding="ascii")
    return path


@pytest.mark.parametrize("hyphen", [0x2D, 0xAD, 0x2010, 0x2011, 0x2013, 0x2212, 0xF02D])
def test_a_minus_is_kept_whatever_character_the_font_takes_it_for(
    tmp_path: Path, hyphen: int
) -> None:
    text = parse_pdf(_mapped(tmp_path / "a.pdf", hyphen)).text
    seen = "-" if hyphen in {0xAD, 0xF02D} else chr(hyphen)
    assert f"balance of {seen}757.6 in all" in text
    assert text.endswith(f"{seen}12.5")


@pytest.mark.parametrize(
    "text",
    ["757.6", "-757.6", "–757.6", "−757.6", "- 757.6", "(757.6)", "( 757.6 )", "£-1.2m", "-£1.2m",
     "£(1.2m)", "£ 1,200", "12 %", "(3.5%)", "+0.4"],
)  # fmt: skip
def test_forms_of_a_figure(text: str) -> None:
    assert is_figure(text)


@pytest.mark.parametrize("text", ["2026-27", "2026", "-", "A-1", "12 beds", "1.2.3", ""])
def test_what_is_no_figure(text: str) -> None:
    assert not is_figure(text)
    assert not is_amount(text)


def test_a_range_stays_a_range(tmp_path: Path) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    drawing.setFont("Helvetica", 11)
    drawing.drawString(60, 740, "From 20 - 30 beds to 40")
    later = [(60 + drawing.stringWidth("From 20 - 30 beds to 40", "Helvetica", 11), 740.0, "-")]
    drawing.drawString(later[0][0] + stringWidth("-", "Helvetica-Bold", SIZE), 740, "50 in all.")
    signs(drawing, later)
    drawing.save()
    text = parse_pdf(tmp_path / "a.pdf").text
    assert "20 - 30 beds" in text
    assert "-50" not in text.replace("40-50", "")


def _boxes(path: Path, *, columns: float, words: str) -> Path:
    """Write a table of two rows and, below it, a box of one row parted at ``columns``."""
    drawing = canvas(path)
    table_builders.ruled(drawing, [("Publish the notes", "New"), ("Ask the trust", "Done")],
                         (60.0, 300.0, 380.0))  # fmt: skip
    drawing.drawString(60, 680, "Collaboration space")
    drawing.setFont("Helvetica", 10)
    drawing.rect(60, 630, 320, 32)
    drawing.line(columns, 630, columns, 662)
    drawing.drawString(64, 650, words)
    drawing.drawString(64, 638, "tranches of requests")
    drawing.drawString(columns + 4, 650, "Ongoing")
    drawing.save()
    return path


def test_a_box_of_one_row_is_a_table_in_the_columns_of_another(tmp_path: Path) -> None:
    words = "Advise members of the space and of new"
    rows = rows_of(parse_pdf(_boxes(tmp_path / "a.pdf", columns=300, words=words)))
    assert rows[-1][0] == f"{words} tranches of requests | Ongoing"


def test_a_box_with_other_columns_is_none(tmp_path: Path) -> None:
    rows = rows_of(parse_pdf(_boxes(tmp_path / "a.pdf", columns=270, words="Advise members")))
    assert [text for text, _ in rows] == ["Publish the notes | New", "Ask the trust | Done"]


def test_what_a_program_says_of_itself_and_lines_of_two_pages_are_furniture(
    tmp_path: Path,
) -> None:
    mark = "Created with samplePDF Printer (www.example.org). Please register to remove this."
    drawing = canvas(tmp_path / "a.pdf")
    for number in (1, 2):
        drawing.setFont("Helvetica", 11)
        drawing.drawString(60, 700, f"The board heard report {number} on nursing and agreed it.")
        for line in range(3):
            drawing.drawString(60, 680 - 14 * line, f"Report {number}.{line} was noted, again.")
        drawing.drawString(60, 620, f"It then turned to matter {number} and closed at noon.")
        drawing.drawString(60, 60, "OFFICIAL PAPERS")
        drawing.drawString(60, 45, str(number))
        drawing.drawString(60, 30, mark)
        drawing.showPage()
    drawing.save()
    furniture = furniture_of(parse_pdf(tmp_path / "a.pdf"))
    assert furniture == ["OFFICIAL PAPERS", "1", mark, "OFFICIAL PAPERS", "2", mark]


NIL_OR_SIGN = [("Line 1", "12.5", "-3.4"), ("Line 2", "-1,112.5", "3.4"), ("Line 3", "12.5", "-"),
               ("Line 4", "2.5", "-1,003.4"), ("Line 5", "-", "7.0")]  # fmt: skip


def _accounts(path: Path, sign: str, gap: float) -> Path:
    """Write figures whose signs stand at their cells' left edges, under two years."""
    drawing = canvas(path)
    drawing.setFont("Helvetica", 10)
    for number, (label, *figures) in enumerate([("", "2023", "2024"), *NIL_OR_SIGN]):
        y = 740 - 14 * number
        drawing.drawString(60, y, label)
        for right, text in zip((260, 360), figures, strict=True):
            if text.startswith("-") and len(text) > 1:
                drawing.drawString(right - gap, y, sign)
            drawing.drawRightString(right, y, text if len(text) == 1 else text.lstrip("-"))
    drawing.save()
    return path


@pytest.mark.parametrize("sign", ["-", "–", "£", "(", "-£"])
@pytest.mark.parametrize("gap", [55, 70, 80])
def test_a_sign_at_the_left_of_its_cell_is_its_figures(
    tmp_path: Path, sign: str, gap: float
) -> None:
    rows = rows_of(parse_pdf(_accounts(tmp_path / "a.pdf", sign, gap)))
    said = [" | ".join(row).replace("| -", f"| {sign} ") for row in NIL_OR_SIGN]
    said[2], said[4] = "Line 3 | 12.5 | -", "Line 5 | - | 7.0"
    assert rows == [("| 2023 | 2024", None), *((text, "| 2023 | 2024") for text in said)]


def test_nil_under_a_name_of_its_own_is_no_minus(tmp_path: Path) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    drawing.setFont("Helvetica", 10)
    rows = [("", "Core", "Grant", "Total")]
    rows += [(f"Line {n}", f"{n}.5", "-" if n % 3 else "", f"{n}.5") for n in range(1, 31)]
    for number, (label, *figures) in enumerate(rows):
        drawing.drawString(60, 740 - 14 * number, label)
        for right, text in zip((260, 320, 370), figures, strict=True):
            drawing.drawRightString(right, 740 - 14 * number, text)
    drawing.save()
    told = rows_of(parse_pdf(tmp_path / "a.pdf"))
    assert told[1] == ("Line 1 | 1.5 | - | 1.5", "| Core | Grant | Total")
    assert told[30] == ("Line 30 | 30.5 | | 30.5", "| Core | Grant | Total")


@pytest.mark.parametrize("aside", [0.0, 8.0])
def test_totals_beneath_a_ruled_table_stand_under_its_names_where_they_are_in_line(
    tmp_path: Path, aside: float
) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    drawing.setFont("Helvetica", 10)
    edges = (60.0, 200.0, 300.0, 400.0)
    rows = [("Service", "2025-26", "2026-27"), ("Nurses", "1,200.5", "900.0"),
            ("Beds", "10.5", "-3.0"), ("Wards", "7.5", "4.0")]  # fmt: skip
    for number in range(5):
        drawing.line(60, 740 - 20 * number, 400, 740 - 20 * number)
    for edge in edges:
        drawing.line(edge, 740, edge, 660)
    totals = [("CORE", "1,000.0", "-800.0"), ("GRANTS", "218.5", "101.0"),
              ("TOTAL", "1,218.5", "901.0")]  # fmt: skip
    for number, (label, *figures) in enumerate([*rows, *totals]):
        y = 726 - 20 * number if number < 4 else 648 - 14 * (number - 4)
        shift = aside if number >= 4 else 0
        drawing.drawString(64, y, label)
        for edge, text in zip(edges[2:], figures, strict=True):
            drawing.drawRightString(edge - 2 - shift, y, text)
    drawing.save()
    names = " | ".join(rows[0])
    said = [(" | ".join(row), None if aside else names) for row in totals]
    assert rows_of(parse_pdf(tmp_path / "a.pdf"))[-3:] == said
