"""Equal words are one hit, in the reference store; none is lost and none counts twice."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.embed.protocol import Vectors
from indexer.embed.tokens import TokenStates
from indexer.model import Filters, ModelIdentity
from indexer.store.protocols import Scored, StoreReader
from search_api.ranking.fold import fold
from search_api.search import search
from tests.contract.builders import DIMENSIONS, document, plan, record, unit
from tests.contract.memory import MemoryStore

BEDS = "Ten beds will close in the winter."


def _store(*texts: list[str]) -> StoreReader:
    store = MemoryStore()
    writer = store.writer(plan())
    for number, each in enumerate(texts):
        writer.add(record(document(f"d{number}"), each))
    writer.publish(plan())
    return store.open()


class _Embedder:
    """Reads nothing: every question points the same way."""

    identity = ModelIdentity("a-model", "f00d", DIMENSIONS, 256, "openvino", "f32")

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.stack([unit("a question") for _ in texts])

    def read(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenStates]]:
        nothing = TokenStates(np.zeros((0, DIMENSIONS), np.float32), np.zeros(0, np.int32))
        return self.embed(texts), [nothing for _ in texts]

    def read_in_context(
        self, texts: Sequence[str], starts: Sequence[int]
    ) -> tuple[Vectors, list[TokenStates]]:
        raise AssertionError(f"read behind a context: {texts} from {starts}")

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(text.split()) for text in texts]


def _ranking(count: int) -> list[Scored]:
    return [Scored(number, 1.0 - number / 100) for number in range(count)]


def test_the_best_ranked_stands_and_the_others_are_told() -> None:
    store = _store(
        [BEDS, "Other words."], [" Ten beds will\nclose in the WINTER."], ["Last words."]
    )
    folded = fold(store, _ranking(4), wanted=3)
    assert [(each.first.number, each.repeats) for each in folded] == [(0, (2,)), (1, ()), (3, ())]


def test_another_figure_is_no_repeat() -> None:
    store = _store([BEDS], [BEDS.replace("Ten", "Two")])
    assert len(fold(store, _ranking(2), wanted=10)) == 2


@given(
    st.lists(st.sampled_from(["a b", "A  b", "c", "d e f", "C"]), max_size=30), st.integers(1, 9)
)
def test_nothing_is_lost_and_no_words_come_twice(texts: list[str], wanted: int) -> None:
    store = _store(texts)
    folded = fold(store, _ranking(len(texts)), wanted)
    firsts = [each.first.number for each in folded]
    words = ["".join(texts[number].split()).casefold() for number in firsts]
    assert firsts == sorted(firsts)
    assert len(words) == len(set(words)) == min(wanted, len({_squashed(text) for text in texts}))
    for each, own in zip(folded, words, strict=True):
        assert {_squashed(texts[number]) for number in each.repeats} <= {own}


def _squashed(text: str) -> str:
    return "".join(text.split()).casefold()


def test_k_hits_are_k_different_things_however_many_copies_there_are() -> None:
    copies = [[BEDS] for _ in range(250)]
    store = _store(*copies, ["One bed."], ["Some other words."], ["The last words of all."])
    result = search(
        store, _Embedder(), "Which beds will close in the winter?", k=3, offset=0, filters=Filters()
    )
    assert [hit.rank for hit in result.hits] == [1, 2, 3]
    assert len({_squashed(hit.passage.text) for hit in result.hits}) == 3
    told = next(hit for hit in result.hits if hit.passage.text == BEDS)
    assert {repeat.document.id for repeat in told.repeats} <= {f"id-d{n}" for n in range(250)}
    assert told.document.id not in {repeat.document.id for repeat in told.repeats}
    assert result.total == 253
