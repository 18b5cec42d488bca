"""The passages' words: BM25 over stemmed English, filters inside, on tantivy.

Fields: ``words`` (the context and the text, without accents, stemmed, not stored), ``forms`` (the
normal forms of their figures), ``document`` and ``number`` (the document's and the passage's,
tagged: see ``numbering``), ``role`` (as written). Each segment of a build is one of tantivy's; they
are joined when they are opened. Context and text are one field: weighed apart, the words that a
whole document shares drown those of the passage.
"""

from __future__ import annotations

import hashlib
import json
import math
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import tantivy
from numpy.typing import NDArray
from tantivy import Occur, Query

from indexer.model import Passage, Role
from indexer.normal_forms import forms_in, forms_in_line, is_form, is_mostly_written_alike
from indexer.plain_letters import plain_letters
from indexer.store.filters import Numbers, Selection
from indexer.store.format import file_checksum
from indexer.store.numbering import Numbering, tagged
from indexer.store.protocols import Scored

_ANALYZER = "en_stem"
_LONGEST_WORD = 40
"""The analyzer leaves out words of this many bytes and more."""
_HEAP_BYTES = 1_000_000_000
"""Filled as needed; enough that what one segment may hold stays in one."""
_MOST_RANGES = 32
_SPARE = 1.5
"""How many times the hits that a filter should leave by its share are looked through."""
_MOST_SIFTED = 8
"""The most hits for each one wanted that are worth looking through."""
_BESIDE_WORDS = 0.3
"""What forms count for that most documents write alike: there the words have told it already."""
_META = "meta.json"
_REMOVAL_TRIES = 50
_REMOVAL_PAUSE_SECONDS = 0.01

_Hits = tuple[Numbers, NDArray[np.float64]]
"""Passages and their scores, the best first."""


def analyzer() -> Any:
    """Return what the index does to a text: words, lower case, English stems."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        .filter(tantivy.Filter.remove_long(_LONGEST_WORD))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stemmer("english"))
        .build()
    )


def bm25_rarity(found: int, count: int) -> float:
    """Return what BM25 has a word count for that ``found`` of ``count`` passages hold.

    Robertson and Zaragoza, "The probabilistic relevance framework" (2009).
    """
    return math.log(1 + (count - found + 0.5) / (found + 0.5))


class WordsWriter:
    """Writes one segment from one thread, so that the same passages give the same bytes."""

    def __init__(self, folder: Path, tag: int) -> None:
        """Start an index in ``folder``, which is made."""
        folder.mkdir()
        self._folder = folder
        self._tag = tag
        self._schema = _schema()
        self._writer = tantivy.Index(self._schema, path=str(folder)).writer(_HEAP_BYTES, 1)

    def add(self, number: int, document: int, passage: Passage, context: str) -> None:
        """Add a passage; the numbers are those within the segment."""
        entry = tantivy.Document()
        text = f"{context}\n{passage.text}"
        entry.add_text("words", plain_letters(text))
        over = [forms_in_line(line) for line in context.splitlines()]
        entry.add_text("forms", " ".join([*over, forms_in(passage.text)]))
        entry.add_text("role", passage.role.value)
        entry.add_unsigned("document", tagged(self._tag, document))
        entry.add_unsigned("number", tagged(self._tag, number))
        self._writer.add_document(entry)

    def finish(self) -> None:
        """Write everything out and give the files names that do not depend on chance."""
        self._writer.commit()
        self._writer.wait_merging_threads()
        _settle(self._folder)

    def abandon(self) -> None:
        """Stop the threads without keeping anything."""
        self._writer.rollback()


class WordIndex:
    """The words of one build, safe to search from several threads."""

    def __init__(self, folders: Sequence[Path], numbering: Numbering) -> None:
        """Map the files of all segments. Raises ValueError or OSError where they cannot be read.

        tantivy leaves a lock file in the folder it opens, which a build on a read-only disk has no
        room for: it gets a folder of links instead. All files are mapped at once, so that the
        links, and the build itself, may go away while this goes on.
        """
        self._numbering = numbering
        with _links_to([folder.resolve(strict=True) for folder in folders]) as links:
            index = tantivy.Index.open(str(links))
            index.config_reader("manual")
            index.reload()
            self._searcher = index.searcher()
        self._schema = index.schema
        self._analyzer = analyzer()
        self._has_forms = self._holds("forms")
        self.count: int = self._searcher.num_docs

    def matching(self, words: str, k: int, selection: Selection) -> list[Scored]:
        """Return the k best by BM25 for any of the words, whatever characters they hold.

        Equal scores stand in the order of their numbers.
        """
        terms = list(dict.fromkeys(self._analyzer.analyze(plain_letters(words))))
        k = min(k, selection.count)
        if not terms or k < 1:
            return []
        query = self._any_of(terms)
        hits = self._sifted(query, k, selection)
        if hits is None:
            clauses = [(Occur.Must, query), *self._clauses(selection)]
            hits = self._hits(Query.boolean_query(clauses), k)
        return _ranked(*hits)

    def _sifted(self, query: Query, k: int, selection: Selection) -> _Hits | None:
        """Return the best k that filters leave, sought among somewhat more of the best of all.

        A broad filter lets most of them through, and testing them afterwards costs less than a
        filter of thousands of documents inside the search. None where the filter is narrow, or
        where too few of them pass it.
        """
        if selection.passages is None:
            return self._hits(query, k)
        wanted = math.ceil(_SPARE * k * self.count / selection.count)
        if wanted > _MOST_SIFTED * k:
            return None
        numbers, scores = self._hits(query, wanted)
        places = np.searchsorted(selection.passages, numbers)
        places[places == selection.count] = 0
        kept = np.flatnonzero(selection.passages[places] == numbers)[:k]
        if len(kept) < k and len(numbers) == wanted:
            return None
        return numbers[kept], scores[kept]

    def _hits(self, query: Query, k: int) -> _Hits:
        hits = self._searcher.search(query, k, count=False).hits
        found = self._searcher.fast_field_values("number", [address for _, address in hits])
        scores = np.fromiter((score for score, _ in hits), np.float64, len(hits))
        return self._numbering.passage_numbers(found), scores

    def frequency(self, word: str) -> int:
        """Return how many passages hold the word; of several words, the rarest counts."""
        terms = self._analyzer.analyze(plain_letters(word))
        return min((self._passages_with(term) for term in terms), default=0)

    def _passages_with(self, term: str) -> int:
        return int(self._searcher.doc_freq(self._field(term), term))

    def _field(self, term: str) -> str:
        return "forms" if self._has_forms and is_form(term) else "words"

    def _holds(self, field: str) -> bool:
        """Say whether the index has a field: one built by an earlier version may lack it."""
        try:
            self._searcher.doc_freq(field, "")
        except ValueError:
            return False
        return True

    def _any_of(self, terms: list[str]) -> Query:
        return Query.boolean_query([(Occur.Should, self._term(term)) for term in terms])

    def _term(self, term: str) -> Query:
        field = self._field(term)
        query = Query.term_query(self._schema, field, term, index_option="freq")
        return query if field == "words" else Query.const_score_query(query, self._worth(term))

    def _worth(self, form: str) -> float:
        """Return a form's rarity, as BM25 has it; how often and among how many is no matter."""
        found = self._passages_with(form)
        return bm25_rarity(found, self.count) * (
            _BESIDE_WORDS if is_mostly_written_alike(form) else 1.0
        )

    def _clauses(self, selection: Selection) -> list[tuple[Occur, Query]]:
        clauses = []
        if selection.documents is not None:
            clauses.append(self._documents(selection.documents))
        if selection.roles:
            clauses.append(self._roles(selection.roles))
        # A filter lets a passage through; it must not add to its score.
        return [(Occur.Must, Query.const_score_query(clause, 0.0)) for clause in clauses]

    def _documents(self, ordinals: Numbers) -> Query:
        names = self._numbering.tagged_documents(ordinals)
        runs = np.split(names, np.flatnonzero(np.diff(names) != 1) + 1)
        if len(runs) > _MOST_RANGES:
            return Query.term_set_query(self._schema, "document", names.tolist())
        kind = tantivy.FieldType.Unsigned
        return Query.boolean_query(
            [
                (
                    Occur.Should,
                    Query.range_query(self._schema, "document", kind, int(run[0]), int(run[-1])),
                )
                for run in runs
            ]
        )

    def _roles(self, roles: tuple[Role, ...]) -> Query:
        return Query.term_set_query(self._schema, "role", [role.value for role in roles])


def _ranked(numbers: Numbers, scores: NDArray[np.float64]) -> list[Scored]:
    order = np.lexsort((numbers, -scores))
    return [
        Scored(*each) for each in zip(numbers[order].tolist(), scores[order].tolist(), strict=True)
    ]


@contextmanager
def _links_to(folders: Sequence[Path]) -> Iterator[Path]:
    """Give a folder of links to the files of ``folders``, joined to one index; gone afterwards."""
    links = Path(tempfile.mkdtemp(prefix="minutebook-"))
    try:
        joined = None
        for folder in folders:
            meta = json.loads((folder / _META).read_text(encoding="utf-8"))
            if joined is None:
                joined = meta
            else:
                joined["segments"] += meta["segments"]
            for path in folder.iterdir():
                if path.name != _META:
                    (links / path.name).symlink_to(path)
        (links / _META).write_text(json.dumps(joined), encoding="utf-8")
        yield links
    finally:
        # tantivy looks at a freshly opened folder once more from a thread of its own, and may leave
        # its lock file there while the folder is being emptied.
        for _ in range(_REMOVAL_TRIES):
            shutil.rmtree(links, ignore_errors=True)
            if not links.exists():
                break
            time.sleep(_REMOVAL_PAUSE_SECONDS)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("words", tokenizer_name=_ANALYZER, index_option="freq")
    builder.add_text_field("forms", tokenizer_name=_ANALYZER, index_option="freq")
    builder.add_text_field("role", tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("document", indexed=True, fast=True)
    builder.add_unsigned_field("number", fast=True)
    return builder.build()


def _settle(folder: Path) -> None:
    """Name the segments, which tantivy names at random, after their content; drop working files."""
    for path in folder.glob(".*"):
        path.unlink()
    meta = json.loads((folder / _META).read_text(encoding="utf-8"))
    meta["segments"].sort(key=lambda segment: _fast_file_checksum(folder, segment["segment_id"]))
    content = _content(folder)
    for number, segment in enumerate(meta["segments"]):
        old, new = UUID(segment["segment_id"]), UUID(int=content ^ number)
        for path in folder.glob(f"{old.hex}.*"):
            path.rename(path.with_name(new.hex + path.suffix))
        segment["segment_id"] = str(new)
    (folder / _META).write_text(json.dumps(meta, indent=1) + "\n", encoding="utf-8")


def _content(folder: Path) -> int:
    """Return 128 bits that follow from what is in the folder, whatever the files are called."""
    parts = sorted(file_checksum(path) for path in folder.iterdir() if path.name != _META)
    return int.from_bytes(hashlib.sha256("".join(parts).encode()).digest()[:16])


def _fast_file_checksum(folder: Path, segment_id: str) -> str:
    return file_checksum(folder / f"{UUID(segment_id).hex}.fast")
