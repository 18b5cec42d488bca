"""How far an answer can be relied on, in plain words, with every reason: never a percentage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.dates import bounds
from indexer.model import Kind, Role, Status
from indexer.number_words import ONES
from search_api.answer.given import GIVEN
from search_api.answer.history import History, Said
from search_api.answer.matter import Matter
from search_api.answer.naming import spells_out
from search_api.answer.signs import SURE_READING, only_discussed, signs_of, version_of
from search_api.answer.statements import Statement
from search_api.asked.kinds import QuestionKind
from search_api.results import Answer, AnswerStatus, Citation, Confidence, Hit, Level, Signs

_ASKED_FOR = {
    QuestionKind.WHEN: "date or condition",
    QuestionKind.HOW_MUCH: "sum",
    QuestionKind.HOW_MANY: "number of what is counted",
    QuestionKind.WHO: "person",
}
_STEPS = {
    Level.WELL_SUPPORTED: 2.0,
    Level.SINGLE_SOURCE: 1.0,
    Level.DISPUTED: 1.0,
    Level.WEAK: 0.0,
}
_MOST_MARGIN = 0.2
"""Beyond it a greater margin says nothing more: some of the greatest are of wrong answers."""
_IN_WORDS = {number: word.capitalize() for word, number in ONES.items() if number < 10}


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where one level ends and the next begins. ``python -m eval.bounds`` says what each gives."""

    close: float = 0.02
    """Within so much of an answer's score something else fits as well as the answer."""
    clear: float = 0.12
    """From so great a margin on nothing else comes near."""
    many: int = 3
    """More names and numbers than a passage often holds together."""
    thin: float = 1.0
    """How far an answer's support must be above that of a refusal."""


BOUNDS = Bounds()
_SPELT = ("It spells out the short form.",)


def confidence_in(
    matter: Matter,
    told: History,
    quoted: Sequence[Statement],
    ranked: Sequence[Statement],
    *,
    support: float,
    left_out: bool,
    apart: tuple[str, ...] = (),
) -> Confidence:
    """Return how well the record bears out what is read out, and why.

    ``quoted`` are the statements that are read out, the leading one first; ``support`` is the
    verdict's; ``left_out`` says that documents were left out for having been made later; ``apart``
    are names that the leading statement's document holds only word by word.
    """
    signs = signs_of(matter, told, quoted, ranked, support=support, apart=apart)
    version = version_of(told, quoted[0])
    spelt = spells_out(matter.asked, matter.acronyms, quoted[0].text)
    level = _of_spelling(signs) if spelt else level_of(signs)
    alone = told.status is not AnswerStatus.DISPUTED and not told.in_turn
    reasons = [
        *_support(version, level, told_alone=alone),
        *(_SPELT if spelt else _reasons_of_fit(matter, told, signs, BOUNDS)),
        *_reasons_of_source(matter, quoted[0].hit),
        *_reasons_of_time(told),
    ]
    if left_out:
        reasons.append("Later documents were left out, and may say otherwise.")
    return Confidence(level, tuple(reasons), signs)


def said_since(answer: Answer, elsewhere: Sequence[Citation]) -> Confidence | None:
    """Return an answer's confidence, with a warning where later meetings spoke of its matter."""
    if answer.confidence is None or not answer.timeline:
        return answer.confidence
    newest = answer.timeline[0].date.edtf
    later = [one for one in elsewhere if _is_later(one.document.date.edtf, newest)]
    if not later:
        return answer.confidence
    spoken = f"{_counted(len(later), 'later document speaks', 'later documents speak')}"
    reason = f"{spoken} of this too: read what it says at other meetings before relying on it."
    return replace(answer.confidence, reasons=(*answer.confidence.reasons, reason))


def _is_later(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and bounds(one)[0] > bounds(other)[1]


def level_of(signs: Signs, bounds: Bounds = BOUNDS) -> Level:
    """Return the level that signs stand for."""
    if signs.disputed:
        return Level.DISPUTED
    thin = signs.support < bounds.thin or signs.given < GIVEN
    if thin or signs.margin < bounds.close or not signs.legible or signs.apart:
        return Level.WEAK
    plain = signs.margin >= bounds.clear and signs.first and signs.names <= bounds.many
    plain = plain and signs.words > 1
    if signs.settled and (plain or signs.documents > 1):
        return Level.WELL_SUPPORTED
    return Level.SINGLE_SOURCE


def _of_spelling(signs: Signs) -> Level:
    """Return the level of a quotation that spells out the short form that is asked about."""
    return Level.WELL_SUPPORTED if signs.settled and signs.legible else Level.SINGLE_SOURCE


def sureness(confidence: Confidence) -> float:
    """Return a number that orders answers by how sure they are: by level, then by margin."""
    margin = confidence.signs.margin if confidence.signs else 0.0
    return _STEPS[confidence.level] + min(max(margin, 0.0), _MOST_MARGIN)


def _support(version: Said, level: Level, *, told_alone: bool) -> list[str]:
    documents = [one.hit.document for one in version.all]
    bodies = list(dict.fromkeys(document.body for document in documents if document.body))
    reasons = []
    if len(bodies) > 1:
        reasons.append(f"{_counted(len(bodies), 'body', 'bodies')} say the same: {_and(bodies)}.")
    elif len(documents) > 1:
        reasons.append(f"{_counted(len(documents), 'document', 'documents')} say the same.")
    elif told_alone:
        plain = "One document says this plainly."
        only = "Only one of the documents found says this."
        reasons.append(plain if level is Level.WELL_SUPPORTED else only)
    if any(one.hit.passage.role is Role.RESOLUTION for one in version.all):
        reasons.append("It is a decision of the meeting.")
    if documents[0].status is Status.APPROVED and documents[0].kind is Kind.MINUTES:
        reasons.append("The minutes are approved as the record.")
    return reasons


def _reasons_of_fit(matter: Matter, told: History, signs: Signs, bounds: Bounds) -> Iterable[str]:
    if signs.given < GIVEN:
        yield f"It names no {_ASKED_FOR[matter.asked.kind]}, which the question asks for."
    if signs.support < bounds.thin:
        yield "It says only just enough of what is asked to be taken for an answer."
    if signs.margin < bounds.close:
        yield "Other parts of the record fit the question as well: read them too."
    elif signs.margin < bounds.clear:
        yield "Other parts of the record fit the question nearly as well: read them too."
    elif signs.first and told.status is AnswerStatus.ANSWERED:
        yield "Nothing else that was found fits the question as well."
    if not signs.first:
        yield "As a whole, another passage is nearer to the question than the one quoted."
    for name in signs.apart:
        yield f"“{name}” is not named there: its words stand in other places of the document."
    if signs.words < 2 and told.status is AnswerStatus.ANSWERED:
        yield "The question is of one word: ask more exactly to be surer of the answer."
    if signs.names > bounds.many:
        yield "The question names much: check that the answer is about all of it."


def _reasons_of_source(matter: Matter, hit: Hit) -> Iterable[str]:
    passage, document = hit.passage, hit.document
    if only_discussed(matter, hit):
        yield "It was said in the discussion: no decision, and not marked as an officer’s answer."
    if passage.ocr is not None and passage.ocr < SURE_READING:
        yield "It was read from a picture of the page, and not surely: compare it with the page."
    elif passage.ocr is not None:
        yield "It was read from a picture of the page (OCR)."
    if document.status is Status.DRAFT:
        yield "The document is a draft, which the body has not approved."
    edtf = document.date.edtf
    if edtf is None:
        yield "The date of the document is not known."
    elif edtf.endswith(("?", "~", "%")):
        yield "The date of the document is inferred, not stated."
    elif "/" in edtf:
        yield "The day on which it was said is not stated; it is known only roughly."


def _reasons_of_time(told: History) -> Iterable[str]:
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
    return f"{_IN_WORDS.get(count, count)} {one if count == 1 else many}"


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
