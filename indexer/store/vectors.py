"""The passages' vectors: exact search by cosine, filters inside, the file mapped into memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import faiss
import numpy as np

from indexer.embed.protocol import Vectors
from indexer.store.filters import Numbers

_UNIT_TOLERANCE = 1e-3


def check_vectors(vectors: Vectors, dimensions: int) -> None:
    """Raise ValueError unless ``vectors`` are rows of length 1 of the right width."""
    if vectors.ndim != 2 or vectors.shape[1] != dimensions:
        raise ValueError(f"vectors of shape {vectors.shape}, not (n, {dimensions})")
    lengths = np.linalg.norm(vectors, axis=1)
    if not np.all(np.abs(lengths - 1.0) <= _UNIT_TOLERANCE):
        raise ValueError("a vector is not of length 1: its cosine would be wrong")


def write_rows(rows: Vectors, path: Path) -> None:
    """Write unit vectors, shape (n, dimensions), as a FAISS file; row n stays row n."""
    index = faiss.IndexFlatIP(rows.shape[1])
    index.add(np.ascontiguousarray(rows, np.float32))
    faiss.write_index(index, str(path))


class ExactRows:
    """The vectors of one file, whole, safe to search from several threads."""

    def __init__(self, path: Path) -> None:
        """Map the file. Raises RuntimeError where it is not a FAISS file."""
        self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        self.count: int = self._index.ntotal
        self.dimensions: int = self._index.d
        shape = self.count, self.dimensions
        flat = faiss.rev_swig_ptr(cast(Any, self._index).get_xb(), self.count * self.dimensions)
        self._rows: Vectors = flat.reshape(shape) if self.count else np.zeros(shape, np.float32)

    def nearest(self, queries: Vectors, k: int, among: Numbers | None) -> tuple[Vectors, Numbers]:
        """Return the k greatest cosines to each unit query and their rows, best first.

        ``among`` is ascending (None: all rows). Both results have shape (queries, k), or narrower
        where there are fewer rows.
        """
        k = min(k, self.count if among is None else len(among))
        if k < 1:
            nothing = np.zeros((len(queries), 0))
            return nothing.astype(np.float32), nothing.astype(np.int64)
        # One query keeps one core busy; OpenMP's other threads would only spin beside it. The
        # setting belongs to the calling thread, so it is made in each.
        faiss.omp_set_num_threads(1)
        parameters = faiss.SearchParameters()
        selector = None if among is None else _selector(among)
        if selector is not None:
            parameters.sel = selector
        scores, rows = self._index.search(queries, k, params=parameters)
        return scores, rows

    def rows(self, numbers: Numbers) -> Vectors:
        """Return rows that exist, shape (len(numbers), dimensions)."""
        return np.asarray(self._rows[numbers])


def unit_query(vector: Vectors, dimensions: int) -> Vectors:
    """Return a question's vector at length 1, shape (1, dimensions).

    Raises ValueError for another shape than (dimensions,) and for a vector without a direction.
    """
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
