"""Answers as the answerer gives them, made by hand from dated quotations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.model import Dating, Document, Role, Span, Status
from search_api.results import Answer, AnswerStatus, Citation, Version
from tests.search_api.test_schemas import ANSWER, DOCUMENT


@dataclass(frozen=True)
class Quote:
    """A quotation, when it was said and by whom."""

    words: str
    date: str | None = "2016-09-13"
    body: str = "Fernby Health Board"
    role: Role = Role.REPORT
    lead_in: str | None = None


def _document(quote: Quote) -> Document:
    return replace(
        DOCUMENT,
        id=f"{quote.date}-{quote.body}",
        body=quote.body,
        date=Dating(quote.date, "manifest"),
        status=Status.UNKNOWN,
    )


def _citation(n: int, quote: Quote) -> Citation:
    span = Span(10, 10 + len(quote.words))
    return Citation(
        n, _document(quote), f"p{n}", (3, 3), span, quote.words, quote.role, quote.lead_in
    )


def answered(*quotes: Quote, question: str = "When will the clinic open?") -> Answer:
    """Return an answer whose first quotation is read out."""
    citations = tuple(_citation(n, quote) for n, quote in enumerate(quotes, start=1))
    return replace(
        ANSWER, question=question, answer=quotes[0].words, citations=citations, timeline=()
    )


def differing(
    quotes: Sequence[Quote],
    standing: int = 1,
    status: AnswerStatus = AnswerStatus.CHANGED,
    support: Sequence[Quote] = (),
) -> Answer:
    """Return an answer with a version for each quotation; the first ``standing`` still stand."""
    answer = answered(*quotes, *support)
    timeline = tuple(
        Version(c.document.date, c.document.body, c.quote, c.n, superseded=c.n > standing)
        for c in answer.citations[: len(quotes)]
    )
    return replace(answer, status=status, timeline=timeline)
