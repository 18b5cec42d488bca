"""Every error as one shape: RFC 9457 problem details for programs, a page for people.

One table says which error means which status; nothing else in the application does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import get_args

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from indexer.errors import (
    IndexDamagedError,
    IndexNotReadyError,
    MinutebookError,
    ModelMismatchError,
    NotFoundError,
    NotOfferedError,
    UnreadableFileError,
    UsageError,
)
from search_api.web.headers import SECURITY_HEADERS
from search_api.web.pages import problem_page
from search_api.wire.asking import fault, names_of, names_remedy
from search_api.wire.requests import MANY, ONE

MEDIA_TYPE = "application/problem+json"
_BLANK = "about:blank"
_API = ("/v1/", "/healthz", "/readyz", "/metrics", "/openapi.json")


class Problem(BaseModel):
    """Problem details (RFC 9457): what went wrong, and what to do next."""

    type: str = Field(
        description="Names the kind of problem.", examples=["urn:minutebook:problem:usage"]
    )
    title: str = Field(
        description="The kind in words.", examples=["Something in the request needs correcting"]
    )
    status: int = Field(description="The HTTP status.", examples=[422])
    detail: str = Field(description="What happened.", examples=["“q” is missing."])
    remedy: str = Field(description="What to do next.", examples=["The names are: q, k."])
    instance: str = Field(description="The path asked for.", examples=["/v1/search"])


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one class of error means over HTTP."""

    status: HTTPStatus
    name: str
    title: str


MEANINGS: dict[type[MinutebookError], Meaning] = {
    UsageError: Meaning(
        HTTPStatus.UNPROCESSABLE_ENTITY, "usage", "Something in the request needs correcting"
    ),
    NotFoundError: Meaning(HTTPStatus.NOT_FOUND, "not-found", "There is no such thing here"),
    NotOfferedError: Meaning(HTTPStatus.CONFLICT, "not-offered", "This is not set up here"),
    IndexNotReadyError: Meaning(
        HTTPStatus.SERVICE_UNAVAILABLE, "index-not-ready", "There is no index to search yet"
    ),
    IndexDamagedError: Meaning(
        HTTPStatus.SERVICE_UNAVAILABLE, "index-damaged", "The index is damaged"
    ),
    ModelMismatchError: Meaning(
        HTTPStatus.SERVICE_UNAVAILABLE, "model-mismatch", "The index needs another model"
    ),
    UnreadableFileError: Meaning(
        HTTPStatus.INTERNAL_SERVER_ERROR, "unreadable-file", "A file cannot be read"
    ),
    MinutebookError: Meaning(
        HTTPStatus.INTERNAL_SERVER_ERROR, "failure", "Minutebook could not do this"
    ),
}

_REMEDIES = {
    404: "Check the address. The search form is at / and the API is described at /openapi.json.",
    405: "Use one of the methods that the Allow header names.",
    413: "Send at most 1 MiB (1,048,576 bytes): ask fewer questions in one request.",
}

_FOR_PEOPLE = {
    403: ("This was not sent from here", "The form came from a page of another site.",
          "Open the answer here, and judge it here."),
    404: ("There is no such page", "Nothing is at this address.",
          "Check the address, or begin again from the front page."),
    405: ("This page cannot be opened like that", "The address takes forms only.",
          "Begin again from the front page."),
}  # fmt: skip
"""Title, detail and remedy of a status that says little to those who do not write programs."""


def problem_for(error: MinutebookError, path: str) -> Problem:
    """Say an error of ours, by the nearest class that the table knows."""
    meaning = next(MEANINGS[kind] for kind in type(error).__mro__ if kind in MEANINGS)
    return Problem(
        type=f"urn:minutebook:problem:{meaning.name}",
        title=meaning.title,
        status=meaning.status,
        detail=error.what,
        remedy=error.remedy,
        instance=path,
    )


def install(app: FastAPI) -> None:
    """Let every error of the application come out as a problem."""
    app.add_exception_handler(MinutebookError, _ours)
    app.add_exception_handler(RequestValidationError, _refused)
    app.add_exception_handler(HTTPException, _of_the_framework)
    app.add_exception_handler(Exception, _unforeseen)


def answer_with(request: Request, problem: Problem, headers: dict[str, str]) -> Response:
    """Send a problem: as a page where a person's browser asked for one, else as JSON."""
    if _is_for_a_person(request):
        said = (problem.title, problem.detail, problem.remedy)
        if problem.type == _BLANK:
            said = _FOR_PEOPLE.get(problem.status, said)
        return problem_page(request, *said, problem.status)
    return JSONResponse(
        problem.model_dump(), status_code=problem.status, headers=headers, media_type=MEDIA_TYPE
    )


def _is_for_a_person(request: Request) -> bool:
    """Say whether the answer should be a page: the API speaks one language to everyone."""
    if request.url.path.startswith(_API):
        return False
    return "text/html" in request.headers.get("accept", "")


async def _ours(request: Request, error: Exception) -> Response:
    assert isinstance(error, MinutebookError)
    problem = problem_for(error, request.url.path)
    retry = {"Retry-After": "5"} if problem.status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    return answer_with(request, problem, retry)


async def _refused(request: Request, error: Exception) -> Response:
    """Say what the framework refused in the words that a batch line is refused in."""
    assert isinstance(error, RequestValidationError)
    faults = [fault(_place(one["loc"]), one["type"], one["msg"]) for one in error.errors()]
    remedy = names_remedy([one["type"] for one in error.errors()], _names_known_to(request))
    usage = UsageError("; ".join(faults) + ".", remedy)
    return answer_with(request, problem_for(usage, request.url.path), {})


def _place(found: Sequence[str | int]) -> tuple[str | int, ...]:
    """Return the place without where it was looked for, and without which shape was tried."""
    return tuple(part for part in found[1:] if part not in (ONE, MANY))


def _names_known_to(request: Request) -> list[str]:
    dependant = getattr(request.scope.get("route"), "dependant", None)
    if dependant is None:
        return []
    fields = [*dependant.query_params, *dependant.body_params]
    models = [model for field in fields for model in _models_in(field.field_info.annotation)]
    return list(dict.fromkeys(name for model in models for name in names_of(model)))


def _models_in(kind: object) -> list[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    return [model for each in get_args(kind) for model in _models_in(each)]


async def _of_the_framework(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    problem = problem_of_status(request, HTTPStatus(error.status_code))
    headers = dict(error.headers or {})
    if problem.status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = _allowed(request) or headers.get("Allow", "")
    return answer_with(request, problem, headers)


def _allowed(request: Request) -> str:
    """Return every method of the address: the framework names those of its first endpoint only."""
    path = getattr(request.scope.get("route"), "path", "")
    operations = request.app.openapi()["paths"].get(path, {})
    return ", ".join(sorted(method.upper() for method in operations))


def problem_of_status(request: Request, status: HTTPStatus) -> Problem:
    """Say what the framework refused by nothing but its status."""
    return Problem(
        type=_BLANK,
        title=status.phrase,
        status=status,
        detail=f"{request.method} {request.url.path} is not possible: {status.phrase.lower()}.",
        remedy=_REMEDIES.get(status, "Mend the request and try again."),
        instance=request.url.path,
    )


async def _unforeseen(request: Request, _: Exception) -> Response:
    """Own up without a trace of our insides; the server's log has the traceback."""
    problem = Problem(
        type=_BLANK,
        title="Something went wrong inside Minutebook",
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        detail="This request failed for a reason nobody foresaw.",
        remedy="Try again; if it fails again, report it with the time, from the server's log.",
        instance=request.url.path,
    )
    response = answer_with(request, problem, {})
    response.headers.update(SECURITY_HEADERS)  # the outermost handler stands outside middleware
    return response
