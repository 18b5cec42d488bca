"""Processes that read files one by one, each under its own watch.

A worker that hangs or crashes is ended with all that it started, and takes no other file with it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import queue
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from indexer.parse.limits import MOST_SECONDS_IN_ALL, count_time

_SECONDS_TO_START = 120.0
_SECONDS_TO_STOP = 2.0
_SECONDS_BETWEEN_LOOKS = 0.1
_MOST_SWEEPS = 100
_OBJECTS_BETWEEN_COLLECTIONS = 10_000
_TIRED = 0.25
"""A worker that keeps more than this part of its memory is replaced, for the next file's sake."""

Work = Callable[[Path], Any]


class TookTooLongError(Exception):
    """The work did not end in time."""


class BroughtDownError(Exception):
    """The worker's process ended in the midst of the work; the message says how."""


class TookTooMuchError(Exception):
    """The worker's process ended when it had used up its memory."""


class NoWorkerError(Exception):
    """No worker could be started."""


class Workers:
    """Up to ``count`` processes, started when first needed, each with ``memory_bytes`` to use.

    One thread of this process stands by each worker, so that limits hold and workers go on while
    the caller is busy with something else.
    """

    def __init__(self, work: Work, count: int, memory_bytes: int) -> None:
        self._work = work
        self._memory = memory_bytes
        self._threads = ThreadPoolExecutor(max_workers=count, thread_name_prefix="reading")
        self._idle: queue.LifoQueue[_Worker] = queue.LifoQueue()
        self._all: set[_Worker] = set()
        self._closing = False

    def submit(self, path: Path, seconds: float) -> Future[Any]:
        """Let a worker read ``path``. The future raises the errors of this module, and no other."""
        return self._threads.submit(self._read, path, seconds)

    def close(self) -> None:
        """End every worker, at once."""
        self._closing = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in list(self._all):
            worker.end()
        self._threads.shutdown(wait=True)

    def _read(self, path: Path, seconds: float) -> Any:
        """Read a file; a crash counts only if the file brings a fresh worker down as well.

        What an earlier file did to a worker's memory may show itself under the next.
        """
        worker = self._hire()
        try:
            return self._let(worker, path, seconds)
        except BroughtDownError:
            if worker.fresh or self._closing:
                raise
        return self._let(self._start(), path, seconds)

    def _let(self, worker: _Worker, path: Path, seconds: float) -> Any:
        try:
            outcome = worker.read(path, seconds)
        except BaseException:
            self._dismiss(worker)
            raise
        if worker.tired or self._closing:
            self._dismiss(worker)
        else:
            self._idle.put(worker)
        return outcome

    def _hire(self) -> _Worker:
        try:
            return self._idle.get_nowait()
        except queue.Empty:
            return self._start()

    def _start(self) -> _Worker:
        if self._closing:
            raise NoWorkerError("closing")
        worker = _Worker(self._work, self._memory)
        self._all.add(worker)
        try:
            worker.wait_until_ready()
        except BaseException:
            self._dismiss(worker)
            raise
        return worker

    def _dismiss(self, worker: _Worker) -> None:
        worker.end()
        self._all.discard(worker)


class _Worker:
    """One process and the pipe to it, seen from this side."""

    def __init__(self, work: Work, memory_bytes: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._folder = tempfile.mkdtemp(prefix="minutebook-")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, work, memory_bytes, self._folder), daemon=True
        )
        self._process.start()
        theirs.close()
        self._memory = memory_bytes
        self._ceiling = memory_bytes
        self._largest = 0
        self.fresh = True
        self.tired = False

    def wait_until_ready(self) -> None:
        """Wait for the process to load its readers. Raises NoWorkerError."""
        with suppress(EOFError, OSError):
            if self._pipe.poll(_SECONDS_TO_START):
                self._ceiling = self._pipe.recv()
                return
        raise NoWorkerError("the process did not start")

    def read(self, path: Path, seconds: float) -> Any:
        """Return what the work makes of ``path``."""
        try:
            self._pipe.send(path)
            answer = self._answer(seconds)
        except (EOFError, OSError):
            if self._largest > self._ceiling - _TIRED * self._memory:
                raise TookTooMuchError from None
            raise BroughtDownError(self._how_it_ended()) from None
        self.fresh = False
        self.tired = answer.tired
        return answer.outcome

    def _answer(self, seconds: float) -> _Answer:
        """Wait for the outcome; the worker may ask for more time while it gets on."""
        begun = time.monotonic()
        end = begun + seconds
        self._largest = 0
        while (left := end - time.monotonic()) > 0:
            if not self._pipe.poll(min(left, _SECONDS_BETWEEN_LOOKS)):
                self._largest = max(self._largest, mapped_bytes(self._process.pid or 0))
                continue
            message = self._pipe.recv()
            if isinstance(message, _Answer):
                return message
            wish = time.monotonic() + float(message)
            end = min(max(end, wish), begun + MOST_SECONDS_IN_ALL)
        raise TookTooLongError

    def _how_it_ended(self) -> str:
        self._process.join(_SECONDS_TO_STOP)
        code = self._process.exitcode
        if code is not None and code < 0:
            with suppress(ValueError):
                return signal.Signals(-code).name
        return f"exit code {code}"

    def end(self) -> None:
        """Stop the process and all that it started, and remove what they left behind."""
        with suppress(AttributeError, ValueError):
            self._process.terminate()
            self._process.join(_SECONDS_TO_STOP)
        _end_session(self._process.pid)
        with suppress(ValueError, AssertionError):
            self._process.join(_SECONDS_TO_STOP)
        with suppress(OSError):
            self._pipe.close()
        shutil.rmtree(self._folder, ignore_errors=True)


def _end_session(leader: int | None) -> None:
    """Kill every process of the session that a worker opened for itself and its programs."""
    for _ in range(_MOST_SWEEPS):
        members = _members(leader) if leader else []
        if not members:
            return
        for member in members:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(member, signal.SIGKILL)
        time.sleep(0.01)


def _members(session: int) -> list[int]:
    """Return the processes of a session that still run."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError, ValueError, IndexError):
            state, _, _, of = stat.read_text("utf-8", "replace").rpartition(")")[2].split()[:4]
            if int(of) == session and state not in "ZX":
                found.append(int(stat.parent.name))
    return found


@dataclass(frozen=True, slots=True)
class _Answer:
    """What comes back from a worker, and whether it should be replaced."""

    outcome: Any
    tired: bool


def _serve(pipe: Connection, work: Work, memory_bytes: int, folder: str) -> None:
    """Read files until the pipe is closed. Runs in the worker."""
    os.setsid()
    _be_quiet()
    tempfile.tempdir = folder
    ceiling = _limit_memory(memory_bytes)
    collect_seldom()
    count_time(pipe.send)
    pipe.send(ceiling)
    while True:
        try:
            path = pipe.recv()
        except EOFError:
            return
        outcome = work(path)
        tired = mapped_bytes(os.getpid()) > ceiling - (1 - _TIRED) * memory_bytes
        pipe.send(_Answer(outcome, tired))


def collect_seldom() -> None:
    """Let Python look for cycles seldom, and not at all in what is loaded by now.

    Reading makes many objects and few cycles: the search takes a twentieth of its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)


def _be_quiet() -> None:
    """Let nothing that a library prints reach the person who waits."""
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        for stream in (1, 2):
            os.dup2(nowhere.fileno(), stream)


def _limit_memory(memory_bytes: int) -> int:
    """Let this worker's address space grow by ``memory_bytes`` and no more; return its limit.

    What a process maps at its start differs from machine to machine, so it is not counted. The
    readers are loaded first: a library that fails to load would look like a bad file.
    """
    import indexer.parse.html
    import indexer.parse.office
    import indexer.parse.pdf  # noqa: F401

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = mapped_bytes(os.getpid()) + memory_bytes
    ceilings = [value for value in (soft, hard) if value != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([limit, *ceilings]), hard))
    return limit


def mapped_bytes(pid: int) -> int:
    """Return the size of a process's address space, 0 where that cannot be told."""
    with suppress(OSError, IndexError, ValueError):
        pages = Path(f"/proc/{pid}/statm").read_text("ascii").split()[0]
        return int(pages) * resource.getpagesize()
    return 0
