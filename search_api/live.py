"""The engine that serves now: it follows the index's CURRENT build and drops no request.

A request borrows an engine and gives it back. When a newer build is published, the next request
opens it; the older one is closed when its last borrower is done.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from indexer.embed.open import open_recorded
from indexer.embed.protocol import Embedder
from indexer.errors import MinutebookError
from indexer.model import ModelIdentity
from indexer.store.format import current_name
from indexer.store.local import open_reader
from search_api.builds import KeptBuild, kept_builds
from search_api.engine import Engine
from search_api.ranking.rerank import open_reranker
from search_api.settings import settings_from

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Lent:
    """An open engine and how many requests are using it."""

    build: str
    engine: Engine
    borrowers: int = 0
    retired: bool = False


class LiveIndex:
    """Gives out the engine over the current build of one index folder; safe between threads."""

    def __init__(self, index: Path) -> None:
        """Follow ``index``. Raises UsageError where MINUTEBOOK_RERANKER names no usable model."""
        self._index = index
        named = settings_from().reranker
        self._reranker = open_reranker(named) if named else None
        self._lock = threading.Lock()
        self._serving: _Lent | None = None
        self._refused: str | None = None
        self._model: tuple[ModelIdentity, Embedder] | None = None

    @contextmanager
    def engine(self) -> Iterator[Engine]:
        """Lend the engine over the current build for one request.

        Raises IndexNotReadyError, IndexDamagedError or ModelMismatchError where there is none.
        """
        lent = self._borrow()
        try:
            yield lent.engine
        finally:
            self._give_back(lent)

    def builds(self) -> list[KeptBuild]:
        """Return the builds that are kept on the disk, the one made last first."""
        return kept_builds(self._index)

    def close(self) -> None:
        """Retire the engine; it closes when its last borrower is done."""
        with self._lock:
            self._retire(self._serving)
            self._serving = None

    def _borrow(self) -> _Lent:
        with self._lock:
            lent = self._up_to_date()
            lent.borrowers += 1
            return lent

    def _give_back(self, lent: _Lent) -> None:
        with self._lock:
            lent.borrowers -= 1
            self._close_if_done(lent)

    def _up_to_date(self) -> _Lent:
        """Return the engine over the build that CURRENT names, opened now if it is new.

        A new build that cannot be opened does not stop the one that serves.
        """
        serving = self._serving
        try:
            build = current_name(self._index)
            if serving is not None and build in (serving.build, self._refused):
                return serving
            opened = _Lent(build, self._open())
        except MinutebookError as error:
            if serving is None:
                raise
            self._refuse(error)
            return serving
        self._retire(serving)
        self._serving, self._refused = opened, None
        return opened

    def _refuse(self, error: MinutebookError) -> None:
        _log.error("The new build cannot be served and the one before goes on: %s", error)
        try:
            self._refused = current_name(self._index)
        except MinutebookError:
            self._refused = None

    def _open(self) -> Engine:
        store = open_reader(self._index)
        try:
            identity = store.info.model
            if self._model is None or self._model[0] != identity:
                self._model = (identity, open_recorded(identity, self._index / "models"))
        except BaseException:
            store.close()
            raise
        return Engine(store, self._model[1], self._reranker)

    def _retire(self, lent: _Lent | None) -> None:
        if lent is not None:
            lent.retired = True
            self._close_if_done(lent)

    @staticmethod
    def _close_if_done(lent: _Lent) -> None:
        if lent.retired and lent.borrowers == 0:
            lent.engine.store.close()
