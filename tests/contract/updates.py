"""A build reached by updates: others came before it, and it takes from them what it can."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from indexer.model import BuildInfo, SkippedFile
from indexer.store.format import BUILDS, CURRENT, current_folder
from indexer.store.local import LocalWriter
from indexer.store.protocols import DocumentRecord, Entry
from tests.contract.builders import document, record
from tests.contract.memory import MemoryStore

_SMALL = 60
"""Characters in a segment, so that a few sentences make several."""


def entry(of: DocumentRecord) -> Entry:
    """Return the entry of a record; its name stays when its content changes."""
    parts = (of.document, of.parsed, list(of.passages), list(of.contexts), list(of.acronyms))
    content = repr(parts).encode("utf-8", "surrogatepass") + of.vectors.tobytes()
    for each in of.tokens:
        content += each.signs.tobytes() + each.starts.tobytes()
    return Entry(
        key=hashlib.sha256(content).hexdigest(),
        name=of.document.id,
        characters=len(of.parsed.text),
        make=lambda: of,
    )


def left_out(name: str, characters: int = 20) -> Entry:
    """Return an entry that becomes no document."""
    items = (SkippedFile(f"{name}.pdf", "it took too long", "Leave it out."),)
    return Entry(f"out {name}", name, characters, lambda: items)


def publish(
    index: Path,
    planned: BuildInfo,
    entries: Sequence[Entry],
    *,
    update: bool = True,
    size: int = _SMALL,
) -> tuple[BuildInfo, LocalWriter]:
    """Publish a build of the entries, as an update of the current one or from nothing."""
    earlier = current_folder(index) if update and (index / CURRENT).exists() else None
    writer = LocalWriter(index, planned, earlier=earlier, segment_characters=size)
    skipped = tuple(writer.fill(entries))
    return writer.publish(replace(planned, skipped=(*planned.skipped, *skipped))), writer


def contents(index: Path, info: BuildInfo) -> dict[str, bytes]:
    """Return every file of a build but the time of its making."""
    folder = index / BUILDS / info.id
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "built.json"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


class UpdatedWriter:
    """A ``StoreWriter`` whose build follows another, which holds some of the same."""

    def __init__(self, index: Path, planned: BuildInfo) -> None:
        self._index = index
        self._planned = planned
        self._judge = MemoryStore().writer(planned)
        self._records: list[DocumentRecord] = []

    def add(self, of: DocumentRecord) -> None:
        self._judge.add(of)
        self._records.append(of)

    def publish(self, info: BuildInfo) -> BuildInfo:
        stray = record(document("stray"), ["A stray is waiting."] * 3)
        before = [stray, *self._records[1:]]
        planned = replace(self._planned, id=f"{info.id}-before")
        publish(self._index, planned, [entry(each) for each in before])
        return publish(self._index, info, [entry(each) for each in self._records])[0]

    def discard(self) -> None:
        self._judge.discard()
