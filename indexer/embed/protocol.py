"""What the rest of the house asks of an embedding model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from indexer.model import ModelIdentity

if TYPE_CHECKING:
    from indexer.embed.tokens import TokenStates

Vectors = NDArray[np.float32]


class Embedder(Protocol):
    """A sentence-transformers model behind some runtime."""

    @property
    def identity(self) -> ModelIdentity:
        """Which model this is, and how it is run."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of word pieces of each text, without the model's own markers."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector for each text: float32, shape (len(texts), dimensions), length 1.

        A text longer than ``identity.max_tokens`` raises ``ValueError``: nothing is cut in silence.
        """

    def read(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenStates]]:
        """Return what ``embed`` returns, and of each text the states of its telling tokens."""

    def read_in_context(
        self, texts: Sequence[str], starts: Sequence[int]
    ) -> tuple[Vectors, list[TokenStates]]:
        """Return what ``read`` returns, but vectors of what begins at ``starts`` of the texts.

        What stands before is read with it, so that every token knows of it, but is not in the mean
        that the vector is (late chunking: Günther et al., arXiv 2409.04701, 2024). A model that
        does not take a mean gives the vector of the whole text.
        """
