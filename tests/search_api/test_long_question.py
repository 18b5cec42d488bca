"""A question of up to 2,000 characters is read whole, however many tokens that makes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.embed.open import open_recorded
from indexer.embed.protocol import Embedder
from indexer.embed.vectors import TextTooLongError
from indexer.store.format import read_current
from search_api.embedding.long_question import WholeReader
from search_api.engine import Engine

LONG = "What was agreed of the walk-in centre in Oakham, and why? " * 30


@pytest.fixture(scope="module")
def embedder(sample_index: Path) -> Embedder:
    return open_recorded(read_current(sample_index).model, sample_index / "models")


def test_a_short_text_is_read_as_the_model_reads_it(embedder: Embedder) -> None:
    text = "What was agreed?"
    (vector,), (states,) = WholeReader(embedder).read([text])
    (expected,), (tokens,) = embedder.read([text])
    assert np.array_equal(vector, expected)
    assert np.array_equal(states.states, tokens.states)


def test_the_model_itself_refuses_it(embedder: Embedder) -> None:
    with pytest.raises(TextTooLongError):
        embedder.read([LONG])


@pytest.mark.parametrize("text", [LONG, "界" * 2000, "x" * 2000, "각" * 2000])
def test_a_long_text_is_read_to_its_end(embedder: Embedder, text: str) -> None:
    (vector,), (states,) = WholeReader(embedder).read([text])
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert len(states.starts) == len(states.states)
    assert list(states.starts) == sorted(states.starts)


def test_the_tokens_of_a_long_text_keep_their_places(embedder: Embedder) -> None:
    (_,), (states,) = WholeReader(embedder).read([LONG])
    begins = {LONG[start : start + 6] for start in states.starts.tolist()}
    assert "Oakham" in begins
    assert max(states.starts) > len(LONG) * 0.9


def test_a_long_question_finds_what_a_short_one_does(sample_index: Path) -> None:
    engine = Engine.open(sample_index)
    try:
        (long,) = engine.search(LONG, k=1).hits
        assert "Oakham" in long.passage.text
        assert engine.answer(LONG).question
    finally:
        engine.store.close()
