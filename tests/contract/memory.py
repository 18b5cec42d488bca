"""The reference engine: the same promises kept by plain loops, for other engines to agree with."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import Stemmer

from indexer.embed.protocol import Vectors
from indexer.embed.tokens import TokenCodes, sign_bytes
from indexer.errors import IndexNotReadyError, NotFoundError
from indexer.model import Acronym, Block, BuildInfo, Document, Filters, Page, Passage
from indexer.plain_letters import plain_letters
from indexer.store.facets import Facet, FacetCount, Facets, in_order, known_years, without, years_of
from indexer.store.filters import document_test, facts_of
from indexer.store.format import FORMAT_VERSION
from indexer.store.listing import DocumentPage, Key, Listed, Sort
from indexer.store.protocols import DocumentRecord, Scored, by_file

K1, B = 1.2, 0.75
_STEMMER = Stemmer.Stemmer("english")


@dataclass(frozen=True, slots=True)
class Row:
    """A passage with all that belongs to it."""

    record: DocumentRecord
    passage: Passage
    context: str
    vector: Vectors
    tokens: TokenCodes


class MemoryStore:
    """An index in memory: what was published last is current."""

    def __init__(self) -> None:
        self.current: MemoryReader | None = None

    def writer(self, planned: BuildInfo) -> MemoryWriter:
        return MemoryWriter(self, planned)

    def open(self) -> MemoryReader:
        if self.current is None:
            raise IndexNotReadyError("There is no index.", "Build one.")
        return self.current


class MemoryWriter:
    def __init__(self, store: MemoryStore, planned: BuildInfo) -> None:
        self._store = store
        self._dimensions = planned.model.dimensions
        self._records: list[DocumentRecord] = []
        self._ids: set[tuple[str, str]] = set()

    def add(self, record: DocumentRecord) -> None:
        ids = [("document", record.document.id), *(("passage", p.id) for p in record.passages)]
        if len(set(ids)) < len(ids) or self._ids & set(ids):
            raise ValueError("an id is there already")
        parts = (record.contexts, record.vectors, record.tokens)
        if any(len(part) != len(record.passages) for part in parts):
            raise ValueError("passages, contexts and vectors differ in number")
        if any(each.span.of(record.parsed.text) != each.text for each in record.passages):
            raise ValueError("a passage is not what its text says there")
        lengths = np.linalg.norm(record.vectors, axis=1)
        if record.vectors.shape[1] != self._dimensions or not np.allclose(lengths, 1, atol=1e-3):
            raise ValueError("the vectors are of another kind")
        width = sign_bytes(self._dimensions)
        if any(each.signs.shape != (len(each.starts), width) for each in record.tokens):
            raise ValueError("the tokens are of another kind")
        facts_of(record.document)
        self._records.append(record)
        self._ids |= set(ids)

    def publish(self, info: BuildInfo) -> BuildInfo:
        passages = sum(len(record.passages) for record in self._records)
        complete = replace(
            info, format=FORMAT_VERSION, documents=len(self._records), passages=passages
        )
        self._store.current = MemoryReader(complete, self._records)
        return complete

    def discard(self) -> None:
        self._records = []


class MemoryReader:
    def __init__(self, info: BuildInfo, records: Sequence[DocumentRecord]) -> None:
        self._info = info
        self._records = list(records)
        self._rows = [
            Row(record, passage, context, vector, tokens)
            for record in records
            for passage, context, vector, tokens in zip(
                record.passages, record.contexts, record.vectors, record.tokens, strict=True
            )
        ]
        self._words = [Counter(stems(f"{row.context}\n{row.passage.text}")) for row in self._rows]

    @property
    def info(self) -> BuildInfo:
        return self._info

    def documents(self, filters: Filters = Filters()) -> list[Document]:
        test = document_test(filters)
        found = [record.document for record in self._records if test(facts_of(record.document))]
        return sorted(found, key=by_file)

    def listed(
        self,
        sort: Sort,
        limit: int,
        *,
        after: Key | None = None,
        skip: int = 0,
        filters: Filters = Filters(),
    ) -> DocumentPage:
        keyed = [(_listed(each).key(sort), each) for each in self.documents(filters)]
        keyed.sort(key=lambda one: one[0])
        rest = [one for one in keyed if after is None or one[0] > after][skip:]
        page = rest[:limit]
        last = page[-1][0] if page and len(rest) > limit else None
        return DocumentPage([document for _, document in page], len(keyed), last)

    def document(self, document_id: str) -> Document:
        return self._record(document_id).document

    def text(self, document_id: str) -> str:
        return self._record(document_id).parsed.text

    def pages(self, document_id: str) -> list[Page]:
        return list(self._record(document_id).parsed.pages)

    def blocks(self, document_id: str) -> list[Block]:
        return list(self._record(document_id).parsed.blocks)

    def passage(self, passage_id: str) -> Passage:
        for row in self._rows:
            if row.passage.id == passage_id:
                return row.passage
        raise NotFoundError(f"There is no passage {passage_id}.", "")

    def passages(self, numbers: Iterable[int]) -> list[Passage]:
        return [self._row(number).passage for number in numbers]

    def contexts(self, numbers: Iterable[int]) -> list[str]:
        return [self._row(number).context for number in numbers]

    def document_passages(self, document_id: str) -> list[Passage]:
        return list(self._record(document_id).passages)

    def count(self, filters: Filters = Filters()) -> int:
        return len(self._kept(filters))

    def facets(self, facets: Iterable[Facet], filters: Filters = Filters()) -> Facets:
        return {facet: in_order(facet, self._counts(facet, filters)) for facet in facets}

    def _counts(self, facet: Facet, filters: Filters) -> list[FacetCount]:
        rows = [self._rows[number] for number in self._kept(without(facet, filters))]
        pairs = [(value, row) for row in rows for value in self._values(facet, row)]
        return [
            FacetCount(
                value,
                sum(each == value for each, _ in pairs),
                len({row.record.document.id for each, row in pairs if each == value}),
            )
            for value in {value for value, _ in pairs}
        ]

    def _values(self, facet: Facet, row: Row) -> list[str | None]:
        document = row.record.document
        if facet is Facet.ROLE:
            return [str(row.passage.role)]
        if facet is Facet.YEAR:
            known = known_years(facts_of(each.document) for each in self._records)
            return [f"{year:04}" for year in years_of(facts_of(document), known)] or [None]
        if facet is Facet.BODY:
            return [next(iter(facts_of(document).body), None)]
        found = getattr(document, facet)
        return [None if found is None else str(found)]

    def nearest(self, vector: Vectors, k: int, filters: Filters = Filters()) -> list[Scored]:
        if vector.shape != (self._info.model.dimensions,) or not np.linalg.norm(vector) > 0:
            raise ValueError("the vector is of another kind")
        unit = vector / np.linalg.norm(vector)
        scores = {number: float(self._rows[number].vector @ unit) for number in self._kept(filters)}
        return best(scores, k)

    def matching(self, words: str, k: int, filters: Filters = Filters()) -> list[Scored]:
        terms = set(stems(words))
        scores = {}
        for number in self._kept(filters):
            if terms & self._words[number].keys():
                scores[number] = self._bm25(number, terms)
        return best(scores, k)

    def vectors(self, numbers: Sequence[int]) -> Vectors:
        rows = [self._row(number).vector for number in numbers]
        empty = np.zeros((0, self._info.model.dimensions), np.float32)
        return np.stack(rows) if rows else empty

    def tokens(self, numbers: Iterable[int]) -> list[TokenCodes]:
        return [self._row(number).tokens for number in numbers]

    def frequency(self, word: str) -> int:
        return min((sum(stem in each for each in self._words) for stem in stems(word)), default=0)

    def acronyms(self) -> list[Acronym]:
        return [acronym for record in self._records for acronym in record.acronyms]

    def close(self) -> None:
        pass

    def _bm25(self, number: int, terms: set[str]) -> float:
        length = self._words[number].total()
        average = sum(each.total() for each in self._words) / len(self._words)
        total = 0.0
        for term in terms & self._words[number].keys():
            times = self._words[number][term]
            having = sum(term in each for each in self._words)
            rarity = math.log(1 + (len(self._words) - having + 0.5) / (having + 0.5))
            total += rarity * times * (K1 + 1) / (times + K1 * (1 - B + B * length / average))
        return total

    def _kept(self, filters: Filters) -> list[int]:
        test = document_test(filters)
        return [
            number
            for number, row in enumerate(self._rows)
            if test(facts_of(row.record.document))
            and (not filters.role or row.passage.role in filters.role)
        ]

    def _record(self, document_id: str) -> DocumentRecord:
        for record in self._records:
            if record.document.id == document_id:
                return record
        raise NotFoundError(f"There is no document {document_id}.", "")

    def _row(self, number: int) -> Row:
        if not 0 <= number < len(self._rows):
            raise NotFoundError(f"There is no passage number {number}.", "")
        return self._rows[number]


def best(scores: dict[int, float], k: int) -> list[Scored]:
    """Return the k greatest, equal ones by number."""
    ranked = sorted(scores.items(), key=lambda item: (-item[1], item[0]))
    return [Scored(number, score) for number, score in ranked[: max(k, 0)]]


def stems(text: str) -> list[str]:
    """Return the English stems of a text's words, without words of 40 bytes and more or accents."""
    spaced = "".join(each if each.isalnum() else " " for each in plain_letters(text))
    words = [word for word in spaced.split() if len(word.encode()) < 40]
    return [_STEMMER.stemWord(word.lower()) for word in words]


def _listed(document: Document) -> Listed:
    first = document.part.pages[0] if document.part else 0
    facts = facts_of(document)
    return Listed(document.id, document.file, first, document.title, facts.earliest, facts.latest)
