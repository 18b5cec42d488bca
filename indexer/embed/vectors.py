"""What every runtime does alike: vectors of length 1, and the refusal of a text too long."""

from __future__ import annotations

import numpy as np

from indexer.embed.protocol import Vectors


def unit_length(vectors: Vectors) -> Vectors:
    """Return the rows scaled to length 1 in float32; a row of zeros stays one."""
    norms = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, np.finfo(np.float32).tiny), np.float32)


def too_long(text: str, tokens: int, limit: int) -> ValueError:
    """Return the error for a text that the model cannot read whole."""
    return ValueError(f"a text of {tokens} tokens is longer than the {limit} read: {text[:60]!r}…")
