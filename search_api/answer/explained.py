"""How an answer was reached: what was read, what was weighed, and why one was taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.model import Passage
from indexer.store.protocols import Scored, StoreReader
from search_api.answer.history import History
from search_api.answer.statements import Statement
from search_api.answer.telling import Place, place_of
from search_api.asked.question import Asked
from search_api.explain import candidates, limits, meanings
from search_api.ranking.late import Reading
from search_api.results import (
    Answer,
    AnswerStatus,
    Explanation,
    UnderstoodTime,
    Weighed,
)

_MOST_TOLD = 40
_READINGS = {
    "as_of": "as the record stood at {edtf}",
    "said_in": "what was said at {edtf}, and as the record stood then",
    "latest": "the newest statement leads; nothing is left out",
    "asked_about": "a part of what is asked; nothing is left out for it",
}


@dataclass(frozen=True, slots=True)
class Course:
    """What was done on the way to an answer; ``told`` is None where it was refused."""

    reading: Reading
    ranking: Sequence[Scored]
    asked: Asked
    ranked: Sequence[Statement]
    told: History | None


def explanation_of(store: StoreReader, course: Course, found: Answer) -> Explanation:
    """Return how an answer, or a refusal, was reached."""
    read = {one.hit.passage.id for one in course.ranked}
    quoted = {(one.document.id, one.passage_id): one.n for one in reversed(found.citations)}

    def outcome(passage: Passage, place: int) -> str:
        del place
        number = quoted.get((passage.document_id, passage.id))
        if number:
            return f"quoted as quotation {number}"
        if passage.id in read:
            return "read sentence by sentence; another statement was taken"
        return "not read: passages before it, or of its document, fit better"

    query = course.reading.query
    return Explanation(
        searched_for=query.spelt_out,
        words=query.words,
        acronyms=meanings(query),
        corrections=query.corrections,
        kind=course.asked.kind.value,
        names=course.asked.particulars,
        time=_time(found.understood.time if found.understood else None),
        limits=limits(store, found.result),
        candidates=candidates(store, course.reading, course.ranking, found.result.filters, outcome),
        statements=tuple(_weighed(course, one, found) for one in course.ranked[:_MOST_TOLD]),
        verdict=_verdict(found),
    )


def _time(time: UnderstoodTime | None) -> str | None:
    if time is None:
        return None
    if time.edtf and not time.applied and time.reading in {"as_of", "said_in"}:
        return f"“{time.words}” was read as {time.edtf}; the date given beside the question wins."
    return f"“{time.words}” was read as: {_READINGS[time.reading].format(edtf=time.edtf)}."


def _weighed(course: Course, one: Statement, found: Answer) -> Weighed:
    return Weighed(
        hit=one.hit,
        span=one.span,
        text=one.text,
        score=one.score,
        nearness=one.parts.nearness,
        coverage=one.parts.coverage,
        fitness=one.parts.fitness,
        given=one.parts.given,
        outcome=_outcome(course.told, one, found),
    )


def _outcome(told: History | None, one: Statement, found: Answer) -> str:
    for citation in found.citations:
        if citation.document.id == one.hit.document.id and citation.span.overlaps(one.span):
            return f"quotation {citation.n}{_standing(told, one)}"
    if told is None:
        return "not an answer: see the verdict"
    why: Mapping[Place, str] = {place_of(other): reason for other, reason in told.left_out}
    reason = why.get(place_of(one))
    return f"no version of the matter: {reason}" if reason else "not taken: others fit better"


def _standing(told: History | None, one: Statement) -> str:
    for version in told.versions if told else ():
        if one in version.repeats:
            return ", which says the same as a newer one"
        if one == version.statement:
            return ", superseded" if version.superseded else ", which stands"
    return ", beside the answer"


def _verdict(found: Answer) -> str:
    count = len(found.timeline)
    if found.status is AnswerStatus.NOT_FOUND:
        return f"Refused: {found.reason}"
    if found.status is AnswerStatus.CHANGED:
        return f"The record changed: {count} versions were found."
    if found.status is AnswerStatus.DISPUTED:
        return f"Bodies differ at one time: {count} versions were found, none chosen."
    return "Answered: nothing that was found says otherwise of the same matter."
