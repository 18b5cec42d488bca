"""Many files parsed one beside the other, so that a bad one harms nobody but itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.errors import UnreadableFileError
from indexer.parse import media_type_of, parse
from indexer.parse.limits import TooLongError, at_most, check_output, seconds_for

if TYPE_CHECKING:
    from indexer.model import ParsedDocument
    from indexer.parse.workers import Workers

_SAFE = frozenset({"text/plain", "text/markdown"})
_SMALL = 250_000
_SECONDS_HERE = 3.0
_AHEAD = 4
_ANEW = "Save it anew from its program, or leave it out."

Outcome = tuple[Path, "ParsedDocument | UnreadableFileError"]


def parse_all(
    paths: Iterable[Path], *, workers: int, seconds: float, memory_bytes: int
) -> Iterator[Outcome]:
    """Yield each path with its document, or with why it cannot be read, in the order given.

    All but small texts, of a quarter of a megabyte at most, are parsed in ``workers`` processes,
    each file under a limit of time, by its size and ``seconds`` at most, of ``memory_bytes`` of
    address space beyond what the worker needs to start, and of what may come out of it. Small text
    and Markdown files are parsed here: their readers take little time and memory at that size, and
    starting a process takes longer than they do; one that does take long goes to a worker too.
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
    """Parses a file here or hands it to a worker; owns the workers."""

    def __init__(self, workers: int, seconds: float, memory_bytes: int) -> None:
        self._count = max(1, workers)
        self._seconds = seconds
        self._memory = memory_bytes
        self._workers: Workers | None = None

    def take(self, path: Path) -> _Pending:
        """Begin with one file."""
        try:
            here = media_type_of(path) in _SAFE and path.stat().st_size <= _SMALL
        except UnreadableFileError as error:
            return _Pending(done=error)
        except OSError as error:
            return _Pending(done=_surprise(type(error).__name__))
        if here:
            try:
                with at_most(min(self._seconds, _SECONDS_HERE)):
                    return _Pending(done=_parse_here(path))
            except TooLongError:
                pass
        seconds = seconds_for(path, self._seconds)
        return _Pending(self._start(path, seconds), seconds)

    def close(self) -> None:
        """Stop the workers, at once if the caller has left early."""
        if self._workers is not None:
            self._workers.close()

    def _start(self, path: Path, seconds: float) -> Future[Any]:
        if self._workers is None:
            from indexer.parse.workers import Workers

            self._workers = Workers(_parse_here, self._count, self._memory)
        return self._workers.submit(path, seconds)


class _Pending:
    """The outcome of one file, there already or still to come from a worker."""

    def __init__(
        self,
        future: Future[Any] | None = None,
        seconds: float = 0.0,
        *,
        done: ParsedDocument | UnreadableFileError | None = None,
    ) -> None:
        self._future = future
        self._seconds = seconds
        self._done = done

    def result(self) -> ParsedDocument | UnreadableFileError:
        """Wait for the outcome."""
        if self._future is None:
            assert self._done is not None
            return self._done
        try:
            outcome: ParsedDocument | UnreadableFileError = self._future.result()
        except Exception as error:
            return _lost(error, self._seconds)
        return outcome


def _lost(error: Exception, seconds: float) -> UnreadableFileError:
    """Return what a worker's end says of the file that it was reading."""
    from indexer.parse import workers

    if isinstance(error, workers.TookTooMuchError):
        return _too_much()
    if isinstance(error, workers.NoWorkerError):
        return UnreadableFileError(
            "No process could be started to read the file.",
            "See that memory and disk space are free, and run the command again.",
        )
    if isinstance(error, workers.TookTooLongError):
        what = f"Reading the file took longer than {seconds:g} seconds and was stopped."
    elif isinstance(error, workers.BroughtDownError):
        what = f"The file brought its reader down ({error})."
    else:
        return _surprise(type(error).__name__)
    return UnreadableFileError(what, _ANEW)


def _parse_here(path: Path) -> ParsedDocument | UnreadableFileError:
    """Parse one file; give back an error instead of raising it."""
    try:
        document = parse(path)
        check_output(document)
    except UnreadableFileError as error:
        return error
    except MemoryError:
        failure = _too_much
    except RecursionError:
        failure = _too_deep
    except Exception as error:
        return _surprise(type(error).__name__)
    else:
        return document
    # Only here, out of the handlers, has what the parser hoarded been given back.
    return failure()


def _too_much() -> UnreadableFileError:
    return UnreadableFileError(
        "Reading the file needed more memory than is allowed.",
        "Save it in smaller parts, or leave it out.",
    )


def _too_deep() -> UnreadableFileError:
    return UnreadableFileError("The file is nested too deeply to be read.", _ANEW)


def _surprise(kind: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"The file is damaged or holds something its reader does not know ({kind}).",
        "Save it anew from its program; if it opens well elsewhere, report it as a bug.",
    )
