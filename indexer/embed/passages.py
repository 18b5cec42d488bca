"""A document's passages read by the model: a vector of each, and the codes of its tokens."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.embed.protocol import Embedder, Vectors
from indexer.embed.tokens import TokenCodes, codes
from indexer.model import Passage

_AT_ONCE = 256
"""Texts read together: their full states, of about 200 KB each, are in memory until coded."""


def read_passages(
    embedder: Embedder, texts: Sequence[str], passages: Sequence[Passage]
) -> tuple[Vectors, list[TokenCodes]]:
    """Return the vectors, shape (passages, dimensions), and the tokens of passages.

    Each text ends with its passage, or is the beginning of a passage that the model cannot read
    whole.
    """
    vectors: list[Vectors] = [np.zeros((0, embedder.identity.dimensions), np.float32)]
    kept: list[TokenCodes] = []
    for first in range(0, len(texts), _AT_ONCE):
        some = texts[first : first + _AT_ONCE]
        starts = [
            max(0, len(text) - len(passage.text))
            for text, passage in zip(some, passages[first:], strict=False)
        ]
        found, states = embedder.read_in_context(some, starts)
        vectors.append(found)
        kept += [codes(each, start) for each, start in zip(states, starts, strict=True)]
    return np.concatenate(vectors), kept
