"""One segment of a build: some documents with all that belongs to them, written once.

::

    segments/NAME/           NAME follows from the content: equal names hold the same
      records.sqlite         documents, texts, pages, blocks, passages (see ``records``)
      passages.faiss         a FAISS IndexScalarQuantizer, float16; row n is the vector of passage n
      passages.codes         a FAISS IndexRaBitQ: the same vectors, turned and compressed
      tokens.*               signs of the passages' tokens, flat (see ``tokens``)
      words/                 a tantivy index of one segment (see ``words``)
      entries.json           of which entries it was made, in order (see ``entries``)
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from indexer.embed.protocol import Vectors
from indexer.model import ParsedDocument, Segment, SkippedFile
from indexer.store.codes import write_codes
from indexer.store.format import CODES, ENTRIES, PASSAGES, RECORDS, WORDS, checksums
from indexer.store.numbering import MOST_IN_SEGMENT, tag_of
from indexer.store.protocols import DocumentRecord
from indexer.store.records import Records, RecordsWriter
from indexer.store.tokens import TokenIndex, TokensWriter
from indexer.store.vectors import ExactRows, as_kept, check_vectors, write_rows
from indexer.store.words import WordsWriter

_NAME_LENGTH = 16


class SegmentWriter:
    """Writes one segment into a folder; memory holds its vectors and no more."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._dimensions = dimensions
        self._records = RecordsWriter(folder / RECORDS)
        self._tokens = TokensWriter(folder, dimensions)
        self._words: WordsWriter | None = None
        self._vectors: list[Vectors] = []

    def add(self, record: DocumentRecord) -> None:
        """Append a document. Raises ValueError, and adds nothing, where it contradicts itself."""
        ordinal, first = self._records.documents, self._records.passages
        passages = record.passages
        parts = (record.contexts, record.vectors, record.tokens)
        if any(len(part) != len(passages) for part in parts):
            raise ValueError(f"{record.document.file}: passages and what belongs to them differ")
        if any(passage.document_id != record.document.id for passage in passages):
            raise ValueError(f"{record.document.file}: a passage is another document's")
        if first + len(passages) > MOST_IN_SEGMENT:
            raise ValueError(f"{record.document.file}: more passages than a segment takes")
        check_vectors(record.vectors, self._dimensions)
        self._tokens.check(record.tokens)
        self._records.add(record)
        self._vectors.append(record.vectors.astype(np.float32))
        self._tokens.add(record.tokens)
        words = self._words_of(record.document.id)
        for place, (passage, context) in enumerate(zip(passages, record.contexts, strict=True)):
            words.add(first + place, ordinal, passage, context)

    def finish(self, entries: str) -> tuple[Segment, dict[str, str]]:
        """Write everything out; return what the segment is and the checksums of its files.

        ``entries`` is kept beside the rest. The folder has still to be given the segment's name.
        """
        self._records.finish()
        rows = as_kept(
            np.concatenate([np.zeros((0, self._dimensions), np.float32), *self._vectors])
        )
        self._vectors = []
        write_rows(rows, self._folder / PASSAGES)
        write_codes(rows, self._folder / CODES)
        self._tokens.close()
        self._words_of("").finish()
        (self._folder / ENTRIES).write_text(entries, encoding="utf-8")
        found = checksums(self._folder)
        name = hashlib.sha256(json.dumps(found, sort_keys=True).encode()).hexdigest()[:_NAME_LENGTH]
        return Segment(name, self._records.documents, self._records.passages), found

    def abandon(self) -> None:
        """Stop without keeping anything."""
        self._records.abandon()
        self._tokens.close()
        if self._words is not None:
            self._words.abandon()

    def _words_of(self, first_document: str) -> WordsWriter:
        """Return the word index, begun now if this is the segment's first document."""
        if self._words is None:
            self._words = WordsWriter(self._folder / WORDS, tag_of(first_document))
        return self._words


class SegmentSource:
    """A segment of an earlier build, to take single documents from."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        """Open it. Raises IndexDamagedError, RuntimeError, ValueError or OSError."""
        self._records = Records(folder / RECORDS)
        self._vectors = ExactRows(folder / PASSAGES)
        self._tokens = TokenIndex(folder, dimensions)

    def record(self, document_id: str) -> DocumentRecord:
        """Return all that is kept of a document. Raises NotFoundError."""
        records = self._records
        document = records.document(document_id)
        first, count = records.extent(document_id)
        numbers = range(first, first + count)
        return DocumentRecord(
            document=document,
            parsed=ParsedDocument(
                text=records.text(document_id),
                pages=tuple(records.pages(document_id)),
                blocks=tuple(records.blocks(document_id)),
                media_type=document.media_type,
            ),
            passages=records.document_passages(document_id),
            contexts=records.numbered_contexts(numbers),
            vectors=self._vectors.rows(np.arange(first, first + count)),
            tokens=[self._tokens.of(number) for number in numbers],
            acronyms=records.document_acronyms(document_id),
        )

    def close(self) -> None:
        """Let go of the files."""
        self._records.close()


def entries_text(entries: Sequence[tuple[str, str | None, Sequence[SkippedFile]]]) -> str:
    """Return what ``read_entries`` reads: of each entry its key, its document, what it left out."""
    rows = [
        [key, document, [[item.file, item.reason, item.remedy] for item in left_out]]
        for key, document, left_out in entries
    ]
    return json.dumps(rows, ensure_ascii=False, indent=0) + "\n"


def read_entries(folder: Path) -> list[tuple[str, str | None, tuple[SkippedFile, ...]]]:
    """Return of which entries a segment was made. Raises OSError or ValueError."""
    rows = json.loads((folder / ENTRIES).read_text(encoding="utf-8"))
    return [
        (key, document, tuple(SkippedFile(*item) for item in left_out))
        for key, document, left_out in rows
    ]
