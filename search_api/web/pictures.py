"""Pictures of a PDF's pages, drawn when asked for by a process apart, and kept for a while."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Sequence
from pathlib import Path

from indexer.errors import NotFoundError
from indexer.model import Document, Page, Span

MEDIA_TYPE = "image/webp"
PDF = "application/pdf"
_PROGRAM = Path(__file__).with_name("render.py")
_SECONDS = 30.0
_AT_ONCE = 2
_KEPT_BYTES = 48 << 20

Key = tuple[str, int, str, int]


class Pictures:
    """Draws pages and keeps what was drawn last, in memory; safe between threads."""

    def __init__(self, kept_bytes: int = _KEPT_BYTES) -> None:
        self._kept: OrderedDict[Key, bytes] = OrderedDict()
        self._room = kept_bytes
        self._lock = threading.Lock()
        self._drawing = threading.BoundedSemaphore(_AT_ONCE)

    def page(
        self, path: Path, document: Document, number: int, quote: str = "", nth: int = 0
    ) -> bytes:
        """Return a page of the file as WebP, with the ``nth`` place of ``quote`` outlined.

        Raises NotFoundError where the page cannot be drawn within the limits.
        """
        key = (document.sha256, number, quote, nth)
        with self._drawing:
            return self._get(key) or self._keep(key, _drawn(path, number, quote, nth))

    def _get(self, key: Key) -> bytes | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def _keep(self, key: Key, picture: bytes) -> bytes:
        with self._lock:
            self._kept[key] = picture
            while sum(map(len, self._kept.values())) > self._room and len(self._kept) > 1:
                self._kept.popitem(last=False)
        return picture


def quote_on(text: str, page: Page, mark: Span | None) -> tuple[str, int]:
    """Return what of the marked place stands on a page, and how often the same stands before it."""
    if mark is None or not mark.overlaps(page.span):
        return "", 0
    start, end = max(mark.start, page.span.start), min(mark.end, page.span.end)
    quote = " ".join(text[start:end].split())
    before = " ".join(text[page.span.start : start].split())
    return quote, before.count(quote) if quote else 0


def page_numbered(pages: Sequence[Page], number: int) -> Page:
    """Return one page. Raises NotFoundError."""
    found = next((page for page in pages if page.number == number), None)
    if found is None:
        raise NotFoundError(f"This document has no page {number}.", "Open it from its beginning.")
    return found


def _drawn(path: Path, number: int, quote: str, nth: int) -> bytes:
    request = json.dumps({"path": str(path), "page": number, "quote": quote, "nth": nth})
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_PROGRAM)],
            input=request.encode(),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env={},
        )
    except subprocess.TimeoutExpired:
        raise _no_picture(path, number) from None
    if done.returncode or not done.stdout:
        raise _no_picture(path, number)
    return done.stdout


def _no_picture(path: Path, number: int) -> NotFoundError:
    return NotFoundError(
        f"Page {number} of {path.name} cannot be shown as a picture.",
        "Read its text here, or open the original file.",
    )
