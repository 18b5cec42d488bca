"""Many files parsed one beside the other, so that a bad one harms nobody but itself."""

from __future__ import annotations

import multiprocessing
import resource
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeoutError
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.errors import UnreadableFileError
from indexer.parse import media_type_of, parse

if TYPE_CHECKING:
    from indexer.model import ParsedDocument

_SAFE = frozenset({"text/plain", "text/markdown"})
_SMALL = 250_000
_AHEAD = 4

Outcome = tuple[Path, "ParsedDocument | UnreadableFileError"]


def parse_all(
    paths: Iterable[Path], *, workers: int, seconds: float, memory_bytes: int
) -> Iterator[Outcome]:
    """Yield each path with its document, or with why it cannot be read, in the order given.

    All but small texts, of a quarter of a megabyte at most, are parsed in ``workers`` processes,
    each file under a limit of ``seconds`` and of ``memory_bytes`` of address space beyond what the
    worker needs to start. Small text and Markdown files are parsed here: their readers take
    little time and memory at that size, and starting a process takes longer than they do.
    Workers start only when the first file needs one. No exception of a parser escapes.
    """
    waiting: deque[tuple[Path, _Pending]] = deque()
    shop = _Workshop(workers, seconds, memory_bytes)
    try:
        for path in paths:
            waiting.append((path, shop.take(path)))
            while len(waiting) > _AHEAD * max(1, workers):
                first, pending = waiting.popleft()
                yield first, pending.result()
        while waiting:
            first, pending = waiting.popleft()
            yield first, pending.result()
    finally:
        shop.close()


class _Workshop:
    """Parses a file here or hands it to a worker; owns the pool of workers."""

    def __init__(self, workers: int, seconds: float, memory_bytes: int) -> None:
        self._workers = max(1, workers)
        self._seconds = seconds
        self._memory = memory_bytes
        self._pool: Any = None

    def take(self, path: Path) -> _Pending:
        """Begin with one file."""
        try:
            here = media_type_of(path) in _SAFE and path.stat().st_size <= _SMALL
        except UnreadableFileError as error:
            return _Pending(path, done=error)
        except OSError as error:
            return _Pending(path, done=_surprise(type(error).__name__))
        if here:
            return _Pending(path, done=_parse_here(path))
        return _Pending(path, self._start(path), self._seconds, self._memory)

    def close(self) -> None:
        """Stop the workers, at once if the caller has left early."""
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()

    def _start(self, path: Path) -> Any:
        if self._pool is None:
            from pebble import ProcessPool

            self._pool = ProcessPool(
                max_workers=self._workers,
                context=multiprocessing.get_context("spawn"),
                initializer=_limit_memory,
                initargs=(self._memory,),
            )
        return self._pool.schedule(_parse_here, args=(path,), timeout=self._seconds)


class _Pending:
    """The outcome of one file, there already or still to come from a worker."""

    def __init__(
        self,
        path: Path,
        future: Any = None,
        seconds: float = 0.0,
        memory_bytes: int = 0,
        *,
        done: ParsedDocument | UnreadableFileError | None = None,
    ) -> None:
        self._path = path
        self._future = future
        self._seconds = seconds
        self._memory = memory_bytes
        self._done = done

    def result(self) -> ParsedDocument | UnreadableFileError:
        """Wait for the outcome."""
        if self._done is not None:
            return self._done
        from pebble import ProcessExpired

        try:
            outcome: ParsedDocument | UnreadableFileError = self._future.result()
        except FutureTimeoutError:
            return UnreadableFileError(
                f"Reading the file took longer than {self._seconds:g} seconds and was stopped.",
                "Save it anew from its program, or allow more time for a file.",
            )
        except ProcessExpired:
            return UnreadableFileError(
                "The file brought its reader down.",
                "Save it anew from its program, or leave it out.",
            )
        except Exception as error:
            return _surprise(type(error).__name__)
        return outcome


def _parse_here(path: Path) -> ParsedDocument | UnreadableFileError:
    """Parse one file; give back an error instead of raising it."""
    try:
        return parse(path)
    except UnreadableFileError as error:
        return error
    except MemoryError:
        failure = (
            "Reading the file needed more memory than is allowed.",
            "Save it in smaller parts, or allow more memory for a file.",
        )
    except RecursionError:
        failure = (
            "The file is nested too deeply to be read.",
            "Save it anew from its program, or leave it out.",
        )
    except Exception as error:
        return _surprise(type(error).__name__)
    # Only here, out of the handlers, has what the parser hoarded been given back.
    return UnreadableFileError(*failure)


def _surprise(kind: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"The file is damaged or holds something its reader does not know ({kind}).",
        "Save it anew from its program; if it opens well elsewhere, report it as a bug.",
    )


def _limit_memory(memory_bytes: int) -> None:
    """Let this worker's address space grow by ``memory_bytes`` and no more.

    What a process maps at its start differs from machine to machine, so it is not counted. The
    readers are loaded first: a library that fails to load would look like a bad file.
    """
    import indexer.parse.html
    import indexer.parse.office
    import indexer.parse.pdf  # noqa: F401

    statm = Path("/proc/self/statm")
    used = int(statm.read_text().split()[0]) * resource.getpagesize() if statm.exists() else 0
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = used + memory_bytes
    ceilings = [value for value in (soft, hard) if value != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([limit, *ceilings]), hard))
