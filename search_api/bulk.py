"""Many questions in one request: a line of JSON for each, in their order, whatever befalls one."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from indexer.errors import IndexDamagedError, IndexNotReadyError, MinutebookError
from indexer.model import Filters
from search_api.engine import Engine
from search_api.query import is_whole
from search_api.wire.asking import filters_from, merged, refusal
from search_api.wire.fields import chosen
from search_api.wire.requests import BulkQuestion, BulkRequest
from search_api.wire.schemas import answer_response, batch_error, index_response


def bulk_line(engine: Engine, asked: BulkRequest, usual: Filters, place: int) -> str:
    """Answer the question at ``place`` (from 0); return its line, with an end of line.

    A question that cannot be used gives a line with ``error``. An index that fails is raised: the
    other questions would fail, too.
    """
    item = asked.questions[place]
    name = _name(item, place)
    try:
        question = _read(item)
        own = filters_from(question.filters, question.as_of)
        limits = merged(usual, own)
        found = answer_response(engine.answer(question.question, k=asked.k, filters=limits))
        said = _chosen(found.model_dump(mode="json"), asked.fields)
    except (IndexNotReadyError, IndexDamagedError):
        raise
    except MinutebookError as error:
        said = batch_error(name, place + 1, error).model_dump(mode="json", exclude={"id"})
        said["index"] = index_response(engine.store.info).model_dump(mode="json")
    return json.dumps({"id": name, **said}, ensure_ascii=False) + "\n"


def _chosen(said: dict[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    return chosen(said, fields) if fields else said


def _read(item: object) -> BulkQuestion:
    if isinstance(item, str):
        return BulkQuestion(question=item)
    try:
        return BulkQuestion.model_validate(item)
    except ValidationError as error:
        raise refusal(BulkQuestion, error) from error


def _name(item: object, place: int) -> str | int:
    """Return the question's own name, even where the rest of it cannot be read."""
    own = item.get("id") if isinstance(item, dict) else None
    if isinstance(own, str):
        return own if is_whole(own) else place + 1
    return own if isinstance(own, int) and not isinstance(own, bool) else place + 1
