"""The load asks every question once: no cache may answer for the engine."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from pathlib import Path

import psutil

from eval.bench.load import Server, _load, question
from tests.search_api.web.served import CORPUS, ROOT


def test_no_two_questions_are_alike() -> None:
    assert len({question(n) for n in range(5000)}) == 5000


def test_the_peer_answers_and_every_request_is_timed(sample_index: Path) -> None:
    command = [sys.executable, "-m", "eval.bench.served", "torch", str(sample_index), str(CORPUS)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        try:
            assert process.stdout is not None
            server = Server(process.stdout.readline().strip(), psutil.Process(process.pid))
            waits = _load(server, "/v1/search", 2, 5, itertools.count())
            assert len(waits) == 5
            assert min(waits) > 0
            assert server.cpu_seconds() > 0
        finally:
            process.terminate()
            process.wait(timeout=30)
