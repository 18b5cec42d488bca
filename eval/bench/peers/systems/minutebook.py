"""Minutebook itself: its writer, and the engine that its commands and its server search with."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from eval.bench.peers.records import kept_build, kept_records
from eval.bench.peers.system import Meter
from indexer.context import embedded_text
from indexer.embed.open import open_embedder, open_recorded
from indexer.embed.passages import read_passages
from indexer.embed.protocol import Embedder, Vectors
from indexer.embed.source import DEFAULT_MODEL
from indexer.embed.tokens import TokenStates
from indexer.model import BuildInfo, Passage
from indexer.store.local import LocalWriter, open_reader
from indexer.store.protocols import DocumentRecord, Entry
from search_api.embedding.around import AroundEmbedder
from search_api.engine import Engine

_MARKERS = 2
"""How many tokens the model adds to a text by itself."""


class Metered(AroundEmbedder):
    """An ``Embedder`` whose work is added up."""

    def __init__(self, embedder: Embedder, meter: Meter) -> None:
        super().__init__(embedder)
        self._meter = meter

    def read(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenStates]]:
        """Return vectors and the states of tokens."""
        with self._meter:
            return self._embedder.read(texts)


class Made:
    """Minutebook."""

    def __init__(self) -> None:
        self.meter = Meter()
        self._models = Path()
        self._info: BuildInfo | None = None
        self._records: list[DocumentRecord] = []
        self._embedder: Embedder | None = None
        self._texts: list[tuple[str, Passage]] = []

    def read(self, material: Path) -> None:
        """Take documents with their passages, vectors and tokens."""
        self._records, self._info = kept_records(material), kept_build(material)
        self._models = material / "models"

    def build(self, folder: Path) -> None:
        """Write a build and publish it."""
        assert self._info is not None
        planned = replace(self._info, id="compared", segments=(), checksums={}, skipped=())
        writer = LocalWriter(folder, planned)
        writer.fill([_entry(record) for record in self._records])
        writer.publish(planned)
        # The exported model belongs to the program, as the weights do to sentence-transformers.
        with suppress(FileExistsError):
            (folder / "models").symlink_to(self._models.resolve())

    def open(self, folder: Path) -> None:
        """Open the build and the model that it names."""
        store = open_reader(folder)
        embedder = open_recorded(store.info.model, folder / "models")
        self._engine = Engine(store, Metered(embedder, self.meter))

    def search(self, text: str, k: int) -> list[list[str]]:
        """Return the hits: the passages of each, and those that say its very words."""
        hits = self._engine.search(text, k=k).hits
        return [[one.id for one in hit.told] for hit in hits]

    def embed(self, material: Path, first: int, last: int) -> Vectors:
        """Read passages as for an index: their vectors, and their tokens to search them again."""
        if self._embedder is None:
            self._embedder = open_embedder(DEFAULT_MODEL, material / "models", threads=1)
            self._texts = _texts(kept_records(material), self._embedder)
        some = self._texts[first:last]
        with self.meter:
            vectors, _ = read_passages(
                self._embedder, [text for text, _ in some], [passage for _, passage in some]
            )
        return vectors


def _entry(record: DocumentRecord) -> Entry:
    name = record.document.file
    return Entry(record.document.id, name, len(record.parsed.text), lambda: record)


def _texts(records: Sequence[DocumentRecord], embedder: Embedder) -> list[tuple[str, Passage]]:
    limit = embedder.identity.max_tokens - _MARKERS
    return [
        pair
        for record in records
        for pair in zip(
            embedded_text(
                list(record.contexts), list(record.passages), embedder.count_tokens, limit
            ),
            record.passages,
            strict=True,
        )
    ]
