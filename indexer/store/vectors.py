"""The passages' vectors: exact search by cosine, filters inside, the file mapped into memory."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np

from indexer.embed.protocol import Vectors
from indexer.store.filters import Numbers
from indexer.store.protocols import Scored

_UNIT_TOLERANCE = 1e-3


class VectorsWriter:
    """Collects vectors in memory, in the order of the passages, and writes them at the end."""

    def __init__(self, dimensions: int) -> None:
        self._index = faiss.IndexFlatIP(dimensions)

    def check(self, vectors: Vectors) -> None:
        """Raise ValueError unless ``vectors`` are rows of length 1 of the right width."""
        if vectors.ndim != 2 or vectors.shape[1] != self._index.d:
            raise ValueError(f"vectors of shape {vectors.shape}, not (n, {self._index.d})")
        lengths = np.linalg.norm(vectors, axis=1)
        if not np.all(np.abs(lengths - 1.0) <= _UNIT_TOLERANCE):
            raise ValueError("a vector is not of length 1: its cosine would be wrong")

    def add(self, vectors: Vectors) -> None:
        """Append rows that passed ``check``."""
        self._index.add(np.ascontiguousarray(vectors, np.float32))

    def write(self, path: Path) -> None:
        """Write the FAISS file."""
        faiss.write_index(self._index, str(path))


class VectorIndex:
    """The vectors of one build, safe to search from several threads."""

    def __init__(self, path: Path) -> None:
        """Map the file. Raises RuntimeError where it is not a FAISS file."""
        self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        self.count: int = self._index.ntotal
        self.dimensions: int = self._index.d

    def nearest(self, vector: Vectors, k: int, among: Numbers | None) -> list[Scored]:
        """Return the k best by cosine among the passages numbered ``among`` (None: all).

        ``among`` is ascending. Equal scores stand in the order of their numbers.
        """
        k = min(k, self.count if among is None else len(among))
        if k < 1:
            return []
        query = _unit_query(vector, self.dimensions)
        selector = None if among is None else _selector(among)
        parameters = None if selector is None else _parameters(selector)
        # One query keeps one core busy; OpenMP's other threads would only spin beside it. The
        # setting belongs to the calling thread, so it is made in each.
        faiss.omp_set_num_threads(1)
        scores, numbers = self._index.search(query, k, params=parameters)
        found = [
            Scored(int(number), float(score))
            for number, score in zip(numbers[0], scores[0], strict=True)
            if number >= 0
        ]
        return sorted(found, key=lambda each: (-each.score, each.number))

    def rows(self, numbers: Numbers) -> Vectors:
        """Return the vectors of passages that exist, shape (len(numbers), dimensions)."""
        if not len(numbers):
            return np.zeros((0, self.dimensions), np.float32)
        rows = self._index.reconstruct_batch(numbers)
        return np.asarray(rows, np.float32)


def _unit_query(vector: Vectors, dimensions: int) -> Vectors:
    if vector.shape != (dimensions,):
        raise ValueError(f"a vector of shape {vector.shape}, not ({dimensions},)")
    length = float(np.linalg.norm(vector))
    if not np.isfinite(length) or length == 0.0:
        raise ValueError("a vector without a direction has no nearest passages")
    return np.ascontiguousarray(vector / length, np.float32)[np.newaxis]


def _selector(among: Numbers) -> faiss.IDSelector:
    # FAISS walks just these rows for a range or an array; a bitmap or a set tests every row.
    first, last = int(among[0]), int(among[-1])
    if last - first + 1 == len(among):
        return faiss.IDSelectorRange(first, last + 1)
    return faiss.IDSelectorArray(among)


def _parameters(selector: faiss.IDSelector) -> faiss.SearchParameters:
    parameters = faiss.SearchParameters()
    parameters.sel = selector
    return parameters
