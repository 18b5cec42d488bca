"""The other side of ``worker``: a system in a process of its own, told what to do by lines."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from indexer.errors import MinutebookError

_ROOT = Path(__file__).parents[3]
_QUIET = {
    "ANONYMIZED_TELEMETRY": "False",
    "HAYSTACK_TELEMETRY_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "DO_NOT_TRACK": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


class SystemFailedError(MinutebookError):
    """A system under comparison broke off."""


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock and by the processor."""

    wall: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: Took) -> Took:
        return Took(self.wall + other.wall, self.cpu + other.cpu)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: its ranking, what it took, and how much of that was embedding it."""

    found: tuple[tuple[str, ...], ...]
    whole: Took
    embedding: Took


class Worker:
    """A system in a process of its own; used in a ``with`` block, which ends it."""

    def __init__(
        self, name: str, pythons: Mapping[str, str], log: Path, limit: float = 3600.0
    ) -> None:
        """``pythons`` maps systems to interpreters; libraries print into ``log``.

        A command that takes more than ``limit`` seconds ends the process.
        """
        self.name = name
        path = os.pathsep.join(filter(None, [str(_ROOT), os.environ.get("PYTHONPATH", "")]))
        with log.open("ab") as printed:
            self._process = subprocess.Popen(
                [pythons.get(name, sys.executable), "-m", "eval.bench.peers.worker", name],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=printed,
                text=True,
                encoding="utf-8",
                env={**os.environ, **_QUIET, "PYTHONPATH": path},
            )
        self._log = log
        self._limit = limit

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is not None:
            self._process.terminate()
        with self._process:  # This closes the pipes and waits: a worker ends with its commands.
            pass

    def build(self, material: Path, folder: Path) -> tuple[Took, float]:
        """Index a material; return what it took, and the MiB of memory beyond the material."""
        answer = self._tell(do="build", material=str(material), folder=str(folder))
        return Took(answer["wall"], answer["cpu"]), answer["mib"]

    def embed(self, material: Path, first: int, last: int, out: Path) -> Took:
        """Embed some pieces of a material, and write their vectors."""
        answer = self._tell(
            do="embed", material=str(material), first=first, last=last, out=str(out)
        )
        return Took(answer["wall"], answer["cpu"])

    def open(self, folder: Path) -> Took:
        """Open an index."""
        answer = self._tell(do="open", folder=str(folder))
        return Took(answer["wall"], answer["cpu"])

    def ask(self, text: str, k: int) -> Asked:
        """Ask a question."""
        answer = self._tell(do="ask", text=text, k=k)
        return Asked(
            tuple(tuple(ids) for ids in answer["found"]),
            Took(answer["wall"], answer["cpu"]),
            Took(answer["embedding_wall"], answer["embedding_cpu"]),
        )

    def used(self) -> tuple[float, float]:
        """Return the processor's seconds of the process so far, and its peak memory in MiB."""
        answer = self._tell(do="used")
        return answer["cpu"], answer["mib"]

    def _tell(self, **command: Any) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        timer = threading.Timer(self._limit, self._process.kill)
        timer.start()
        try:
            self._process.stdin.write(json.dumps(command) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            timer.cancel()
        answer: dict[str, Any] = (
            json.loads(line) if line else {"error": f"its process ended (limit: {self._limit:g} s)"}
        )
        if "error" in answer:
            raise SystemFailedError(
                f"{self.name} could not {command['do']}: {answer['error']}.", f"See {self._log}."
            )
        return answer
