"""What was read lately is kept up to a weight, and what a build's memory gives is the build's."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import NotFoundError
from indexer.store.format import RECORDS, SEGMENTS, current_folder
from indexer.store.lately import Lately
from indexer.store.local import open_reader
from indexer.store.record_set import RecordSet


class _Making:
    """Makes a value of a key, and remembers for which it was asked."""

    def __init__(self) -> None:
        self.made: list[int] = []

    def __call__(self, keys: list[int]) -> Iterable[str]:
        self.made += keys
        return [str(key) * key for key in keys]


def test_each_key_is_made_once_and_comes_in_the_order_asked_for() -> None:
    making = _Making()
    lately = Lately[int, str](100)
    assert lately.many([3, 1, 3], making) == ["333", "1", "333"]
    assert lately.many([1, 2, 3], making) == ["1", "22", "333"]
    assert making.made == [3, 1, 2]
    assert lately.get(2, lambda _: "not this") == "22"
    assert lately.many([], making) == []


def test_the_least_lately_used_goes_first() -> None:
    making = _Making()
    lately = Lately[int, str](6, len)
    lately.many([1, 2, 3], making)
    lately.many([1], making)
    lately.many([2, 4], making)  # For 4 both 3 and 1 must go.
    assert lately.weight == 6
    making.made.clear()
    lately.many([4, 2], making)
    assert making.made == []
    lately.many([1, 3], making)
    assert making.made == [1, 3]


def test_what_is_heavier_than_all_may_be_is_given_and_not_kept() -> None:
    making = _Making()
    lately = Lately[int, str](3, len)
    assert lately.many([5, 1], making) == ["55555", "1"]
    assert lately.weight <= 3


def test_what_cannot_be_made_is_asked_for_again() -> None:
    lately = Lately[int, str](10)

    def fail(_: int) -> str:
        raise NotFoundError("There is none.", "Ask for another.")

    with pytest.raises(NotFoundError):
        lately.get(1, fail)
    assert lately.get(1, str) == "1"


@given(st.lists(st.lists(st.integers(1, 9), max_size=6), max_size=20), st.integers(0, 20))
def test_the_weight_is_that_of_what_is_kept(asked: list[list[int]], most: int) -> None:
    making = _Making()
    lately = Lately[int, str](most, len)
    for keys in asked:
        assert lately.many(keys, making) == [str(key) * key for key in keys]
        assert lately.weight == sum(map(len, lately._kept.values())) <= most


def test_a_builds_memory_gives_what_the_build_holds(sample_index: Path) -> None:
    folders = sorted((current_folder(sample_index) / SEGMENTS).iterdir())
    store = open_reader(sample_index)
    records = RecordSet([folders[0]]) if len(folders) == 1 else None
    assert records is not None
    assert (folders[0] / RECORDS).is_file()
    numbers = [*range(store.count()), *reversed(range(store.count()))]

    def read(_: int) -> None:
        assert store.passages(numbers) == records.numbered_passages(numbers)
        for one in records.documents():
            assert store.document(one.id) == one
            assert store.text(one.id) == records.text(one.id)
            assert store.pages(one.id) == records.pages(one.id)
            assert store.blocks(one.id) == records.blocks(one.id)

    try:
        with ThreadPoolExecutor(4) as threads:
            list(threads.map(read, range(8)))
        store.blocks(one := store.documents()[0].id).clear()
        assert store.blocks(one)
        with pytest.raises(NotFoundError):
            store.passages([0, store.count()])
        with pytest.raises(NotFoundError):
            store.text("none")
    finally:
        store.close()
        records.close()
