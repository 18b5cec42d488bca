"""A document's passages read by the model: a vector of each, and the codes of its tokens."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.embed.protocol import Embedder, Vectors
from indexer.embed.tokens import Signs, TokenCodes, codes
from indexer.model import Passage

_AT_ONCE = 256
"""Texts read together: their full states, of about 200 KB each, are in memory until coded."""


def read_passages(
    embedder: Embedder, texts: Sequence[str], passages: Sequence[Passage]
) -> tuple[Vectors, list[TokenCodes]]:
    """Return the vectors, shape (passages, dimensions), and the tokens of passages.

    Each text ends with its passage, or is the beginning of a passage that the model cannot read
    whole. Passages of one document under the same words share the codes of these, those that the
    first of them gave.
    """
    vectors: list[Vectors] = [np.zeros((0, embedder.identity.dimensions), np.float32)]
    kept: list[TokenCodes] = []
    over: dict[tuple[str, str], Signs] = {}
    for first in range(0, len(texts), _AT_ONCE):
        some = texts[first : first + _AT_ONCE]
        starts = [
            max(0, len(text) - len(passage.text))
            for text, passage in zip(some, passages[first:], strict=False)
        ]
        found, states = embedder.read_in_context(some, starts)
        vectors.append(found)
        for number, (each, start) in enumerate(zip(states, starts, strict=True)):
            own = codes(each, start)
            context = passages[first + number].document_id, some[number][:start]
            kept.append(_under(over.setdefault(context, _of_context(own)), own))
    return np.concatenate(vectors), kept


def _of_context(codes: TokenCodes) -> Signs:
    return codes.signs[codes.starts < 0]


def _under(context: Signs, codes: TokenCodes) -> TokenCodes:
    """Return a passage's codes with those of its context in the place of its own reading of it."""
    inside = codes.starts >= 0
    signs = np.concatenate([context, codes.signs[inside]])
    starts = np.concatenate([np.full(len(context), -1, np.int32), codes.starts[inside]])
    return TokenCodes(signs, starts)
