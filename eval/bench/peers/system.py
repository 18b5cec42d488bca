"""What a system under comparison must do, and what those that embed on torch have in common."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import numpy as np

from eval.bench.peers.pieces import Piece, Vectors, read_pieces, read_vectors
from indexer.embed.quiet import import_sentence_transformers
from indexer.embed.source import DEFAULT_MODEL, resolve

DEPTH = 30
"""How deep each of two rankings is read before they are joined, where a system lets one choose."""
RRF = 60


class Meter:
    """Adds up the seconds, by the clock and by the processor, that are spent inside it."""

    def __init__(self) -> None:
        self.wall = 0.0
        self.cpu = 0.0
        self._since = (0.0, 0.0)

    def __enter__(self) -> Meter:
        self._since = (time.perf_counter(), time.process_time())
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.wall += time.perf_counter() - self._since[0]
        self.cpu += time.process_time() - self._since[1]


class System(Protocol):
    """One way to search. Where ``meter`` runs, a text is being embedded."""

    meter: Meter

    def read(self, material: Path) -> None:
        """Take what is to be indexed, with vectors, from a folder; this is not timed."""

    def build(self, folder: Path) -> None:
        """Index what was read, in a new folder, so that another process can open it."""

    def open(self, folder: Path) -> None:
        """Open an index that ``build`` made, and the model."""

    def search(self, text: str, k: int) -> list[list[str]]:
        """Return the k best, best first: each the ids of the pieces that stand there together."""

    def embed(self, material: Path, first: int, last: int) -> Vectors:
        """Embed the pieces from ``first`` to before ``last`` as for an index."""


class OnTorch:
    """A system whose texts sentence-transformers embeds on torch, with one thread."""

    def __init__(self) -> None:
        self.meter = Meter()
        self.pieces: list[Piece] = []
        self.vectors: Vectors = np.zeros((0, 0), np.float32)
        self._model: Any = None

    def read(self, material: Path) -> None:
        """Take pieces and vectors."""
        self.pieces, self.vectors = read_pieces(material), read_vectors(material)

    def embed(self, material: Path, first: int, last: int) -> Vectors:
        """Embed pieces as for an index."""
        self.pieces = self.pieces or read_pieces(material)
        return self.encoded([piece.whole for piece in self.pieces[first:last]])

    def encoded(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of texts, shape (texts, dimensions); a long text is cut off."""
        self.load_model()
        with self.meter:
            vectors = self._model.encode(
                list(texts), normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, np.float32)

    def load_model(self) -> None:
        """Load the model, where that was not done yet."""
        if self._model is None:
            library = import_sentence_transformers()
            import torch

            torch.set_num_threads(1)
            folder = str(resolve(DEFAULT_MODEL))
            self._model = library.SentenceTransformer(folder, device="cpu", local_files_only=True)


def alone(ids: Sequence[str]) -> list[list[str]]:
    """Return each id as a place of its own in a ranking."""
    return [[one] for one in ids]
