"""How far long work has come: a bar on a terminal, plain lines now and then in a log."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol, TextIO

from tqdm import tqdm

_SECONDS_BETWEEN_LINES = 10.0


class Task(Protocol):
    """One piece of work under way."""

    def advance(self, steps: int = 1) -> None:
        """Say that so many more steps are done."""


class Progress(Protocol):
    """Opens tasks. ``task`` is a context manager, ``note`` a line for the person who waits."""

    def task(self, what: str, total: int, unit: str) -> AbstractContextManager[Task]:
        """Begin a task of ``total`` steps counted in ``unit``."""

    def note(self, line: str) -> None:
        """Print a line without breaking a bar."""


class Silent:
    """No progress shown: for scripts and tests."""

    @contextmanager
    def task(self, what: str, total: int, unit: str) -> Iterator[Task]:  # noqa: ARG002
        """Begin a task that nobody watches."""
        yield _Unwatched()

    def note(self, line: str) -> None:
        """Drop the line."""


class _Unwatched:
    def advance(self, steps: int = 1) -> None:
        pass


class Terminal:
    """Progress on a stream: a bar if it is a terminal, else lines at most every ten seconds."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr

    @contextmanager
    def task(self, what: str, total: int, unit: str) -> Iterator[Task]:
        """Begin a task of ``total`` steps counted in ``unit``."""
        if self._stream.isatty():
            with tqdm(total=total, desc=what, unit=f" {unit}", file=self._stream) as bar:
                yield _Bar(bar.update)
        else:
            lines = _Lines(self._stream, what, total, unit)
            yield lines
            lines.finish()

    def note(self, line: str) -> None:
        """Print a line without breaking a bar."""
        tqdm.write(line, file=self._stream)


class _Bar:
    def __init__(self, update: Callable[[float], object]) -> None:
        self._update = update

    def advance(self, steps: int = 1) -> None:
        self._update(steps)


class _Lines:
    def __init__(self, stream: TextIO, what: str, total: int, unit: str) -> None:
        self._stream, self._what, self._total, self._unit = stream, what, total, unit
        self._done = 0
        self._next = time.monotonic() + _SECONDS_BETWEEN_LINES

    def advance(self, steps: int = 1) -> None:
        self._done += steps
        if time.monotonic() >= self._next:
            self._say()
            self._next = time.monotonic() + _SECONDS_BETWEEN_LINES

    def finish(self) -> None:
        if self._done:
            self._say()

    def _say(self) -> None:
        line = f"{self._what}: {self._done} of {self._total} {self._unit}"
        print(line, file=self._stream, flush=True)
