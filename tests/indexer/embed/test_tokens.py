"""What is kept of tokens: which of them, where they stand, and how near they still are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.embed.openvino_runtime import OpenVinoEmbedder
from indexer.embed.passages import read_passages
from indexer.embed.protocol import Embedder, Vectors
from indexer.embed.sentence_transformers_runtime import SentenceTransformersEmbedder
from indexer.embed.tokens import TokenStates, codes, likeness, meeting, rotation, telling, turned
from indexer.embed.vectors import unit_length
from indexer.model import Passage, Role, Span
from tests.indexer.embed.conftest import TEXTS


def drawn(rows: int, dimensions: int, seed: int = 0) -> Vectors:
    normal = np.random.default_rng(seed).standard_normal((rows, dimensions))
    return unit_length(normal.astype(np.float32))


@pytest.fixture(params=["bundled", "original"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    found: Embedder = request.getfixturevalue(request.param)
    return found


def test_the_rotation_turns_and_does_not_stretch() -> None:
    for dimensions in (8, 21, 384):
        square = rotation(dimensions)
        assert np.allclose(square @ square.T, np.eye(dimensions), atol=1e-5)
    states = drawn(5, 384)
    assert np.allclose(turned(states) @ turned(states).T, states @ states.T, atol=1e-5)


def test_signs_tell_how_near_two_vectors_are() -> None:
    one, noise = drawn(200, 384), drawn(200, 384, seed=1)
    share = np.linspace(0, 1, 200, dtype=np.float32)[:, np.newaxis]
    other = unit_length(share * one + (1 - share) * noise)
    kept = codes(TokenStates(other, np.arange(200, dtype=np.int32)))
    assert kept.signs.shape == (200, 24)
    estimated = likeness(meeting(one), kept.signs)
    assert estimated.shape == (200, 200)
    error = np.diag(estimated) - np.sum(one * other, axis=1)
    assert abs(error.mean()) < 0.01
    assert error.std() < 0.08


def test_starts_count_from_the_passage_and_the_context_has_none() -> None:
    states = TokenStates(drawn(4, 16), np.array([0, 7, 12, 30], np.int32))
    assert codes(states, 12).starts.tolist() == [-1, -1, 0, 18]
    assert codes(states).starts.tolist() == [0, 7, 12, 30]


def test_words_that_say_nothing_and_signs_are_left_out() -> None:
    text = "The board’s plan: it was agreed (by all)."
    tokens = ["The", "board", "’", "s", "plan", ":", "it", "was", "agreed", "(", "by", "all", ")"]
    offsets, end = [], 0
    for token in tokens:
        offsets.append((text.index(token, end), end := text.index(token, end) + len(token)))
    places, begins = telling(text, offsets, [0] * len(tokens))
    assert [tokens[place] for place in places] == ["board", "’", "s", "plan", "agreed"]
    assert begins.tolist() == [offsets[place][0] for place in places]


def test_markers_are_never_kept_and_a_text_of_stop_words_keeps_all_else() -> None:
    places, begins = telling("of the", [(0, 0), (0, 2), (3, 6), (0, 0)], [1, 0, 0, 1])
    assert places.tolist() == [1, 2]
    assert begins.tolist() == [0, 3]


@given(st.text(max_size=80), st.lists(st.integers(0, 80), max_size=20))
def test_any_text_and_any_places_are_safe(text: str, starts: list[int]) -> None:
    ordered = sorted(starts)
    places, begins = telling(text, [(start, start) for start in ordered], [0] * len(ordered))
    assert begins.tolist() == [ordered[place] for place in places]


def test_reading_gives_the_vectors_that_embedding_gives(embedder: Embedder) -> None:
    vectors, states = embedder.read(TEXTS)
    assert np.allclose(vectors, embedder.embed(TEXTS), atol=1e-5)
    for text, each in zip(TEXTS, states, strict=True):
        assert each.states.shape == (len(each.starts), 384)
        assert np.allclose(np.linalg.norm(each.states, axis=1), 1, atol=1e-4)
        assert np.all(np.diff(each.starts) >= 0)
        assert not any(text[start].isspace() for start in each.starts)


def test_both_runtimes_keep_the_same_tokens(
    bundled: OpenVinoEmbedder, original: SentenceTransformersEmbedder
) -> None:
    for one, other in zip(bundled.read(TEXTS)[1], original.read(TEXTS)[1], strict=True):
        assert np.array_equal(one.starts, other.starts)
        assert np.sum(one.states * other.states, axis=1).min(initial=1.0) > 0.99


def test_passages_under_the_same_words_share_what_is_kept_of_them(
    bundled: OpenVinoEmbedder,
) -> None:
    words = ["Waiting times fell.", "Beds will close."]
    texts = [f"Rutland hospital\n{each}" for each in words]
    passages = [
        Passage(f"{name}-{n}", name, each, Span(0, len(each)), Role.TEXT, (), (1, 1))
        for name in ("d", "e")
        for n, each in enumerate(words)
    ]
    _, (one, other, _, elsewhere) = read_passages(bundled, [*texts, *texts], passages)
    _, (alone,) = read_passages(bundled, texts[1:], passages[3:])
    over = one.starts < 0
    assert over.tolist() == [True, True, False, False, False]
    assert other.starts.tolist() == [-1, -1, *alone.starts[2:].tolist()]
    assert np.array_equal(other.signs[:2], one.signs[:2])
    assert np.array_equal(other.signs[2:], alone.signs[2:]), "its own are its own reading"
    assert not np.array_equal(alone.signs[:2], one.signs[:2])
    assert np.array_equal(elsewhere.signs, other.signs), "another document's do the same"


def test_a_vector_in_context_is_of_the_text_itself_and_knows_what_stands_before(
    embedder: Embedder,
) -> None:
    own, far = "It was approved by the members.", "Stroke unit at Rutland Memorial Hospital"
    text = f"{far}\n{own}"
    vectors, states = embedder.read_in_context([text, own], [len(far) + 1, 0])
    alone, question = embedder.embed([own]), embedder.embed(["Was the stroke unit approved?"])
    whole = embedder.embed([text])
    assert np.allclose(vectors[1], alone[0], atol=1e-5)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert vectors[0] @ alone[0] > whole[0] @ alone[0] + 0.05
    assert vectors[0] @ question[0] > alone[0] @ question[0] + 0.05
    assert states[0].starts[0] == 0


def test_both_runtimes_give_the_same_vector_in_context(
    bundled: OpenVinoEmbedder, original: SentenceTransformersEmbedder
) -> None:
    texts, starts = [f"Rutland\n{text}" for text in TEXTS], [len("Rutland\n")] * len(TEXTS)
    one, other = (each.read_in_context(texts, starts)[0] for each in (bundled, original))
    assert np.sum(one * other, axis=1).min() > 0.9999


def test_a_text_without_a_token_behind_its_start_has_the_vector_of_all(embedder: Embedder) -> None:
    vectors, _ = embedder.read_in_context(["Rutland\n "], [len("Rutland\n")])
    assert np.allclose(vectors, embedder.embed(["Rutland\n "]), atol=1e-5)


def test_reading_refuses_a_text_too_long(embedder: Embedder) -> None:
    with pytest.raises(ValueError, match="longer than"):
        embedder.read(["waiting " * 300])
    vectors, states = embedder.read([])
    assert vectors.shape == (0, 384)
    assert states == []


def test_passages_are_read_behind_their_context_or_up_to_the_window(
    bundled: OpenVinoEmbedder,
) -> None:
    text = "Waiting times fell."
    passage = Passage("d-0", "d", text, Span(0, len(text)), Role.TEXT, (), (1, 1))
    vectors, tokens = read_passages(
        bundled, [f"Rutland\n{text}", "Waiting times"], [passage, passage]
    )
    in_context, _ = bundled.read_in_context([f"Rutland\n{text}"], [len("Rutland\n")])
    assert np.array_equal(vectors, [*in_context, *bundled.embed(["Waiting times"])])
    assert tokens[0].starts.tolist() == [-1, 0, 8, 14]
    assert tokens[1].starts.tolist() == [0, 8]
