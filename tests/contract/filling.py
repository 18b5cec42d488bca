"""A store with documents in it, and rankings as numbers."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.store.protocols import DocumentRecord, Scored, StoreReader
from tests.contract.builders import plan
from tests.contract.conftest import Store


def filled(store: Store, records: Sequence[DocumentRecord], build_id: str = "b") -> StoreReader:
    writer = store.writer(plan(build_id))
    for each in records:
        writer.add(each)
    writer.publish(plan(build_id))
    return store.open()


def numbers_of(hits: Sequence[Scored]) -> list[int]:
    return [hit.number for hit in hits]
