"""Questions that come at once are read by the model together: one inference costs less than many.

Nobody waits for company: whoever comes while nothing is being read begins at once, and all who come
in the meantime are read next, together.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock

from indexer.embed.protocol import Embedder, Vectors
from indexer.embed.tokens import TokenStates
from search_api.embedding.around import AroundEmbedder

_MOST = 8
_LONGEST = 400
"""Questions of more characters are read alone: all in a batch take as long as its longest."""


@dataclass(slots=True, eq=False)
class _Asked:
    """A question, and when it is its turn: to be given what was read, or to read the next batch."""

    text: str
    turn: Event = field(default_factory=Event)
    done: bool = False
    read: tuple[Vectors, TokenStates] | None = None
    """None also where reading the batch failed."""


class TogetherReader(AroundEmbedder):
    """An ``Embedder`` for many threads; one batch is read at a time, by all cores."""

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(embedder)
        self._lock = Lock()
        self._waiting: deque[_Asked] = deque()
        self._busy = False

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector for each text: float32, shape (len(texts), dimensions), length 1."""
        return self._embedder.embed(texts)

    def read(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenStates]]:
        """Return what ``embed`` returns, and of each text the states of its telling tokens."""
        if len(texts) != 1 or len(texts[0]) > _LONGEST:
            return self._embedder.read(texts)
        asked = _Asked(texts[0])
        with self._lock:
            self._waiting.append(asked)
            begins, self._busy = not self._busy, True
        if not begins:
            asked.turn.wait()
        if not asked.done:
            self._read_next()
        if asked.read is None:
            # Another's question may have been the one that cannot be read; if not, this raises.
            return self._embedder.read(texts)
        vector, states = asked.read
        return vector[None], [states]

    def _read_next(self) -> None:
        with self._lock:
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), _MOST))]
        try:
            with suppress(Exception):
                vectors, states = self._embedder.read([asked.text for asked in batch])
                for asked, *read in zip(batch, vectors, states, strict=True):
                    asked.read = read[0], read[1]
        finally:
            self._pass_on(batch)

    def _pass_on(self, batch: Sequence[_Asked]) -> None:
        for asked in batch:
            asked.done = True
            asked.turn.set()
        with self._lock:
            self._busy = bool(self._waiting)
            if self._waiting:
                self._waiting[0].turn.set()
