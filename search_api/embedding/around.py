"""What an ``Embedder`` that changes one thing of another leaves as it is."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.embed.protocol import Embedder, Vectors
from indexer.embed.tokens import TokenStates
from indexer.model import ModelIdentity


class AroundEmbedder:
    """An ``Embedder`` around another, which does all that a subclass does not do itself."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder

    @property
    def identity(self) -> ModelIdentity:
        """Which model this is, and how it is run."""
        return self._embedder.identity

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of word pieces of each text, without the model's own markers."""
        return self._embedder.count_tokens(texts)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector for each text: float32, shape (len(texts), dimensions), length 1."""
        return self.read(texts)[0]

    def read(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenStates]]:
        """Return what ``embed`` returns, and of each text the states of its telling tokens."""
        return self._embedder.read(texts)

    def read_in_context(
        self, texts: Sequence[str], starts: Sequence[int]
    ) -> tuple[Vectors, list[TokenStates]]:
        """Return what ``read`` returns, but vectors of what begins at ``starts`` of the texts."""
        return self._embedder.read_in_context(texts, starts)
