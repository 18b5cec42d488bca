"""What every runtime does alike: vectors of length 1, and the refusal of a text too long."""

from __future__ import annotations

import numpy as np

from indexer.embed.protocol import Vectors


def unit_length(vectors: Vectors) -> Vectors:
    """Return the rows scaled to length 1 in float32; a row of zeros stays one."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, np.finfo(np.float32).tiny), np.float32)


class TextTooLongError(ValueError):
    """A text has more tokens than the model reads: nothing is cut in silence."""

    def __init__(self, text: str, tokens: int, limit: int) -> None:
        super().__init__(
            f"a text of {tokens} tokens is longer than the {limit} read: {text[:60]!r}…"
        )
        self.tokens = tokens
        self.limit = limit


def too_long(text: str, tokens: int, limit: int) -> TextTooLongError:
    """Return the error for a text that the model cannot read whole."""
    return TextTooLongError(text, tokens, limit)
