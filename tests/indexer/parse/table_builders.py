"""PDF pages with tables, written as office programs draw them: with and without ruled lines."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from tests.indexer.parse.builders import canvas

LEFT, TOP, PITCH = 60.0, 740.0, 14.0
Rows = Sequence[Sequence[str]]


def unruled(drawing: Canvas, rows: Rows, rights: Sequence[float], top: float = TOP) -> None:
    """Draw labels from the left and figures up to the right edges; empty texts leave a gap."""
    drawing.setFont("Helvetica", 10)
    for number, (label, *figures) in enumerate(rows):
        y = top - PITCH * number
        drawing.drawString(LEFT, y, label)
        for right, figure in zip(rights, figures, strict=True):
            drawing.drawRightString(right, y, figure)


def ruled(drawing: Canvas, rows: Rows, edges: Sequence[float], top: float = TOP) -> None:
    """Draw a full grid of lines with a text in each cell."""
    drawing.setFont("Helvetica", 10)
    bottom = top - 20 * len(rows)
    for number in range(len(rows) + 1):
        drawing.line(edges[0], top - 20 * number, edges[-1], top - 20 * number)
    for edge in edges:
        drawing.line(edge, top, edge, bottom)
    for number, row in enumerate(rows):
        for left, text in zip(edges, row, strict=False):
            drawing.drawString(left + 4, top - 20 * number - 14, text)


def unruled_over_two_pages(path: Path) -> Path:
    """Write a table whose column names stand on the first page only, with page numbers."""
    drawing = canvas(path)
    rights = [300.0, 380.0, 460.0]
    drawing.setFont("Helvetica-Bold", 10)
    for right, year in zip(rights, ("2025-26", "2026-27", "2027-28"), strict=True):
        drawing.drawRightString(right, TOP + PITCH, year)
    first = [(f"Service {n}", f"{n}10.5", f"{n}20.5", f"{n}30.5") for n in range(1, 6)]
    second = [(f"Service {n}", f"{n}10.5", "", f"{n}30.5") for n in range(6, 9)]
    second.append(("Total", "9,999.0", "8,888.0", "7,777.0"))
    for number, rows in enumerate((first, second), start=1):
        unruled(drawing, rows, rights)
        drawing.drawCentredString(297, 30, str(number))
        drawing.showPage()
    drawing.save()
    return path


def ruled_over_two_pages(path: Path, *, other: bool = False) -> Path:
    """Write a ruled table over two pages; with ``other``, the second table has other columns."""
    drawing = canvas(path)
    edges = [60.0, 220.0, 320.0, 420.0]
    ruled(drawing, [("Risk", "Likelihood", "£m"), ("Flood", "High", "12.5"),
                    ("Fire", "Low", "3.0")], edges)  # fmt: skip
    drawing.showPage()
    if other:
        edges = [60.0, 300.0, 340.0, 500.0]
    ruled(drawing, [("Storm", "", "4.5"), ("Drought", "Low", "1.0")], edges)
    drawing.save()
    return path


def merged(path: Path) -> Path:
    """Write a table with a name over two columns and a label over two rows."""
    drawing = canvas(path)
    drawing.setFont("Helvetica", 10)
    edges, tops = [60.0, 160.0, 260.0, 340.0, 420.0], [740.0, 720.0, 700.0, 680.0, 660.0]
    for y in (tops[0], tops[2], tops[4]):
        drawing.line(edges[0], y, edges[-1], y)
    drawing.line(edges[2], tops[1], edges[-1], tops[1])
    drawing.line(edges[1], tops[3], edges[-1], tops[3])
    for x in (edges[0], edges[1], edges[2], edges[4]):
        drawing.line(x, tops[0], x, tops[4])
    drawing.line(edges[3], tops[1], edges[3], tops[4])
    texts = [
        (64, 726, "Directorate"), (164, 726, "Service"), (300, 726, "2025-26 Budget"),
        (264, 706, "Core"), (344, 706, "External"),
        (64, 686, "Adult Care"), (164, 686, "Homes"), (264, 686, "10.5"), (344, 686, "1.5"),
        (164, 666, "Day care"), (264, 666, "20.5"), (344, 666, "2.5"),
    ]  # fmt: skip
    for x, y, text in texts:
        drawing.drawString(x, y, text)
    drawing.save()
    return path


def contents(path: Path) -> Path:
    """Write a page of contents with dots before the numbers, and a page of text."""
    drawing = canvas(path)
    drawing.setFont("Helvetica", 11)
    drawing.drawString(LEFT, 760, "Contents")
    for number, title in enumerate(("Summary", "Nursing", "Ambulances", "Next steps"), start=1):
        drawing.drawString(LEFT, 760 - 20 * number, f"{title} {'.' * 60} {2 * number}")
    drawing.showPage()
    drawing.setFont("Helvetica", 11)
    drawing.drawString(LEFT, 760, "Nursing numbers had grown by a tenth since the year before.")
    drawing.save()
    return path


NOTES = (
    "A failure to plan",
    "and to deliver the",
    "savings",
    "Score 4/10",
    "Scope to improve",
    "High",
)
PROSE = (
    "The council has planned savings since 2011 and has delivered a balanced",
    "outturn with a small surplus in each of the years since then, including",
    "throughout the years when funding was reducing. This demonstrated that",
    "in the past savings were sustainable. The approved budget included more",
    "savings in order to balance spending growth with an increase in funding",
    "from core grants and local taxation. Separate monitoring was introduced",
    "following suspension of previous arrangements during the pandemic.",
)


def notes_beside_prose(path: Path, *, rows: int) -> Path:
    """Rows of notes beside running text, parted by one line down and without sides."""
    page = canvas(path)
    page.setFont("Helvetica", 10)
    top, height = 780, 110
    for row in range(rows):
        start = top - row * height
        for lines, left in ((NOTES, 62), (PROSE, 176)):
            for number, line in enumerate(lines):
                page.drawString(left, start - 14 - 12 * number, line)
        page.line(56, start, 545, start)
    page.line(56, top - rows * height, 545, top - rows * height)
    page.line(170, top, 170, top - rows * height)
    page.save()
    return path
