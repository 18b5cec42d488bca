"""Counting word by word gives what counting whole texts gives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.embed.counting import WordCounter, is_exact_for
from indexer.embed.openvino_runtime import OpenVinoEmbedder
from tests.indexer.embed.conftest import TEXTS

PIECES = st.text(
    alphabet=st.one_of(
        st.sampled_from(" \n\t\u00a0\u2009\u3000\x1c\x00\u0301\u00ad[SEP]'-.,£1é中"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=24,
)


def whole(embedder: OpenVinoEmbedder, texts: list[str]) -> list[int]:
    encodings = embedder._tokenizer.encode_batch(texts, add_special_tokens=False)
    return [len(encoding.ids) for encoding in encodings]


def test_the_bundled_model_is_counted_word_by_word(bundled: OpenVinoEmbedder) -> None:
    assert is_exact_for(bundled._tokenizer)
    assert isinstance(bundled._count, WordCounter)
    assert bundled.count_tokens(TEXTS) == whole(bundled, TEXTS)
    assert bundled.count_tokens([]) == []


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(PIECES, max_size=4))
def test_words_add_up_to_texts(bundled: OpenVinoEmbedder, texts: list[str]) -> None:
    assert bundled.count_tokens(texts) == whole(bundled, texts)


def test_other_tokenizers_are_left_alone() -> None:
    from tokenizers import AddedToken, Tokenizer, models, normalizers, pre_tokenizers

    assert not is_exact_for(Tokenizer(models.BPE()))
    spaced: Any = Tokenizer(models.WordPiece())
    spaced.normalizer = normalizers.BertNormalizer()
    spaced.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    assert is_exact_for(spaced)
    spaced.add_tokens([AddedToken("two words")])
    assert not is_exact_for(spaced)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.embed.counting._MOST_WORDS", 5)
    asked: list[str] = []

    def count(texts: Any) -> list[int]:
        asked.extend(texts)
        return [len(text) for text in texts]

    counter = WordCounter(count)
    assert counter(["aa b", "aa"]) == [3, 2]
    assert counter(["c d ee f"]) == [5]
    assert counter(["aa b"]) == [3]
    assert sorted(asked) == ["aa", "aa", "b", "b", "c", "d", "ee", "f"]
