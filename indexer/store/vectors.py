"""The passages' vectors: exact search by cosine, filters inside, the file mapped into memory.

They are kept in half precision (IEEE 754 binary16): half the bytes to store and to scan, and a
cosine moves by some hundred-thousandths.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import faiss
import numpy as np
from numpy.typing import NDArray

from indexer.embed.protocol import Vectors
from indexer.store.filters import Mask, Numbers

BYTES = 2
"""What a number of a vector takes."""
_UNIT_TOLERANCE = 1e-3


def check_vectors(vectors: Vectors, dimensions: int) -> None:
    """Raise ValueError unless ``vectors`` are rows of length 1 of the right width."""
    if vectors.ndim != 2 or vectors.shape[1] != dimensions:
        raise ValueError(f"vectors of shape {vectors.shape}, not (n, {dimensions})")
    lengths = np.linalg.norm(vectors, axis=1)
    if not np.all(np.abs(lengths - 1.0) <= _UNIT_TOLERANCE):
        raise ValueError("a vector is not of length 1: its cosine would be wrong")


def as_kept(rows: Vectors) -> Vectors:
    """Return vectors as they are read back from a file; what is kept once stays as it is."""
    return rows.astype(np.float16).astype(np.float32)


def write_rows(rows: Vectors, path: Path) -> None:
    """Write unit vectors, shape (n, dimensions), as a FAISS file; row n stays row n."""
    kind = faiss.ScalarQuantizer.QT_fp16
    index = faiss.IndexScalarQuantizer(rows.shape[1], kind, faiss.METRIC_INNER_PRODUCT)
    index.add(np.ascontiguousarray(rows, np.float32))
    faiss.write_index(index, str(path))


class ExactRows:
    """The vectors of one file, whole, safe to search from several threads."""

    def __init__(self, path: Path) -> None:
        """Map the file. Raises RuntimeError or ValueError where it is no FAISS file of halves."""
        self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        if not isinstance(self._index, faiss.IndexScalarQuantizer):
            raise ValueError(f"{path}: not vectors in half precision")
        self.count: int = self._index.ntotal
        self.dimensions: int = self._index.d
        shape = self.count, self.dimensions
        codes = cast(Any, self._index).codes
        self._rows: NDArray[np.float16] = (
            faiss.rev_swig_ptr(codes.data(), codes.size()).view(np.float16).reshape(shape)
            if self.count
            else np.zeros(shape, np.float16)
        )

    def nearest(self, queries: Vectors, k: int, among: Numbers | None) -> tuple[Vectors, Numbers]:
        """Return the k greatest cosines to each unit query and their rows, best first.

        ``among`` is ascending (None: all rows). Both results have shape (queries, k), or narrower
        where there are fewer rows.
        """
        k = min(k, self.count if among is None else len(among))
        if k < 1:
            nothing = np.zeros((len(queries), 0))
            return nothing.astype(np.float32), nothing.astype(np.int64)
        kept = None if among is None else mask_of(among, self.count)
        return scanned(self._index, queries, k, kept, faiss.SearchParameters())

    def rows(self, numbers: Numbers) -> Vectors:
        """Return rows that exist, shape (len(numbers), dimensions)."""
        return self._rows[numbers].astype(np.float32)


def mask_of(rows: Numbers, count: int) -> Mask:
    """Return which of ``count`` rows are among ``rows``."""
    kept = np.zeros(count, np.bool_)
    kept[rows] = True
    return kept


def scanned(
    index: faiss.Index,
    queries: Vectors,
    k: int,
    kept: Mask | None,
    parameters: faiss.SearchParameters,
) -> tuple[Vectors, Numbers]:
    """Return what FAISS finds among the rows ``kept`` (None: all), on the calling thread alone.

    ``parameters`` are changed where some rows are left out.
    """
    # One query keeps one core busy; OpenMP's other threads would only spin beside it. The
    # setting belongs to the calling thread, so it is made in each.
    faiss.omp_set_num_threads(1)
    if kept is None:
        scores, rows = index.search(queries, k, params=parameters)
        return scores, rows
    bits = np.packbits(kept, bitorder="little")
    # FAISS keeps neither alive: both must outlast the search.
    parameters.sel = selector = faiss.IDSelectorBitmap(len(bits), faiss.swig_ptr(bits))
    scores, rows = index.search(queries, k, params=parameters)
    del selector, bits
    return scores, rows


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
