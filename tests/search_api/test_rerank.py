"""A cross-encoder that the operator names orders the first passages; here a random one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from indexer.embed.protocol import Vectors
from indexer.errors import UsageError
from indexer.store.protocols import Scored
from search_api.engine import Engine
from search_api.live import LiveIndex
from search_api.ranking.rerank import FIRST, open_reranker, reranked
from tests.contract.builders import document, plan, record
from tests.contract.memory import MemoryStore


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Save a BERT of one layer with random weights as a cross-encoder of one score."""
    return _saved(tmp_path_factory.mktemp("cross-encoder"), labels=1)


def _saved(folder: Path, labels: int) -> Path:
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    torch.manual_seed(0)
    letters = [*"abcdefghijklmnopqrstuvwxyz0123456789", *(f"##{c}" for c in "abcdefghijklmnop")]
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "beds", "consultation", *letters]
    (folder / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    tokenizer = BertTokenizer(vocab=str(folder / "vocab.txt"), model_max_length=128)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=128,
    )
    config.num_labels = labels
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder


class _ByLength:
    """Prefers the longest text, so that the order can be told beforehand."""

    name = "by length"

    def scores(self, question: str, texts: Sequence[str]) -> Vectors | None:
        lengths = np.array([len(text) for text in texts], np.float32)
        return None if question == "too long" else lengths


def test_the_first_are_ordered_by_both_and_keep_the_scale() -> None:
    memory = MemoryStore()
    writer = memory.writer(plan())
    texts = ["x" * (length + 1) + "." for length in range(FIRST + 2)]
    writer.add(record(document("a"), texts))
    writer.publish(plan())
    store = memory.open()
    level = [Scored(number, 0.5) for number in range(FIRST + 2)]
    found = reranked(store, "question", level, _ByLength())
    assert [one.number for one in found] == [*reversed(range(FIRST)), FIRST, FIRST + 1]
    assert [one.score for one in found] == [0.5] * len(level)
    clear = [Scored(0, 1.0), Scored(1, 0.0)]
    assert [one.number for one in reranked(store, "question", clear, _ByLength())] == [0, 1]
    assert reranked(store, "too long", level, _ByLength()) == level
    assert reranked(store, "question", level, None) == level


def test_a_named_model_reads_passages_and_is_told(
    folder: Path, sample_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "When does the consultation start?"
    with LiveIndex(sample_index).engine() as plain:
        before = plain.search(question, k=FIRST)
        assert before.reranker is None
    monkeypatch.setenv("MINUTEBOOK_RERANKER", str(folder))
    with LiveIndex(sample_index).engine() as engine:
        after = engine.search(question, k=FIRST, explain=True)
        answered = engine.answer(question)
    assert after.reranker is not None
    assert after.reranker.startswith(str(folder))
    assert answered.result.reranker == after.reranker
    assert after.explanation is not None
    assert after.explanation.candidates[0].passage.id == after.hits[0].passage.id
    assert [hit.passage.id for hit in after.hits] != [hit.passage.id for hit in before.hits]
    assert isinstance(engine, Engine)


def test_scores_are_one_for_each_text_and_a_long_question_is_left(folder: Path) -> None:
    reranker = open_reranker(str(folder))
    assert reranker is open_reranker(str(folder))
    found = reranker.scores("beds", ["beds", "consultation " * 300])
    assert found is not None
    assert found.shape == (2,)
    assert np.isfinite(found).all()
    assert reranker.scores("consultation " * 100, ["beds"]) is None


def test_what_cannot_rank_is_refused_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not on this machine"):
        open_reranker(str(tmp_path / "nothing"))
    with pytest.raises(UsageError, match="3 scores"):
        open_reranker(str(_saved(tmp_path, labels=3)))
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "config.json").write_text("{", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be opened"):
        open_reranker(str(broken))
