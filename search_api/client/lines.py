"""The lines that many questions in one request get."""

from __future__ import annotations

import json
from dataclasses import dataclass

from search_api.wire.responses import AnswerResponse, BatchError


@dataclass(frozen=True, slots=True)
class BulkLine:
    """One question's line: its ``id``, and either its answer or why it has none."""

    id: str | int
    answer: AnswerResponse | None
    error: BatchError | None


def bulk_line(text: str) -> BulkLine:
    """Read one line. Raises pydantic's ValidationError for one that no Minutebook wrote."""
    said = json.loads(text)
    name = said["id"]
    if "error" in said:
        return BulkLine(name, None, BatchError.model_validate(said, extra="ignore"))
    return BulkLine(name, AnswerResponse.model_validate(said, extra="ignore"), None)
