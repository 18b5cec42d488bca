"""The pages for people: ask, read the answer, follow a quotation into its document."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse
from starlette.datastructures import QueryParams

from indexer.errors import UsageError
from indexer.store.listing import Sort
from search_api.engine import Engine
from search_api.results import Answer, AnswerStatus
from search_api.routes.opened import composer_of, corpus_of, no_parameters, opened
from search_api.routes.originals import original, verified_path
from search_api.routes.viewed import PlaceAsked, known_document, page_address, place_asked, viewed
from search_api.web.cards import (
    citation_cards,
    elsewhere_cards,
    facts,
    hit_cards,
    short_forms,
    sides,
    spoken,
    steps,
    turns,
    voices,
)
from search_api.web.composed import label, paragraphs
from search_api.web.form import Form, read_filters, read_form
from search_api.web.line import line_of
from search_api.web.overview import Overview, overview_of
from search_api.web.pages import empty_form, page
from search_api.web.pictures import MEDIA_TYPE, Pictures, page_numbered, quote_on
from search_api.web.reached import reached
from search_api.web.viewer import marked_span
from search_api.web.words import (
    advice_said,
    corrections_said,
    outcome_said,
    read_as_said,
    time_said,
)

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_NEAREST = 5
_DOCUMENTS = 100


@router.get("/", dependencies=[no_parameters])
def home(request: Request) -> HTMLResponse:
    """Show one box, questions to try, and documents to start from."""
    with opened(request) as engine:
        overview, info = overview_at(request, engine), engine.store.info
        examples = request.app.state.examples.at_hand(info.id)
        return page("home", form=empty_form(), overview=overview, examples=examples, info=info)


@router.get("/answer")
def answer(request: Request) -> HTMLResponse:
    """Show the answer first, then its history, then the quotations that prove it."""
    parameters, (wanted, explain) = _taken(request.query_params, "compose", "explain")
    form, composer = read_form(parameters), composer_of(request)
    with opened(request) as engine:
        found = engine.answer(form.question, k=form.k, filters=form.filters, explain=explain)
        if wanted and composer:
            found = composer.compose(found)
        cards = citation_cards(found)
        missing = found.status is AnswerStatus.NOT_FOUND
        searched = _looked_in(engine, form) if missing else engine.store.info.documents
        over_time = steps(found, cards)
        near = hit_cards(found.result.hits, form.question)
        return page(
            "answer",
            form=form,
            choices=overview_at(request, engine).choices,
            info=engine.store.info,
            answer=found,
            spoken=spoken(found),
            turns=turns(found, over_time),
            voices=voices(found, cards),
            confidence=found.confidence,
            acronyms=short_forms(found.result.acronyms),
            corrections=corrections_said(found.result.corrections),
            missing=missing,
            outcome=outcome_said(found, searched),
            advice=advice_said(found),
            read_as=read_as_said(found.understood),
            time=time_said(found.understood),
            cards=cards,
            elsewhere=elsewhere_cards(found),
            composed=paragraphs(found),
            composed_label=label(found),
            offer=_offer(found, composer is not None, wanted),
            sides=sides(found, over_time),
            steps=over_time,
            reached=reached(found.explanation),
            line=line_of([(step.edtf, step.superseded) for step in over_time]),
            nearest=near[:_NEAREST],
            offered=near,
            searched=searched,
        )


@router.get("/search")
def search(request: Request) -> HTMLResponse:
    """Show ranked passages."""
    parameters, (explain,) = _taken(request.query_params, "explain")
    form = read_form(parameters)
    with opened(request) as engine:
        result = engine.search(
            form.question, k=form.k, offset=form.offset, filters=form.filters, explain=explain
        )
        return page(
            "search",
            form=form,
            choices=overview_at(request, engine).choices,
            info=engine.store.info,
            result=result,
            acronyms=short_forms(result.acronyms),
            corrections=corrections_said(result.corrections),
            cards=hit_cards(result.hits, form.question),
            reached=reached(result.explanation),
        )


@router.get("/documents")
def documents(request: Request) -> HTMLResponse:
    """Show what is in the index, a hundred documents at a time."""
    form = read_filters(request.query_params)
    with opened(request) as engine:
        found = engine.store.listed(form.sort, _DOCUMENTS, skip=form.offset, filters=form.filters)
        shown = found.documents
        return page(
            "documents",
            form=form,
            choices=overview_at(request, engine).choices,
            info=engine.store.info,
            documents=[facts(document) for document in shown],
            found=found.total,
            first=form.offset + 1,
            last=form.offset + len(shown),
            length=_DOCUMENTS,
            skipped=engine.store.info.skipped,
        )


@router.get("/documents/{document_id}")
def document(request: Request, document_id: str) -> Response:
    """Show a document's text with one place marked, and beside it the pictures of its pages."""
    asked = place_asked(request)
    with opened(request) as engine:
        address = page_address(engine.store, document_id, asked)
        if address:
            return RedirectResponse(address, status_code=303)
        words = viewed(engine.store, document_id, asked, corpus_of(request))
        return page("document", form=empty_form(), info=engine.store.info, **words)


@router.get("/documents/{document_id}/pages/{number:int}.webp")
def document_picture(
    request: Request, document_id: str, number: int, asked: Annotated[PlaceAsked, Query()]
) -> HTMLResponse:
    """Send the picture of one page of a PDF, with the marked place outlined."""
    pictures: Pictures = request.app.state.pictures
    with opened(request) as engine:
        store = engine.store
        shown = known_document(store, document_id)
        path = verified_path(corpus_of(request), shown)
        text, sheet = store.text(document_id), page_numbered(store.pages(document_id), number)
        mark = marked_span(asked.start, asked.end, len(text))
        picture = pictures.page(path, shown, number, *quote_on(text, sheet, mark))
    cached = {"Cache-Control": "private, max-age=86400"}
    return HTMLResponse(picture, media_type=MEDIA_TYPE, headers=cached)


@router.get("/documents/{document_id}/original", dependencies=[no_parameters])
def document_file(request: Request, document_id: str) -> FileResponse:
    """Send the original file, as the API does, with errors that people can read."""
    with opened(request) as engine:
        return original(corpus_of(request), known_document(engine.store, document_id))


def _taken(parameters: QueryParams, *flags: str) -> tuple[QueryParams, list[bool]]:
    """Return the form's own parameters, and whether each of the flags is set."""
    for flag in flags:
        if parameters.get(flag, "false") not in ("true", "false"):
            raise UsageError(f"“{flag}” must be true or false.", "Leave it out.")
    others = [(name, value) for name, value in parameters.multi_items() if name not in flags]
    return QueryParams(others), [parameters.get(flag) == "true" for flag in flags]


def _looked_in(engine: Engine, form: Form) -> int:
    """Return how many documents the form's limits leave."""
    return engine.store.listed(Sort.FILE, 0, filters=form.filters).total


def _offer(answer: Answer, possible: bool, wanted: bool) -> str:
    """Say what the page tells of composing: it can be had, it was in vain, or nothing."""
    if not possible or answer.composed or answer.status is AnswerStatus.NOT_FOUND:
        return ""
    return "in vain" if wanted else "possible"


def overview_at(request: Request, engine: Engine) -> Overview:
    """Return what is said of the build as a whole; it is gathered once for each build."""
    known: Overview | None = request.app.state.overview
    if known is None or known.info.id != engine.store.info.id:
        known = overview_of(engine)
        request.app.state.overview = known
    return known
