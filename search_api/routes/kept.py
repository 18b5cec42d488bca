"""What a client may keep: each response has a tag of build, code and request; 304 says it holds.

The tag is weak: two responses under it say the same and differ at most in the time they took.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from fastapi import FastAPI, Request, Response

from search_api.engine import Engine
from search_api.routes.opened import opened

CACHE_CONTROL = "private, no-cache"
_CODE = (Path(__file__).parents[1], Path(__file__).parents[2] / "indexer")


class UnchangedError(Exception):
    """The client has what it would be sent."""

    def __init__(self, headers: dict[str, str]) -> None:
        super().__init__()
        self.headers = headers


@contextmanager
def reading(request: Request) -> Iterator[Engine]:
    """Lend the engine as ``opened`` does. Raises UnchangedError where the client has it already."""
    with opened(request) as engine:
        told_before(request, tag_of(request))
        yield engine


def tag_of(request: Request) -> str:
    """Return the weak ``ETag`` of what a GET is answered by the build that ``opened`` noted."""
    parts = (request.state.build, _code(), request.url.path, request.url.query)
    return f'W/"{hashlib.sha256(repr(parts).encode()).hexdigest()[:32]}"'


def told_before(request: Request, tag: str) -> None:
    """Raise UnchangedError where ``If-None-Match`` has the tag."""
    known = request.headers.get("if-none-match", "")
    opaque = tag.removeprefix("W/")
    if known.strip() == "*" or opaque in {
        each.strip().removeprefix("W/") for each in known.split(",")
    }:
        raise UnchangedError(headers_of(tag))


def headers_of(tag: str) -> dict[str, str]:
    """Return the headers of a response that may be kept under ``tag``."""
    return {"ETag": tag, "Cache-Control": CACHE_CONTROL}


def install(app: FastAPI) -> None:
    """Let UnchangedError come out as 304."""
    app.add_exception_handler(UnchangedError, _unchanged)


async def _unchanged(_: Request, error: Exception) -> Response:
    assert isinstance(error, UnchangedError)
    return Response(status_code=304, headers=error.headers)


@cache
def _code() -> str:
    """Return the fingerprint of the code that answers: other code may answer otherwise."""
    total = hashlib.sha256()
    for room in _CODE:
        for file in sorted(room.rglob("*.py")):
            total.update(file.read_bytes())
    return total.hexdigest()[:16]
