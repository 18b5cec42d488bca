"""The material: documents of indexes as Minutebook cut them.

A folder keeps the documents themselves (for Minutebook, which indexes more than texts) beside the
pieces that everybody else is given.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from eval.bench.peers.pieces import Piece
from indexer.model import BuildInfo, Document, Page, ParsedDocument, Passage
from indexer.store.local import LocalReader, open_reader
from indexer.store.protocols import DocumentRecord


def records_of(indexes: Sequence[Path]) -> list[DocumentRecord]:
    """Return the documents of several indexes; one that is in two of them is taken once."""
    found: dict[str, DocumentRecord] = {}
    for index in indexes:
        with closing(open_reader(index)) as reader:
            for record in _records(reader):
                found.setdefault(record.document.id, record)
    return list(found.values())


def build_of(index: Path) -> BuildInfo:
    """Return what an index says of itself: the model counts here."""
    with closing(open_reader(index)) as reader:
        return reader.info


def _records(reader: LocalReader) -> Iterator[DocumentRecord]:
    numbers = range(reader.count())
    places = {passage.id: n for n, passage in enumerate(reader.passages(numbers))}
    acronyms = reader.acronyms()
    for document in reader.documents():
        passages = reader.document_passages(document.id)
        own = [places[passage.id] for passage in passages]
        yield DocumentRecord(
            document=document,
            parsed=ParsedDocument(
                text=reader.text(document.id),
                pages=tuple(reader.pages(document.id)),
                blocks=tuple(reader.blocks(document.id)),
                media_type=document.media_type,
            ),
            passages=passages,
            contexts=reader.contexts(own),
            vectors=reader.vectors(own),
            tokens=reader.tokens(own),
            acronyms=[one for one in acronyms if one.document_id == document.id],
        )


def keep_records(folder: Path, records: Sequence[DocumentRecord], build: BuildInfo) -> None:
    """Write documents and what their index says of itself into a folder, for ``kept_records``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "records.pickle").write_bytes(pickle.dumps(list(records), protocol=5))
    (folder / "build.pickle").write_bytes(pickle.dumps(build, protocol=5))


def kept_records(folder: Path) -> list[DocumentRecord]:
    """Return the documents of a folder that ``keep_records`` wrote."""
    kept: list[DocumentRecord] = pickle.loads((folder / "records.pickle").read_bytes())
    return kept


def kept_build(folder: Path) -> BuildInfo:
    """Return what the index of a folder's documents says of itself."""
    kept: BuildInfo = pickle.loads((folder / "build.pickle").read_bytes())
    return kept


def passage_pieces(records: Sequence[DocumentRecord]) -> list[Piece]:
    """Return Minutebook's passages, each with the context that Minutebook reads over it."""
    return [
        _piece(record.document, passage, context)
        for record in records
        for passage, context in zip(record.passages, record.contexts, strict=True)
    ]


def _piece(document: Document, passage: Passage, context: str) -> Piece:
    return Piece(
        id=passage.id,
        text=passage.text,
        context=context,
        document=document.id,
        title=document.title,
        body=document.body or "",
        date=document.date.edtf or "",
    )


class Recorded:
    """Documents as the judge of the gold questions reads them."""

    def __init__(self, records: Sequence[DocumentRecord]) -> None:
        self._records = {record.document.id: record for record in records}

    def documents(self) -> list[Document]:
        """Return the documents."""
        return [record.document for record in self._records.values()]

    def text(self, document_id: str) -> str:
        """Return a document's text."""
        return self._records[document_id].parsed.text

    def pages(self, document_id: str) -> list[Page]:
        """Return a document's pages."""
        return list(self._records[document_id].parsed.pages)

    def document_passages(self, document_id: str) -> list[Passage]:
        """Return a document's passages."""
        return list(self._records[document_id].passages)
