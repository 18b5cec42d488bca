"""Builds, opens and asks every system in turns, each in processes of its own."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from eval.bench.peers.processes import Asked, SystemFailedError, Took, Worker

K = 10
_WARM_UP = 3


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
) -> dict[str, Figures]:
    """Return the figures of every system; ``questions`` are texts by their ids.

    Builds are repeated ``rounds`` times, one system after another in each round. Then every system
    is started, which is its cold start, and every question is asked once of each in turn, each time
    beginning with another one.
    """
    figures = {name: Figures() for name in entered.material}
    for number in range(rounds):
        for name, own in _sound(figures):
            with _noted(own):
                _build(entered, name, own)
            took = own.builds[-1] if own.builds else Took()
            say(f"built {name}, round {number + 1}: {_told(took)} {own.failed or ''}")
    _ask(entered, figures, questions, say)
    return figures


def _told(took: Took) -> str:
    return f"{took.wall:.2f} s, {took.cpu:.2f} s of the processor"


def _sound(figures: Mapping[str, Figures]) -> list[tuple[str, Figures]]:
    return [(name, own) for name, own in figures.items() if own.failed is None]


@contextmanager
def _noted(own: Figures) -> Iterator[None]:
    """Note why a system broke off, and go on without it."""
    try:
        yield
    except SystemFailedError as error:
        own.failed = str(error)


def _build(entered: Field, name: str, own: Figures) -> None:
    folder = entered.index(name)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with entered.worker(name) as worker:
        took, mib = worker.build(entered.material[name], folder)
    own.builds.append(took)
    own.building_mib = max(own.building_mib, mib)
    own.disk_mib = disk_mib(folder)


def _ask(
    entered: Field,
    figures: Mapping[str, Figures],
    questions: Mapping[str, str],
    say: Callable[[str], None],
) -> None:
    with ExitStack() as stack:
        workers: dict[str, Worker] = {}
        for name, own in _sound(figures):
            with _noted(own):
                workers[name] = _started(entered, name, own, questions, stack)
            say(f"cold start of {name}: {_told(own.cold)} {own.failed or ''}")
        for number, (identity, text) in enumerate(questions.items()):
            ready = _sound(figures)
            turn = number % max(len(ready), 1)
            for name, own in (*ready[turn:], *ready[:turn]):
                with _noted(own):
                    own.asked[identity] = workers[name].ask(text, K)
            if number % 50 == 0:
                say(f"asked {number} of {len(questions)} questions")
        for name, own in _sound(figures):
            own.asking_mib = workers[name].used()[1]


def _started(
    entered: Field, name: str, own: Figures, questions: Mapping[str, str], stack: ExitStack
) -> Worker:
    """Start a process, open the index and ask once: what a command costs. Then warm up."""
    texts = list(questions.values())
    began = time.perf_counter()
    worker = stack.enter_context(entered.worker(name))
    worker.open(entered.index(name))
    worker.ask(texts[0], K)
    own.cold = Took(time.perf_counter() - began, worker.used()[0])
    for text in texts[1 : 1 + _WARM_UP]:
        worker.ask(text, K)
    return worker


def disk_mib(folder: Path) -> float:
    """Return the size of all files of a folder in MiB; what links lead to is not its own."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return sum(path.stat().st_size for path in files) / 2**20
