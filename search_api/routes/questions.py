"""Search and answers over HTTP: one question at a time, or many in one request."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from indexer.errors import NotOfferedError
from indexer.model import Filters
from search_api.bulk import bulk_line
from search_api.engine import Engine
from search_api.routes.described import (
    ANSWERS,
    JSON_LINES,
    KEPT,
    NOT_OFFERED,
    ONCE,
    PROBLEMS,
    TOO_LONG,
    ChosenFields,
)
from search_api.routes.kept import reading
from search_api.routes.opened import composer_of, no_parameters, once, opened
from search_api.routes.said import kept, said
from search_api.wire.asking import filters_from
from search_api.wire.requests import (
    AnswerParameters,
    BulkRequest,
    OneOrMany,
    SearchParameters,
)
from search_api.wire.responses import AnswerResponse, SearchResponse
from search_api.wire.schemas import answer_response, search_response

router = APIRouter(prefix="/v1", tags=["Questions"], responses=PROBLEMS)


@router.get(
    "/search",
    summary="Ranked passages",
    response_model=SearchResponse | ChosenFields,
    responses=KEPT,
    dependencies=[once],
)
def get_search(request: Request, asked: Annotated[SearchParameters, Query()]) -> Response:
    """Return the passages nearest to the question, best first."""
    filters = filters_from(asked)
    with reading(request) as engine:
        return kept(request, _search(engine, asked, filters), asked.fields)


@router.post(
    "/search",
    summary="Ranked passages",
    response_model=SearchResponse | ChosenFields,
    responses=ONCE | TOO_LONG,
    dependencies=[no_parameters],
)
def post_search(request: Request, asked: SearchParameters) -> Response:
    """Return the passages nearest to the question, best first: the same as GET."""
    filters = filters_from(asked)
    with opened(request) as engine:
        return said(_search(engine, asked, filters), asked.fields)


@router.get(
    "/answer",
    summary="An answer with citations",
    response_model=AnswerResponse | ChosenFields,
    responses=KEPT | NOT_OFFERED,
    dependencies=[once],
)
def get_answer(request: Request, asked: Annotated[AnswerParameters, Query()]) -> Response:
    """Answer in the record's own words, or say that the documents do not."""
    filters = filters_from(asked)
    if asked.compose:
        return _composed(request, asked, filters)
    with reading(request) as engine:
        return kept(request, _answer(engine, asked, filters), asked.fields)


@router.post(
    "/answer",
    summary="One answer with citations, or many",
    response_model=AnswerResponse | ChosenFields,
    responses=ANSWERS | TOO_LONG | NOT_OFFERED,
    dependencies=[no_parameters],
)
def post_answer(request: Request, asked: OneOrMany) -> Response:
    """Answer in the record's own words, or say that the documents do not.

    With `questions` in place of `q`, up to 1,000 are answered in one request: the response is JSON
    Lines, a line for each question in their order, sent as soon as it is found. A question that
    cannot be used gets a line with `error`, and the rest goes on. All are answered by one build.
    """
    filters = filters_from(asked)
    if isinstance(asked, BulkRequest):
        return _many(request, asked, filters)
    if asked.compose:
        return _composed(request, asked, filters)
    with opened(request) as engine:
        return said(_answer(engine, asked, filters), asked.fields)


def _search(engine: Engine, asked: SearchParameters, filters: Filters) -> SearchResponse:
    result = engine.search(
        asked.q, k=asked.k, offset=asked.offset, filters=filters, explain=asked.explain
    )
    return search_response(result, engine.store.facets(asked.facets, filters))


def _answer(engine: Engine, asked: AnswerParameters, filters: Filters) -> AnswerResponse:
    return answer_response(
        engine.answer(asked.q, k=asked.k, filters=filters, explain=asked.explain)
    )


def _composed(request: Request, asked: AnswerParameters, filters: Filters) -> Response:
    """Answer, and have the language model write it up, while the build is given back.

    It is not kept: the model may write another text each time.
    """
    composer = composer_of(request)
    if composer is None:
        raise NotOfferedError(
            "This server has no language model to compose with.",
            "Leave out “compose”, or have the operator set MINUTEBOOK_LLM_URL.",
        )
    with opened(request) as engine:
        found = engine.answer(asked.q, k=asked.k, filters=filters, explain=asked.explain)
    return said(answer_response(composer.compose(found)), asked.fields)


def _many(request: Request, asked: BulkRequest, filters: Filters) -> Response:
    """Borrow the engine for as long as lines are sent; a client that has gone ends it."""
    borrowed = ExitStack()
    engine = borrowed.enter_context(opened(request))

    async def lines() -> AsyncIterator[str]:
        for place in range(len(asked.questions)):
            yield await run_in_threadpool(bulk_line, engine, asked, filters, place)

    return _Lines(lines(), borrowed.close)


class _Lines(StreamingResponse):
    """JSON Lines that give back what was borrowed for them, however they end."""

    media_type = JSON_LINES

    def __init__(self, content: AsyncIterator[str], finish: Callable[[], None]) -> None:
        super().__init__(content)
        self._finish = finish

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._finish()
