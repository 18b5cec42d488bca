"""What became of each file of the corpus: for scripts as JSON, for people as a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from indexer.store.files import Outcome, outcomes_in
from search_api.engine import Engine
from search_api.routes.described import KEPT, NOT_FOUND, PROBLEMS, ChosenFields
from search_api.routes.kept import reading
from search_api.routes.opened import once, opened
from search_api.routes.said import kept
from search_api.web.file_rows import FilesAsked, file_rows, read_files_form, sorts
from search_api.web.pages import page
from search_api.wire.files import FilesResponse, counts_of, file_json, page_of_files
from search_api.wire.requests import FilesParameters
from search_api.wire.schemas import index_response

router = APIRouter()

_ROWS = 100


@router.get(
    "/v1/files",
    tags=["Documents"],
    summary="What became of each file",
    response_model=FilesResponse | ChosenFields,
    responses=PROBLEMS | KEPT | NOT_FOUND,
    dependencies=[once],
)
def get_files(request: Request, asked: Annotated[FilesParameters, Query()]) -> Response:
    """Return every file of the corpus folder: read, the same as another, or skipped and why.

    Up to 1,000 come at once; `next` leads on where there are more, and so does the header `Link`.
    """
    with reading(request) as engine:
        known = outcomes_at(request, engine)
        found = page_of_files(known, asked.outcome, asked.file, asked.limit, asked.cursor)
        response = FilesResponse(
            files=[file_json(one) for one in found.files],
            counts=counts_of(known),
            total=found.total,
            next=found.next,
            index=index_response(engine.store.info),
        )
        answer = kept(request, response, asked.fields)
    if found.next:
        further = request.url.include_query_params(cursor=found.next)
        answer.headers["Link"] = f'<{further.path}?{further.query}>; rel="next"'
    return answer


@router.get("/files", include_in_schema=False, response_class=HTMLResponse)
def files(request: Request) -> HTMLResponse:
    """Show what became of each file, a hundred files at a time."""
    asked: FilesAsked = read_files_form(request.query_params)
    with opened(request) as engine:
        store = engine.store
        known = outcomes_at(request, engine)
        found = page_of_files(known, asked.outcome, asked.file, _ROWS, asked.cursor)
        return page(
            "files",
            info=store.info,
            asked=asked,
            sorts=sorts(counts_of(known), asked),
            rows=file_rows(found.files, store.document),
            total=found.total,
            following=asked.address(cursor=found.next) if found.next else "",
            beginning=asked.address() if asked.cursor else "",
        )


def outcomes_at(request: Request, engine: Engine) -> Sequence[Outcome]:
    """Return what became of each file of the build; it is gathered once for each build."""
    build, known = request.app.state.outcomes
    if build != engine.store.info.id:
        known = outcomes_in(engine.store.info.skipped, engine.store.documents())
        request.app.state.outcomes = (engine.store.info.id, known)
    found: Sequence[Outcome] = known
    return found
