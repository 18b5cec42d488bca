"""The check over the sample corpus: every sentence bears itself out, and no altered one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from eval.bench.composing import altered, sentences_of
from indexer.store.local import open_reader
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
    """With a word before it that claims nothing: the short cut for exact words is not taken.

    Lost are only some that hold a semicolon, of which each side is a sentence by itself.
    """
    refused = [said for said in sentences if Quotation(said).fault(f"And {said}")]
    assert [said for said in refused if ";" not in said] == []
    assert len(refused) <= 0.02 * len(sentences)


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
