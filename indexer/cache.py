"""What was parsed and embedded before, by content: nothing unchanged is worked on twice.

The cache is safe to delete; it only costs time. What belongs to no file of the latest finished
build is dropped, and overwritten on the disk.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from indexer.embed.protocol import Vectors
from indexer.embed.tokens import TokenCodes, sign_bytes
from indexer.model import Block, BlockKind, OutlineEntry, Page, ParsedDocument, Span

Embedded = tuple[Vectors, list[TokenCodes]]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS parsed (key TEXT PRIMARY KEY, document TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS papers (
    key TEXT PRIMARY KEY, source TEXT NOT NULL, papers TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS embedded (
    key TEXT PRIMARY KEY, dimensions INTEGER NOT NULL, vectors BLOB NOT NULL,
    tokens BLOB NOT NULL, starts BLOB NOT NULL, signs BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS owners (
    owner TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (owner, key)
) WITHOUT ROWID;
DROP TABLE IF EXISTS vectors;
"""


class Cache:
    """Parsed documents and their vectors in one SQLite file; every write is committed at once."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = _open(path)
        self._parsed: set[str] = set()
        self._owned: dict[str, set[str]] = {}

    def parsed(self, key: str) -> ParsedDocument | None:
        """Return the document parsed under ``key``, or None."""
        row = self._row("SELECT document FROM parsed WHERE key = ?", key)
        self._parsed.add(key)
        return _document(row[0]) if row else None

    def has_parsed(self, key: str) -> bool:
        """Say whether a document is kept under ``key``, without reading it."""
        self._parsed.add(key)
        return self._row("SELECT 1 FROM parsed WHERE key = ?", key) is not None

    def papers(self, key: str, version: str) -> list[list[Any]] | None:
        """Return what was kept of the papers of the document parsed under ``key``, or None.

        ``version`` says by which code they were found.
        """
        query = "SELECT papers FROM papers WHERE key = ? AND source = ?"
        row = self._row(query, f"{key} {version}", key)
        return list(json.loads(row[0])) if row else None

    def keep_papers(self, key: str, version: str, papers: Sequence[Sequence[Any]]) -> None:
        """Keep a list for each paper of a parsed document."""
        self._keep("papers", f"{key} {version}", (key, json.dumps(papers)))

    def keep_parsed(self, key: str, document: ParsedDocument) -> None:
        """Keep a parsed document."""
        self._parsed.add(key)
        self._keep("parsed", key, (_json(document),))

    def embedded(self, key: str, owner: str = "") -> Embedded | None:
        """Return what was made of one document's passages under ``key``, or None.

        It is kept as long as a build has the ``owner``, the document that asked for it.
        """
        self._owned.setdefault(owner, set()).add(key)
        columns = "dimensions, vectors, tokens, starts, signs"
        row = self._row(f"SELECT {columns} FROM embedded WHERE key = ?", key)
        if row is None:
            return None
        dimensions, vectors, tokens, starts, signs = row
        cuts = np.cumsum(np.frombuffer(tokens, "<i4"))[:-1]
        rows = np.frombuffer(signs, np.uint8).reshape(-1, sign_bytes(dimensions))
        parts = zip(np.split(rows, cuts), np.split(np.frombuffer(starts, "<i4"), cuts), strict=True)
        codes = [TokenCodes(own, begins.astype(np.int32)) for own, begins in parts]
        return np.frombuffer(vectors, np.float32).reshape(-1, dimensions), codes

    def keep_embedded(self, key: str, vectors: Vectors, codes: Sequence[TokenCodes]) -> None:
        """Keep the vectors, shape (passages, dimensions), and tokens of a document's passages."""
        values = (
            vectors.shape[1],
            vectors.astype(np.float32).tobytes(),
            np.array([len(each.starts) for each in codes], "<i4").tobytes(),
            b"".join(each.starts.astype("<i4").tobytes() for each in codes),
            b"".join(each.signs.tobytes() for each in codes),
        )
        self._keep("embedded", key, values)

    def forget_unused(self, owners: Collection[str]) -> None:
        """Drop what belongs to no file that this run asked about and to none of the ``owners``.

        Of an owner whose passages this run asked for, what it did not ask for goes as well.
        """
        run = self._connection.execute
        run("CREATE TEMP TABLE wanted (key TEXT PRIMARY KEY)")
        self._connection.executemany(
            "INSERT OR IGNORE INTO wanted VALUES (?)", [(key,) for key in self._parsed]
        )
        run("DELETE FROM parsed WHERE key NOT IN (SELECT key FROM wanted)")
        run("DELETE FROM papers WHERE source NOT IN (SELECT key FROM wanted)")
        run("DELETE FROM wanted")
        self._connection.executemany(
            "INSERT OR IGNORE INTO wanted VALUES (?)", [(owner,) for owner in owners]
        )
        run("DELETE FROM owners WHERE owner NOT IN (SELECT key FROM wanted)")
        for owner, keys in self._owned.items():
            run("DELETE FROM owners WHERE owner = ?", (owner,))
            self._connection.executemany(
                "INSERT OR IGNORE INTO owners VALUES (?, ?)", [(owner, key) for key in keys]
            )
        run("DELETE FROM embedded WHERE key NOT IN (SELECT key FROM owners)")
        run("DROP TABLE wanted")
        self._connection.commit()
        # What was overwritten would otherwise still stand in the log.
        run("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _row(self, query: str, *values: str) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None
        row = self._connection.execute(query, values).fetchone()
        return row

    def _keep(self, table: str, key: str, values: tuple[object, ...]) -> None:
        marks = ", ".join("?" * (len(values) + 1))
        self._connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", (key, *values))
        self._connection.commit()


def _open(path: Path) -> sqlite3.Connection:
    """Open the cache; one that is damaged is thrown away, because it can be made again."""
    try:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA secure_delete = ON")
        connection.executescript(_SCHEMA)
    except sqlite3.DatabaseError:
        for part in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
            part.unlink(missing_ok=True)
        connection = sqlite3.connect(path)
        connection.executescript(_SCHEMA)
    return connection


def _json(document: ParsedDocument) -> str:
    return json.dumps(
        {
            "text": document.text,
            "pages": [[p.number, p.span.start, p.span.end, p.label, p.ocr] for p in document.pages],
            "blocks": [
                [b.kind, b.span.start, b.span.end, b.level]
                + ([b.header.start, b.header.end] if b.header else [])
                for b in document.blocks
            ],
            "media_type": document.media_type,
            "title": document.title,
            "warnings": document.warnings,
            "outline": [[e.title, e.page, e.level] for e in document.outline],
        },
        ensure_ascii=False,
    )


def _document(text: object) -> ParsedDocument:
    kept = json.loads(str(text))
    return ParsedDocument(
        text=kept["text"],
        pages=tuple(Page(n, Span(start, end), *rest) for n, start, end, *rest in kept["pages"]),
        blocks=tuple(
            Block(BlockKind(kind), Span(start, end), level, Span(*header) if header else None)
            for kind, start, end, level, *header in kept["blocks"]
        ),
        media_type=kept["media_type"],
        title=kept["title"],
        warnings=tuple(kept["warnings"]),
        outline=tuple(OutlineEntry(*entry) for entry in kept["outline"]),
    )
