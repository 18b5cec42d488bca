"""What the description of the API says of its responses: problems, headers, what is kept."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict, Field

from search_api.routes.problems import MEDIA_TYPE
from search_api.web.headers import BUILD_HEADER, MODEL_HEADER
from search_api.wire.asking import Wire
from search_api.wire.responses import IndexJson

Described = dict[int | str, dict[str, Any]]
JSON_LINES = "application/jsonl"


class ChosenFields(Wire):
    """A response of which `fields` chose a part: what was chosen, and always `index`."""

    model_config = ConfigDict(extra="allow", frozen=True)

    index: IndexJson = Field(description="The build that answered.")


def _header(description: str, example: str) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "string"}, "example": example}


NAMED = {
    BUILD_HEADER: _header("The build that answered.", "3f9a1c20d4e5"),
    MODEL_HEADER: _header("The embedding model's name, percent-encoded.", "all-MiniLM-L6-v2"),
}
TAGGED = NAMED | {
    "ETag": _header("Names build, code and request: send it back in If-None-Match.", 'W/"3f9a"'),
    "Cache-Control": _header(
        "`private, no-cache`: keep it, and ask each time whether it holds.", "private, no-cache"
    ),
}
RETRY = {"Retry-After": _header("Seconds after which to try again.", "5")}


def problem(description: str, headers: dict[str, Any] | None = None) -> dict[str, Any]:
    """Describe a response that is a problem."""
    schema = {"$ref": "#/components/schemas/Problem"}
    described = {"description": description, "content": {MEDIA_TYPE: {"schema": schema}}}
    return {**described, "headers": headers} if headers else described


PROBLEMS: Described = {
    422: problem("The request must be mended; the problem says where and how."),
    500: problem("Something went wrong inside."),
    503: problem("There is no index, or it or its model cannot be used.", RETRY),
}
NOT_FOUND: Described = {404: problem("There is no such thing.")}
NOT_OFFERED: Described = {409: problem("`compose` was asked for, and no language model is set up.")}
TOO_LONG: Described = {
    400: problem("The body cannot be read."),
    413: problem("The body is longer than 1 MiB."),
}
ONCE: Described = {200: {"headers": NAMED}}
KEPT: Described = {
    200: {"headers": TAGGED},
    304: {"description": "Nothing has changed since that `ETag`.", "headers": TAGGED},
}
ANSWERS: Described = {
    200: {
        "headers": NAMED,
        "description": "One answer; or, for many questions, a line of JSON for each, in their "
        "order, as it is found: an answer with the question's `id` before it, or `id`, `line`, "
        "`error` and `remedy`, and always `index`.",
        "content": {
            JSON_LINES: {
                "schema": {"type": "string", "description": "JSON Lines."},
                "example": '{"id": "q1", "question": "Who chairs the board?", "status": …}\n',
            }
        },
    }
}
