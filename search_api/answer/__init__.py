"""From hits to an answer in the record's own words, with citations, or a typed refusal."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

from indexer.embed.protocol import Embedder
from indexer.model import Filters, Span, pages_of
from indexer.store.protocols import StoreReader
from search_api.answer import history
from search_api.answer.question import Asked, take_apart
from search_api.answer.refusal import why_not
from search_api.answer.statements import (
    LONGEST,
    Statement,
    aliases_of,
    scored,
    statements_in,
    worth_reading,
)
from search_api.late import Nearness, read_question
from search_api.query import check_count, understand
from search_api.results import Answer, AnswerStatus, Citation, Hit, SearchResult
from search_api.search import hits, rank

_SUPPORT, _SUPPORT_IN_A_CHANGE = 0.92, 0.78
"""The share of its document's best score that a further statement must reach."""
_MOST_BESIDE = 2
_TOPIC_SHARE = 0.5
_MOST_CITATIONS = 8
_LEANS_BACK = re.compile(
    r"(?:this|these|that|those|it|they|he|she|his|her|their|its|such|as a (?:result|consequence)|"
    r"however|therefore|also|both|all had)\b",
    re.IGNORECASE,
)
_SPELLS_OUT = re.compile(
    r"(?:these|they|this) (?:were|are|was|is|included?|will be|would be)\b", re.IGNORECASE
)


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
    reason = why_not(asked, query.asked, ranked, aliases)
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
    ordered = history.newest_first([_self_contained(store, one) for one in speaking])
    changed = history.changed(asked, ordered)
    leading = ordered[0] if changed else _of_document(ordered, ranked[0].hit)
    shown = [leading, *(one for one in ordered if one is not leading)]
    share = _SUPPORT_IN_A_CHANGE if changed else _SUPPORT
    shown += _support(matter, ranked, shown, share)
    citations = [_citation(store, n, one) for n, one in enumerate(shown[:_MOST_CITATIONS], start=1)]
    cited = [one for one in ordered if one in shown[:_MOST_CITATIONS]]
    return Answer(
        question=result.query,
        status=AnswerStatus.CHANGED if changed else AnswerStatus.ANSWERED,
        answer=_read_out(leading),
        reason=None,
        citations=tuple(citations),
        timeline=history.versions(cited, [shown.index(one) + 1 for one in cited])
        if changed
        else (),
        result=result,
        took_ms=(time.perf_counter() - started) * 1000,
        score=ranked[0].score,
    )


def _of_document(statements: Sequence[Statement], hit: Hit) -> Statement:
    return next(one for one in statements if one.hit.document.id == hit.document.id)


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


def _self_contained(store: StoreReader, statement: Statement) -> Statement:
    """Take in the sentence before one that leans on it, and one after that spells it out.

    "As a consequence, …" needs what went before; "Five were agreed." needs "These were …".
    """
    if statement.is_list:
        return statement
    text = store.text(statement.hit.document.id)
    units = statement.hit.passage.units
    before = [unit for unit in units if unit.end <= statement.span.start][-1:]
    after = [unit for unit in units if unit.start >= statement.span.end][:1]
    start, end = statement.span.start, statement.span.end
    if before and _LEANS_BACK.match(statement.text) and _joined(text, before[0].end, start):
        start = before[0].start
    if after and _SPELLS_OUT.match(after[0].of(text)) and _joined(text, end, after[0].start):
        end = after[0].end
    if end - start > LONGEST:
        return statement
    span = Span(start, end)
    return replace(statement, span=span, text=span.of(text))


def _joined(text: str, end: int, start: int) -> bool:
    """Say whether two sentences stand in one paragraph."""
    return "\n" not in text[end:start]


def _read_out(statement: Statement) -> str:
    """Return the words to read out: at most LONGEST characters, cut between words."""
    words = " ".join(statement.text.split())
    if statement.lead_in and len(words.split()) < 8:
        words = f"{' '.join(statement.lead_in.split())} {words}"
    return words if len(words) <= LONGEST else words[: LONGEST - 1].rsplit(" ", 1)[0] + "…"


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
