"""The pages for people: ask, read the answer, follow a quotation into its document."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse
from pydantic import Field, ValidationError

from search_api.asking import Wire, refusal
from search_api.engine import Engine
from search_api.results import AnswerStatus
from search_api.routes.opened import corpus_of, no_parameters, opened
from search_api.routes.originals import original
from search_api.web.cards import citation_cards, facts, hit_cards, short_forms, spoken, steps
from search_api.web.form import Choices, choices_from, read_filters, read_form
from search_api.web.pages import empty_form, page
from search_api.web.viewer import lay_out, marked_pages, marked_span
from search_api.web.words import ADVICE, OUTCOMES, confidence_said, place, time_said

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

_STARTING_POINTS = 8
_NEAREST = 5


class Place(Wire):
    """The place that the viewer is asked to mark."""

    start: int | None = Field(default=None)
    end: int | None = Field(default=None)


@router.get("/", dependencies=[no_parameters])
def home(request: Request) -> HTMLResponse:
    """Show one box, and documents to start from."""
    with opened(request) as engine:
        documents = engine.store.documents()
        return page(
            "home",
            form=empty_form(),
            choices=_choices(request, engine),
            info=engine.store.info,
            documents=[facts(document) for document in documents[:_STARTING_POINTS]],
            more=max(0, len(documents) - _STARTING_POINTS),
        )


@router.get("/answer")
def answer(request: Request) -> HTMLResponse:
    """Show the answer first, then its history, then the quotations that prove it."""
    form = read_form(request.query_params)
    with opened(request) as engine:
        found = engine.answer(form.question, k=form.k, filters=form.filters)
        cards = citation_cards(found)
        return page(
            "answer",
            form=form,
            choices=_choices(request, engine),
            info=engine.store.info,
            answer=found,
            spoken=spoken(found),
            acronyms=short_forms(found.result.acronyms),
            missing=found.status is AnswerStatus.NOT_FOUND,
            outcome=OUTCOMES[found.status],
            advice=ADVICE[found.status],
            sure=confidence_said(found.confidence) if found.confidence else "",
            time=time_said(found.understood),
            cards=cards,
            steps=steps(found, cards),
            nearest=hit_cards(found.result.hits[:_NEAREST]),
            searched=engine.store.documents(form.filters),
        )


@router.get("/search")
def search(request: Request) -> HTMLResponse:
    """Show ranked passages."""
    form = read_form(request.query_params)
    with opened(request) as engine:
        result = engine.search(form.question, k=form.k, offset=form.offset, filters=form.filters)
        return page(
            "search",
            form=form,
            choices=_choices(request, engine),
            info=engine.store.info,
            result=result,
            acronyms=short_forms(result.acronyms),
            cards=hit_cards(result.hits),
        )


@router.get("/documents")
def documents(request: Request) -> HTMLResponse:
    """Show what is in the index."""
    form = read_filters(request.query_params)
    with opened(request) as engine:
        chosen = engine.store.documents(form.filters)
        return page(
            "documents",
            form=form,
            choices=_choices(request, engine),
            info=engine.store.info,
            documents=[facts(document) for document in chosen],
            skipped=engine.store.info.skipped,
        )


@router.get("/documents/{document_id}")
def document(request: Request, document_id: str) -> HTMLResponse:
    """Show a document's text with one place marked."""
    asked = _place(request)
    with opened(request) as engine:
        store = engine.store
        shown = store.document(document_id)
        text, sheets = store.text(document_id), store.pages(document_id)
        mark = marked_span(asked.start, asked.end, len(text))
        marked = marked_pages(sheets, mark)
        return page(
            "document",
            form=empty_form(),
            info=store.info,
            document=shown,
            facts=facts(shown),
            sheets=lay_out(text, sheets, store.blocks(document_id), mark),
            where=place(shown, (marked[0].number, marked[-1].number)) if marked else "",
            page=marked[0].number if marked else 1,
            original=corpus_of(request) is not None,
        )


@router.get("/documents/{document_id}/original", dependencies=[no_parameters])
def document_file(request: Request, document_id: str) -> FileResponse:
    """Send the original file, as the API does, with errors that people can read."""
    with opened(request) as engine:
        return original(corpus_of(request), engine.store.document(document_id))


def _place(request: Request) -> Place:
    try:
        return Place.model_validate(dict(request.query_params))
    except ValidationError as error:
        raise refusal(Place, error) from error


def _choices(request: Request, engine: Engine) -> Choices:
    """Return the filters to choose from; they are gathered once for each build."""
    build = engine.store.info.id
    known: tuple[str, Choices] = request.app.state.choices
    if known[0] != build:
        known = build, choices_from(engine.store.documents())
        request.app.state.choices = known
    return known[1]
