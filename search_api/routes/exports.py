"""Answers and passages as files: the same addresses as the pages, with an ending."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from fastapi import APIRouter, Request, Response

from search_api.results import Answer
from search_api.routes.opened import opened
from search_api.web.briefing import Said, as_docx
from search_api.web.cards import Step, sides, spoken, steps, turns
from search_api.web.exports import as_bibtex, as_csv, as_json_lines, as_ris
from search_api.web.form import Form, read_form
from search_api.web.plain_dates import plain_date
from search_api.web.rows import Row, answer_rows, hit_rows
from search_api.web.words import confidence_said, outcome_said

router = APIRouter(include_in_schema=False, prefix="/export")


class Ending(StrEnum):
    """The formats, by the endings of their files."""

    CSV = "csv"
    JSONL = "jsonl"
    RIS = "ris"
    BIB = "bib"
    DOCX = "docx"


_TYPES = {
    Ending.CSV: "text/csv; charset=utf-8",
    Ending.JSONL: "application/x-ndjson",
    Ending.RIS: "application/x-research-info-systems",
    Ending.BIB: "application/x-bibtex",
    Ending.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_TEXTS = {
    Ending.CSV: as_csv,
    Ending.JSONL: as_json_lines,
    Ending.RIS: as_ris,
    Ending.BIB: as_bibtex,
}


@router.get("/answer.{ending}")
def export_answer(request: Request, ending: Ending) -> Response:
    """Send an answer's quotations; without an answer, the nearest passages."""
    form = read_form(request.query_params)
    with opened(request) as engine:
        answer = engine.answer(form.question, k=form.k, filters=form.filters)
        address = str(request.base_url)
        rows = answer_rows(answer, address) or hit_rows(answer.result.hits, address)
        return _file("answer", ending, rows, _said(answer, form, bool(answer.citations)))


@router.get("/search.{ending}")
def export_search(request: Request, ending: Ending) -> Response:
    """Send the passages of one page of a search."""
    form = read_form(request.query_params)
    with opened(request) as engine:
        found = engine.search(form.question, k=form.k, offset=form.offset, filters=form.filters)
        colophon = _colophon(found.index.id, found.index.model.name)
        said = Said(
            form.question, "Passages nearest to the question", "", form.limits, (), colophon
        )
        return _file("passages", ending, hit_rows(found.hits, str(request.base_url)), said)


def _said(answer: Answer, form: Form, answered: bool) -> Said:
    nearest = "The nearest passages follow; they are not an answer."
    over_time = steps(answer, ())
    return Said(
        question=form.question,
        outcome=outcome_said(answer),
        words=_words(answer, over_time) if answered else f"{answer.reason or ''} {nearest}".strip(),
        limits=form.limits,
        timeline=[(step.date, step.body, step.statement, step.superseded) for step in over_time],
        colophon=_colophon(answer.result.index.id, answer.result.index.model.name),
        caution=confidence_said(answer.confidence) if answer.confidence else "",
    )


def _words(answer: Answer, over_time: list[Step]) -> str:
    """Return what is read out; where several meetings or bodies speak, with who did, and when."""
    told = [(side, side.statement) for side in sides(answer, over_time)]
    several = [
        f"{step.body or 'Body not known'}, {step.date}: “{words}”"
        for step, words in told or turns(answer, over_time)
    ]
    return "\n".join(several) or spoken(answer)


def _colophon(build: str, model: str) -> str:
    today = plain_date(datetime.now(UTC).date().isoformat())
    return (
        f"Made by Minutebook on {today} from index {build} (model {model}). Every quotation is the "
        "document’s own words; check the source before you rely on it."
    )


def _file(name: str, ending: Ending, rows: list[Row], said: Said) -> Response:
    content: str | bytes
    content = as_docx(said, rows) if ending is Ending.DOCX else _TEXTS[ending](rows)
    named = {"Content-Disposition": f'attachment; filename="minutebook-{name}.{ending}"'}
    return Response(content, media_type=_TYPES[ending], headers=named)
