"""How much time and room one file may take, so that no file can hold up or fill up the rest."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from indexer.errors import UnreadableFileError

if TYPE_CHECKING:
    from indexer.model import ParsedDocument

MOST_CHARACTERS = 10_000_000
"""Three thousand full pages. A file that says more is a bomb, or several files in one."""
MOST_PAGES = 20_000
MOST_BLOCKS = 1_000_000
MOST_SECONDS_IN_ALL = 3 * 3600.0
"""However much time a reader asks for as it goes on."""

_MIB = 1 << 20
_SECONDS, _SECONDS_A_MIB = 15.0, 60.0
"""A page takes 0.01 to 0.05 seconds and a few kilobytes at least: ten times what is needed."""
_SECONDS_TO_CONVERT = 60.0
_CONVERTED = frozenset({".doc", ".ppt", ".odt", ".odp", ".rtf"})
_SPLIT = "Split it into parts and index those, or leave it out."

_ask: list[Callable[[float], None]] = []


def seconds_for(path: Path, most: float) -> float:
    """Return the time that a file of this size and format may take: never more than ``most``."""
    try:
        size = path.stat().st_size / _MIB
    except OSError:
        size = 0.0
    start = _SECONDS_TO_CONVERT if path.suffix.lower() in _CONVERTED else 0.0
    return min(most, round(start + _SECONDS + _SECONDS_A_MIB * size))


def more_time(seconds: float) -> None:
    """Ask for ``seconds`` from now: for a reader whose work is long, and which gets on with it.

    It does nothing where no one counts the time.
    """
    for ask in _ask:
        ask(seconds)


def count_time(ask: Callable[[float], None]) -> None:
    """Let ``ask`` hear of every wish for more time in this process."""
    _ask[:] = [ask]


def check_pages(count: int) -> None:
    """Raise ``UnreadableFileError`` for more pages than are read."""
    if count > MOST_PAGES:
        raise UnreadableFileError(
            f"The file has {count:,} pages, more than the {MOST_PAGES:,} that are read.", _SPLIT
        )


def check_characters(count: int) -> None:
    """Raise ``UnreadableFileError`` for more text than is read."""
    if count > MOST_CHARACTERS:
        raise UnreadableFileError(
            f"The file holds more text than the {MOST_CHARACTERS:,} characters that are read.",
            _SPLIT,
        )


def check_output(document: ParsedDocument) -> None:
    """Raise ``UnreadableFileError`` for a document that would fill up whoever reads on."""
    check_pages(len(document.pages))
    check_characters(len(document.text))
    if len(document.blocks) > MOST_BLOCKS:
        raise UnreadableFileError(
            f"The file falls into more than {MOST_BLOCKS:,} paragraphs and table rows.", _SPLIT
        )


class TooLongError(BaseException):
    """What runs within ``at_most`` takes too long. No reader's own handlers are to catch it."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raise ``TooLongError`` in what runs within after ``seconds``.

    Only Python code of the main thread can be stopped so: for parts of a reading that are no loss.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(_number: int, _frame: object) -> NoReturn:
    raise TooLongError
