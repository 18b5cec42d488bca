"""The web application: an index behind an API and a few pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from search_api import problems
from search_api.live import LiveIndex
from search_api.routes import about, api, exports, feedback, health, pages
from search_api.routes.opened import Live
from search_api.web.counters import Counting, Counts
from search_api.web.feedback import Feedback, beside
from search_api.web.headers import Head, Headers
from search_api.web.looks import STATIC
from search_api.web.pictures import Pictures

_DESCRIPTION = """Search and cited question answering over governance documents.

Every quotation is the source, character for character, at the offsets and on the pages named.
Dates are EDTF (ISO 8601-2). Unknown parameters are an error. Errors are problem details
(RFC 9457) with a `remedy`. The header `Minutebook-Build` names the build that answered."""


def create_app(
    index: Path,
    *,
    corpus: Path | None = None,
    live: Live | None = None,
    feedback_file: Path | None = None,
) -> FastAPI:
    """Make the application over the index in a folder.

    ``corpus`` is the folder of the source files; without it they are not offered. ``live`` stands
    in for opening ``index``, where the caller has it open already. ``feedback_file`` keeps what
    people say of answers; it is beside the index where none is named.
    """
    counts = Counts()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.live = live or LiveIndex(index)
        yield
        app.state.live.close()

    app = _Minutebook(
        title="Minutebook",
        version=_version(),
        description=_DESCRIPTION,
        docs_url=None,  # these pages load scripts from another machine
        redoc_url=None,
        lifespan=lifespan,
        middleware=[
            Middleware(Head),
            Middleware(Counting, counts=counts),
            Middleware(Headers),
            Middleware(GZipMiddleware, minimum_size=1000),
        ],
    )
    app.state.corpus = corpus
    app.state.counts = counts
    app.state.index = index
    app.state.overview = None
    app.state.pictures = Pictures()
    app.state.feedback = Feedback(feedback_file or beside(index))
    app.include_router(api.router)
    app.include_router(health.router)
    for room in (pages, about, exports, feedback):
        app.include_router(room.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    problems.install(app)
    return app


class _Minutebook(FastAPI):
    """FastAPI whose description of itself names the shape of every error."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            described = super().openapi()
            schemas = described["components"]["schemas"]
            schemas["Problem"] = problems.Problem.model_json_schema()
        return super().openapi()


def _version() -> str:
    try:
        return version("minutebook")
    except PackageNotFoundError:  # run from a folder that was never installed
        return "0"
