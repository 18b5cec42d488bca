"""What the benchmarks of an index measure with: time, memory, disk, a process of their own."""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

T = TypeVar("T")
_PAUSE_SECONDS = 0.1


def apart(work: Callable[..., T], *arguments: object) -> T:
    """Do the work in a process of its own, whose memory nothing else has used."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(work, *arguments).result()


@dataclass(slots=True)
class Aside:
    """Adds up the time of what happens inside a measured work and does not belong to it."""

    seconds: float = 0.0
    cpu: float = 0.0

    def of(self, work: Callable[[], T]) -> T:
        """Do the work; only this thread's share of the processor is set aside."""
        started, cpu = time.perf_counter(), time.thread_time()
        try:
            return work()
        finally:
            self.seconds += time.perf_counter() - started
            self.cpu += time.thread_time() - cpu

    def each(self, items: Iterable[T]) -> Iterator[T]:
        """Yield the items; what it takes to make them is set aside."""
        made = iter(items)
        end = object()
        while (item := self.of(lambda: next(made, end))) is not end:
            yield item  # type: ignore[misc]


def timed(work: Callable[[], T], aside: Aside | None = None) -> tuple[T, dict[str, float]]:
    """Return what the work gives, its seconds by the clock and all threads' of the processor."""
    started, cpu = time.perf_counter(), time.process_time()
    result = work()
    taken, aside = time.process_time() - cpu, aside or Aside()
    seconds = time.perf_counter() - started
    return result, {"seconds": seconds - aside.seconds, "cpu": taken - aside.cpu}


def spread(works: Sequence[Callable[[], object]]) -> dict[str, float]:
    """Return the percentiles of the processor's milliseconds, after one round to warm up."""
    for work in works:
        work()
    taken = [timed(work)[1]["cpu"] * 1000 for work in works]
    return {f"p{part}": float(np.percentile(taken, part)) for part in (50, 99)}


def memory_mib(kind: str = "RssAnon") -> float:
    """Return this process's memory as Linux counts it; RssAnon leaves mapped files out."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith(f"{kind}:"):
            return int(line.split()[1]) / 1024
    raise ValueError(f"no such kind of memory: {kind}")


@contextmanager
def peak_memory() -> Iterator[dict[str, float]]:
    """Fill in ``mib``, the most memory beyond what there was at the start, looked at often."""
    before, over = memory_mib(), threading.Event()
    found = {"mib": 0.0}

    def look() -> None:
        while not over.wait(_PAUSE_SECONDS):
            found["mib"] = max(found["mib"], memory_mib() - before)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        yield found
    finally:
        over.set()
        watcher.join()


def files_mib(folder: Path) -> float:
    """Return the size of all files below ``folder``."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def mib_by_name(folder: Path, names: dict[str, str]) -> dict[str, float]:
    """Return the size of the files that each name's pattern finds below ``folder``."""
    return {
        name: sum(path.stat().st_size for path in folder.rglob(pattern) if path.is_file()) / 2**20
        for name, pattern in names.items()
    }


def forget_files(folder: Path) -> None:
    """Ask the system to drop what it holds of the files in memory, so that reading finds a disk."""
    for path in folder.rglob("*"):
        if path.is_file():
            descriptor = os.open(path, os.O_RDONLY)
            try:
                os.fsync(descriptor)
                os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(descriptor)


def rounded(value: Any) -> Any:
    """Return what was measured with no more digits than it is worth."""
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    return float(f"{value:.4g}") if isinstance(value, float) else value
