"""The store on one machine's disk: SQLite, FAISS and tantivy side by side in one build."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from indexer.embed.protocol import Vectors
from indexer.embed.tokens import TokenCodes
from indexer.errors import IndexDamagedError
from indexer.model import (
    Acronym,
    Block,
    BuildInfo,
    Document,
    Filters,
    Page,
    Passage,
    Segment,
    SkippedFile,
)
from indexer.store.cut import USUAL_SEGMENT, Cutter, cut, segment_size
from indexer.store.earlier import Earlier, Kept
from indexer.store.facets import Facet, FacetIndex, Facets
from indexer.store.filters import Catalogue
from indexer.store.format import (
    BUILT,
    FORMAT_VERSION,
    REPAIR,
    SEGMENTS,
    WORDS,
    current_folder,
    read_meta,
    write_meta,
)
from indexer.store.listing import DocumentPage, Key, Listing, Sort
from indexer.store.memory import RecordMemory
from indexer.store.nearest import VectorIndex
from indexer.store.protocols import DocumentRecord, Entry, Scored, by_file
from indexer.store.publish import partial_folder, publish
from indexer.store.recall import search_chosen
from indexer.store.record_set import RecordSet
from indexer.store.records import not_found
from indexer.store.segment import SegmentWriter, entries_text
from indexer.store.tokens import TokenIndex, TokenSet
from indexer.store.words import WordIndex

_UNNAMED = ".writing"
_SELECTIONS_KEPT = 16
_FREQUENCIES_KEPT = 8192


class LocalWriter:
    """A ``StoreWriter``. One at a time may write into an index: the caller sees to that.

    Documents come one by one (``add``) or as entries (``fill``), of which what ``earlier``, an
    older build, holds alike is taken from it: a segment whose entries are all the same is shared,
    and no build shows whether it was filled from an earlier one or from nothing.
    """

    def __init__(
        self,
        index: Path,
        planned: BuildInfo,
        *,
        earlier: Path | None = None,
        segment_characters: int | None = None,
    ) -> None:
        """Start the build ``planned.id`` for vectors of ``planned.model.dimensions``.

        ``segment_characters`` is the usual length of a segment's text, where ``fill`` should not
        choose it by the whole.
        """
        self._index = index
        self._planned = planned
        self._partial = partial_folder(index, planned.id)
        shutil.rmtree(self._partial, ignore_errors=True)
        (self._partial / SEGMENTS).mkdir(parents=True)
        self._earlier = Earlier(earlier, planned.model.dimensions)
        self._size = segment_characters
        self._cutter = Cutter(segment_characters or USUAL_SEGMENT)
        self._ids: set[str] = set()
        self._segments: list[Segment] = []
        self._checksums: dict[str, str] = {}
        self._writing: SegmentWriter | None = None
        self._written: list[tuple[str, str | None, tuple[SkippedFile, ...]]] = []
        self.shared = 0
        """How many segments were taken whole."""

    def add(self, record: DocumentRecord) -> None:
        """Append a document; passages get the next numbers in order.

        Raises ValueError, and adds nothing, where an id is there already, a vector is not of length
        1, a passage is another document's or not what its text says there, or passages, contexts,
        vectors and tokens are not of one number.
        """
        self._append(record, key="")
        if self._cutter.ends_after(record.document.id, len(record.parsed.text)):
            self._close_segment()

    def fill(
        self, entries: Sequence[Entry], done: Callable[[int], None] = lambda _: None
    ) -> list[SkippedFile]:
        """Append what becomes of the entries, in their order; return what was left out.

        ``done`` is told of each entry or so many that are dealt with. Raises as ``add``.
        """
        self._close_segment()
        size = self._size or segment_size(sum(entry.characters for entry in entries))
        left_out: list[SkippedFile] = []
        for run in cut(entries, size):
            kept = self._earlier.run([entry.key for entry in run])
            if kept is not None:
                left_out += self._share(kept)
                done(len(run))
                continue
            for entry in run:
                left_out += self._make(entry)
                done(1)
            self._close_segment()
        return left_out

    def publish(self, info: BuildInfo) -> BuildInfo:
        """Finish, record format, counts and checksums, and make it the current build in one step.

        ``info.id`` names the build, whatever was planned.
        """
        if self._writing or not self._segments:
            self._segment()
            self._close_segment()
        self._earlier.close()
        folders = [self._partial / SEGMENTS / segment.name for segment in self._segments]
        complete = replace(
            info,
            format=FORMAT_VERSION,
            documents=self.documents,
            passages=self.passages,
            checksums=dict(sorted(self._checksums.items())),
            vectors=search_chosen(folders, self._planned.vectors),
            segments=tuple(self._segments),
        )
        write_meta(self._partial, complete)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        (self._partial / BUILT).write_text(f'{{"built": "{now}"}}\n', encoding="utf-8")
        publish(self._index, self._partial, complete)
        return complete

    def discard(self) -> None:
        """Forget everything added; the current build stays as it was. May be called twice."""
        self._earlier.close()
        if self._writing:
            self._writing.abandon()
            self._writing = None
        shutil.rmtree(self._partial, ignore_errors=True)

    @property
    def documents(self) -> int:
        """How many documents stand in the segments that are finished."""
        return sum(segment.documents for segment in self._segments)

    @property
    def passages(self) -> int:
        """How many passages stand in the segments that are finished."""
        return sum(segment.passages for segment in self._segments)

    def _make(self, entry: Entry) -> tuple[SkippedFile, ...]:
        made = self._earlier.taken(entry.key)
        if made is None:
            made = entry.make()
        if isinstance(made, DocumentRecord):
            self._append(made, entry.key)
            return ()
        self._segment()
        self._written.append((entry.key, None, made))
        return made

    def _append(self, record: DocumentRecord, key: str) -> None:
        if record.document.id in self._ids:
            raise ValueError(f"{record.document.file}: its id is there already")
        self._segment().add(record)
        self._ids.add(record.document.id)
        self._written.append((key, record.document.id, ()))

    def _share(self, kept: Kept) -> tuple[SkippedFile, ...]:
        twice = self._ids.intersection(kept.documents)
        if twice:
            raise ValueError(f"documents that are there already: {', '.join(sorted(twice))}")
        self._ids.update(kept.documents)
        kept.link_into(self._partial / SEGMENTS / kept.segment.name)
        self._record(kept.segment, kept.checksums)
        self.shared += 1
        return kept.left_out

    def _segment(self) -> SegmentWriter:
        if self._writing is None:
            folder = self._partial / SEGMENTS / _UNNAMED
            self._writing = SegmentWriter(folder, self._planned.model.dimensions)
        return self._writing

    def _close_segment(self) -> None:
        if self._writing is None:
            return
        segment, found = self._writing.finish(entries_text(self._written))
        self._writing, self._written = None, []
        (self._partial / SEGMENTS / _UNNAMED).rename(self._partial / SEGMENTS / segment.name)
        self._record(segment, found)

    def _record(self, segment: Segment, found: dict[str, str]) -> None:
        self._segments.append(segment)
        for name, checksum in found.items():
            self._checksums[f"{SEGMENTS}/{segment.name}/{name}"] = checksum


class LocalReader:
    """A ``StoreReader`` over one build's folder; everything is open from the start.

    So it goes on serving when a newer build is published and its own is removed.
    """

    def __init__(self, folder: Path) -> None:
        """Open the build. Raises IndexNotReadyError or IndexDamagedError."""
        self.folder = folder
        self._info = read_meta(folder)
        _require_files(folder, self._info)
        folders = [folder / SEGMENTS / segment.name for segment in self._info.segments]
        self._records = RecordSet(folders)
        self._memory = RecordMemory(self._records)
        try:
            self._vectors = VectorIndex(folders, self._info.vectors)
            numbering = self._records.numbering
            self._words = WordIndex([each / WORDS for each in folders], numbering)
            dimensions = self._info.model.dimensions
            self._tokens = TokenSet([TokenIndex(each, dimensions) for each in folders])
        except (RuntimeError, ValueError, OSError) as error:
            self._records.close()
            raise IndexDamagedError(
                f"The build {folder} cannot be opened: {error}", REPAIR
            ) from error
        records = self._records
        self._catalogue = Catalogue(records.facts, records.passage_counts(), records.role_codes)
        self._select = lru_cache(maxsize=_SELECTIONS_KEPT)(self._catalogue.select)
        self._frequency = lru_cache(maxsize=_FREQUENCIES_KEPT)(self._words.frequency)

    @property
    def info(self) -> BuildInfo:
        """What the build says of itself."""
        return self._info

    def documents(self, filters: Filters = Filters()) -> list[Document]:
        """Return the documents in the order of their files; ``role`` plays no part here."""
        kept = self._catalogue.documents(filters)
        found = [each for each, stays in zip(self._records.documents(), kept, strict=True) if stays]
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
        """Return ``limit`` documents in an order, past the key ``after`` and past ``skip`` more."""
        return self._listing.page(sort, limit, after, skip, filters)

    @cached_property
    def _listing(self) -> Listing:
        records = self._records
        return Listing(records.listed(), self._catalogue.documents, records.document)

    def document(self, document_id: str) -> Document:
        """Return one document. Raises NotFoundError."""
        return self._memory.document(document_id)

    def text(self, document_id: str) -> str:
        """Return a document's whole normalised text. Raises NotFoundError."""
        return self._memory.text(document_id)

    def pages(self, document_id: str) -> list[Page]:
        """Return a document's pages in order. Raises NotFoundError."""
        return self._memory.pages(document_id)

    def blocks(self, document_id: str) -> list[Block]:
        """Return a document's blocks in order. Raises NotFoundError."""
        return self._memory.blocks(document_id)

    def passage(self, passage_id: str) -> Passage:
        """Return one passage. Raises NotFoundError."""
        return self._records.passage(passage_id)

    def passages(self, numbers: Iterable[int]) -> list[Passage]:
        """Return passages by number, in the order asked for. Raises NotFoundError."""
        return self._memory.passages(numbers)

    def contexts(self, numbers: Iterable[int]) -> list[str]:
        """Return what was put before each passage, in the order asked for. Raises NotFoundError."""
        return self._records.numbered_contexts(numbers)

    def document_passages(self, document_id: str) -> list[Passage]:
        """Return the passages of one document in reading order. Raises NotFoundError."""
        return self._records.document_passages(document_id)

    def count(self, filters: Filters = Filters()) -> int:
        """Return how many passages the filters leave."""
        return self._select(filters).count

    def facets(self, facets: Iterable[Facet], filters: Filters = Filters()) -> Facets:
        """Count passages and documents by value, as the filters on the other fields leave them."""
        return self._facets.count(facets, filters)

    @cached_property
    def _facets(self) -> FacetIndex:
        records = self._records
        return FacetIndex(
            self._catalogue.facts,
            records.passage_counts(),
            records.role_codes(),
            self._catalogue.documents,
        )

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
        return self._frequency(word)

    def acronyms(self) -> list[Acronym]:
        """Return every short form that a document of the build explains."""
        return list(self._acronyms)

    @cached_property
    def _acronyms(self) -> list[Acronym]:
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
