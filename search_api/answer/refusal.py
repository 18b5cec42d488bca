"""When the record does not say: the evidence that no passage answers a question.

A near miss is as like the text as an answer is, so nearness alone cannot tell them apart. What can
is what the question names: a town, a person, a year, a number that no passage holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search_api.answer.question import Asked
from search_api.answer.statements import Statement, holds, share_held, surroundings
from search_api.english import stems_of, words_of

_LEAST_COVERAGE = 0.22
_MOST_MISSING = 1
"""How many of the names and numbers the best passage may leave to others. Chosen on dev."""


def why_not(
    asked: Asked,
    question: str,
    ranked: Sequence[Statement],
    aliases: dict[str, frozenset[str]],
) -> str | None:
    """Return in plain words why the best statement is no answer, or None where it may be one."""
    if not asked.stems:
        return (
            "This does not ask for anything that a record could say. Ask about a decision, a date, "
            "a sum, a person or a place."
        )
    if not ranked:
        return "No passage is left to search: loosen the filters."
    passages = {one.hit.passage.id: _stems_around(one) for one in ranked}
    everywhere = set().union(*passages.values())
    nowhere = [stem for stem in asked.particulars if not holds(everywhere, stem, aliases)]
    if nowhere:
        return f"The nearest passages do not mention {_named(nowhere, question)}."
    best = passages[ranked[0].hit.passage.id]
    missing = [stem for stem in asked.particulars if not holds(best, stem, aliases)]
    if len(missing) > _MOST_MISSING:
        return f"No single passage speaks of {_named(asked.particulars, question)} together."
    if share_held(asked.stems, best, {}, aliases) < _LEAST_COVERAGE:
        return "The nearest passages speak of other things than the question asks."
    return None


def _stems_around(statement: Statement) -> set[str]:
    passage, document = statement.hit.passage, statement.hit.document
    return set(
        stems_of(f"{passage.text} {surroundings(statement)} {document.date.edtf} {document.file}")
    )


def _named(stems: Iterable[str], question: str) -> str:
    """Return the stems as the question writes them, joined by "or"."""
    wanted = set(stems)
    written = [word for word in words_of(question) if set(stems_of(word)) & wanted]
    return " or ".join(dict.fromkeys(f"“{word}”" for word in written))
