"""A question is read by the model once, and forgotten in its turn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from indexer.embed.protocol import Vectors
from indexer.embed.tokens import TokenStates
from indexer.model import ModelIdentity
from search_api.embedding import readings
from search_api.embedding.readings import read_once


class _Counting:
    """Gives each text a vector of its own, and counts the texts that it read."""

    identity = ModelIdentity("a-model", "f00d", 4, 256, "openvino", "f32")

    def __init__(self) -> None:
        self.read_texts: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.array([[len(text), 1, 0, 0] for text in texts], np.float32)

    def read(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenStates]]:
        self.read_texts += texts
        states = np.ones((1, 4), np.float32)
        return self.embed(texts), [TokenStates(states, np.zeros(1, np.int32)) for _ in texts]

    def read_in_context(
        self, texts: Sequence[str], starts: Sequence[int]
    ) -> tuple[Vectors, list[TokenStates]]:
        raise AssertionError(f"read behind a context: {texts} from {starts}")

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [1 for _ in texts]


def test_the_same_question_is_read_once_by_each_embedder() -> None:
    one, other = _Counting(), _Counting()
    first = read_once(one, "beds")
    assert read_once(one, "beds")[0] is first[0]
    assert one.read_texts == ["beds"]
    read_once(other, "beds")
    assert other.read_texts == ["beds"]


def test_what_is_remembered_cannot_be_written_to() -> None:
    vector, tokens = read_once(_Counting(), "beds")
    for array in (vector, tokens.states, tokens.starts):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 0


def test_the_question_asked_longest_ago_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readings, "_KEPT", 2)
    embedder = _Counting()
    for text in ("a", "b", "a", "c", "a", "b"):
        read_once(embedder, text)
    assert embedder.read_texts == ["a", "b", "c", "b"]
