"""What comes back from a question: hits, citations, the timeline, the answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from indexer.model import Acronym, BuildInfo, Dating, Document, Filters, Passage, Role, Span


@dataclass(frozen=True, slots=True)
class Repeat:
    """A passage that says the very words of a hit, and the document that it stands in."""

    passage: Passage
    document: Document


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage in its place in the ranking, with the document that it stands in.

    ``repeats`` are the lower ranked passages that say the very same words elsewhere.
    """

    rank: int
    score: float
    passage: Passage
    document: Document
    repeats: tuple[Repeat, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Ranked passages. ``total`` counts the passages that the filters leave."""

    query: str
    hits: tuple[Hit, ...]
    total: int
    acronyms: tuple[Acronym, ...]
    filters: Filters
    index: BuildInfo
    took_ms: float


@dataclass(frozen=True, slots=True)
class Citation:
    """A quotation and where it stands: the document's text over ``span`` equals ``quote``."""

    n: int
    document: Document
    passage_id: str
    pages: tuple[int, int]
    span: Span
    quote: str
    role: Role
    lead_in: str | None = None
    """The words that introduce the list the quote is an item of; they stand in the document too."""
    ocr: float | None = None
    """Where it was read from a picture: how sure that reading is, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Version:
    """What one document says of the matter, as it stood on its date; ``citation`` is its ``n``."""

    date: Dating
    body: str | None
    statement: str
    citation: int
    superseded: bool


class AnswerStatus(StrEnum):
    """What sort of answer the record gives."""

    ANSWERED = "answered"
    CHANGED = "changed"
    DISPUTED = "disputed"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class ComposedSentence:
    """A sentence that a language model wrote; each quotation cited (``n``) bears it out alone."""

    text: str
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Composed:
    """What is left of a language model's answer after each sentence was checked.

    ``text`` is all of it, with its citations and, where the record changed, whose words of when;
    ``removed`` counts the sentences that were not borne out.
    """

    text: str
    model: str
    sentences: tuple[ComposedSentence, ...]
    removed: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The record's own words in answer to a question, or a typed refusal.

    With NOT_FOUND ``answer`` is None, there are no citations, and ``hits`` are the nearest
    passages; ``reason`` says in plain words why the record was found not to say.
    """

    question: str
    status: AnswerStatus
    answer: str | None
    reason: str | None
    citations: tuple[Citation, ...]
    timeline: tuple[Version, ...]
    result: SearchResult
    took_ms: float
    score: float = 0.0
    """The best statement's score, refused or not: it orders answers by how sure they are, and is
    neither a probability nor for people to read."""
    composed: Composed | None = None
    """The same in a language model's words, where that was asked for and stood its check."""
