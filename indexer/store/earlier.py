"""An earlier build, from which whole segments and single documents are taken."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import IndexDamagedError, IndexNotReadyError
from indexer.model import Segment, SkippedFile
from indexer.store.format import SEGMENTS, read_meta
from indexer.store.protocols import DocumentRecord
from indexer.store.segment import SegmentSource, read_entries


@dataclass(frozen=True, slots=True)
class Kept:
    """A segment that can be shared: what it is, its files' checksums, its entries."""

    segment: Segment
    folder: Path
    checksums: dict[str, str]
    documents: tuple[str, ...]
    left_out: tuple[SkippedFile, ...]

    def link_into(self, folder: Path) -> None:
        """Share the files by hard links; where the disk has none, copy them."""
        for name in self.checksums:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            try:
                os.link(self.folder / name, target)
            except OSError:
                shutil.copy2(self.folder / name, target)


class Earlier:
    """What can be taken from the build in ``folder``; nothing where there is none that is sound."""

    def __init__(self, folder: Path | None, dimensions: int) -> None:
        self._dimensions = dimensions
        self._by_run: dict[tuple[str, ...], Kept] = {}
        self._by_key: dict[str, tuple[Path, str | None, tuple[SkippedFile, ...]]] = {}
        self._open: dict[Path, SegmentSource] = {}
        if folder is not None:
            with suppress(IndexDamagedError, IndexNotReadyError, OSError, ValueError):
                self._read(folder)

    def run(self, keys: Sequence[str]) -> Kept | None:
        """Return the segment made of just these entries, in this order."""
        return self._by_run.get(tuple(keys))

    def taken(self, key: str) -> DocumentRecord | tuple[SkippedFile, ...] | None:
        """Return what became of an entry: its document, or why it was left out; None: not here."""
        if key not in self._by_key:
            return None
        folder, document, left_out = self._by_key[key]
        if document is None:
            return left_out
        try:
            if folder not in self._open:
                self.close()
                self._open[folder] = SegmentSource(folder, self._dimensions)
            return self._open[folder].record(document)
        except (IndexDamagedError, RuntimeError, ValueError, OSError):
            # What is damaged is made anew.
            return None

    def close(self) -> None:
        """Let go of the segment that was opened last."""
        for source in self._open.values():
            source.close()
        self._open.clear()

    def _read(self, folder: Path) -> None:
        info = read_meta(folder)
        for segment in info.segments:
            prefix = f"{SEGMENTS}/{segment.name}/"
            own = folder / SEGMENTS / segment.name
            entries = read_entries(own)
            files = {
                name.removeprefix(prefix): checksum
                for name, checksum in info.checksums.items()
                if name.startswith(prefix)
            }
            if not all(key for key, *_ in entries):
                continue
            if all((own / name).is_file() for name in files):
                self._by_run[tuple(key for key, *_ in entries)] = Kept(
                    segment=segment,
                    folder=own,
                    checksums=files,
                    documents=tuple(name for _, name, _ in entries if name is not None),
                    left_out=tuple(item for *_, items in entries for item in items),
                )
            for key, document, left_out in entries:
                self._by_key[key] = own, document, left_out
