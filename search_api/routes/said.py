"""How an endpoint's response becomes bytes: whole, or the fields that were chosen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence

from fastapi import Request, Response
from pydantic import BaseModel

from search_api.routes.kept import headers_of, tag_of, told_before
from search_api.wire.fields import chosen


def said(response: BaseModel, fields: Sequence[str] = ()) -> Response:
    """Return JSON that no client may keep."""
    return Response(_text(response, fields), media_type="application/json")


def kept(request: Request, response: BaseModel, fields: Sequence[str] = ()) -> Response:
    """Return JSON that a client may keep and ask after, with its tag."""
    answer = said(response, fields)
    answer.headers.update(headers_of(tag_of(request)))
    return answer


def kept_by_content(request: Request, response: BaseModel) -> Response:
    """Return JSON tagged by what it says: it may change while the build stays."""
    answer = said(response)
    tag = f'W/"{hashlib.sha256(bytes(answer.body)).hexdigest()[:32]}"'
    told_before(request, tag)
    answer.headers.update(headers_of(tag))
    return answer


def _text(response: BaseModel, fields: Sequence[str]) -> str:
    if not fields:
        return response.model_dump_json()
    return json.dumps(chosen(response.model_dump(mode="json"), fields), ensure_ascii=False)
