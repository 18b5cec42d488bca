"""The two faces of a store. Search, answers and the web know these and no engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from indexer.embed.protocol import Vectors
from indexer.embed.tokens import TokenCodes
from indexer.model import (
    Acronym,
    Block,
    BuildInfo,
    Document,
    Filters,
    Page,
    ParsedDocument,
    Passage,
    SkippedFile,
)
from indexer.store.facets import Facet, Facets
from indexer.store.listing import DocumentPage, Key, Sort


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage's number in the build and its score; greater is better."""

    number: int
    score: float


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """All that a build keeps of one document. ``vectors`` has one row for each passage."""

    document: Document
    parsed: ParsedDocument
    passages: Sequence[Passage]
    contexts: Sequence[str]
    """For each passage the text that was put before it when it was embedded."""
    vectors: Vectors
    tokens: Sequence[TokenCodes]
    """For each passage what is kept of its tokens, those of its context among them."""
    acronyms: Sequence[Acronym] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A document to be, by all that decides it: what an earlier build made of the same is taken.

    ``make`` is called only where no earlier build has it; it may return why it makes nothing.
    """

    key: str
    """Equal keys give equal documents."""
    name: str
    """What the document is called, whatever its content; different for each."""
    characters: int
    """About how long its text is."""
    make: Callable[[], DocumentRecord | tuple[SkippedFile, ...]]


def by_file(document: Document) -> tuple[str, int, str]:
    """Return what documents are ordered by: their files, and in a pack their first pages."""
    return document.file, document.part.pages[0] if document.part else 0, document.id


class StoreWriter(Protocol):
    """Fills one new build; it can be read only after ``publish``."""

    def add(self, record: DocumentRecord) -> None:
        """Append a document; passages get the next numbers in order."""

    def publish(self, info: BuildInfo) -> BuildInfo:
        """Finish, record counts and checksums, and make it the current build in one step."""

    def discard(self) -> None:
        """Forget everything added; the current build stays as it was."""


class StoreReader(Protocol):
    """One immutable build, safe to use from several threads."""

    @property
    def info(self) -> BuildInfo:
        """What the build says of itself."""

    def documents(self, filters: Filters = Filters()) -> list[Document]:
        """Return the documents in the order of ``by_file``; ``role`` plays no part here."""

    def listed(
        self,
        sort: Sort,
        limit: int,
        *,
        after: Key | None = None,
        skip: int = 0,
        filters: Filters = Filters(),
    ) -> DocumentPage:
        """Return ``limit`` documents in an order, past the key ``after`` and past ``skip`` more.

        The page's ``last`` is the ``after`` of the next one; ``role`` plays no part here.
        """

    def document(self, document_id: str) -> Document:
        """Return one document. Raises NotFoundError."""

    def text(self, document_id: str) -> str:
        """Return a document's whole normalised text. Raises NotFoundError."""

    def pages(self, document_id: str) -> list[Page]:
        """Return a document's pages in order. Raises NotFoundError."""

    def blocks(self, document_id: str) -> list[Block]:
        """Return a document's blocks in order. Raises NotFoundError."""

    def passage(self, passage_id: str) -> Passage:
        """Return one passage. Raises NotFoundError."""

    def passages(self, numbers: Iterable[int]) -> list[Passage]:
        """Return passages by number, in the order asked for."""

    def contexts(self, numbers: Iterable[int]) -> list[str]:
        """Return what was put before each passage when it was embedded, in the order asked for."""

    def document_passages(self, document_id: str) -> list[Passage]:
        """Return the passages of one document in order of their spans. Raises NotFoundError."""

    def count(self, filters: Filters = Filters()) -> int:
        """Return how many passages the filters leave."""

    def facets(self, facets: Iterable[Facet], filters: Filters = Filters()) -> Facets:
        """Count passages and documents by value, as the filters on the other fields leave them."""

    def nearest(self, vector: Vectors, k: int, filters: Filters = Filters()) -> list[Scored]:
        """Return the k passages of greatest cosine to ``vector``, shape (dimensions,), best first.

        The filters act inside: fewer than k come back only where fewer exist.
        """

    def matching(self, words: str, k: int, filters: Filters = Filters()) -> list[Scored]:
        """Return the k passages of greatest BM25 score for any of the words, best first."""

    def vectors(self, numbers: Sequence[int]) -> Vectors:
        """Return the vectors of passages by number, shape (len(numbers), dimensions).

        Each number of them is as precise as half precision is.
        """

    def tokens(self, numbers: Iterable[int]) -> list[TokenCodes]:
        """Return what is kept of the tokens of passages, in the order asked for."""

    def frequency(self, word: str) -> int:
        """Return how many passages hold the word, its ending and its case aside."""

    def acronyms(self) -> list[Acronym]:
        """Return every short form that a document of the build explains."""

    def close(self) -> None:
        """Let go of files; the reader cannot be used after."""
