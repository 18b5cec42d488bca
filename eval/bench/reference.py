"""The plain script to measure against: FAISS Flat, tantivy and SQLite side by side, fused by rank.

What somebody would write in an afternoon: no filters, no updates, no checks.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import tantivy

from indexer.embed.protocol import Vectors
from indexer.store.protocols import DocumentRecord

_RRF = 60
Row = tuple[str, str, str]
"""The id of a passage, its text, and what stands over it."""


class Reference:
    """One index of passages."""

    def __init__(self, folder: Path) -> None:
        self._vectors = faiss.read_index(str(folder / "vectors"))
        self._words = tantivy.Index.open(str(folder / "words"))
        self._searcher = self._words.searcher()
        self._records = sqlite3.connect(folder / "records")
        faiss.omp_set_num_threads(1)

    @classmethod
    def build(cls, folder: Path, documents: Iterable[DocumentRecord]) -> None:
        """Write the index of documents, one after the other."""
        cls.write(folder, ((_rows(each), each.vectors) for each in documents))

    @staticmethod
    def write(folder: Path, parts: Iterable[tuple[Sequence[Row], Vectors]]) -> None:
        """Write the index of rows of an id, a text and its context, with a vector for each."""
        (folder / "words").mkdir(parents=True)
        flat: Any = None
        records = sqlite3.connect(folder / "records")
        records.execute("CREATE TABLE passages (number INTEGER PRIMARY KEY, id, text, context)")
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("words", tokenizer_name="en_stem")
        schema.add_unsigned_field("number", stored=True)
        writer = tantivy.Index(schema.build(), path=str(folder / "words")).writer()
        for rows, vectors in parts:
            flat = faiss.IndexFlatIP(vectors.shape[1]) if flat is None else flat
            numbered = [(number, *row) for number, row in enumerate(rows, flat.ntotal)]
            flat.add(vectors)
            records.executemany("INSERT INTO passages VALUES (?, ?, ?, ?)", numbered)
            for number, _, text, context in numbered:
                entry = tantivy.Document()
                entry.add_text("words", f"{context}\n{text}")
                entry.add_unsigned("number", number)
                writer.add_document(entry)
        records.commit()
        faiss.write_index(flat, str(folder / "vectors"))
        writer.commit()
        writer.wait_merging_threads()

    def search(self, words: str, vector: Vectors, k: int) -> list[str]:
        """Return the texts of the k best of both rankings."""
        return [text for _, text in self.rows(words, vector, k)]

    def rows(self, words: str, vector: Vectors, k: int) -> list[tuple[str, str]]:
        """Return the ids and texts of the k best of both rankings, each read k deep."""
        _, near = self._vectors.search(vector[np.newaxis], k)
        query, _ = self._words.parse_query_lenient(words, ["words"])
        hits = self._searcher.search(query, k).hits
        matching = [self._searcher.doc(address)["number"][0] for _, address in hits]
        scores: dict[int, float] = defaultdict(float)
        for ranking in (near[0].tolist(), matching):
            for rank, number in enumerate(ranking):
                scores[number] += 1 / (_RRF + rank)
        best = sorted(scores, key=scores.__getitem__, reverse=True)[:k]
        marks = ", ".join("?" * len(best))
        query_text = f"SELECT number, id, text FROM passages WHERE number IN ({marks})"
        rows = {n: (name, text) for n, name, text in self._records.execute(query_text, best)}
        return [rows[number] for number in best]


def _rows(document: DocumentRecord) -> list[Row]:
    pairs = zip(document.passages, document.contexts, strict=True)
    return [(passage.id, passage.text, context) for passage, context in pairs]
