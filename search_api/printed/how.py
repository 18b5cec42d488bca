"""How a result was reached, as a person reads it on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from search_api.results import Candidate, Explanation, Weighed
from search_api.web.words import corrections_said

_WIDTH = 96
_WORDS = 90


def explanation(told: Explanation) -> str:
    """Say how a result was reached: what was understood, found, weighed and decided."""
    parts = ["How this was reached", "\n".join(_understood(told))]
    passages = "\n".join(_candidate(one) for one in told.candidates)
    parts.append(f"Passages, best first (rank, score; its parts):\n{passages}")
    if told.statements:
        weighed = "\n".join(_weighed(one) for one in told.statements)
        parts.append(f"Statements weighed, best first:\n{weighed}")
    parts.append(told.verdict)
    return "\n\n".join(parts)


def _understood(told: Explanation) -> Iterable[str]:
    yield _wrapped(f"searched for: {told.searched_for}")
    yield _wrapped(f"words: {told.words}")
    for one in corrections_said(told.corrections):
        yield _wrapped(one)
    if told.acronyms:
        yield _wrapped(f"short forms: {'; '.join(told.acronyms)}")
    if told.kind:
        yield _wrapped(f"kind of answer wanted: {told.kind.replace('_', ' ')}")
    if told.names:
        yield _wrapped(f"names that the record must hold (stems): {', '.join(told.names)}")
    if told.time:
        yield _wrapped(f"time: {told.time}")
    yield _wrapped(told.limits)


def _candidate(one: Candidate) -> str:
    found = [
        _part("vector", one.vector, one.by_vector),
        _part("words", one.words, one.by_words),
        _part("form", one.form),
        _part("tokens", one.tokens),
    ]
    head = f"{one.rank}. {one.score:.3f}  {'; '.join(found)}"
    where = f"{one.document.title}; {one.passage.role}: {_short(one.passage.text)}"
    return f"{_wrapped(head)}\n{_wrapped(where, 5)}\n{_wrapped(one.outcome, 5)}"


def _weighed(one: Weighed) -> str:
    head = (
        f"{one.score:.3f}  nearness {one.nearness:.2f}; words {one.coverage:.2f}; "
        f"form {one.fitness:.2f}; gives it {one.given:.2f}; "
        f"{one.hit.passage.role}, passage {one.hit.rank}"
    )
    return f"{_wrapped(head)}\n{_wrapped(_short(one.text), 5)}\n{_wrapped(one.outcome, 5)}"


def _part(name: str, score: float | None, place: int | None = None) -> str:
    if score is None:
        return f"{name} –"
    return f"{name} {score:.2f}" + (f" (place {place})" if place else "")


def _short(text: str) -> str:
    return f"“{textwrap.shorten(text, _WORDS, placeholder='…')}”"


def _wrapped(words: str, indent: int = 2) -> str:
    blank = " " * indent
    return textwrap.fill(words, _WIDTH, initial_indent=blank, subsequent_indent=blank)
