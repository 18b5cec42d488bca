"""Whether the process lives, whether it can answer, and how busy it has been."""

from __future__ import annotations

from typing import Literal

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse
from pydantic import Field

from search_api.routes.described import PROBLEMS
from search_api.routes.opened import no_parameters, opened
from search_api.web.counters import MEDIA_TYPE, Counts
from search_api.wire.asking import Wire
from search_api.wire.schemas import IndexJson, index_response

router = APIRouter(
    tags=["Health"],
    dependencies=[no_parameters],
    responses={code: PROBLEMS[code] for code in (422, 500)},
)


class Alive(Wire):
    """The process is alive; it says nothing about the index."""

    status: Literal["alive"] = Field(description="Always `alive`.", examples=["alive"])


class Ready(Wire):
    """The index is open and questions can be answered."""

    status: Literal["ready"] = Field(description="Always `ready`.", examples=["ready"])
    index: IndexJson = Field(description="The build that answers.")


@router.get("/healthz", summary="Is the process alive")
def get_health() -> Alive:
    """Say that the process is alive."""
    return Alive(status="alive")


@router.get("/readyz", summary="Can it answer", responses={503: PROBLEMS[503]})
def get_ready(request: Request) -> Ready:
    """Open the index, and say which build and model answer."""
    with opened(request) as engine:
        return Ready(status="ready", index=index_response(engine.store.info))


@router.get("/metrics", summary="Counters for Prometheus", response_class=PlainTextResponse)
def get_metrics(request: Request) -> PlainTextResponse:
    """Return counts of requests and their times, in Prometheus' text format."""
    counts: Counts = request.app.state.counts
    return PlainTextResponse(counts.text(), media_type=MEDIA_TYPE)
