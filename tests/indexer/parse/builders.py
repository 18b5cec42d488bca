"""Files that the parser tests read: written here, from texts of our own."""

from __future__ import annotations

from pathlib import Path

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfdoc import PDFInfo
from reportlab.pdfgen.canvas import Canvas

WORDS = (
    "The board heard that the plan for community nursing had moved on since the spring and that "
    "the cost of agency staff was now the largest single pressure on the budget of the trust. "
    "Members asked how waiting times would change over the winter and what was being done for "
    "people in villages who had no bus to the new clinic in the town. "
).split()


def canvas(path: Path, size: tuple[float, float] = A4, title: str | None = None) -> Canvas:
    """Return a drawing surface that always writes the same bytes."""
    drawing = Canvas(str(path), pagesize=size, invariant=1)
    info: PDFInfo = drawing._doc.info
    info.title = title or ""
    return drawing


def wrapped(drawing: Canvas, words: list[str], x: float, y: float, width: float) -> float:
    """Draw words as lines of 11 points from ``y`` down; return where the next line would stand."""
    line: list[str] = []
    for word in words:
        if drawing.stringWidth(" ".join([*line, word]), "Helvetica", 11) > width:
            drawing.drawString(x, y, " ".join(line))
            y -= 13.5
            line = []
        line.append(word)
    if line:
        drawing.drawString(x, y, " ".join(line))
        y -= 13.5
    return y


def minutes_pdf(path: Path) -> Path:
    """Write two pages of minutes: heading, numbered items, a paragraph over the page's edge."""
    drawing = canvas(path, title="Minutes of the Board")
    for number in (1, 2):
        drawing.setFont("Helvetica", 9)
        drawing.drawString(60, 800, "Exampleshire Board, 3 May 2017")
        drawing.drawCentredString(A4[0] / 2, 30, f"Page {number} of 2")
        if number == 1:
            _first_page(drawing)
        else:
            _second_page(drawing)
        drawing.showPage()
    drawing.save()
    return path


def _first_page(drawing: Canvas) -> None:
    drawing.setFont("Helvetica-Bold", 14)
    drawing.drawString(60, 760, "MINUTES OF THE BOARD")
    drawing.setFont("Helvetica-Bold", 11)
    drawing.drawString(60, 725, "12.")
    drawing.drawString(90, 725, "Community nursing")
    drawing.setFont("Helvetica", 11)
    y = wrapped(drawing, WORDS, 60, 700, 470) - 13.5
    drawing.drawString(60, y, "(1)")
    y = wrapped(drawing, WORDS[:33], 90, y, 440)
    drawing.drawString(60, y, "(2)")
    y = wrapped(drawing, WORDS[33:], 90, y, 440) - 13.5
    drawing.drawString(60, y, "RESOLVED that the report be noted.")
    wrapped(drawing, WORDS[:52], 60, 85, 470)


def _second_page(drawing: Canvas) -> None:
    drawing.setFont("Helvetica", 11)
    y = wrapped(drawing, [*WORDS[52:], *WORDS[:20]], 60, 770, 470) - 13.5
    wrapped(drawing, WORDS, 60, y, 470)


def columns_pdf(path: Path) -> Path:
    """Write one page in two columns under a heading."""
    drawing = canvas(path)
    drawing.setFont("Helvetica-Bold", 16)
    drawing.drawString(60, 780, "Quarterly bulletin")
    drawing.setFont("Helvetica", 11)
    left = ["Left", "begins.", *WORDS, "Left", "ends."]
    right = ["Right", "begins.", *WORDS, "Right", "ends."]
    wrapped(drawing, left, 60, 740, 220)
    wrapped(drawing, right, 310, 740, 220)
    drawing.save()
    return path


def table_pdf(path: Path) -> Path:
    """Write one page with a ruled table, a cell of two lines and a figure left out."""
    drawing = canvas(path)
    drawing.setFont("Helvetica", 10)
    drawing.drawString(60, 780, "The costs of the year are set out in the table.")
    edges, tops = [60, 220, 300, 380], [750, 730, 700, 680]
    for x in edges:
        drawing.line(x, tops[0], x, tops[-1])
    for y in tops:
        drawing.line(edges[0], y, edges[-1], y)
    cells = [
        (65, 737, "Service"), (225, 737, "2016-17"), (305, 737, "2017-18"),
        (65, 718, "Community nursing and"), (65, 706, "health visiting"),
        (225, 718, "1,250.5"), (305, 718, "1,300.0"),
        (65, 687, "Ambulances"), (305, 687, "88.0"),
    ]  # fmt: skip
    for x, y, text in cells:
        drawing.drawString(x, y, text)
    drawing.save()
    return path


def slides_pdf(path: Path) -> Path:
    """Write two landscape slides with a big title and bullets each."""
    drawing = canvas(path, landscape(A4))
    for title, points in (
        ("Next steps", ["Re-submission by the end of October", "New governance in November"]),
        ("What is the plan?", ["A place based plan for three areas", "One of forty-four"]),
    ):
        drawing.setFont("Helvetica", 32)
        drawing.drawString(20 * mm, 170 * mm, title)
        drawing.setFont("Helvetica", 18)
        for i, point in enumerate(points):
            drawing.drawString(25 * mm, (140 - 14 * i) * mm, f"• {point}")
        drawing.showPage()
    drawing.save()
    return path


def blank_pdf(path: Path) -> Path:
    """Write a PDF with one empty page."""
    drawing = canvas(path)
    drawing.showPage()
    drawing.save()
    return path


def picture_pdf(path: Path) -> Path:
    """Write a PDF whose only page is a picture."""
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    drawing = canvas(path)
    picture = Image.new("RGB", (120, 160), (200, 210, 220))
    drawing.drawImage(ImageReader(picture), 50, 50, 400, 600)
    drawing.save()
    return path


def locked_pdf(path: Path) -> Path:
    """Write a PDF that asks for a password."""
    from pypdf import PdfReader, PdfWriter

    plain = minutes_pdf(path.with_name("plain.pdf"))
    writer = PdfWriter(clone_from=PdfReader(plain))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(path)
    return path
