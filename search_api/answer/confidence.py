"""How far an answer can be relied on, in plain words, with every reason: never a percentage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.model import Kind, Role, Status
from search_api.answer.history import History, Said
from search_api.answer.matter import Matter
from search_api.answer.statements import Statement
from search_api.asked.kinds import QuestionKind
from search_api.results import AnswerStatus, Confidence, Hit, Level

_CLEAR = 0.04
"""How far an answer's score must be above that of the next passage. Chosen on the dev parts."""
_SURE_READING = 0.9
"""From there on text recognition gets nearly every word right."""
_ASKED_FOR = {
    QuestionKind.WHEN: "date or condition",
    QuestionKind.HOW_MUCH: "sum",
    QuestionKind.HOW_MANY: "number of what is counted",
    QuestionKind.WHO: "person",
}
_OWN_WORDS = frozenset({QuestionKind.OPINION})
"""Kinds of question for which what members and the public say is what is wanted."""


def confidence_in(
    matter: Matter,
    told: History,
    leading: Statement,
    ranked: Sequence[Statement],
    *,
    left_out: bool,
) -> Confidence:
    """Return how well the record bears out the leading statement, and why.

    ``left_out`` says that documents were left out for having been made later.
    """
    version = next((one for one in told.versions if leading in one.all), Said(leading))
    alone = told.status is not AnswerStatus.DISPUTED and not told.in_turn
    support = _support(version, told_alone=alone)
    doubts = [
        *_doubts_of_source(leading.hit),
        *_doubts_of_fit(matter, told, leading, ranked),
    ]
    remarks = [*_remarks_of_source(matter, leading.hit), *_remarks_of_time(told)]
    if left_out:
        remarks.append("Later documents were left out, and may say otherwise.")
    return Confidence(_level(told, version, doubts), (*support, *doubts, *remarks))


def _level(told: History, version: Said, doubts: Sequence[str]) -> Level:
    if told.status is AnswerStatus.DISPUTED:
        return Level.DISPUTED
    if doubts:
        return Level.WEAK
    return Level.WELL_SUPPORTED if len(version.all) > 1 else Level.SINGLE_SOURCE


def _support(version: Said, *, told_alone: bool) -> list[str]:
    documents = [one.hit.document for one in version.all]
    bodies = list(dict.fromkeys(document.body for document in documents if document.body))
    reasons = []
    if len(bodies) > 1:
        reasons.append(f"{_counted(len(bodies), 'body', 'bodies')} say the same: {_and(bodies)}.")
    elif len(documents) > 1:
        reasons.append(f"{_counted(len(documents), 'document', 'documents')} say the same.")
    elif told_alone:
        reasons.append("Only one of the documents found says this.")
    if any(one.hit.passage.role is Role.RESOLUTION for one in version.all):
        reasons.append("It is a decision of the meeting.")
    if documents[0].status is Status.APPROVED and documents[0].kind is Kind.MINUTES:
        reasons.append("The minutes are approved as the record.")
    return reasons


def _doubts_of_source(hit: Hit) -> Iterable[str]:
    passage, document = hit.passage, hit.document
    if passage.ocr is not None and passage.ocr < _SURE_READING:
        yield "It was read from a picture of the page, and not surely: compare it with the page."
    if document.status is Status.DRAFT:
        yield "The document is a draft, which the body has not approved."
    if document.date.edtf is None:
        yield "The date of the document is not known."


def _doubts_of_fit(
    matter: Matter, told: History, leading: Statement, ranked: Sequence[Statement]
) -> Iterable[str]:
    named = matter.asked.kind is not QuestionKind.WHO or "who" in matter.question.lower()
    if matter.valued and named and not matter.values(leading):
        yield f"It names no {_ASKED_FOR[matter.asked.kind]}, which the question asks for."
    if told.best.score - _best_elsewhere(told, leading, ranked) < _CLEAR:
        yield "Other passages fit the question nearly as well: read them too."


def _best_elsewhere(told: History, leading: Statement, ranked: Sequence[Statement]) -> float:
    """Return the best score of what is no part of the answer: other passages, or other records."""
    told_of = [leading, *(one for version in told.versions for one in version.all)]
    if told.status is AnswerStatus.ANSWERED:
        passages = {one.hit.passage.id for one in told_of}
        return max((one.score for one in ranked if one.hit.passage.id not in passages), default=0.0)
    documents = {one.hit.document.id for one in told_of}
    return max((one.score for one in ranked if one.hit.document.id not in documents), default=0.0)


def _remarks_of_source(matter: Matter, hit: Hit) -> Iterable[str]:
    passage, document = hit.passage, hit.document
    if passage.role is Role.COMMENT and matter.asked.kind not in _OWN_WORDS:
        yield "It was said in the discussion: no decision, and not marked as an officer’s answer."
    if passage.ocr is not None and passage.ocr >= _SURE_READING:
        yield "It was read from a picture of the page (OCR)."
    edtf = document.date.edtf
    if edtf and edtf.endswith(("?", "~", "%")):
        yield "The date of the document is inferred, not stated."
    elif edtf and "/" in edtf:
        yield "The day on which it was said is not stated; it is known only roughly."


def _remarks_of_time(told: History) -> Iterable[str]:
    superseded = sum(version.superseded for version in told.versions)
    if superseded:
        yield f"{_counted(superseded, 'earlier version', 'earlier versions')} said otherwise."
    if told.status is AnswerStatus.DISPUTED:
        yield "What is said at about the same time differs; both sides are given."
    elif told.in_turn:
        yield "What each meeting said stands for itself."
    elif told.status is AnswerStatus.CHANGED and not superseded:
        yield "What is said differs, and the dates do not tell which is the later."


def _counted(count: int, one: str, many: str) -> str:
    words = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight")
    number = words[count] if count < len(words) else f"{count}"
    return f"{number} {one if count == 1 else many}"


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
