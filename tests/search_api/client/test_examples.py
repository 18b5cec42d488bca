"""The examples of docs/api.md run against a real server."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.search_api.web.served import ROOT

_PAGE = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
_WRITTEN = "http://127.0.0.1:8000"


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", _PAGE, re.DOTALL)


def _run(command: list[str], text: str) -> str:
    done = subprocess.run(
        command,
        input=text,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("example", _blocks("python"))
def test_an_example_in_python_runs(example: str, address: str) -> None:
    assert _WRITTEN in example
    printed = _run([sys.executable, "-"], example.replace(_WRITTEN, address))
    assert len(printed.splitlines()) >= 2


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("example", "".join(_blocks("sh")).split("\n\n"))
def test_an_example_with_curl_gives_json(example: str, address: str) -> None:
    assert _WRITTEN in example
    for line in _run(["sh"], example.replace(_WRITTEN, address)).splitlines():
        said = json.loads(line)
        assert "index" in said
        assert "detail" not in said


def test_the_example_in_r_asks_what_the_api_knows(address: str) -> None:
    (example,) = _blocks("r")
    described = json.loads(_run(["curl", "--silent", f"{address}/openapi.json"], ""))
    for path in re.findall(r"/v1/\w+", example):
        assert path in described["paths"]
    known = {p["name"] for p in described["paths"]["/v1/answer"]["get"]["parameters"]}
    assert {"q", "as_of"} <= known
