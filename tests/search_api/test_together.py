"""Questions that come at once are read in one batch, each for itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from time import monotonic, sleep

import numpy as np
import pytest

from indexer.embed.open import open_recorded
from indexer.embed.protocol import Embedder, Vectors
from indexer.embed.tokens import TokenStates
from indexer.embed.vectors import TextTooLongError, too_long
from indexer.model import ModelIdentity
from indexer.store.local import open_reader
from search_api.embedding.together import TogetherReader

_PATIENCE_SECONDS = 30.0


class _Slow:
    """An embedder that begins each batch and goes on when it is let."""

    identity = ModelIdentity("a-model", "f00d", 4, 256, "openvino", "f32")

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.go_on = Event()

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.array([[len(text), 1, 0, 0] for text in texts], np.float32)

    def read(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenStates]]:
        self.batches.append(list(texts))
        assert self.go_on.wait(_PATIENCE_SECONDS)
        if "too long" in texts:
            raise too_long("too long", 300, 256)
        states = [TokenStates(self.embed([t]), np.zeros(1, np.int32)) for t in texts]
        return self.embed(texts), states

    def read_in_context(
        self, texts: Sequence[str], starts: Sequence[int]
    ) -> tuple[Vectors, list[TokenStates]]:
        raise AssertionError(f"read behind a context: {texts} from {starts}")

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text) for text in texts]


def wait_until(true: Callable[[], bool]) -> None:
    end = monotonic() + _PATIENCE_SECONDS
    while not true():
        assert monotonic() < end
        sleep(0.002)


def read_at_once(
    model: _Slow, reader: TogetherReader, first: str, texts: list[str]
) -> list[object]:
    """Have ``first`` read, and the others asked for, one after another, while it is."""
    with ThreadPoolExecutor(len(texts) + 1) as threads:
        found = [threads.submit(reader.read, [first])]
        wait_until(lambda: len(model.batches) == 1)
        for count, text in enumerate(texts, start=1):
            found.append(threads.submit(reader.read, [text]))
            wait_until(lambda count=count: len(reader._waiting) == count)  # type: ignore[misc]
        model.go_on.set()
        return [each.exception() or each.result() for each in found]


def test_those_that_come_while_one_is_read_are_read_together() -> None:
    model = _Slow()
    texts = [f"question {'x' * n}" for n in range(11)]
    found = read_at_once(model, TogetherReader(model), "first", texts)
    assert [len(batch) for batch in model.batches] == [1, 8, 3]
    for text, read in zip(["first", *texts], found, strict=True):
        assert isinstance(read, tuple)
        vectors, [states] = read
        assert vectors.tolist() == [[len(text), 1, 0, 0]]
        assert states.states.tolist() == vectors.tolist()


def test_a_question_that_cannot_be_read_fails_alone() -> None:
    model = _Slow()
    found = read_at_once(model, TogetherReader(model), "first", ["a", "too long", "b"])
    assert isinstance(found[2], TextTooLongError)
    assert [isinstance(read, tuple) for read in found] == [True, True, False, True]
    model.batches.clear()
    reader = TogetherReader(model)
    with pytest.raises(TextTooLongError):
        reader.read(["too long"])
    assert isinstance(reader.read(["and the next is read"]), tuple)


def test_a_long_question_and_several_are_not_held_up_by_others() -> None:
    model = _Slow()
    model.go_on.set()
    reader = TogetherReader(model)
    reader.read(["x" * 401])
    reader.read(["a", "b"])
    assert model.batches == [["x" * 401], ["a", "b"]]
    assert reader.embed(["abc"]).tolist() == [[3, 1, 0, 0]]
    assert reader.count_tokens(["abc"]) == [3]
    assert reader.identity is model.identity


@pytest.fixture(scope="module")
def model(sample_index: Path) -> Embedder:
    store = open_reader(sample_index)
    try:
        return open_recorded(store.info.model, sample_index / "models")
    finally:
        store.close()


def test_the_model_reads_a_question_the_same_in_company(model: Embedder) -> None:
    texts = [
        f"What was agreed about beds in paper {n}{' and others' * (n % 5)}?" for n in range(40)
    ]
    reader = TogetherReader(model)
    with ThreadPoolExecutor(16) as threads:
        found = list(threads.map(lambda text: reader.read([text]), texts))
    for text, (vectors, [tokens]) in zip(texts, found, strict=True):
        alone, [own] = model.read([text])
        assert vectors == pytest.approx(alone, abs=1e-5)
        assert tokens.states == pytest.approx(own.states, abs=1e-4)
        assert tokens.starts.tolist() == own.starts.tolist()
