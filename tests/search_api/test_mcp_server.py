"""An assistant's view: the official SDK's own client, over real standard input and output."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from mcp import Client, StdioServerParameters

from search_api.engine import Engine
from tests.search_api.web.served import ROOT

QUESTION = "When is the Sustainability and Transformation Plan expected to be approved?"


def _with_client(index: Path, use: Callable[[Client], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        server = StdioServerParameters(
            command=sys.executable,
            args=["-m", "minutebook", "mcp", "--index", str(index)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        async with Client(server, read_timeout_seconds=120) as client:
            return await use(client)

    return asyncio.run(run())


def test_an_assistant_asks_reads_and_checks_a_quotation(sample_index: Path) -> None:
    async def use(client: Client) -> Any:
        tools = (await client.list_tools()).tools
        found = (
            await client.call_tool("search", {"question": QUESTION, "k": 3})
        ).structured_content
        said = (await client.call_tool("answer", {"question": QUESTION})).structured_content
        assert said
        citation = said["citations"][0]
        read = await client.call_tool(
            "read_document",
            {
                "document_id": citation["document"]["id"],
                "start": citation["start"],
                "length": citation["end"] - citation["start"],
            },
        )
        return tools, found, citation, read.structured_content

    tools, found, citation, read = _with_client(sample_index, use)
    assert {tool.name for tool in tools} == {"search", "answer", "read_document"}
    assert all(tool.description and tool.input_schema["properties"] for tool in tools)
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
    assert read["text"] == citation["quote"]
    engine = Engine.open(sample_index)
    try:
        assert read["total"] == len(engine.store.text(citation["document"]["id"]))
        assert found["index"]["build"] == read["index"]["build"] == engine.store.info.id
    finally:
        engine.store.close()


def test_what_fails_tells_the_assistant_what_to_do(sample_index: Path) -> None:
    async def use(client: Client) -> list[Any]:
        return [
            await client.call_tool("read_document", {"document_id": "none"}),
            await client.call_tool("search", {"question": QUESTION, "as_of": "whenever"}),
            await client.call_tool("answer", {"question": "Who won the 1998 World Cup final?"}),
        ]

    missing, undated, unknown = _with_client(sample_index, use)
    assert missing.is_error
    assert "none" in missing.content[0].text
    assert undated.is_error
    assert "2016-09-13" in undated.content[0].text
    assert not unknown.is_error
    assert unknown.structured_content["status"] == "not_found"


def test_without_an_index_the_command_says_so(tmp_path: Path) -> None:
    import subprocess

    done = subprocess.run(
        [sys.executable, "-m", "minutebook", "mcp", "--index", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert "minutebook index" in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("part", ["mcp", "schemathesis"])
def test_serving_does_not_need_what_only_some_use(part: str) -> None:
    import subprocess

    script = f"import sys, search_api.app; sys.exit({part!r} in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert done.returncode == 0
