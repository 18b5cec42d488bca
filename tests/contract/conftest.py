"""Every store under test, each as a way to make a fresh, empty one."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

import pytest

from indexer.model import BuildInfo, VectorSearch
from indexer.store.local import LocalReader, LocalWriter, open_reader
from indexer.store.protocols import StoreReader, StoreWriter
from tests.contract.memory import MemoryStore


class Store(Protocol):
    """An index that can be written and opened."""

    def writer(self, planned: BuildInfo) -> StoreWriter: ...

    def open(self) -> StoreReader: ...


class LocalStore:
    def __init__(self, index: Path, opened: list[LocalReader], exact_bytes: int) -> None:
        self.index = index
        self._opened = opened
        self._exact_bytes = exact_bytes

    def writer(self, planned: BuildInfo) -> LocalWriter:
        wishes = replace(planned.vectors, exact_bytes=self._exact_bytes)
        return LocalWriter(self.index, replace(planned, vectors=wishes))

    def open(self) -> LocalReader:
        self._opened.append(open_reader(self.index))
        return self._opened[-1]


NewStore = Callable[[], Store]


@pytest.fixture(params=["local", "compressed", "memory"])
def new_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NewStore]:
    """Return a function that makes an empty store; what it opened is closed afterwards."""
    opened: list[LocalReader] = []
    numbers = itertools.count()

    def local() -> Store:
        exact_bytes = VectorSearch().exact_bytes if request.param == "local" else 0
        return LocalStore(tmp_path / f"index {next(numbers)} é", opened, exact_bytes)

    yield MemoryStore if request.param == "memory" else local
    for reader in opened:
        reader.close()


@pytest.fixture
def store(new_store: NewStore) -> Store:
    return new_store()
