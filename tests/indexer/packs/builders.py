"""Packs as committees publish them: an agenda, then papers of their own, put together by pypdf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

PACK_TITLE = "(Public Pack) Agenda Document for Health Scrutiny, 07/07/2016"


@dataclass(frozen=True, slots=True)
class Sheets:
    """One paper: its name in the outline, and the lines of each page."""

    name: str
    pages: Sequence[Sequence[str]]
    item: str | None = None


AGENDA = Sheets(
    "Agenda",
    [
        [
            "# AGENDA",
            "Exampleshire County Council",
            "Health Scrutiny Committee",
            "Thursday, 7 July 2016 at 10.00 am",
            "5. Minutes of the previous meeting",
            "7. STP update",
        ]
    ],
)
MINUTES_TITLE = "MINUTES of a meeting of the Health Scrutiny Committee held on 12 May 2016."
"""What the record calls itself, which says more than its name in the pack."""
MINUTES = Sheets(
    "5 Minutes of the previous meeting",
    [
        [
            MINUTES_TITLE,
            "PRESENT: Councillor Ash (Chair), Councillor Birch, Councillor Cedar.",
            "1. Walk-in centre",
            "Members asked why the walk-in centre in Oakham had closed before the review was done.",
        ],
        [
            "Officers replied that the lease of the building had ended and no other was found.",
            "RESOLVED: that a report on urgent care in Oakham be brought in the autumn.",
        ],
    ],
    item="5",
)
UPDATE = Sheets(
    "7 STP Update",
    [
        [
            "Report to: Health Scrutiny Committee",
            "Date: 7 July 2016",
            "Title: Sustainability and Transformation Plan, update",
            "Report by: Director of Strategy",
            "The plan sets out how three hospitals will share services over five years.",
        ],
        [
            "It is expected that the plan will be approved in late autumn, after public meetings.",
            "The committee is asked to note the report and to comment on the timetable.",
        ],
        ["The savings expected of the plan are £26.1 million in the year 2020-21."],
    ],
    item="7",
)
APPENDIX = Sheets(
    "STP Update Appendix A",
    [
        [
            "# Appendix A",
            "The beds of each hospital are counted here, ward by ward, as in May 2016.",
        ],
        ["The community hospitals have ninety-two beds, of which ten were closed in the winter."],
    ],
)
PAPERS = (AGENDA, MINUTES, UPDATE, APPENDIX)


def paper_pdf(path: Path, paper: Sheets, author: str = "") -> Path:
    """Write one paper alone, with no page numbers and no stamp."""
    return _drawn(path, paper.pages, None, None, author)


def pack_pdf(
    path: Path,
    papers: Sequence[Sheets] = PAPERS,
    *,
    outline: bool = True,
    stamped: bool = True,
    title: str = "",
) -> Path:
    """Write a pack: the papers' pages in a row, numbered through, with an outline or without."""
    writer = PdfWriter()
    count = 0
    for number, paper in enumerate(papers):
        part = path.with_name(f".{path.stem}-{number}.pdf")
        _drawn(part, paper.pages, count + 1 if stamped else None, paper.item if stamped else None)
        writer.append(PdfReader(part), import_outline=False)
        part.unlink()
        if outline:
            writer.add_outline_item(title=paper.name, page_number=count)
        count += len(paper.pages)
    if title:
        writer.add_metadata({"/Title": title})
    writer.write(path)
    return path


def _drawn(
    path: Path,
    pages: Sequence[Sequence[str]],
    first: int | None,
    item: str | None,
    author: str = "",
) -> Path:
    drawing = Canvas(str(path), pagesize=A4, invariant=1)
    drawing.setAuthor(author)
    for place, lines in enumerate(pages):
        if item and place == 0:
            drawing.setFont("Helvetica", 9)
            drawing.drawRightString(A4[0] - 40, A4[1] - 40, f"Agenda Item {item}")
        if first is not None:
            drawing.setFont("Helvetica", 9)
            drawing.drawCentredString(A4[0] / 2, 30, f"Page {first + place}")
        y = 760.0
        for line in lines:
            head = line.startswith("# ")
            drawing.setFont("Helvetica-Bold" if head else "Helvetica", 15 if head else 11)
            drawing.drawString(60, y, line.removeprefix("# "))
            y -= 34
        drawing.showPage()
    drawing.save()
    return path
