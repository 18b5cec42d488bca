"""What a model made of questions asked lately: each is read once while it is remembered."""

from __future__ import annotations

from threading import Lock
from weakref import WeakKeyDictionary

from indexer.embed.protocol import Embedder, Vectors
from indexer.embed.tokens import TokenStates
from indexer.store.lately import Lately

_KEPT = 256
"""Readings remembered for each embedder, of about 2 KB for each token of a question."""

_Read = tuple[Vectors, TokenStates]
_lock = Lock()
_readings: WeakKeyDictionary[Embedder, Lately[str, _Read]] = WeakKeyDictionary()


def read_once(embedder: Embedder, text: str) -> _Read:
    """Return a question's vector, shape (dimensions,), and the states of its telling tokens.

    Both are shared with whoever asks the same: they must not be written to. Raises ValueError for
    a text that the model cannot read whole.
    """
    with _lock:
        known = _readings.setdefault(embedder, Lately(_KEPT))

    def read(text: str) -> _Read:
        vectors, tokens = embedder.read([text])
        reading = vectors[0], tokens[0]
        for array in (reading[0], reading[1].states, reading[1].starts):
            array.flags.writeable = False
        return reading

    return known.get(text, read)
