"""The web application: an index behind an API and a few pages."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from search_api.compose import Composer
from search_api.limits import BodyLimit
from search_api.live import LiveIndex
from search_api.routes import (
    about,
    api,
    exports,
    feedback,
    files,
    health,
    kept,
    pages,
    problems,
    questions,
)
from search_api.routes.openapi import DESCRIPTION, SUMMARY, TAGS, completed, operation_name
from search_api.routes.opened import Live
from search_api.web.counters import Counting, Counts
from search_api.web.examples import Examples
from search_api.web.feedback import Feedback, beside
from search_api.web.headers import Head, Headers
from search_api.web.looks import STATIC
from search_api.web.pictures import Pictures
from search_api.web.untracked import Untracked

_COMPRESSION = 4
"""Of gzip: of a response of 18 kB level 9 left 4,012 bytes in 0.39 ms, this one 4,153 in 0.27."""


def create_app(
    index: Path,
    *,
    corpus: Path | None = None,
    live: Live | None = None,
    composer: Composer | None = None,
    feedback_file: Path | None = None,
) -> FastAPI:
    """Make the application over the index in a folder.

    ``corpus`` is the folder of the source files; without it they are not offered. ``live`` stands
    in for opening ``index``, where the caller has it open already. ``composer`` asks the operator's
    language model; without it there is no composed text. ``feedback_file`` keeps what people say of
    answers; it is beside the index where none is named.
    """
    counts = Counts()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.live = live or LiveIndex(index)
        app.state.examples = Examples(app.state.live.engine)
        yield
        await run_in_threadpool(app.state.examples.close)
        app.state.live.close()

    app = _Minutebook(
        title="Minutebook",
        version=_version(),
        summary=SUMMARY,
        description=DESCRIPTION,
        license_info={"name": "MIT", "identifier": "MIT"},
        openapi_tags=TAGS,
        generate_unique_id_function=operation_name,
        docs_url=None,  # these pages load scripts from another machine
        redoc_url=None,
        lifespan=lifespan,
        middleware=[
            Middleware(Head),
            Middleware(Counting, counts=counts),
            Middleware(Headers),
            Middleware(BodyLimit),
            Middleware(Untracked),
            Middleware(GZipMiddleware, compresslevel=_COMPRESSION),
        ],
    )
    app.state.corpus = corpus
    app.state.composer = composer
    app.state.counts = counts
    app.state.index = index
    app.state.overview = None
    app.state.outcomes = ("", [])
    app.state.pictures = Pictures()
    app.state.feedback = Feedback(feedback_file or beside(index))
    app.include_router(questions.router)
    app.include_router(api.router)
    app.include_router(files.router)
    app.include_router(health.router)
    for room in (pages, about, exports, feedback):
        app.include_router(room.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    problems.install(app)
    kept.install(app)
    return app


class _Minutebook(FastAPI):
    """FastAPI whose description of itself names the shape of every error."""

    def openapi(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            completed(super().openapi())
        return super().openapi()


def _version() -> str:
    try:
        return version("minutebook")
    except PackageNotFoundError:  # run from a folder that was never installed
        return "0"
