"""The HTTP API: search, answers, documents and passages, as JSON."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse

from search_api.problems import MEDIA_TYPE
from search_api.routes.opened import corpus_of, no_parameters, opened
from search_api.routes.originals import original
from search_api.schemas import (
    AnswerRequest,
    AnswerResponse,
    DocumentJson,
    DocumentsResponse,
    FiltersJson,
    PassageResponse,
    SearchRequest,
    SearchResponse,
    TextResponse,
    answer_response,
    document_response,
    documents_response,
    filters_from,
    passage_response,
    search_response,
    text_response,
)


def _problem(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": description, "content": {MEDIA_TYPE: {"schema": schema}}}


PROBLEMS: dict[int | str, dict[str, Any]] = {
    422: _problem("The request must be mended; the problem says where and how."),
    500: _problem("Something went wrong inside."),
    503: _problem("There is no index, or it or its model cannot be used."),
}
NOT_FOUND: dict[int | str, dict[str, Any]] = {404: _problem("There is no such thing.")}

router = APIRouter(prefix="/v1", responses=PROBLEMS)


def _search(request: Request, asked: SearchRequest) -> SearchResponse:
    filters = filters_from(asked)
    with opened(request) as engine:
        return search_response(
            engine.search(
                asked.q, k=asked.k, offset=asked.offset, filters=filters, explain=asked.explain
            )
        )


def _answer(request: Request, asked: AnswerRequest) -> AnswerResponse:
    filters = filters_from(asked)
    with opened(request) as engine:
        return answer_response(
            engine.answer(asked.q, k=asked.k, filters=filters, explain=asked.explain)
        )


@router.get("/search", tags=["Questions"], summary="Ranked passages")
def get_search(request: Request, asked: Annotated[SearchRequest, Query()]) -> SearchResponse:
    """Return the passages nearest to the question, best first."""
    return _search(request, asked)


@router.post("/search", tags=["Questions"], summary="Ranked passages", dependencies=[no_parameters])
def post_search(request: Request, asked: SearchRequest) -> SearchResponse:
    """Return the passages nearest to the question, best first."""
    return _search(request, asked)


@router.get("/answer", tags=["Questions"], summary="An answer with citations")
def get_answer(request: Request, asked: Annotated[AnswerRequest, Query()]) -> AnswerResponse:
    """Answer in the record's own words, or say that the documents do not."""
    return _answer(request, asked)


@router.post(
    "/answer", tags=["Questions"], summary="An answer with citations", dependencies=[no_parameters]
)
def post_answer(request: Request, asked: AnswerRequest) -> AnswerResponse:
    """Answer in the record's own words, or say that the documents do not."""
    return _answer(request, asked)


@router.get("/documents", tags=["Documents"], summary="What is in the index")
def get_documents(request: Request, asked: Annotated[FiltersJson, Query()]) -> DocumentsResponse:
    """Return the documents that the filters leave; `role` plays no part here."""
    filters = filters_from(asked)
    with opened(request) as engine:
        store = engine.store
        return documents_response(store.documents(filters), store.info, filters)


@router.get(
    "/documents/{document_id}",
    tags=["Documents"],
    summary="One document",
    responses=NOT_FOUND,
    dependencies=[no_parameters],
)
def get_document(request: Request, document_id: str) -> DocumentJson:
    """Return what is known of one document."""
    with opened(request) as engine:
        return document_response(engine.store.document(document_id))


@router.get(
    "/documents/{document_id}/text",
    tags=["Documents"],
    summary="A document's text",
    responses=NOT_FOUND,
    dependencies=[no_parameters],
)
def get_text(request: Request, document_id: str) -> TextResponse:
    """Return the whole text, in which every `start` and `end` counts."""
    with opened(request) as engine:
        store = engine.store
        return text_response(store.document(document_id), store.text(document_id))


@router.get(
    "/documents/{document_id}/file",
    tags=["Documents"],
    summary="The original file",
    response_class=FileResponse,
    responses=NOT_FOUND,
    dependencies=[no_parameters],
)
def get_file(request: Request, document_id: str) -> FileResponse:
    """Return the file as it was indexed: its SHA-256 is checked before it is sent."""
    with opened(request) as engine:
        return original(corpus_of(request), engine.store.document(document_id))


@router.get(
    "/passages/{passage_id}",
    tags=["Documents"],
    summary="One passage",
    responses=NOT_FOUND,
    dependencies=[no_parameters],
)
def get_passage(request: Request, passage_id: str) -> PassageResponse:
    """Return one passage with its document."""
    with opened(request) as engine:
        passage = engine.store.passage(passage_id)
        return passage_response(passage, engine.store.document(passage.document_id))
