"""Builds, opens and asks every system in turns, each in processes of its own."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from eval.bench.peers.figures import Figures
from eval.bench.peers.processes import SystemFailedError, Took, Worker

K = 10
_WARM_UP = ("What was agreed?", "Who took the chair?", "When is the next meeting?")
"""Asked before anything is timed, the first from cold; no answer to a question may be kept."""


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

    def figures(self, name: str) -> Figures:
        """Return what is known of a system from a comparison that broke off, or nothing yet."""
        return Figures(self.scratch / f"{name}.jsonl")


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
    beginning with another one. Where several work ``at_once``, none waits for the others, and only
    the processor's time means something, not the clock's. What is known already is not done again.
    """
    entered.scratch.mkdir(parents=True, exist_ok=True)
    figures = {name: entered.figures(name) for name in entered.material}
    with ThreadPoolExecutor(at_once) as pool, ExitStack() as stack:
        course = _Course(entered, figures, questions, pool, say)
        for number in range(rounds):
            course.take(course.build, number)
        course.take(lambda name, _: course.start(name, stack), 0)
        if at_once > 1:
            course.take(course.ask_all, 0)
        else:
            for number in range(len(questions)):
                course.take(course.ask, number)
        course.take(course.look, 0)
    return figures


class _Course:
    """The steps, each for one system; one that breaks off is left out of those that follow."""

    def __init__(
        self,
        entered: Field,
        figures: Mapping[str, Figures],
        questions: Mapping[str, str],
        pool: ThreadPoolExecutor,
        say: Callable[[str], None],
    ) -> None:
        self._entered = entered
        self._figures = figures
        self._questions = list(questions.items())
        self._pool = pool
        self._say = say
        self._workers: dict[str, Worker] = {}

    def take(self, step: Callable[[str, int], None], number: int) -> None:
        """Take a step of that number for every system, beginning with another one each time."""
        ready = [name for name, own in self._figures.items() if own.failed is None]
        turn = number % max(len(ready), 1)
        ordered = (*ready[turn:], *ready[:turn])
        list(self._pool.map(lambda name: self._guarded(step, name, number), ordered))

    def build(self, name: str, number: int) -> None:
        """Build, where that was not done so often."""
        own, folder = self._figures[name], self._entered.index(name)
        if len(own.builds) > number:
            return
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        with self._entered.worker(name) as worker:
            took, mib = worker.build(self._entered.material[name], folder)
        own.built(took, mib, disk_mib(folder))
        self._say(f"built {name}: {_told(took)}")

    def start(self, name: str, stack: ExitStack) -> None:
        """Start a process, open the index and ask once: what a command costs. Then warm up."""
        own = self._figures[name]
        if len(own.asked) == len(self._questions):
            return
        began = time.perf_counter()
        worker = stack.enter_context(self._entered.worker(name))
        worker.open(self._entered.index(name))
        worker.ask(_WARM_UP[0], K)
        took = Took(time.perf_counter() - began, worker.used()[0])
        own.started(took)
        for text in _WARM_UP[1:]:
            worker.ask(text, K)
        self._workers[name] = worker
        self._say(f"started {name}: {_told(took)}")

    def ask(self, name: str, number: int) -> None:
        """Ask one question, where that was not done."""
        identity, text = self._questions[number]
        own = self._figures[name]
        if identity not in own.asked:
            own.answered(identity, self._workers[name].ask(text, K))
            if len(own.asked) % 50 == 0:
                self._say(f"asked {name} {len(own.asked)} of {len(self._questions)} questions")

    def ask_all(self, name: str, _: int) -> None:
        """Ask all questions."""
        for number in range(len(self._questions)):
            self.ask(name, number)

    def look(self, name: str, _: int) -> None:
        """Note the memory that the process took."""
        if name in self._workers:
            self._figures[name].used(self._workers[name].used()[1])

    def _guarded(self, step: Callable[[str, int], None], name: str, number: int) -> None:
        try:
            step(name, number)
        except SystemFailedError as error:
            self._figures[name].failed = str(error)


def _told(took: Took) -> str:
    return f"{took.wall:.2f} s, {took.cpu:.2f} s of the processor"


def disk_mib(folder: Path) -> float:
    """Return the size of all files of a folder in MiB; what links lead to is not its own."""
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    return sum(path.stat().st_size for path in files) / 2**20
