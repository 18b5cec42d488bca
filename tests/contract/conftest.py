"""Every store under test, each as a way to make a fresh, empty one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest

from indexer.model import BuildInfo
from indexer.store.local import LocalReader, LocalWriter, open_reader
from indexer.store.protocols import StoreReader, StoreWriter
from tests.contract.memory import MemoryStore


class Store(Protocol):
    """An index that can be written and opened."""

    def writer(self, planned: BuildInfo) -> StoreWriter: ...

    def open(self) -> StoreReader: ...


class LocalStore:
    def __init__(self, index: Path, opened: list[LocalReader]) -> None:
        self.index = index
        self._opened = opened

    def writer(self, planned: BuildInfo) -> LocalWriter:
        return LocalWriter(self.index, planned)

    def open(self) -> LocalReader:
        self._opened.append(open_reader(self.index))
        return self._opened[-1]


NewStore = Callable[[], Store]


@pytest.fixture(params=["local", "memory"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewStore]:
    """Return a function that makes an empty store; what it opened is closed afterwards."""
    opened: list[LocalReader] = []
    numbers = itertools.count()

    def local() -> Store:
        return LocalStore(tmp_path / f"index {next(numbers)} é", opened)

    yield local if request.param == "local" else MemoryStore
    for reader in opened:
        reader.close()


@pytest.fixture
def store(new_store: NewStore) -> Store:
    return new_store()
