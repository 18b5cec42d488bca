"""What the description of the API says of the whole: its text, its tags, its names."""

from __future__ import annotations

from typing import Any

from fastapi.routing import APIRoute

from search_api.routes.problems import Problem
from search_api.wire.requests import BulkQuestion

DESCRIPTION = """Search and cited question answering over governance documents.

Every quotation is the source, character for character, at the offsets and on the pages named:
`text[start:end] == quote`, counted in Unicode code points. Dates are EDTF (ISO 8601-2). Times are
milliseconds. Unknown parameters are an error. Errors are problem details (RFC 9457) with a
`remedy`. The headers `Minutebook-Build` and `Minutebook-Model` name the build that answered and
its model, as `index` does in the body: with the same build, the same question gets the same
answer. What GET returns carries an `ETag`: send it back in `If-None-Match` and what has not
changed is not sent again. Responses are compressed where `Accept-Encoding` allows gzip."""

SUMMARY = "What a public body really decided, in the record's words, and where they stand."

TAGS = [
    {"name": "Questions", "description": "Ask: ranked passages, or an answer with citations."},
    {
        "name": "Documents",
        "description": "Read: documents, their texts and files, passages, builds.",
    },
    {"name": "Health", "description": "Whether the server lives and can answer."},
]

_TEXT_TEMPLATE = "#/components/schemas/{model}"


def operation_name(route: APIRoute) -> str:
    """Return the name by which generated clients call an operation."""
    return route.name


def completed(described: dict[str, Any]) -> dict[str, Any]:
    """Add the shapes that no endpoint names: of problems, and of one question among many."""
    schemas = described["components"]["schemas"]
    schemas["Problem"] = Problem.model_json_schema()
    question = BulkQuestion.model_json_schema(ref_template=_TEXT_TEMPLATE)
    for name, shape in question.pop("$defs", {}).items():
        schemas.setdefault(name, shape)
    schemas["BulkQuestion"] = question
    described["servers"] = [{"url": "/", "description": "This server."}]
    return described
