"""Both runtimes give the vectors that sentence-transformers gives, and cut nothing."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.embed.openvino_runtime import (
    BATCH_TOKENS,
    PAD_MULTIPLE,
    PAD_QUESTION,
    SPLIT_TOKENS,
    USUAL_BATCH_TOKENS,
    OpenVinoEmbedder,
    best_precision,
    padded_length,
    plan_batches,
)
from indexer.embed.protocol import Embedder, Vectors
from indexer.embed.quiet import import_tokenizers
from indexer.embed.sentence_transformers_runtime import SentenceTransformersEmbedder
from indexer.embed.source import DEFAULT_MODEL, resolve
from tests.indexer.embed.conftest import TEXTS


@pytest.fixture(params=["bundled", "original"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    found: Embedder = request.getfixturevalue(request.param)
    return found


def cosines(one: Vectors, other: Vectors) -> Vectors:
    return np.asarray(np.sum(one * other, axis=1), np.float32)


def test_vectors_equal_those_of_sentence_transformers(
    bundled: OpenVinoEmbedder, original: SentenceTransformersEmbedder
) -> None:
    expected = original.model.encode(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    for embedder in (bundled, original):
        vectors = embedder.embed(TEXTS)
        assert vectors.dtype == np.float32
        assert vectors.shape == (len(TEXTS), 384)
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
        assert cosines(vectors, expected).min() >= 0.999


def test_the_identity_names_the_model_and_the_way_it_is_run(
    bundled: OpenVinoEmbedder, original: SentenceTransformersEmbedder
) -> None:
    one, other = bundled.identity, original.identity
    assert (one.name, one.dimensions, one.max_tokens) == (DEFAULT_MODEL, 384, 256)
    assert (other.name, other.dimensions, other.max_tokens) == (DEFAULT_MODEL, 384, 256)
    assert one.fingerprint == other.fingerprint
    assert (one.runtime, other.runtime) == ("openvino", "sentence-transformers")
    assert one.precision in ("f16", "f32")
    assert other.precision == "f32"


def test_tokens_are_counted_as_the_model_counts_them(embedder: Embedder) -> None:
    tokenizer = import_tokenizers().Tokenizer.from_file(
        str(resolve(DEFAULT_MODEL) / "tokenizer.json")
    )
    tokenizer.no_truncation()
    tokenizer.no_padding()
    texts = [*TEXTS, " ".join(TEXTS) * 5]
    expected = [len(tokenizer.encode(text, add_special_tokens=False).ids) for text in texts]
    assert max(expected) > 1000
    assert embedder.count_tokens(texts) == expected
    assert embedder.count_tokens([]) == []


def test_a_text_longer_than_the_model_reads_is_refused(embedder: Embedder) -> None:
    fits, too_long = "fell " * 254, "fell " * 255
    assert embedder.embed([fits]).shape == (1, 384)
    with pytest.raises(ValueError, match="257 tokens is longer than the 256"):
        embedder.embed(["short", too_long])


def test_nothing_in_nothing_out(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, 384)


def test_what_stands_beside_a_text_does_not_change_its_vector(bundled: OpenVinoEmbedder) -> None:
    texts = [*TEXTS, *(f"{text} Item {n}." for n, text in enumerate(TEXTS * 2))]
    together = bundled.embed(texts)
    alone = np.concatenate([bundled.embed([text]) for text in texts])
    assert cosines(together, alone).min() > 0.99999
    order = random.Random(3).sample(range(len(texts)), len(texts))
    assert cosines(bundled.embed([texts[n] for n in order]), together[order]).min() > 0.99999


def test_in_f32_the_same_text_gives_the_same_bytes(bundled: OpenVinoEmbedder, cache: Path) -> None:
    folder = cache / bundled.identity.fingerprint
    one, two = (OpenVinoEmbedder(folder, precision="f32", threads=n) for n in (1, 2))
    assert one.identity.precision == "f32"
    together = two.embed(TEXTS * 3)
    assert np.array_equal(together, one.embed(TEXTS * 3))
    assert np.array_equal(together[3:4], one.embed(TEXTS[3:4]))


def test_one_batch_over_all_cores_gives_the_vectors_that_one_core_gives(
    bundled: OpenVinoEmbedder, cache: Path
) -> None:
    folder = cache / bundled.identity.fingerprint
    alone = OpenVinoEmbedder(folder, precision="f32", threads=1)
    spread = OpenVinoEmbedder(folder, precision="f32", threads=2, for_questions=True)
    for texts in (TEXTS[:1], TEXTS * 3):
        assert cosines(spread.embed(texts), alone.embed(texts)).min() > 0.999999


def test_many_threads_get_the_vectors_that_one_gets(bundled: OpenVinoEmbedder) -> None:
    expected = bundled.embed(TEXTS)
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda n: bundled.embed(TEXTS[n % 6 :]), range(12)))
    for n, vectors in enumerate(found):
        assert cosines(vectors, expected[n % 6 :]).min() > 0.99999


@pytest.mark.parametrize(
    ("capabilities", "flags", "precision"),
    [
        (["FP32", "FP16", "BF16"], ["avx512_fp16", "amx_fp16"], "f16"),
        (["FP32", "FP16", "BF16"], ["avx512_fp16"], "f32"),
        (["FP32", "BF16"], ["amx_fp16"], "f32"),
        (["FP32"], [], "f32"),
    ],
)
def test_precision_follows_the_processor(
    capabilities: list[str], flags: list[str], precision: str
) -> None:
    assert best_precision(capabilities, flags) == precision


@given(
    lengths=st.lists(st.integers(2, 512), max_size=200),
    threads=st.integers(1, 16),
    most=st.sampled_from((SPLIT_TOKENS, USUAL_BATCH_TOKENS, BATCH_TOKENS["f16"])),
)
def test_batches_hold_each_text_once_and_stay_small(
    lengths: list[int], threads: int, most: int
) -> None:
    batches = plan_batches(lengths, threads, most)
    assert sorted(number for batch in batches for number in batch) == list(range(len(lengths)))
    for batch in batches:
        tokens = len(batch) * max(lengths[number] for number in batch)
        assert len(batch) == 1 or tokens <= most


@given(length=st.integers(1, 256))
def test_padding_never_goes_past_what_the_model_knows(length: int) -> None:
    for limit in (256, 250):
        if length <= limit:
            for multiple in (PAD_QUESTION, PAD_MULTIPLE):
                assert length <= padded_length(length, limit, multiple) <= limit
