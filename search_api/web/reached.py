"""How a result was reached, in plain English: what was understood, found, weighed and decided."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from search_api.results import Candidate, Explanation, Weighed
from search_api.web.plain_dates import plain_date
from search_api.web.words import ROLES, listed, place
from search_api.wire.schemas import link_to

_SHOWN = 160
_ASKS = {
    "when": "when something happens",
    "who": "who it is",
    "how_much": "an amount",
    "how_many": "a number",
    "where": "a place",
    "why": "a reason",
    "list": "a list",
    "decision": "what was decided",
    "action": "what is to be done, and by whom",
    "opinion": "what people said or thought",
    "meaning": "what a short form stands for",
}
_ANY = "no particular form: any statement can answer it"
_WHOLE, _PART = 0.95, 0.05


@dataclass(frozen=True, slots=True)
class Part:
    """A passage or a statement that played a part: where it stands, its words, its parts, why."""

    place: str
    link: str
    words: str
    role: str
    parts: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Reached:
    """What the page tells of the way to a result. ``understood`` are sentences in order."""

    understood: tuple[str, ...]
    passages: tuple[Part, ...]
    statements: tuple[Part, ...]
    verdict: str


def reached(told: Explanation | None) -> Reached | None:
    """Lay out how a result was reached; None where nobody asked."""
    if told is None:
        return None
    return Reached(
        understood=tuple(_understood(told)),
        passages=tuple(_passage(one) for one in told.candidates),
        statements=tuple(_statement(one) for one in told.statements),
        verdict=told.verdict,
    )


def _understood(told: Explanation) -> Iterator[str]:
    yield f"The question was read as “{told.searched_for}”."
    if told.words:
        yield f"These words were looked for, with their endings aside: {told.words}."
    if told.acronyms:
        yield f"Short forms were taken to mean: {'; '.join(told.acronyms)}."
    if told.kind:
        yield f"The answer wanted is {_ASKS.get(told.kind, _ANY)}."
    if told.names:
        stems = listed([f"“{name}…”" for name in told.names], "and")
        yield f"An answer must speak of what the question names: {stems} (beginnings of words)."
    if told.time:
        yield f"Time: {told.time}"
    yield told.limits


def _passage(one: Candidate) -> Part:
    document, passage = one.document, one.passage
    found = [
        _found("by meaning", one.vector, one.by_vector),
        _found("by words", one.words, one.by_words),
    ]
    if one.tokens is not None:
        found.append(f"its best sentence, word by word: {one.tokens:.2f}")
    if one.form is not None:
        found.append(_form(one.form))
    return Part(
        place=f"{document.title}; {plain_date(document.date.edtf)}; "
        f"{place(document, passage.pages)}",
        link=link_to(document.id, passage.span),
        words=_short(passage.text),
        role=ROLES[passage.role],
        parts=f"Score {one.score:.3f}: {'; '.join(found)}.",
        outcome=one.outcome,
    )


def _statement(one: Weighed) -> Part:
    document = one.hit.document
    return Part(
        place=f"{document.title}; {plain_date(document.date.edtf)}; "
        f"{place(document, one.hit.passage.pages)}",
        link=link_to(document.id, one.span),
        words=_short(one.text),
        role=ROLES[one.hit.passage.role],
        parts=f"Score {one.score:.3f}: nearness to the question {one.nearness:.2f}; "
        f"{one.coverage:.0%} of the question’s words; {_form(one.fitness)}{_given(one.given)}.",
        outcome=one.outcome,
    )


def _found(how: str, score: float | None, rank: int | None) -> str:
    if score is None or rank is None:
        return f"{how}: not among the first"
    return f"{how}: place {rank} ({score:.2f})"


def _given(given: float) -> str:
    return f"; gives what is asked for ({given:.2f})" if given else ""


def _form(fitness: float) -> str:
    if fitness >= _WHOLE:
        return "has the form of an answer"
    if fitness <= _PART:
        return "has not the form of an answer"
    return f"has the form of an answer in part ({fitness:.2f})"


def _short(text: str) -> str:
    return textwrap.shorten(text, _SHOWN, placeholder=" …")
