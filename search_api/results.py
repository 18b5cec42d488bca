"""What comes back from a question: hits, citations, the timeline, the answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from indexer.model import Acronym, BuildInfo, Dating, Document, Filters, Passage, Role, Span
from search_api.query import Correction


@dataclass(frozen=True, slots=True)
class Repeat:
    """A passage that says the very words of a hit, and the document that it stands in."""

    passage: Passage
    document: Document


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage in its place in the ranking, with the document that it stands in.

    ``repeats`` are the lower ranked passages that say the very same words elsewhere. A hit that
    reads on has several ``parts``: the passage that was found, and those after it that are shown
    with it; ``passage`` is over all of them, with the role of the first.
    """

    rank: int
    score: float
    passage: Passage
    document: Document
    repeats: tuple[Repeat, ...] = ()
    parts: tuple[Passage, ...] = ()

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages that it is made of, one at the least, the one that was found first."""
        return self.parts or (self.passage,)

    @property
    def told(self) -> tuple[Passage, ...]:
        """The passages that it is made of, then those that are told under it."""
        return (*self.passages, *(repeat.passage for repeat in self.repeats))

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles of what it shows, in order, each once."""
        return tuple(dict.fromkeys(one.role for one in self.passages))


@dataclass(frozen=True, slots=True)
class Candidate:
    """How one passage came to its place; a part is None where it played none.

    ``by_vector`` and ``by_words`` are its ranks there, from 1, and ``vector`` and ``words`` its
    scores: cosine and BM25. ``form`` and ``tokens`` are those of its best sentences.
    """

    rank: int
    score: float
    passage: Passage
    document: Document
    vector: float | None
    by_vector: int | None
    words: float | None
    by_words: int | None
    form: float | None
    tokens: float | None
    outcome: str
    """What became of it, and why, in plain words."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A sentence or list that was weighed as an answer. Its parts are from 0 to about 1."""

    hit: Hit
    span: Span
    text: str
    score: float
    nearness: float
    coverage: float
    fitness: float
    given: float
    outcome: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a result was reached, step by step."""

    searched_for: str
    words: str
    acronyms: tuple[str, ...]
    kind: str | None
    names: tuple[str, ...]
    time: str | None
    limits: str
    candidates: tuple[Candidate, ...]
    statements: tuple[Weighed, ...] = ()
    verdict: str = ""
    corrections: tuple[Correction, ...] = ()


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
    explanation: Explanation | None = None
    """How the ranking was reached, where that was asked for."""
    corrections: tuple[Correction, ...] = ()
    """Words of the question that no document holds, and what was searched for instead."""
    reranker: str | None = None
    """The cross-encoder that read the first passages again, where the operator names one."""


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
    """What the record says of the matter at one time; ``citation`` is the ``n`` of its newest.

    ``citations`` has those of every document that says the same, the newest first.
    """

    date: Dating
    body: str | None
    statement: str
    citation: int
    superseded: bool
    role: Role = Role.TEXT
    citations: tuple[int, ...] = ()


class Level(StrEnum):
    """How well the record bears an answer out, in words that a person would use."""

    WELL_SUPPORTED = "well supported"
    SINGLE_SOURCE = "single source"
    WEAK = "weakly supported"
    DISPUTED = "disputed"


@dataclass(frozen=True, slots=True)
class Signs:
    """What an answer's level of confidence is read off. For measuring, not for people."""

    margin: float
    """How far the answer's score is above that of the best that is no part of it."""
    first: bool
    """Whether its passage is the first of the ranking."""
    support: float
    """The verdict's: 0 where an answer may just be given."""
    given: float
    """From 0 to 1, how surely a value of the kind asked for is read out; 1 where none is asked."""
    names: int
    """How many names and numbers the question holds, a word each."""
    documents: int
    """How many documents say the same."""
    settled: bool
    """Whether the document is dated and no draft, and the quotation is neither read from a picture
    nor merely said in a discussion."""
    legible: bool
    """Whether it is text, or was read from a picture with few doubts."""
    disputed: bool
    apart: tuple[str, ...] = ()
    """Names of several words in the question that the document holds only word by word."""
    words: int = 2
    """How many words say what is asked."""


@dataclass(frozen=True, slots=True)
class Confidence:
    """How far an answer can be relied on, and every reason for saying so, each a sentence."""

    level: Level
    reasons: tuple[str, ...]
    signs: Signs | None = None
    """None where the answer came from elsewhere, in words alone."""


@dataclass(frozen=True, slots=True)
class UnderstoodTime:
    """The words of a question that were read as a time, and what was made of them.

    ``reading`` is one of ``as_of``, ``said_in``, ``latest``, ``asked_about``. ``applied`` is false
    where nothing was left out for it: a date was given beside the question, or it is part of it.
    """

    words: str
    reading: str
    edtf: str | None
    applied: bool


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question was taken for: the kind of answer it wants, and its words of time."""

    kind: str
    question: str
    """The question as it was searched for: without the words of time that became a filter."""
    time: UnderstoodTime | None = None
    read_as: str | None = None
    """What was asked of the record in place of the question, where that was another question or
    stood among other words."""


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
    elsewhere: tuple[Citation, ...] = ()
    """What other meetings said of the same matter, newest first, numbered on from ``citations``:
    to be read beside the answer, and no part of it."""
    score: float = 0.0
    """Orders answers by how sure they are: by level, then by what sets one apart; below 0 what is
    refused. It is neither a probability nor for people to read."""
    composed: Composed | None = None
    """The same in a language model's words, where that was asked for and stood its check."""
    confidence: Confidence | None = None
    """None where the record was found not to say."""
    understood: Understood | None = None
    explanation: Explanation | None = None
    """How the answer was reached, where that was asked for."""
