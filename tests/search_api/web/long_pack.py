"""A meeting pack of hundreds of pages, in one piece: no outline says where its papers begin."""

from __future__ import annotations

from pathlib import Path
from random import Random

from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

PAGES = 500
_PAGES_OF_A_PAPER = 4
_SUBJECTS = (
    "Finance report",
    "Performance against the national standards",
    "Learning from deaths",
    "Urgent and emergency care in the winter",
    "Children and young people’s mental health",
    "Estates strategy and the condition of the buildings",
)
_WORDS = (
    "ward clinic winter nurse plan budget risk board report patient referral waiting estate "
    "theatre ambulance carer discharge target quarter audit staffing surgery recovery pathway"
).split()
_SENTENCES, _LENGTH = 2, 12
_EDGE, _TOP, _WIDTH = 64, 770, 460


def agreed_on(page: int) -> str:
    """Return the sentence that stands on one page of the pack and on no other."""
    return f"The Board agreed that ward {page} be reviewed again when beds number {page + 11}."


def long_pack(path: Path, pages: int = PAGES) -> Path:
    """Write it: a paper every few pages, with a heading, running lines and paragraphs."""
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    for page in range(1, pages + 1):
        _sheet(canvas, page, pages)
        canvas.showPage()
    canvas.save()
    return path


def _sheet(canvas: Canvas, page: int, pages: int) -> None:
    canvas.setFont("Helvetica", 8)
    canvas.drawString(_EDGE, 810, "Example Hospitals NHS Trust, public board papers, 7 July 2016")
    canvas.drawString(_EDGE, 30, f"Page {page} of {pages}")
    top = float(_TOP)
    paper, into = divmod(page - 1, _PAGES_OF_A_PAPER)
    subject = _SUBJECTS[paper % len(_SUBJECTS)]
    if into == 0:
        top = _lines(canvas, f"{paper + 1}. {subject}", top, "Helvetica-Bold", 16)
    for words in (_paragraph(page), agreed_on(page), _paragraph(-page)):
        top = _lines(canvas, words, top, "Helvetica", 11)


def _paragraph(seed: int) -> str:
    """Return sentences that no other page has: what stands on every page is taken for furniture."""
    chance = Random(seed)
    sentences = (" ".join(chance.choices(_WORDS, k=_LENGTH)) for _ in range(_SENTENCES))
    return " ".join(f"{sentence.capitalize()}." for sentence in sentences)


def _lines(canvas: Canvas, words: str, top: float, font: str, size: int) -> float:
    """Write words from ``top`` downwards, and return where the next may begin."""
    canvas.setFont(font, size)
    for line in simpleSplit(words, font, size, _WIDTH):
        canvas.drawString(_EDGE, top, line)
        top -= size * 1.3
    return top - size
