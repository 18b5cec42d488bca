"""Every store under test, each as a way to make a fresh, empty one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest

from indexer.model import BuildInfo
from indexer.store.local import LocalReader, LocalWriter, open_reader
from indexer.store.protocols import StoreReader, StoreWriter
from tests.contract.memory import MemoryStore
from tests.contract.updates import UpdatedWriter


class Store(Protocol):
    """An index that can be written and opened."""

    def writer(self, planned: BuildInfo) -> StoreWriter: ...

    def open(self) -> StoreReader: ...


class LocalStore:
    """The local engine: written at once, or in the way that ``make`` says."""

    def __init__(self, index: Path, opened: list[LocalReader], make: NewWriter) -> None:
        self.index = index
        self._opened = opened
        self._make = make

    def writer(self, planned: BuildInfo) -> StoreWriter:
        return self._make(self.index, planned)

    def open(self) -> LocalReader:
        self._opened.append(open_reader(self.index))
        return self._opened[-1]


def compressed(index: Path, planned: BuildInfo) -> LocalWriter:
    """Return a writer of many small segments whose vectors are searched by their codes."""
    wishes = replace(planned.vectors, exact_bytes=0)
    return LocalWriter(index, replace(planned, vectors=wishes), segment_characters=60)


NewStore = Callable[[], Store]
NewWriter = Callable[[Path, BuildInfo], StoreWriter]
_WRITERS: dict[str, NewWriter] = {
    "local": LocalWriter,
    "compressed": compressed,
    "updated": UpdatedWriter,
}


@pytest.fixture(params=[*_WRITERS, "memory"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewStore]:
    """Return a function that makes an empty store; what it opened is closed afterwards."""
    opened: list[LocalReader] = []
    numbers = itertools.count()

    def local() -> Store:
        index = tmp_path / f"index {next(numbers)} é"
        return LocalStore(index, opened, _WRITERS[request.param])

    yield MemoryStore if request.param == "memory" else local
    for reader in opened:
        reader.close()


@pytest.fixture
def store(new_store: NewStore) -> Store:
    return new_store()
