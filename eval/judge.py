"""What of a search or an answer is right, as the documents in the index have it.

A passage is relevant to a question when it holds at least half of the characters of an evidence
quote, or the largest part of a quote that passage boundaries cut. So gold outlives re-chunking.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from eval.gold import Evidence, GoldQuestion
from eval.places import Squashed, places, shared, squash
from indexer.dates import bounds
from indexer.model import Document, Page, Passage, Span
from search_api.results import Answer, Citation

_SENTENCE_END = re.compile(r"(?<=[.!?;…])\s+|\n+")
_WORD = re.compile(r"\w+")


class Documents(Protocol):
    """What judging needs of a store."""

    def documents(self) -> list[Document]:
        """Return the documents."""

    def text(self, document_id: str) -> str:
        """Return a document's text."""

    def pages(self, document_id: str) -> list[Page]:
        """Return a document's pages."""

    def document_passages(self, document_id: str) -> list[Passage]:
        """Return a document's passages."""


@dataclass(frozen=True, slots=True)
class Located:
    """An evidence quote, all its places in its file, and the passages that hold it.

    A pack is several documents of one file: ``documents`` has the id of each place's document.
    """

    evidence: Evidence
    places: tuple[Span, ...]
    passages: frozenset[str]
    documents: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CitationVerdict:
    """What is right about one citation.

    ``page_right`` is None where the pages' places are not known (over HTTP), and ``later`` says
    that the document is of after the moment as of which it was asked.
    """

    exact: bool
    page_right: bool | None
    supports: bool
    later: bool = False


@dataclass(slots=True)
class Judge:
    """Judges against one index. It keeps the squashed texts: making them is the slow part."""

    store: Documents
    by_sha256: Mapping[str, tuple[Document, ...]] = field(init=False)
    """The documents that hold a file's text: its papers, and those that stand for its copies."""
    _squashed: dict[str, Squashed] = field(default_factory=dict)

    def __post_init__(self) -> None:
        holding: dict[str, dict[str, Document]] = {}
        for document in self.store.documents():
            for sha256 in (document.sha256, *(place.sha256 for place in document.also_in)):
                holding.setdefault(sha256, {})[document.id] = document
        self.by_sha256 = {sha256: tuple(found.values()) for sha256, found in holding.items()}

    def locate(self, question: GoldQuestion) -> list[Located]:
        """Return the place of each evidence quote; a quote that is not in the index has none."""
        return [self._locate(evidence) for evidence in question.evidence]

    def _locate(self, evidence: Evidence) -> Located:
        found: list[tuple[str, Span]] = []
        holding: set[str] = set()
        for document in self.by_sha256.get(evidence.document, ()):
            spans = places(evidence.quote, self._squashed_text(document.id))
            found += [(document.id, span) for span in spans]
            if spans:
                passages = self.store.document_passages(document.id)
                holding |= {one for span in spans for one in holders(span, passages)}
        return Located(
            evidence,
            places=tuple(span for _, span in found),
            passages=frozenset(holding),
            documents=tuple(document for document, _ in found),
        )

    def _squashed_text(self, document_id: str) -> Squashed:
        if document_id not in self._squashed:
            self._squashed[document_id] = squash(self.store.text(document_id))
        return self._squashed[document_id]

    def citation(
        self, citation: Citation, located: Sequence[Located], as_of: str | None = None
    ) -> CitationVerdict:
        """Say whether a citation quotes exactly, names its page, and stands on evidence."""
        text = self.store.text(citation.document.id)
        return CitationVerdict(
            exact=bool(citation.quote) and citation.span.of(text) == citation.quote,
            page_right=_page_right(citation, self.store.pages(citation.document.id)),
            supports=any(_stands_on(citation, e) for e in located),
            later=_later(citation.document, as_of),
        )

    def versions_shown(self, answer: Answer, located: Sequence[Located]) -> frozenset[str]:
        """Return the documents whose version a timeline entry of its own shows.

        An entry counts where its citation stands on the evidence and its statement is made of
        the citation's words: an entry that blends two versions shows neither.
        """
        citations = {citation.n: citation for citation in answer.citations}
        shown = set()
        for version in answer.timeline:
            citation = citations.get(version.citation)
            if citation is None or grounding(version.statement, [citation]) < 1:
                continue
            verdict = self.citation(citation, located)
            if verdict.supports and verdict.exact:
                shown |= {e.evidence.document for e in located if _stands_on(citation, e)}
        return frozenset(shown)


def _stands_on(citation: Citation, located: Located) -> bool:
    return any(
        document == citation.document.id and _coincide(citation.span, place)
        for document, place in zip(located.documents, located.places, strict=True)
    )


def _page_right(citation: Citation, pages: Sequence[Page]) -> bool | None:
    if not pages:
        return None
    numbers = [page.number for page in pages if page.span.overlaps(citation.span)]
    return bool(numbers) and (numbers[0], numbers[-1]) == citation.pages


def _later(document: Document, as_of: str | None) -> bool:
    """Say whether every day that the document may be of comes after ``as_of``."""
    if as_of is None or document.date.edtf is None:
        return False
    earliest, _ = bounds(document.date.edtf)
    _, last = bounds(as_of)
    return earliest is not None and last is not None and earliest > last


def holders(place: Span, passages: Sequence[Passage]) -> set[str]:
    """Return the passages that hold at least half of the place, or the largest part of it."""
    parts = {passage.id: shared(place, passage.span) for passage in passages}
    most = max(parts.values(), default=0)
    length = place.end - place.start
    return {i for i, part in parts.items() if part and (2 * part >= length or part == most)}


def _coincide(one: Span, other: Span) -> bool:
    """Say whether two spans share at least half of the shorter."""
    shorter = min(one.end - one.start, other.end - other.start)
    common = shared(one, other)
    return common > 0 and 2 * common >= shorter


def words(text: str) -> list[str]:
    """Return the words of a text without case and punctuation."""
    return _WORD.findall(text.casefold())


def grounding(statement: str, citations: Sequence[Citation]) -> float:
    """Return how much of a statement its citations bear out, each sentence by ONE of them.

    It is the share of a sentence's words that the best single citation has, averaged over the
    sentences. A sentence made of two sources that disagree is borne out by neither.
    """
    sources = [set(words(f"{c.lead_in or ''} {c.quote}")) for c in citations]
    shares = []
    for sentence in _SENTENCE_END.split(statement):
        spoken = words(sentence)
        if spoken:
            shares.append(
                max((sum(w in s for w in spoken) / len(spoken) for s in sources), default=0.0)
            )
    return sum(shares) / len(shares) if shares else 0.0


def verify(questions: Sequence[GoldQuestion], judge: Judge) -> list[str]:
    """Return a line for each document and each quote of the gold that the index does not have."""
    problems = []
    for question in questions:
        for sha256 in question.documents:
            if sha256 not in judge.by_sha256:
                problems.append(f"{question.id}: document {sha256[:12]}… is not in the index.")
        for located in judge.locate(question):
            if located.evidence.document in judge.by_sha256 and not located.places:
                problems.append(
                    f"{question.id}: the quote {located.evidence.quote[:60]!r} does not stand in "
                    f"document {located.evidence.document[:12]}…"
                )
    return problems
