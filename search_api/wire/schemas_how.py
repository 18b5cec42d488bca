"""Fills the shapes of ``wire_how``: confidence, what was understood, how a result was reached."""

from __future__ import annotations

from collections.abc import Iterable

from search_api.query import Correction
from search_api.results import (
    Candidate,
    Confidence,
    Explanation,
    Understood,
    UnderstoodTime,
    Weighed,
)
from search_api.wire.how import (
    AskedTimeJson,
    CandidateJson,
    ConfidenceJson,
    CorrectionJson,
    ExplanationJson,
    UnderstoodJson,
    WeighedJson,
)

_PLACES = 4


def confidence_json(confidence: Confidence | None) -> ConfidenceJson | None:
    """Say how far an answer can be relied on."""
    if confidence is None:
        return None
    return ConfidenceJson(level=confidence.level, reasons=list(confidence.reasons))


def corrections_json(corrections: Iterable[Correction]) -> list[CorrectionJson]:
    """Say what was searched for instead of words that no document holds."""
    return [
        CorrectionJson(written=one.written, read_as=one.read_as, sure=one.sure)
        for one in corrections
    ]


def understood_json(understood: Understood | None) -> UnderstoodJson | None:
    """Say what a question was taken for."""
    if understood is None:
        return None
    return UnderstoodJson(
        kind=understood.kind,
        question=understood.question,
        time=_time(understood.time),
        read_as=understood.read_as,
    )


def _time(time: UnderstoodTime | None) -> AskedTimeJson | None:
    if time is None:
        return None
    return AskedTimeJson(
        words=time.words, reading=time.reading, date=time.edtf, applied=time.applied
    )


def explanation_json(explanation: Explanation | None) -> ExplanationJson | None:
    """Say how a result was reached."""
    if explanation is None:
        return None
    return ExplanationJson(
        searched_for=explanation.searched_for,
        words=explanation.words,
        acronyms=list(explanation.acronyms),
        corrections=corrections_json(explanation.corrections),
        kind=explanation.kind,
        names=list(explanation.names),
        time=explanation.time,
        limits=explanation.limits,
        candidates=[_candidate(one) for one in explanation.candidates],
        statements=[_weighed(one) for one in explanation.statements],
        verdict=explanation.verdict,
    )


def _candidate(one: Candidate) -> CandidateJson:
    return CandidateJson(
        rank=one.rank,
        score=round(one.score, _PLACES),
        passage_id=one.passage.id,
        document_id=one.document.id,
        title=one.document.title,
        role=one.passage.role,
        vector=_rounded(one.vector),
        vector_rank=one.by_vector,
        words=_rounded(one.words),
        words_rank=one.by_words,
        form=_rounded(one.form),
        tokens=_rounded(one.tokens),
        outcome=one.outcome,
    )


def _weighed(one: Weighed) -> WeighedJson:
    return WeighedJson(
        text=one.text,
        document_id=one.hit.document.id,
        start=one.span.start,
        end=one.span.end,
        role=one.hit.passage.role,
        score=round(one.score, _PLACES),
        nearness=round(one.nearness, _PLACES),
        coverage=round(one.coverage, _PLACES),
        fitness=round(one.fitness, _PLACES),
        given=round(one.given, _PLACES),
        outcome=one.outcome,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _PLACES)
