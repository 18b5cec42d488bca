"""Documents, their texts and structure, and their passages, in one SQLite file (see ``rows``)."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamagedError, NotFoundError
from indexer.model import Acronym, Block, Document, Page, Passage
from indexer.store.filters import ROLES, Facts
from indexer.store.format import REPAIR
from indexer.store.listing import LISTED_COLUMNS, Listed, listed_row
from indexer.store.protocols import DocumentRecord
from indexer.store.rows import (
    ACRONYM_COLUMNS,
    BLOCK_COLUMNS,
    CONTEXT_TABLES,
    DOCUMENT_COLUMNS,
    FACTS_COLUMNS,
    PAGE_COLUMNS,
    PASSAGE_COLUMNS,
    PASSAGE_TABLES,
    SCHEMA,
    Row,
    acronym_rows,
    block_of,
    block_rows,
    document_of,
    document_row,
    facts_row,
    over_of,
    page_of,
    page_rows,
    passage_of,
    passage_rows,
)
from indexer.store.whole_texts import beside, checksum, put_together

_PAGE_BYTES = 8192
_MOST_MAPPED_BYTES = 1 << 40
_VARIABLES = 500
_NUMBER = "passages.number"
_OF_ONE = f"{_NUMBER} >= ? AND {_NUMBER} < ?"


class RecordsWriter:
    """Fills the file; the same records in the same order give the same bytes."""

    def __init__(self, path: Path) -> None:
        # A crash leaves nothing that is ever read, so the journal stands only for a document that
        # is refused; the file is forced to the disk before it is published.
        self._connection = sqlite3.connect(path, isolation_level=None)
        for setting in (
            f"page_size = {_PAGE_BYTES}",
            "auto_vacuum = NONE",
            "journal_mode = MEMORY",
            "synchronous = OFF",
            "locking_mode = EXCLUSIVE",
        ):
            self._connection.execute(f"PRAGMA {setting}")
        self._connection.executescript(SCHEMA)
        self.documents = 0
        self.passages = 0
        self._overs: dict[tuple[str, str], int] = {}

    def add(self, record: DocumentRecord) -> None:
        """Append a document.

        Raises ValueError where its id or a passage's is there already, or a passage is not what its
        text says there.
        """
        ordinal, first = self.documents, self.passages
        name, text = record.document.file, record.parsed.text
        try:
            own = beside(text, record.passages)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from error
        known = len(self._overs)
        with _transaction(self._connection):
            try:
                self._insert("documents", [document_row(ordinal, first, record)])
                overs = self._numbers_over(record)
                self._insert("passages", passage_rows(ordinal, first, record, overs))
            except sqlite3.IntegrityError as error:
                while len(self._overs) > known:
                    self._overs.popitem()
                raise ValueError(f"{name}: an id is there already: {error}") from error
            self._insert("texts", [(ordinal, own, checksum(text))])
            self._insert("pages", page_rows(ordinal, record.parsed.pages))
            self._insert("blocks", block_rows(ordinal, record.parsed.blocks))
            self._insert("acronyms", acronym_rows(ordinal, record.acronyms))
        self.documents += 1
        self.passages += len(record.passages)

    def finish(self) -> None:
        """Write everything out, without gaps, and close."""
        rows = [(number, *over) for over, number in self._overs.items()]
        self._insert("overs", rows)
        self._connection.execute("VACUUM")
        self._connection.close()

    def abandon(self) -> None:
        """Close without care for what was written."""
        self._connection.close()

    def _numbers_over(self, record: DocumentRecord) -> list[int]:
        """Return the number of what stands over each passage; what is new is written at the end."""
        overs = map(over_of, record.passages, record.contexts)
        return [self._overs.setdefault(over, len(self._overs)) for over in overs]

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)


class Records:
    """Reads the file of one build; one connection, one thread at a time, held open to the end."""

    def __init__(self, path: Path) -> None:
        """Open the file. Raises IndexDamagedError where it is missing or no such database."""
        self._path = path
        self._lock = threading.Lock()
        try:
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            self._connection.execute(f"PRAGMA mmap_size = {_MOST_MAPPED_BYTES}")
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def ids(self) -> list[str]:
        """Return the documents' ids, by ordinal."""
        return [row[0] for row in self.rows("SELECT id FROM documents ORDER BY ordinal")]

    def count(self) -> int:
        """Return how many passages there are."""
        return int(self.rows("SELECT count(*) FROM passages")[0][0])

    def documents(self) -> list[Document]:
        """Return every document by ordinal."""
        rows = self.rows(f"SELECT {DOCUMENT_COLUMNS} FROM documents ORDER BY ordinal")
        return [document_of(row) for row in rows]

    def document(self, document_id: str) -> Document:
        """Return one document. Raises NotFoundError."""
        rows = self.rows(f"SELECT {DOCUMENT_COLUMNS} FROM documents WHERE id = ?", document_id)
        return document_of(_only(rows, "document", document_id))

    def facts(self) -> list[Facts]:
        """Return what filters look at, by ordinal."""
        rows = self.rows(f"SELECT {FACTS_COLUMNS} FROM documents ORDER BY ordinal")
        return [facts_row(row) for row in rows]

    def listed(self) -> list[Listed]:
        """Return what documents are listed by, by ordinal."""
        rows = self.rows(f"SELECT {LISTED_COLUMNS} FROM documents ORDER BY ordinal")
        return [listed_row(row) for row in rows]

    def passage_counts(self) -> list[int]:
        """Return how many passages each document has, by ordinal."""
        return [row[0] for row in self.rows("SELECT passages FROM documents ORDER BY ordinal")]

    def role_codes(self) -> NDArray[np.int8]:
        """Return each passage's role as its place in ROLES, by number."""
        places: dict[str, int] = {role.value: place for place, role in enumerate(ROLES)}
        rows = self.rows("SELECT role FROM passages ORDER BY number")
        return np.fromiter((places[row[0]] for row in rows), np.int8, len(rows))

    def extent(self, document_id: str) -> tuple[int, int]:
        """Return a document's first passage and how many it has. Raises NotFoundError."""
        _, first, count = self._place(document_id)
        return first, count

    def text(self, document_id: str) -> str:
        """Return a document's text. Raises NotFoundError."""
        ordinal, first, count = self._place(document_id)
        [(own, expected)] = self.rows("SELECT beside, crc32 FROM texts WHERE document = ?", ordinal)
        query = f'SELECT "start", text FROM passages WHERE {_OF_ONE} ORDER BY number'
        passages = self.rows(query, first, first + count)
        text = put_together(own, ((start, each) for start, each in passages))
        if checksum(text) != expected:
            raise self._damaged(f"the passages of {document_id} do not make up its text")
        return text

    def pages(self, document_id: str) -> list[Page]:
        """Return a document's pages. Raises NotFoundError."""
        return [page_of(row) for row in self._parts("pages", PAGE_COLUMNS, document_id)]

    def blocks(self, document_id: str) -> list[Block]:
        """Return a document's blocks. Raises NotFoundError."""
        return [block_of(row) for row in self._parts("blocks", BLOCK_COLUMNS, document_id)]

    def passage(self, passage_id: str) -> Passage:
        """Return one passage. Raises NotFoundError."""
        query = f"SELECT {PASSAGE_COLUMNS} FROM {PASSAGE_TABLES} WHERE passages.id = ?"
        return passage_of(_only(self.rows(query, passage_id), "passage", passage_id))

    def document_passages(self, document_id: str) -> list[Passage]:
        """Return a document's passages in order. Raises NotFoundError."""
        _, first, count = self._place(document_id)
        query = f"SELECT {PASSAGE_COLUMNS} FROM {PASSAGE_TABLES} WHERE {_OF_ONE} ORDER BY {_NUMBER}"
        return [passage_of(row) for row in self.rows(query, first, first + count)]

    def numbered_passages(self, numbers: Iterable[int]) -> list[Passage]:
        """Return passages by number, in the order asked for. Raises NotFoundError."""
        return [passage_of(row) for row in self._numbered(PASSAGE_COLUMNS, PASSAGE_TABLES, numbers)]

    def numbered_contexts(self, numbers: Iterable[int]) -> list[str]:
        """Return passages' contexts by number, in the order asked for. Raises NotFoundError."""
        return [str(row[0]) for row in self._numbered("context", CONTEXT_TABLES, numbers)]

    def document_acronyms(self, document_id: str) -> list[Acronym]:
        """Return a document's acronyms. Raises NotFoundError."""
        return [Acronym(*row) for row in self._parts("acronyms", ACRONYM_COLUMNS, document_id)]

    def acronyms(self) -> list[Acronym]:
        """Return every acronym, by document and place."""
        query = f"SELECT {ACRONYM_COLUMNS} FROM acronyms ORDER BY document, place"
        return [Acronym(*row) for row in self.rows(query)]

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._connection.close()

    def rows(self, query: str, *values: object) -> list[Row]:
        """Return what a query gives. Raises IndexDamagedError where the file is damaged."""
        try:
            with self._lock:
                return list(self._connection.execute(query, values))
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.DatabaseError as error:
            raise self._damaged(error) from error

    def _parts(self, table: str, columns: str, document_id: str) -> list[Row]:
        query = f"SELECT {columns} FROM {table} WHERE document = ? ORDER BY place"
        return self.rows(query, self._ordinal(document_id))

    def _numbered(self, columns: str, tables: str, numbers: Iterable[int]) -> list[Row]:
        found: dict[int, Row] = {}
        asked = list(numbers)
        wanted = sorted(set(asked))
        for first in range(0, len(wanted), _VARIABLES):
            chunk = wanted[first : first + _VARIABLES]
            marks = ", ".join("?" * len(chunk))
            which = f"{_NUMBER} IN ({marks})"
            query = f"SELECT {_NUMBER}, {columns} FROM {tables} WHERE {which}"
            found.update((row[0], row[1:]) for row in self.rows(query, *chunk))
        missing = next((number for number in wanted if number not in found), None)
        if missing is not None:
            raise not_found("passage with the number", missing)
        return [found[number] for number in asked]

    def _ordinal(self, document_id: str) -> int:
        return self._place(document_id)[0]

    def _place(self, document_id: str) -> tuple[int, int, int]:
        """Return a document's ordinal, its first passage and how many it has."""
        query = "SELECT ordinal, first_passage, passages FROM documents WHERE id = ?"
        ordinal, first, count = _only(self.rows(query, document_id), "document", document_id)
        return ordinal, first, count

    def _damaged(self, error: object) -> IndexDamagedError:
        return IndexDamagedError(f"The build's file {self._path} cannot be read: {error}.", REPAIR)


def not_found(noun: str, name: object) -> NotFoundError:
    """Return the error for something that is not in the build."""
    return NotFoundError(
        f"The index has no {noun} {name}.", "See what is in it with `minutebook documents`."
    )


def _only(rows: list[Row], noun: str, name: str) -> Row:
    if not rows:
        raise not_found(noun, name)
    return rows[0]


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Keep all or nothing of what is written within."""
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
