"""The check over the sample corpus: every sentence bears itself out, and no altered one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from eval.bench.composing import altered, sentences_of
from indexer.store.local import open_reader
from search_api.compose.bearing import Said
from search_api.compose.check import Quotation


@pytest.fixture(scope="module")
def sentences(sample_index: Path) -> list[str]:
    """Give the sentences of the sample corpus."""
    store = open_reader(sample_index)
    try:
        return sentences_of(store)
    finally:
        store.close()


def test_every_sentence_bears_itself_out(sentences: list[str]) -> None:
    assert len(sentences) > 200
    assert [sentence for sentence in sentences if Quotation(sentence).fault(sentence)] == []


def test_every_sentence_bears_itself_out_by_its_tokens(sentences: list[str]) -> None:
    """The short cut for exact words set aside: another full stop must not make a difference."""
    reworded = [f"And {sentence[0].lower()}{sentence[1:]}" for sentence in sentences]
    pairs = [
        (quote, said)
        for quote, said in zip(sentences, reworded, strict=True)
        if Said.of(quote).tokens and not quote[:2].isupper()
    ]
    refused = [said for quote, said in pairs if Quotation(quote).fault(said)]
    assert len(refused) <= 0.01 * len(pairs), refused


def test_no_altered_sentence_is_borne_out(sentences: list[str]) -> None:
    made: Counter[str] = Counter()
    passed = []
    for sentence in sentences:
        quotation = Quotation(sentence)
        for kind, said in altered(sentence):
            made[kind] += 1
            if quotation.fault(said) is None:
                passed.append((kind, sentence, said))
    assert passed == []
    assert min(made.values()) >= 10
    assert len(made) == 7
