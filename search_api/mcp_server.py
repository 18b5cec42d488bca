"""A server of the Model Context Protocol: the record's own words, for people who use assistants.

It speaks over standard input and output, and nothing else may be written there.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

import click

from indexer.errors import MinutebookError, UsageError
from indexer.model import Filters, Kind, Role
from indexer.options import index_option
from search_api.live import LiveIndex
from search_api.wire.asking import FiltersJson, filters_from, parsed
from search_api.wire.fields import chosen
from search_api.wire.schemas import (
    answer_response,
    document_response,
    index_response,
    search_response,
)

if TYPE_CHECKING:
    from mcp.server.mcpserver import MCPServer

Asked = ParamSpec("Asked")
Names = list[str] | None
_LONGEST_READ = 20_000
_INSTRUCTIONS = """Minutes, reports and slides of public health bodies. Quote only what a tool
returns, word for word, with document title, body, date and pages. Where the answer's status is
not_found, say that the documents do not say; the hits beside it are no answer. Where it is changed,
tell the timeline; where it is disputed, tell both sides. What stands under elsewhere is what other
meetings said of the matter: where one is later than the answer, say so."""
_DOCUMENT = ("id", "title", "body", "committee", "kind", "status", "date", "date_basis")
_HIT = ["rank", "link", "passage.id", "passage.text", "passage.role", "passage.section"]
_HIT += ["passage.pages", "passage.start", "passage.end", *(f"document.{n}" for n in _DOCUMENT)]
_HIT += [f"parts.{name}" for name in ("role", "start", "end")]
_CITATION = ["n", "quote", "lead_in", "role", "pages", "start", "end", "link"]
_CITATION += [f"document.{name}" for name in _DOCUMENT]
_SEARCH = ["total", "acronyms", *(f"hits.{name}" for name in _HIT)]
_ANSWER = ["status", "answer", "reason", "timeline", *(f"citations.{name}" for name in _CITATION)]
_ANSWER += [f"elsewhere.{name}" for name in _CITATION]
_ANSWER += [f"hits.{name}" for name in _HIT]


@click.command("mcp")
@index_option
def command(index_dir: Path) -> int:
    """Serve search, answers and documents to an assistant (Model Context Protocol, stdio)."""
    if find_spec("mcp") is None:
        raise UsageError(
            "The Model Context Protocol is not installed.", "pip install 'minutebook[mcp]'"
        )
    live = LiveIndex(index_dir)
    try:
        with live.engine():
            pass
        server_over(live).run("stdio")
    finally:
        live.close()
    return 0


def server_over(live: LiveIndex) -> MCPServer:
    """Return the server with its three tools, over an index that is open."""
    from mcp.server.mcpserver import MCPServer

    tools = Tools(live)
    server: MCPServer = MCPServer("minutebook", instructions=_INSTRUCTIONS, log_level="ERROR")
    for tool in (tools.search, tools.answer, tools.read_document):
        server.tool()(_refusing(tool))
    return server


class Tools:
    """What an assistant can call."""

    def __init__(self, live: LiveIndex) -> None:
        self._live = live

    def search(
        self,
        question: str,
        k: int = 5,
        *,
        body: Names = None,
        committee: Names = None,
        kind: list[Kind] | None = None,
        role: list[Role] | None = None,
        as_of: str | None = None,
    ) -> dict[str, Any]:
        """Find the k passages nearest to a question, best first, each with its document and place.

        Filters: body and committee (a part of the name is enough), kind of document, role of the
        passage (who speaks), as_of (EDTF, such as 2016-09: leave out what was said later).
        """
        filters = _filters(body=body, committee=committee, kind=kind, role=role, as_of=as_of)
        with self._live.engine() as engine:
            found = search_response(engine.search(question, k=k, filters=filters))
        return chosen(found.model_dump(mode="json"), _SEARCH)

    def answer(
        self,
        question: str,
        body: Names = None,
        committee: Names = None,
        as_of: str | None = None,
        k: int = 3,
    ) -> dict[str, Any]:
        """Answer a question in the record's own words, with citations and a timeline of changes.

        The status is answered, changed, disputed or not_found (the documents do not say). as_of
        (EDTF) answers as the record stood at that date. With not_found the k nearest passages come.
        """
        filters = _filters(body=body, committee=committee, as_of=as_of)
        with self._live.engine() as engine:
            found = answer_response(engine.answer(question, k=k, filters=filters))
        return chosen(found.model_dump(mode="json"), _ANSWER)

    def read_document(
        self, document_id: str, start: int = 0, length: int = _LONGEST_READ
    ) -> dict[str, Any]:
        """Read a document's text from a character on: start and length count Unicode code points.

        At most 20,000 characters come at once; go on at `end` while it is less than `total`.
        """
        if start < 0 or length < 1:
            raise UsageError("start is 0 or more, and length 1 or more.", "Begin at 0.")
        with self._live.engine() as engine:
            store = engine.store
            text = store.text(document_id)
            part = text[start : start + min(length, _LONGEST_READ)]
            return {
                "document": document_response(store.document(document_id)).model_dump(mode="json"),
                "text": part,
                "start": start,
                "end": start + len(part),
                "total": len(text),
                "index": index_response(store.info).model_dump(mode="json"),
            }


def _filters(**given: Any) -> Filters:
    """Read filters as the API does. Raises UsageError."""
    wanted = {name: value for name, value in given.items() if value}
    return filters_from(parsed(FiltersJson, json.dumps(wanted)))


def _refusing(tool: Callable[Asked, dict[str, Any]]) -> Callable[Asked, dict[str, Any]]:
    """Let an error of ours reach the assistant in its own words, with the remedy."""
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(tool)
    def told(*args: Asked.args, **kwargs: Asked.kwargs) -> dict[str, Any]:
        try:
            return tool(*args, **kwargs)
        except MinutebookError as error:
            raise ToolError(f"{error.what} {error.remedy}") from error

    return told
