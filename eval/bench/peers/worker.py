"""A process for one system: ``python -m eval.bench.peers.worker NAME`` does what it is told.

Each line it reads is a command in JSON, and it answers each with a line. What libraries print goes
to standard error, and nothing may reach for the network.
"""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from eval.bench.peers.system import System
from eval.bench.peers.systems import made

Command = dict[str, Any]


def main() -> None:
    """Answer commands until there are no more."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.addaudithook(stay_here)
    system = made(sys.argv[1])
    for line in sys.stdin:
        command = json.loads(line)
        try:
            answer = _DONE[command["do"]](system, command)
        except Exception as error:  # The other side reports it, and goes on with other systems.
            answer = {"error": f"{type(error).__name__}: {error}"}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


def stay_here(event: str, arguments: tuple[Any, ...]) -> None:
    """Refuse to connect to another machine or to ask for its address."""
    if event == "socket.getaddrinfo" or (
        event == "socket.connect" and arguments[0].family in {socket.AF_INET, socket.AF_INET6}
    ):
        raise PermissionError(f"a system under comparison reached for the network: {event}")


def peak_mib() -> float:
    """Return the most memory that this process had, in MiB (Linux; elsewhere 0).

    Not ``ru_maxrss``: a new process inherits its parent's there.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    lines = status.read_text(encoding="ascii", errors="replace").splitlines()
    return next((int(n.split()[1]) / 1024 for n in lines if n.startswith("VmHWM")), 0.0)


def _timed(work: Callable[[], object]) -> dict[str, float]:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


def _build(system: System, command: Command) -> dict[str, float]:
    system.read(Path(command["material"]))
    held = peak_mib()
    took = _timed(lambda: system.build(Path(command["folder"])))
    return {**took, "mib": peak_mib() - held}


def _embed(system: System, command: Command) -> dict[str, float]:
    before = system.meter.wall, system.meter.cpu
    vectors = system.embed(Path(command["material"]), command["first"], command["last"])
    np.save(command["out"], vectors)
    return {"wall": system.meter.wall - before[0], "cpu": system.meter.cpu - before[1]}


def _open(system: System, command: Command) -> dict[str, float]:
    return _timed(lambda: system.open(Path(command["folder"])))


def _ask(system: System, command: Command) -> dict[str, Any]:
    before = system.meter.wall, system.meter.cpu
    found: list[list[str]] = []
    took = _timed(lambda: found.extend(system.search(command["text"], command["k"])))
    return {
        **took,
        "embedding_wall": system.meter.wall - before[0],
        "embedding_cpu": system.meter.cpu - before[1],
        "found": found,
    }


def _used(_: System, __: Command) -> dict[str, float]:
    return {"cpu": time.process_time(), "mib": peak_mib()}


_DONE: dict[str, Callable[[System, Command], dict[str, Any]]] = {
    "build": _build,
    "embed": _embed,
    "open": _open,
    "ask": _ask,
    "used": _used,
}

if __name__ == "__main__":
    main()
