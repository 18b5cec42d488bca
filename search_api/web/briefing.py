"""A Word briefing: the question, what the record says, its quotations with their references."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from search_api.web.rows import Row

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Said:
    """What stands above the quotations."""

    question: str
    outcome: str
    words: str
    limits: Sequence[str]
    timeline: Sequence[tuple[str, str, str, bool]]
    """Date, body, statement, and whether it is superseded."""
    colophon: str
    caution: str = ""
    """How far the words can be relied on, and why."""


def as_docx(said: Said, rows: Sequence[Row]) -> bytes:
    """Return the briefing as a DOCX file."""
    paper = docx.Document()
    paper.styles["Normal"].font.size = Pt(11)
    paper.core_properties.title = _fit(said.question)[:250]
    paper.core_properties.author = "Minutebook"
    paper.core_properties.language = "en-GB"
    paper.add_heading(_fit(said.question), 0)
    if said.limits:
        paper.add_paragraph(_fit(f"Looking only in: {'; '.join(said.limits)}."))
    paper.add_heading(said.outcome, 1)
    if said.words:
        paper.add_paragraph(_fit(said.words))
    if said.caution:
        paper.add_paragraph(_fit(said.caution))
    if len(said.timeline) > 1:
        _timeline(paper, said.timeline)
    if rows:
        paper.add_heading("Quotations", 1)
    for row in rows:
        _quotation(paper, row)
    paper.add_paragraph(_fit(said.colophon)).runs[0].font.size = Pt(9)
    output = BytesIO()
    paper.save(output)
    return output.getvalue()


def _timeline(paper: Any, timeline: Sequence[tuple[str, str, str, bool]]) -> None:
    paper.add_heading("Over time, newest first", 1)
    for date, body, statement, superseded in timeline:
        line = paper.add_paragraph(style="List Bullet")
        line.add_run(_fit(date[:1].upper() + date[1:])).bold = True
        line.add_run(
            _fit(f"{', ' + body if body else ''}{' (superseded)' if superseded else ''}: ")
        )
        line.add_run(_fit(f"“{statement}”"))


def _quotation(paper: Any, row: Row) -> None:
    paper.add_heading(f"{row.n}. {row.said_role}", 2)
    if row.lead_in:
        paper.add_paragraph(_fit(f"Introduced by: “{row.lead_in}”"))
    paper.add_paragraph(_fit(f"“{row.quote}”"), style="Intense Quote")
    source = ", ".join(part for part in (row.body, row.committee, row.title) if part)
    details = paper.add_paragraph(_fit(f"{source}; {row.plain_date}; {row.where}. "))
    if row.date_basis:
        details.add_run(_fit(f"How the date is known: {row.date_basis}. ")).italic = True
    if row.source_url.startswith(("https://", "http://")):
        _link(details, row.source_url, "Where it was published")
        details.add_run(". ")
    _link(details, row.link, "Open at the page")


def _link(paragraph: Any, address: str, words: str) -> None:
    """Add a hyperlink, for which python-docx has no call of its own."""
    relation = paragraph.part.relate_to(
        _fit(address), RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), relation)
    run = paragraph.add_run(words)
    run.font.underline = True
    link.append(run._r)
    paragraph._p.append(link)


def _fit(text: str) -> str:
    """Leave out what no XML can hold."""
    return _UNFIT.sub("", text)
