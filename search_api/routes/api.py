"""The HTTP API of documents, passages and builds, as JSON."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import FileResponse

from search_api.builds import BuildsResponse, builds_json
from search_api.ranking.read_on import shown_by
from search_api.routes.described import KEPT, NOT_FOUND, PROBLEMS, TAGGED, ChosenFields
from search_api.routes.kept import headers_of, reading, told_before
from search_api.routes.opened import corpus_of, live_of, no_parameters, once, opened
from search_api.routes.originals import original
from search_api.routes.said import kept, kept_by_content
from search_api.wire.asking import filters_from
from search_api.wire.document import DocumentJson
from search_api.wire.paging import page_of
from search_api.wire.requests import DocumentsParameters
from search_api.wire.responses import DocumentsResponse, PassageResponse, TextResponse
from search_api.wire.schemas import (
    document_response,
    documents_response,
    index_response,
    passage_response,
    text_response,
)

router = APIRouter(prefix="/v1", responses=PROBLEMS)


@router.get(
    "/documents",
    tags=["Documents"],
    summary="What is in the index",
    response_model=DocumentsResponse | ChosenFields,
    responses=KEPT | NOT_FOUND,
    dependencies=[once],
)
def get_documents(request: Request, asked: Annotated[DocumentsParameters, Query()]) -> Response:
    """Return the documents that the filters leave; `role` plays no part here.

    Up to 1,000 come at once; `next` leads on where there are more, and so does the header `Link`.
    """
    filters = filters_from(asked)
    with reading(request) as engine:
        store = engine.store
        page = page_of(store, filters, asked.sort, asked.limit, asked.cursor)
        response = documents_response(
            page.documents, store.info, filters, total=page.total, after=page.next
        )
        answer = kept(request, response, asked.fields)
    if page.next:
        further = request.url.include_query_params(cursor=page.next)
        answer.headers["Link"] = f'<{further.path}?{further.query}>; rel="next"'
    return answer


@router.get(
    "/documents/{document_id}",
    tags=["Documents"],
    summary="One document",
    response_model=DocumentJson,
    responses=KEPT | NOT_FOUND,
    dependencies=[no_parameters],
)
def get_document(request: Request, document_id: str) -> Response:
    """Return what is known of one document."""
    with reading(request) as engine:
        return kept(request, document_response(engine.store.document(document_id)))


@router.get(
    "/documents/{document_id}/text",
    tags=["Documents"],
    summary="A document's text",
    response_model=TextResponse,
    responses=KEPT | NOT_FOUND,
    dependencies=[no_parameters],
)
def get_text(request: Request, document_id: str) -> Response:
    """Return the whole text, in which every `start` and `end` counts."""
    with reading(request) as engine:
        store = engine.store
        document = store.document(document_id)
        return kept(request, text_response(document, store.text(document_id), store.info))


@router.get(
    "/documents/{document_id}/file",
    tags=["Documents"],
    summary="The original file",
    response_class=FileResponse,
    responses=NOT_FOUND
    | {
        200: {
            "description": "The file, under its own media type.",
            "headers": TAGGED,
            "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}},
        },
        206: {"description": "The part of the file that `Range` asks for."},
        304: {"description": "The file is the one of that `ETag`.", "headers": TAGGED},
        400: {"description": "`Range` cannot be understood."},
        416: {"description": "The file has no such part."},
    },
    dependencies=[no_parameters],
)
def get_file(request: Request, document_id: str) -> FileResponse:
    """Return the file as it was indexed: its SHA-256 is checked before it is sent, and its tag."""
    with opened(request) as engine:
        document = engine.store.document(document_id)
        file = original(corpus_of(request), document)
    tag = f'"{document.sha256}"'
    told_before(request, tag)
    file.headers.update(headers_of(tag))
    return file


@router.get(
    "/passages/{passage_id}",
    tags=["Documents"],
    summary="One passage",
    response_model=PassageResponse,
    responses=KEPT | NOT_FOUND,
    dependencies=[no_parameters],
)
def get_passage(request: Request, passage_id: str) -> Response:
    """Return one passage with its document."""
    with reading(request) as engine:
        store = engine.store
        passage = shown_by(store, passage_id)
        document = store.document(passage.document_id)
        return kept(request, passage_response(passage, document, store.info))


@router.get(
    "/builds",
    tags=["Documents"],
    summary="The builds that are kept",
    response_model=BuildsResponse,
    responses=KEPT,
    dependencies=[no_parameters],
)
def get_builds(request: Request) -> Response:
    """Return what each build that is kept says of itself, the one made last first.

    A result names its build: this tells which model, corpus and settings were behind it.
    """
    with opened(request) as engine:
        index = index_response(engine.store.info)
        builds = builds_json(live_of(request).builds())
        return kept_by_content(request, BuildsResponse(builds=builds, index=index))
