"""Small builders: a store, an engine and gold in a line or two each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field

from eval.gold import Evidence, GoldQuestion
from indexer.model import (
    BuildInfo,
    Dating,
    Document,
    Filters,
    Kind,
    ModelIdentity,
    Page,
    Passage,
    Role,
    Span,
    Status,
)
from search_api.results import Answer, AnswerStatus, Citation, Hit, SearchResult, Version

INFO = BuildInfo(
    id="build",
    format=1,
    model=ModelIdentity("model", "fingerprint", 384, 256, "none", "none"),
    settings={},
    corpus_sha256="",
    documents=0,
    passages=0,
)


def sha(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def document(name: str) -> Document:
    unknown = Dating(None, "unknown")
    return Document(
        id=name,
        title=name,
        body=None,
        committee=None,
        area=None,
        kind=Kind.MINUTES,
        status=Status.UNKNOWN,
        date=unknown,
        published=unknown,
        file=f"{name}.txt",
        media_type="text/plain",
        pages=1,
        source_url=None,
        sha256=sha(name),
    )


@dataclass
class FakeStore:
    """Documents whose passages are their lines and whose pages end at form feeds."""

    texts: dict[str, str]
    info: BuildInfo = INFO
    changed: dict[str, Document] = field(default_factory=dict)

    def documents(self) -> list[Document]:
        return [self.changed.get(name, document(name)) for name in self.texts]

    def text(self, document_id: str) -> str:
        return self.texts[document_id]

    def pages(self, document_id: str) -> list[Page]:
        spans = cut(self.texts[document_id], "\f")
        return [Page(n, span) for n, span in enumerate(spans, start=1)]

    def document_passages(self, document_id: str) -> list[Passage]:
        spans = cut(self.texts[document_id], "\n")
        return [passage(document_id, n, span, self) for n, span in enumerate(spans)]


def cut(text: str, mark: str) -> list[Span]:
    spans, start = [], 0
    for piece in text.split(mark):
        spans.append(Span(start, start + len(piece)))
        start += len(piece) + 1
    return spans


def passage(document_id: str, number: int, span: Span, store: FakeStore) -> Passage:
    return Passage(
        id=f"{document_id}-{number}",
        document_id=document_id,
        text=span.of(store.texts[document_id]),
        span=span,
        role=Role.TEXT,
        section=(),
        pages=(1, 1),
    )


def citation(
    store: FakeStore, name: str, quote: str, n: int = 1, shift: int = 0, page: int = 1
) -> Citation:
    start = store.texts[name].index(quote) + shift
    return Citation(
        n=n,
        document=document(name),
        passage_id=f"{name}-0",
        pages=(page, page),
        span=Span(start, start + len(quote)),
        quote=quote,
        role=Role.TEXT,
    )


def version(n: int, statement: str) -> Version:
    return Version(Dating("2016", "stated"), None, statement, n, superseded=False)


def question(**changes: object) -> GoldQuestion:
    fields: dict[str, object] = {
        "id": "q1",
        "question": "What was decided?",
        "kind": "decision",
        "documents": (sha("a"),),
        "evidence": (Evidence(sha("a"), "the plan be noted"),),
        "answers": ("noted",),
        "items": (),
        "answerable": True,
        "part": "dev",
    }
    return GoldQuestion(**{**fields, **changes})  # type: ignore[arg-type]


def unanswerable(**changes: object) -> GoldQuestion:
    return question(**{"evidence": (), "answers": (), "answerable": False, **changes})


Ranker = Callable[[str], list[str]]


@dataclass
class FakeEngine:
    """Ranks and answers as told; ``answers`` maps a question to its answer or its failure."""

    store: FakeStore
    rank: Ranker
    answers: dict[str, Answer | Exception] = field(default_factory=dict)
    asked: list[Filters] = field(default_factory=list)

    def search(
        self, question: str, *, k: int = 10, offset: int = 0, filters: Filters = Filters()
    ) -> SearchResult:
        assert offset == 0
        passages = {p.id: p for name in self.store.texts for p in self._passages(name)}
        hits = tuple(
            Hit(n, 1.0, passages[i], document(passages[i].document_id))
            for n, i in enumerate(self.rank(question)[:k], start=1)
        )
        return SearchResult(question, hits, len(passages), (), filters, INFO, 1.0)

    def _passages(self, name: str) -> list[Passage]:
        return self.store.document_passages(name)

    def answer(self, question: str, *, k: int = 10, filters: Filters = Filters()) -> Answer:
        self.asked.append(filters)
        prepared = self.answers.get(question)
        if isinstance(prepared, Exception):
            raise prepared
        if prepared is None:
            result = self.search(question, k=k)
            return Answer(question, AnswerStatus.NOT_FOUND, None, "", (), (), result, 1.0)
        return prepared


def answered(
    text: str,
    *citations: Citation,
    timeline: tuple[Version, ...] = (),
    status: AnswerStatus = AnswerStatus.ANSWERED,
) -> Answer:
    result = SearchResult("", (), 0, (), Filters(), INFO, 1.0)
    return Answer("", status, text, None, citations, timeline, result, 1.0)
