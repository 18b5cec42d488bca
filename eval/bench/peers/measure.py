"""Builds, opens and asks every system in turns, each in processes of its own."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from eval.bench.peers.processes import Asked, SystemFailedError, Took, Worker

K = 10
_WARM_UP = ("What was agreed?", "Who took the chair?", "When is the next meeting?")
"""Asked before anything is timed, the first from cold; no answer to a question may be kept."""


@dataclass(slots=True)
class Figures:
    """What was measured of one system; where it broke off, ``failed`` says why."""

    builds: list[Took] = field(default_factory=list)
    building_mib: float = 0.0
    disk_mib: float = 0.0
    cold: Took = field(default_factory=Took)
    asked: dict[str, Asked] = field(default_factory=dict)
    asking_mib: float = 0.0
    failed: str | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """Who takes part: by name the material that each is given; and how processes are started."""

    material: Mapping[str, Path]
    pythons: Mapping[str, str]
    scratch: Path
    limit: float
    """Seconds that one command may take before its process is ended."""

    def worker(self, name: str) -> Worker:
        """Start a system."""
        return Worker(name, self.pythons, self.scratch / f"{name}.log", self.limit)

    def index(self, name: str) -> Path:
        """Return where a system's index stands."""
        return self.scratch / "indexes" / name


def measured(
    entered: Field,
    questions: Mapping[str, str],
    rounds: int,
    say: Callable[[str], None] = lambda _: None,
    *,
    at_once: int = 1,
) -> dict[str, Figures]:
    """Return the figures of every system; ``questions`` are texts by their ids.

    Builds are repeated ``rounds`` times, one system after another in each round. Then every system
    is started, which is its cold start, and every question is asked once of each in turn, each time
    beginning with another one. Where several work ``at_once``, only the processor's time of what
    they do means something, not the clock's.
    """
    figures = {name: Figures() for name in entered.material}
    with ThreadPoolExecutor(at_once) as pool, ExitStack() as stack:
        turns = _Turns(pool, figures)
        for _ in range(rounds):
            turns.take(lambda name, own: _build(entered, name, own, say))
        workers: dict[str, Worker] = {}
        turns.take(
            lambda name, own: workers.update({name: _started(entered, name, own, stack, say)})
        )
        for number, (identity, text) in enumerate(questions.items()):
            turns.take(partial(_ask, workers, identity, text), first=number)
            if number % 50 == 0:
                say(f"asked {number} of {len(questions)} questions")
        turns.take(lambda name, own: _look(workers[name], own))
    return figures


class _Turns:
    """Lets every system that has not broken off do something; notes why one does."""

    def __init__(self, pool: Executor, figures: Mapping[str, Figures]) -> None:
        self._pool = pool
        self._figures = figures

    def take(self, work: Callable[[str, Figures], None], first: int = 0) -> None:
        """Do the work for each, beginning with the one at that place."""
        ready = [(name, own) for name, own in self._figures.items() if own.failed is None]
        turn = first % max(len(ready), 1)
        list(self._pool.map(lambda pair: _noted(work, *pair), (*ready[turn:], *ready[:turn])))


def _noted(work: Callable[[str, Figures], None], name: str, own: Figures) -> None:
    try:
        work(name, own)
    except SystemFailedError as error:
        own.failed = str(error)


def _told(took: Took) -> str:
    return f"{took.wall:.2f} s, {took.cpu:.2f} s of the processor"


def _build(entered: Field, name: str, own: Figures, say: Callable[[str], None]) -> None:
    folder = entered.index(name)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with entered.worker(name) as worker:
        took, mib = worker.build(entered.material[name], folder)
    own.builds.append(took)
    own.building_mib = max(own.building_mib, mib)
    own.disk_mib = disk_mib(folder)
    say(f"built {name}: {_told(took)}")


def _ask(workers: Mapping[str, Worker], identity: str, text: str, name: str, own: Figures) -> None:
    own.asked[identity] = workers[name].ask(text, K)


def _look(worker: Worker, own: Figures) -> None:
    own.asking_mib = worker.used()[1]


def _started(
    entered: Field, name: str, own: Figures, stack: ExitStack, say: Callable[[str], None]
) -> Worker:
    """Start a process, open the index and ask once: what a command costs. Then warm up."""
    began = time.perf_counter()
    worker = stack.enter_context(entered.worker(name))
    worker.open(entered.index(name))
    worker.ask(_WARM_UP[0], K)
    own.cold = Took(time.perf_counter() - began, worker.used()[0])
    for text in _WARM_UP[1:]:
        worker.ask(text, K)
    say(f"cold start of {name}: {_told(own.cold)}")
    return worker


def disk_mib(folder: Path) -> float:
    """Return the size of all files of a folder in MiB; what links lead to is not its own."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return sum(path.stat().st_size for path in files) / 2**20
