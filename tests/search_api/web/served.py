"""The sample corpus, really indexed, once for all the tests that serve it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient

from indexer.build import build_index
from search_api.web.examples import Examples

ROOT = Path(__file__).parents[3]
CORPUS = ROOT / "corpus"

_SERVE = """
import sys
from pathlib import Path
from search_api.server import serve
index, corpus, port = sys.argv[1:]
serve(Path(index), Path(corpus), "127.0.0.1", int(port), lambda at: print(at, flush=True))
"""


@cache
def _workplace() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="minutebook-tests-")


@cache
def sample_index() -> Path:
    """Build the index over the sample corpus with the real model."""
    index = Path(_workplace().name) / "index"
    build_index(CORPUS, index)
    return index


def copied_corpus(folder: Path) -> Path:
    """Copy the sample corpus to where a test may change it."""
    return Path(shutil.copytree(CORPUS, folder / "corpus"))


def offered_by(client: TestClient) -> Examples:
    """Return the questions to try of the application that a client asks."""
    app = client.app
    assert isinstance(app, FastAPI)
    offered: Examples = app.state.examples
    return offered


@contextmanager
def running(
    index: Path, corpus: Path = CORPUS, *, port: int = 0
) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run a real server, on a free port where none is named, and end it by its own process."""
    command = [sys.executable, "-c", _SERVE, str(index), str(corpus), str(port)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            if not address:
                assert process.stderr is not None
                raise AssertionError(f"The server did not start: {process.stderr.read()}")
            yield address, process
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait(timeout=30)
