"""How a build's vectors are to be searched: chosen by size and by the recall asked for.

Exact search reads every vector, and does so while all of them take no more bytes than it may read.
Above that the compressed vectors are scanned, and as many candidates for each hit are scored again
by their whole vectors as bring the recall that was asked for, measured here on the build's own
vectors. Where none do, search stays exact. A build much bigger than what recall is measured on is
harder: the nearest of more passages lie closer together. So the candidates grow with the square
root of how many times bigger it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from indexer.embed.protocol import Vectors
from indexer.embed.vectors import unit_length
from indexer.model import VectorSearch
from indexer.store.filters import Numbers
from indexer.store.nearest import VectorIndex, exact_is_quick

_HITS = 10
_QUESTIONS = 48
_FEWEST = 3
"""Two passages make a question, and one must be left to be found."""
_CANDIDATES = (5, 10, 20, 40)
_SAMPLED_PASSAGES = 32_768
"""Folders are measured up to so many passages, which keeps the cost from growing with the build."""


def search_chosen(folders: Sequence[Path], asked: VectorSearch) -> VectorSearch:
    """Return how to search the vectors in ``folders``; ``asked`` gives the wishes.

    The same files give the same choice.
    """
    whole = VectorIndex(folders, asked)
    if asked.recall_asked >= 1 or whole.count < _FEWEST or exact_is_quick(whole.count, whole):
        return replace(asked, kind="exact")
    sample = VectorIndex(_sampled(folders, whole.count), asked)
    shares = _recalls(sample)
    for candidates, share in zip(_CANDIDATES, shares, strict=True):
        if share >= asked.recall_asked:
            beyond = math.sqrt(whole.count / sample.count)
            return replace(
                asked,
                kind="compressed",
                rescored=math.ceil(candidates * beyond),
                recall=round(share, 4),
                measured_on=sample.count,
            )
    return replace(asked, kind="exact")


def _sampled(folders: Sequence[Path], count: int) -> list[Path]:
    """Return folders spread evenly over all that hold about the passages to be measured on."""
    wanted = max(1, min(len(folders), len(folders) * _SAMPLED_PASSAGES // max(count, 1)))
    places = np.linspace(0, len(folders) - 1, wanted).round().astype(int)
    return [folders[place] for place in dict.fromkeys(places.tolist())]


def _recalls(index: VectorIndex) -> list[float]:
    """Return the recall@10 of scanning codes, for each number of candidates scored again.

    A question lies half-way between two passages, which are themselves left out: like a person's
    question it is near several texts and equal to none, and harder than a passage would be. A
    candidate as near as the tenth of exact search counts as found: equal passages are worth the
    same.
    """
    asked = np.linspace(0, index.count - 1, 2 * _QUESTIONS).astype(np.int64)
    ends = np.stack([asked[:_QUESTIONS], asked[_QUESTIONS:]], axis=1)
    queries = unit_length(index.rows(ends[:, 0]) + index.rows(ends[:, 1]))
    hits = min(_HITS, index.count - 2)
    scores, _ = index.exact(queries, hits + 2, None)
    found = np.zeros((len(queries), len(_CANDIDATES)))
    for place, query in enumerate(queries):
        likely = index.likely(query[np.newaxis], _CANDIDATES[-1] * _HITS, None)
        bar = float(scores[place, -1]) - 1e-6
        good = _as_near(index, query, likely[~np.isin(likely, ends[place])], bar)
        for column, candidates in enumerate(_CANDIDATES):
            found[place, column] = min(int(good[: candidates * _HITS].sum()), hits)
    return [float(share) for share in found.mean(axis=0) / hits]


def _as_near(index: VectorIndex, query: Vectors, numbers: Numbers, bar: float) -> Vectors:
    """Say of each passage whether its cosine to ``query`` reaches ``bar``."""
    return np.asarray(index.rows(numbers) @ query >= bar)
