"""From hits to an answer in the record's own words, with citations, or a typed refusal."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence

from indexer.embed.protocol import Embedder
from indexer.model import Filters, pages_of
from indexer.store.protocols import StoreReader
from search_api.answer import history
from search_api.answer.question import Asked, take_apart
from search_api.answer.reading import led_on, read_together, second, self_contained
from search_api.answer.refusal import why_not
from search_api.answer.statements import (
    Statement,
    aliases_of,
    scored,
    statements_in,
    worth_reading,
)
from search_api.late import Nearness, read_question
from search_api.query import check_count, understand
from search_api.results import Answer, AnswerStatus, Citation, SearchResult
from search_api.search import hits, rank

_SUPPORT, _SUPPORT_IN_A_CHANGE = 0.92, 0.78
"""The share of its document's best score that a further statement must reach."""
_MOST_BESIDE = 2
_TOPIC_SHARE = 0.5
_MOST_CITATIONS = 8


def answer(
    store: StoreReader, embedder: Embedder, question: str, *, k: int, filters: Filters
) -> Answer:
    """Return what the record says, or NOT_FOUND with the k nearest passages.

    Raises UsageError for a question or a count that cannot be used.
    """
    started = time.perf_counter()
    check_count(k, 0)
    query = understand(question, store.acronyms(), filters.body)
    reading = read_question(store, embedder, query)
    ranking = rank(store, reading, depth=100, filters=filters)
    nearest = hits(store, ranking)
    result = SearchResult(
        query=query.asked,
        hits=nearest[:k],
        total=store.count(filters),
        acronyms=query.acronyms,
        filters=filters,
        index=store.info,
        took_ms=(time.perf_counter() - started) * 1000,
    )
    asked, aliases = take_apart(query.asked), aliases_of(query.acronyms)
    read = statements_in(store, worth_reading(nearest))
    numbers = {h.passage.id: one.number for h, one in zip(nearest, ranking, strict=True)}
    ranked = scored(asked, Nearness(store, reading, numbers), read, aliases)
    reason = why_not(store, asked, query.asked, ranked, aliases)
    if reason is not None:
        return _refused(query.asked, reason, ranked, result, started)
    return _answered(store, asked, ranked, result, started)


def _refused(
    question: str,
    reason: str,
    ranked: Sequence[Statement],
    result: SearchResult,
    started: float,
) -> Answer:
    return Answer(
        question=question,
        status=AnswerStatus.NOT_FOUND,
        answer=None,
        reason=reason,
        citations=(),
        timeline=(),
        result=result,
        took_ms=(time.perf_counter() - started) * 1000,
        score=ranked[0].score if ranked else 0.0,
    )


def _answered(
    store: StoreReader,
    asked: Asked,
    ranked: Sequence[Statement],
    result: SearchResult,
    started: float,
) -> Answer:
    matter = history.Matter(asked, result.acronyms, store.text)
    speaking = history.by_document(matter, ranked)
    ordered = history.newest_first([self_contained(store, one) for one in speaking])
    changed = history.changed(asked, ordered)
    spoken = ordered[:1] if changed else _spoken(store, asked, ordered, ranked)
    told = {one.hit.document.id for one in spoken}
    shown = [*spoken, *(one for one in ordered if one.hit.document.id not in told)]
    share = _SUPPORT_IN_A_CHANGE if changed else _SUPPORT
    shown += _support(matter, ranked, shown, share)
    citations = [_citation(store, n, one) for n, one in enumerate(shown[:_MOST_CITATIONS], start=1)]
    cited = [one for one in ordered if one in shown[:_MOST_CITATIONS]]
    return Answer(
        question=result.query,
        status=AnswerStatus.CHANGED if changed else AnswerStatus.ANSWERED,
        answer=read_together(spoken),
        reason=None,
        citations=tuple(citations),
        timeline=history.versions(cited, [shown.index(one) + 1 for one in cited])
        if changed
        else (),
        result=result,
        took_ms=(time.perf_counter() - started) * 1000,
        score=ranked[0].score,
    )


def _spoken(
    store: StoreReader, asked: Asked, ordered: Sequence[Statement], ranked: Sequence[Statement]
) -> list[Statement]:
    """Return what is read out of the best statement's document: it, and another if near as good."""
    document = ranked[0].hit.document.id
    best = next(one for one in ordered if one.hit.document.id == document)
    leading = led_on(store, asked, best)
    beside = second(asked, leading, ranked)
    return [leading, beside] if beside else [leading]


def _support(
    matter: history.Matter, ranked: Sequence[Statement], shown: Sequence[Statement], share: float
) -> list[Statement]:
    """Return further statements of the passages shown, none over the same words.

    One is taken where it speaks of what is asked and its score is at least ``share`` of that of
    the statement it stands beside: who quotes the record should see what else it says there.
    """
    best = {one.hit.document.id: one for one in shown}
    taken = list(shown)
    for one in ranked:
        own = best.get(one.hit.document.id)
        if own is None or one.score < share * own.score or _said(one, taken):
            continue
        beside = sum(other.hit.document.id == one.hit.document.id for other in taken)
        if beside <= _MOST_BESIDE and matter.share(one) >= _TOPIC_SHARE * matter.share(own):
            taken.append(one)
    return taken[len(shown) :]


def _said(one: Statement, taken: Iterable[Statement]) -> bool:
    return any(
        one.hit.document.id == other.hit.document.id and one.span.overlaps(other.span)
        for other in taken
    )


def _citation(store: StoreReader, n: int, statement: Statement) -> Citation:
    passage = statement.hit.passage
    return Citation(
        n=n,
        document=statement.hit.document,
        passage_id=passage.id,
        pages=pages_of(store.pages(passage.document_id), statement.span),
        span=statement.span,
        quote=statement.text,
        role=passage.role,
        lead_in=statement.lead_in,
        ocr=passage.ocr,
    )
