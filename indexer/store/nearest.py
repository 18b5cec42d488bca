"""The passages nearest to a vector: exact where that is quick, else a compressed scan scored again.

A build says in its ``VectorSearch`` which of the two it is; ``recall`` says how it is chosen. What
filters leave is scanned exactly wherever that reads no more than an exact search may.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from indexer.embed.protocol import Vectors
from indexer.embed.tokens import turned
from indexer.model import VectorSearch
from indexer.store.codes import Codes
from indexer.store.filters import Mask, Numbers
from indexer.store.format import CODES, PASSAGES
from indexer.store.protocols import Scored
from indexer.store.vectors import BYTES, ExactRows, mask_of, unit_query

_MEASURED_HITS = 10
"""A search for fewer or a few more reads as many candidates as recall was measured with."""
_CANDIDATES_OF_MANY = 2
"""How many candidates for each hit a search for many reads: the first of them are sure anyway."""
_SPARE_OF_A_PART, _LEAST_OF_A_PART = 2, 8
"""A part is first asked for so many times its share of the candidates, and so many beyond."""


@dataclass(frozen=True, slots=True)
class _Part:
    """One file's vectors; row 0 is passage ``first``."""

    first: int
    exact: ExactRows
    codes: Codes

    @property
    def end(self) -> int:
        return self.first + self.exact.count

    def likely(self, spread: Vectors, k: int, kept: Mask | None) -> tuple[Vectors, Numbers]:
        """Return about the k greatest cosines to a turned query, best first, and their passages."""
        scores, rows = self.codes.likely(spread, k, kept)
        return scores, rows + self.first


class VectorIndex:
    """The vectors of one build, safe to search from several threads."""

    def __init__(self, folders: Sequence[Path], how: VectorSearch) -> None:
        """Map the files of ``folders``, one at the least, whose passages follow each other.

        Raises RuntimeError or ValueError where one is no FAISS file or contradicts another.
        """
        self.how = how
        self._parts: list[_Part] = []
        self.count = 0
        for folder in folders:
            part = _Part(self.count, ExactRows(folder / PASSAGES), Codes(folder / CODES))
            if (part.exact.count, part.exact.dimensions) != (
                part.codes.count,
                part.codes.dimensions,
            ):
                raise ValueError(f"{folder}: vectors and their codes differ")
            self._parts.append(part)
            self.count = part.end
        self.dimensions: int = self._parts[0].exact.dimensions
        self._starts = np.array([*(part.first for part in self._parts), self.count], np.int64)

    def nearest(self, vector: Vectors, k: int, among: Numbers | None) -> list[Scored]:
        """Return the k best by cosine among the passages numbered ``among`` (None: all).

        ``among`` is ascending. Equal scores stand in the order of their numbers. Raises ValueError
        for another shape than (dimensions,) and for a vector without a direction.
        """
        allowed = self.count if among is None else len(among)
        k = min(k, allowed)
        if k < 1:
            return []
        query = unit_query(vector, self.dimensions)
        if self.how.kind == "compressed" and not exact_is_quick(allowed, self):
            return self._scored_again(query[0], k, self.likely(query, self._candidates(k), among))
        scores, numbers = self.exact(query, k, among)
        return _ranked(scores[0], numbers[0])

    def _candidates(self, k: int) -> int:
        return max(self.how.rescored * _MEASURED_HITS, _CANDIDATES_OF_MANY * k)

    def _scored_again(self, query: Vectors, k: int, candidates: Numbers) -> list[Scored]:
        numbers = np.sort(candidates)
        # Row by row, unlike a product of matrices: equal rows have equal scores wherever they are.
        scores = np.einsum("ij,j->i", self.rows(numbers), query)
        order = np.lexsort((numbers, -scores))[:k]
        return _ranked(scores[order], numbers[order])

    def exact(self, queries: Vectors, k: int, among: Numbers | None) -> tuple[Vectors, Numbers]:
        """Return the k greatest cosines to each unit query and their passages, best first.

        Both have shape (queries, k); at least k passages must be allowed.
        """
        found = [
            (scores, rows + part.first)
            for part, own in self._divided(among)
            for scores, rows in [part.exact.nearest(queries, k, own)]
        ]
        scores, numbers = (np.concatenate(side, axis=1) for side in zip(*found, strict=True))
        order = np.lexsort((numbers, -scores), axis=1)[:, :k]
        return np.take_along_axis(scores, order, 1), np.take_along_axis(numbers, order, 1)

    def likely(self, query: Vectors, wanted: int, among: Numbers | None) -> Numbers:
        """Return about the ``wanted`` passages nearest to a unit query, (1, dimensions), in order.

        They come of the codes alone. ``among`` is ascending; fewer come only where it holds fewer.
        """
        spread = np.ascontiguousarray(turned(query), np.float32)
        divided = [
            (part, None if own is None else mask_of(own, part.exact.count))
            for part, own in self._divided(among)
        ]
        # A scan for fewer is quicker: most parts have few of the nearest, and none is lost, since
        # a part of which all that was found is among them is asked again.
        share = -(-_SPARE_OF_A_PART * wanted // max(len(divided), 1)) + _LEAST_OF_A_PART
        found = [part.likely(spread, min(share, wanted), kept) for part, kept in divided]
        bar = _nth_greatest(np.concatenate([scores for scores, _ in found]), wanted)
        for place, (part, kept) in enumerate(divided):
            scores, _ = found[place]
            if share < wanted and len(scores) == share and scores[-1] >= bar:
                found[place] = part.likely(spread, wanted, kept)
        scores, numbers = (np.concatenate(side) for side in zip(*found, strict=True))
        return np.asarray(numbers[np.lexsort((numbers, -scores))[:wanted]], np.int64)

    def rows(self, numbers: Numbers) -> Vectors:
        """Return the vectors of passages that exist, shape (len(numbers), dimensions)."""
        result = np.empty((len(numbers), self.dimensions), np.float32)
        order = np.argsort(numbers, kind="stable")
        ascending = numbers[order]
        reached = np.searchsorted(ascending, self._starts).tolist()
        for part, (first, end) in zip(self._parts, pairwise(reached), strict=True):
            if first < end:
                result[order[first:end]] = part.exact.rows(ascending[first:end] - part.first)
        return result

    def _divided(self, among: Numbers | None) -> Iterator[tuple[_Part, Numbers | None]]:
        """Yield each part that has something allowed, with its rows that are (None: all)."""
        for part in self._parts:
            if among is None:
                yield part, None
                continue
            first, end = np.searchsorted(among, (part.first, part.end))
            if first < end:
                yield part, np.ascontiguousarray(among[first:end] - part.first)


def _nth_greatest(scores: Vectors, n: int) -> float:
    """Return the n-th greatest score; where there are fewer, one that all others reach."""
    if len(scores) < n:
        return -np.inf
    return float(np.partition(scores, len(scores) - n)[len(scores) - n])


def _ranked(scores: Vectors, numbers: Numbers) -> list[Scored]:
    return [Scored(*each) for each in zip(numbers.tolist(), scores.tolist(), strict=True)]


def exact_is_quick(passages: int, index: VectorIndex) -> bool:
    """Say whether reading the vectors of so many passages whole stays within the bytes allowed."""
    return passages * index.dimensions * BYTES <= index.how.exact_bytes
