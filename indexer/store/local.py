"""The store on one machine's disk: SQLite, FAISS and tantivy side by side in one build."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

import numpy as np

from indexer.embed.protocol import Vectors
from indexer.embed.tokens import TokenCodes
from indexer.errors import IndexDamagedError
from indexer.model import Acronym, Block, BuildInfo, Document, Filters, Page, Passage
from indexer.store.codes import write_codes
from indexer.store.filters import Catalogue
from indexer.store.format import (
    BUILT,
    CODES,
    FORMAT_VERSION,
    PASSAGES,
    RECORDS,
    REPAIR,
    WORDS,
    checksums,
    current_folder,
    read_meta,
    write_meta,
)
from indexer.store.nearest import VectorIndex
from indexer.store.protocols import DocumentRecord, Scored, by_file
from indexer.store.publish import partial_folder, publish
from indexer.store.recall import search_chosen
from indexer.store.records import Records, RecordsWriter, not_found
from indexer.store.tokens import TokenIndex, TokensWriter
from indexer.store.vectors import check_vectors, write_rows
from indexer.store.words import WordIndex, WordsWriter

_SELECTIONS_KEPT = 16


class LocalWriter:
    """A ``StoreWriter``. One at a time may write into an index: the caller sees to that."""

    def __init__(self, index: Path, planned: BuildInfo) -> None:
        """Start the build ``planned.id`` for vectors of ``planned.model.dimensions``."""
        self._index = index
        self._partial = partial_folder(index, planned.id)
        shutil.rmtree(self._partial, ignore_errors=True)
        self._partial.mkdir(parents=True)
        self._records = RecordsWriter(self._partial / RECORDS)
        self._asked = planned.vectors
        self._dimensions = planned.model.dimensions
        self._vectors: list[Vectors] = []
        self._tokens = TokensWriter(self._partial, planned.model.dimensions)
        self._words = WordsWriter(self._partial / WORDS)
        self._open = True

    def add(self, record: DocumentRecord) -> None:
        """Append a document; passages get the next numbers in order.

        Raises ValueError, and adds nothing, where an id is there already, a vector is not of length
        1, or passages, contexts, vectors and tokens are not of one number.
        """
        ordinal, first = self._records.documents, self._records.passages
        passages = record.passages
        parts = (record.contexts, record.vectors, record.tokens)
        if any(len(part) != len(passages) for part in parts):
            raise ValueError(f"{record.document.file}: passages and what belongs to them differ")
        check_vectors(record.vectors, self._dimensions)
        self._tokens.check(record.tokens)
        self._records.add(record)
        self._vectors.append(record.vectors.astype(np.float32))
        self._tokens.add(record.tokens)
        for place, (passage, context) in enumerate(zip(passages, record.contexts, strict=True)):
            self._words.add(first + place, ordinal, passage, context)

    def publish(self, info: BuildInfo) -> BuildInfo:
        """Finish, record format, counts and checksums, and make it the current build in one step.

        ``info.id`` names the build, whatever was planned.
        """
        self._records.finish()
        nothing = np.zeros((0, self._dimensions), np.float32)
        rows = np.concatenate([nothing, *self._vectors])
        write_rows(rows, self._partial / PASSAGES)
        write_codes(rows, self._partial / CODES)
        self._tokens.close()
        self._words.finish()
        self._open = False
        complete = replace(
            info,
            format=FORMAT_VERSION,
            documents=self._records.documents,
            passages=self._records.passages,
            checksums=checksums(self._partial),
            vectors=search_chosen([self._partial], self._asked),
        )
        write_meta(self._partial, complete)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        (self._partial / BUILT).write_text(f'{{"built": "{now}"}}\n', encoding="utf-8")
        publish(self._index, self._partial, complete)
        return complete

    def discard(self) -> None:
        """Forget everything added; the current build stays as it was. May be called twice."""
        if self._open:
            self._records.abandon()
            self._tokens.close()
            self._words.abandon()
            self._open = False
        shutil.rmtree(self._partial, ignore_errors=True)


class LocalReader:
    """A ``StoreReader`` over one build's folder; everything is open from the start.

    So it goes on serving when a newer build is published and its own is removed.
    """

    def __init__(self, folder: Path) -> None:
        """Open the build. Raises IndexNotReadyError or IndexDamagedError."""
        self.folder = folder
        self._info = read_meta(folder)
        _require_files(folder, self._info)
        self._records = Records(folder / RECORDS)
        try:
            self._vectors = VectorIndex([folder], self._info.vectors)
            self._words = WordIndex(folder / WORDS)
            self._tokens = TokenIndex(folder, self._info.model.dimensions)
        except (RuntimeError, ValueError, OSError) as error:
            self._records.close()
            raise IndexDamagedError(
                f"The build {folder} cannot be opened: {error}", REPAIR
            ) from error
        records = self._records
        self._catalogue = Catalogue(records.facts(), records.passage_counts(), records.role_codes)
        self._select = lru_cache(maxsize=_SELECTIONS_KEPT)(self._catalogue.select)

    @property
    def info(self) -> BuildInfo:
        """What the build says of itself."""
        return self._info

    def documents(self, filters: Filters = Filters()) -> list[Document]:
        """Return the documents in the order of their files; ``role`` plays no part here."""
        kept = self._catalogue.documents(filters)
        found = [each for each, stays in zip(self._records.documents(), kept, strict=True) if stays]
        return sorted(found, key=by_file)

    def document(self, document_id: str) -> Document:
        """Return one document. Raises NotFoundError."""
        return self._records.document(document_id)

    def text(self, document_id: str) -> str:
        """Return a document's whole normalised text. Raises NotFoundError."""
        return self._records.text(document_id)

    def pages(self, document_id: str) -> list[Page]:
        """Return a document's pages in order. Raises NotFoundError."""
        return self._records.pages(document_id)

    def blocks(self, document_id: str) -> list[Block]:
        """Return a document's blocks in order. Raises NotFoundError."""
        return self._records.blocks(document_id)

    def passage(self, passage_id: str) -> Passage:
        """Return one passage. Raises NotFoundError."""
        return self._records.passage(passage_id)

    def passages(self, numbers: Iterable[int]) -> list[Passage]:
        """Return passages by number, in the order asked for. Raises NotFoundError."""
        return self._records.numbered_passages(numbers)

    def contexts(self, numbers: Iterable[int]) -> list[str]:
        """Return what was put before each passage, in the order asked for. Raises NotFoundError."""
        return self._records.numbered_contexts(numbers)

    def document_passages(self, document_id: str) -> list[Passage]:
        """Return the passages of one document in reading order. Raises NotFoundError."""
        return self._records.document_passages(document_id)

    def count(self, filters: Filters = Filters()) -> int:
        """Return how many passages the filters leave."""
        return self._select(filters).count

    def nearest(self, vector: Vectors, k: int, filters: Filters = Filters()) -> list[Scored]:
        """Return the k passages of greatest cosine to ``vector``, shape (dimensions,), best first.

        Raises ValueError for another shape and for a vector without a direction.
        """
        return self._vectors.nearest(vector, k, self._select(filters).passages)

    def matching(self, words: str, k: int, filters: Filters = Filters()) -> list[Scored]:
        """Return the k passages of greatest BM25 score for any of the words, best first."""
        return self._words.matching(words, k, self._select(filters))

    def vectors(self, numbers: Sequence[int]) -> Vectors:
        """Return vectors by number, shape (len(numbers), dimensions). Raises NotFoundError."""
        wanted = np.asarray(numbers, np.int64)
        missing = wanted[(wanted < 0) | (wanted >= self._vectors.count)]
        if len(missing):
            raise not_found("passage with the number", missing[0])
        return self._vectors.rows(wanted)

    def tokens(self, numbers: Iterable[int]) -> list[TokenCodes]:
        """Return what is kept of passages' tokens, in the order asked for. Raises NotFoundError."""
        wanted = list(numbers)
        for number in wanted:
            if not 0 <= number < self._tokens.count:
                raise not_found("passage with the number", number)
        return [self._tokens.of(number) for number in wanted]

    def frequency(self, word: str) -> int:
        """Return how many passages hold the word, its ending and its case aside."""
        return self._words.frequency(word)

    def acronyms(self) -> list[Acronym]:
        """Return every short form that a document of the build explains."""
        return self._records.acronyms()

    def close(self) -> None:
        """Let go of files; the reader cannot be used after."""
        self._records.close()


def open_reader(index: Path) -> LocalReader:
    """Open the current build of ``index``.

    Raises IndexNotReadyError where there is none or it has another format, and IndexDamagedError
    where a part of it is missing or broken.
    """
    folder = current_folder(index)
    while True:
        try:
            return LocalReader(folder)
        except IndexDamagedError:
            # Two builds may have been published since the name was read, and this one removed.
            latest = current_folder(index)
            if latest == folder:
                raise
            folder = latest


def _require_files(folder: Path, info: BuildInfo) -> None:
    missing = [name for name in info.checksums if not (folder / name).is_file()]
    if missing:
        raise IndexDamagedError(f"The build {folder} lacks {', '.join(missing)}.", REPAIR)
