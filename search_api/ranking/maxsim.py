"""The nearest tokens of many passages' units at once: MaxSim without a step for each unit.

The tokens of all passages stand in one row, so that the greatest of each run of them, units and
what stands over them, is one ``reduceat``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from indexer.embed.protocol import Vectors
from indexer.embed.tokens import Offsets
from indexer.model import Passage, Role

_BESIDE = 0.8
"""What a token of the passage counts for beside a sentence that it is not in."""
_REACH = 1 << 32
"""More than any place in a passage."""

Places = NDArray[np.int64]


def best_units(
    near: Vectors,
    starts: Sequence[Offsets],
    passages: Sequence[Passage],
    onward: Mapping[int, Sequence[int]] = MappingProxyType({}),
) -> tuple[Vectors, Places]:
    """Return how near each token of a question is to each unit of passages, one at the least.

    ``near`` has shape (question's tokens, all passages' tokens) and ``starts`` says for each
    passage where its tokens begin, in order. The result has shape (units, question's tokens), and
    beside it stands where each passage's units begin. What stands over a passage belongs to all its
    units, and so does a table's first row; what stands beside a unit counts for less, and so does
    what is shown with its passage: ``onward`` has by a passage's place those of such passages.
    """
    units = [passage.units or (passage.span,) for passage in passages]
    counts = np.array([len(each) for each in units], np.int64)
    firsts = np.cumsum(counts) - counts
    bases = np.arange(len(passages), dtype=np.int64) * _REACH
    tokens = np.concatenate(starts) + np.repeat(bases, [len(each) for each in starts])
    edges = np.array(
        [
            (unit.start - passage.span.start, unit.end - passage.span.start)
            for passage, own in zip(passages, units, strict=True)
            for unit in own
        ]
    )
    inside = np.searchsorted(tokens, np.maximum(edges, 0) + np.repeat(bases, counts)[:, None])
    over = np.searchsorted(tokens, np.stack([bases - 1, bases], axis=1))
    own = _greatest(near, inside)
    whole = np.maximum.reduceat(own, firsts, axis=0)
    beside = whole.copy()
    for place, others in onward.items():
        beside[place] = np.maximum(beside[place], whole[list(others)].max(axis=0))
    shared = np.maximum(_greatest(near, over), _BESIDE * beside)
    tables = np.flatnonzero([passage.role is Role.TABLE for passage in passages])
    shared[tables] = np.maximum(shared[tables], own[firsts[tables]])
    return np.maximum(own, np.repeat(shared, counts, axis=0)), firsts


def _greatest(near: Vectors, runs: Places) -> Vectors:
    """Return the greatest of each run of tokens, shape (runs, question's tokens), at least 0.

    ``runs`` holds first tokens and ends, shape (runs, 2).
    """
    found = np.zeros((len(runs), len(near)), np.float32)
    some = runs[:, 0] < runs[:, 1]
    if some.any():
        # A run may end with the last token: one more stands behind it, for reduceat to begin at.
        ended = np.concatenate([near.T, found[:1]])
        found[some] = np.maximum.reduceat(ended, runs[some].ravel(), axis=0)[::2]
    return np.maximum(found, 0.0)
