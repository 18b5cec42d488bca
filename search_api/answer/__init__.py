"""From hits to an answer in the record's own words, with citations, or a typed refusal."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace

from indexer.embed.protocol import Embedder
from indexer.model import Filters, Span, pages_of
from indexer.store.protocols import StoreReader
from search_api.answer.asked_change import as_of_values
from search_api.answer.asked_when import limited, of_the_time, understood
from search_api.answer.confidence import confidence_in
from search_api.answer.explained import Course, explanation_of
from search_api.answer.history import History, history_of
from search_api.answer.matter import Matter
from search_api.answer.question import take_apart
from search_api.answer.refusal import why_not
from search_api.answer.statements import (
    LONGEST,
    Statement,
    aliases_of,
    scored,
    statements_in,
    worth_reading,
)
from search_api.answer.telling import in_order, place_of, spoken, timeline
from search_api.asked_time import TimeReading, read_time
from search_api.late import Nearness, read_question
from search_api.query import check_count, understand
from search_api.results import Answer, AnswerStatus, Citation, SearchResult
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
    store: StoreReader,
    embedder: Embedder,
    question: str,
    *,
    k: int,
    filters: Filters,
    explain: bool = False,
) -> Answer:
    """Return what the record says, or NOT_FOUND with the k nearest passages.

    Where ``explain`` is set the answer carries how it was reached.
    Raises UsageError for a question or a count that cannot be used.
    """
    started = time.perf_counter()
    check_count(k, 0)
    when = read_time(question)
    given, filters = filters, limited(filters, when)
    query = understand(when.rest if when else question, store.acronyms(), filters.body)
    reading = read_question(store, embedder, query)
    ranking = rank(store, reading, depth=100, filters=filters)
    nearest = hits(store, ranking)
    result = SearchResult(
        query=" ".join(question.split()),
        hits=nearest[:k],
        total=store.count(filters),
        acronyms=query.acronyms,
        filters=filters,
        index=store.info,
        took_ms=(time.perf_counter() - started) * 1000,
    )
    asked = as_of_values(take_apart(query.asked), query.asked)
    aliases = aliases_of(query.acronyms)
    read = statements_in(store, worth_reading(nearest))
    numbers = {h.passage.id: one.number for h, one in zip(nearest, ranking, strict=True)}
    nearness = Nearness(store, reading, numbers)
    ranked = of_the_time(scored(asked, nearness, read, aliases), when)
    reason = why_not(asked, query.asked, ranked, aliases)
    told: History | None = None
    if reason is not None:
        found = _refused(reason, ranked, result)
    else:
        matter = Matter(asked, query.asked, query.acronyms, store.text)
        told = history_of(matter, ranked)
        latest = when is not None and when.reading is TimeReading.LATEST
        found = _answered(store, matter, told, ranked, result, latest=latest)
    found = replace(found, understood=understood(asked, query, when, given))
    if explain:
        course = Course(reading, ranking, nearness, asked, ranked, told)
        found = replace(found, explanation=explanation_of(store, course, found))
    return replace(found, took_ms=(time.perf_counter() - started) * 1000)


def _refused(reason: str, ranked: Sequence[Statement], result: SearchResult) -> Answer:
    return Answer(
        question=result.query,
        status=AnswerStatus.NOT_FOUND,
        answer=None,
        reason=reason,
        citations=(),
        timeline=(),
        result=result,
        took_ms=0.0,
        score=ranked[0].score if ranked else 0.0,
    )


def _answered(
    store: StoreReader,
    matter: Matter,
    told: History,
    ranked: Sequence[Statement],
    result: SearchResult,
    *,
    latest: bool,
) -> Answer:
    always = replace(result.filters, as_of=None)
    left_out = result.filters.as_of is not None and store.count(always) > result.total
    shown = in_order(told, latest=latest)
    share = _SUPPORT if told.status is AnswerStatus.ANSWERED else _SUPPORT_IN_A_CHANGE
    shown = [*shown, *_support(matter, ranked, shown, share)][:_MOST_CITATIONS]
    quoted = {place_of(one): _self_contained(store, one) for one in shown}
    return Answer(
        question=result.query,
        status=told.status,
        answer=spoken(told, quoted, _read_out),
        reason=None,
        citations=tuple(_citation(store, n, one) for n, one in enumerate(quoted.values(), start=1)),
        timeline=timeline(told, shown, quoted),
        result=result,
        took_ms=0.0,
        score=ranked[0].score,
        confidence=confidence_in(matter, told, shown[0], ranked, left_out=left_out),
    )


def _support(
    matter: Matter, ranked: Sequence[Statement], shown: Sequence[Statement], share: float
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


def _read_out(statement: Statement, most: int) -> str:
    """Return the words to read out: at most ``most`` characters, cut between words."""
    words = " ".join(statement.text.split())
    if statement.lead_in and len(words.split()) < 8:
        words = f"{' '.join(statement.lead_in.split())} {words}"
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"


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
