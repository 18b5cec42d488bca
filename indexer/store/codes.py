"""The vectors compressed, to be scanned where reading all of them whole takes too long.

RaBitQ (Gao and Long, SIGMOD 2024; its extension to more bits: SIGMOD 2025) keeps two bits of each
dimension of a turned vector and three numbers beside them: 116 bytes for 384 dimensions instead of
768. What a scan finds is scored again by the whole vectors.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import faiss
import numpy as np

from indexer.embed.protocol import Vectors
from indexer.embed.tokens import turned
from indexer.store.filters import Mask, Numbers
from indexer.store.vectors import scanned

_BITS = 2
_QUERY_BITS = 4
"""A question is rounded to so many bits, which makes a product a matter of counting bits."""


def write_codes(rows: Vectors, path: Path) -> None:
    """Write the codes of unit vectors, shape (n, dimensions); code n is that of row n."""
    index = faiss.IndexRaBitQ(rows.shape[1], faiss.METRIC_INNER_PRODUCT, _BITS)
    if len(rows):
        spread = np.ascontiguousarray(turned(rows), np.float32)
        faiss.omp_set_num_threads(1)
        index.train(spread)
        index.add(spread)
    faiss.write_index(index, str(path))


class Codes:
    """The codes of one file, safe to search from several threads."""

    def __init__(self, path: Path) -> None:
        """Map the file. Raises RuntimeError where it is not a FAISS file."""
        self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        self.count: int = self._index.ntotal
        self.dimensions: int = self._index.d

    def likely(self, query: Vectors, k: int, kept: Mask | None) -> tuple[Vectors, Numbers]:
        """Return about the k greatest cosines to a turned unit query, (1, dimensions), and rows.

        ``kept`` says of each row whether it may be found (None: all may).
        """
        k = min(k, self.count if kept is None else int(kept.sum()))
        if k < 1:
            return np.zeros(0, np.float32), np.zeros(0, np.int64)
        parameters = _unfiltered() if kept is None else _parameters()
        scores, rows = scanned(self._index, query, k, kept, parameters)
        found = rows[0] >= 0
        return scores[0][found], rows[0][found]


def _parameters() -> faiss.RaBitQSearchParameters:
    parameters = faiss.RaBitQSearchParameters()
    parameters.qb = _QUERY_BITS
    return parameters


@cache
def _unfiltered() -> faiss.RaBitQSearchParameters:
    """Return what every search without a filter is told: making it takes as long as 500 codes."""
    return _parameters()
