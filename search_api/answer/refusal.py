"""When the record does not say: the evidence that no passage answers a question.

A near miss is as like the text as an answer is, so nearness alone cannot tell them apart. What can
is what the question names: a town, a person, a year, a number that no passage holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.store.protocols import StoreReader
from search_api.answer.naming import missing_from, stems_around
from search_api.answer.reading import led_on
from search_api.answer.statements import Statement, fitness_of, holds, share_held
from search_api.asked.question import Asked
from search_api.english import stems_of, words_of

_SCORE, _MISSING, _FORM, _NEEDED = 3.4, 1.8, 1.3, 0.8
_LEAST_SHARE = 0.22
_CONSIDERED = 5
_NOTHING = -_NEEDED
_NO_QUESTION = (
    "This does not ask for anything that a record could say. Ask about a decision, a date, a sum, "
    "a person or a place."
)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the best statement being an answer, and what against it."""

    score: float
    """The best statement's own, about 0 to 1."""
    missing: tuple[str, ...]
    """Stems of the names and numbers asked about that its passage does not hold."""
    form: float
    """0 where it has the form of an answer, as read out, as well as others of the best; else
    how much less, to -1."""
    share: float
    """The share of the question's words that its passage and what is over it hold, 0 to 1."""

    @property
    def support(self) -> float:
        """Return the sum that is 0 where an answer may just be given, and greater for surer ones.

        Its weights are about those of a logistic regression over the dev parts of the gold
        questions: decision 27 says how they were found.
        """
        against = _MISSING * bool(self.missing) - _FORM * self.form
        return _SCORE * self.score - against - _NEEDED


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a question is refused, None where it is answered, and how sure an answer would be."""

    reason: str | None
    support: float


def judge(
    store: StoreReader,
    asked: Asked,
    question: str,
    ranked: Sequence[Statement],
    aliases: dict[str, frozenset[str]],
) -> Verdict:
    """Say in plain words why the best statement is no answer, or that it may be one."""
    if not asked.stems:
        return Verdict(_NO_QUESTION, _NOTHING)
    if not ranked:
        return Verdict("No passage is left to search: loosen the filters.", _NOTHING)
    evidence = weigh(store, asked, ranked, aliases)
    if evidence.support >= 0 and evidence.share >= _LEAST_SHARE:
        return Verdict(None, evidence.support)
    return Verdict(_reason(question, ranked, evidence, aliases), evidence.support)


def weigh(
    store: StoreReader,
    asked: Asked,
    ranked: Sequence[Statement],
    aliases: dict[str, frozenset[str]],
) -> Evidence:
    """Return the evidence on the best of the statements."""
    best = stems_around(ranked[0])
    form = fitness_of(asked, led_on(store, asked, ranked[0]))
    return Evidence(
        score=ranked[0].score,
        missing=missing_from(best, asked, aliases),
        form=min(form - max(fitness_of(asked, one) for one in ranked[:_CONSIDERED]), 0.0),
        share=share_held(asked.stems, best, {}, aliases),
    )


def _reason(
    question: str,
    ranked: Sequence[Statement],
    evidence: Evidence,
    aliases: dict[str, frozenset[str]],
) -> str:
    passages = {one.hit.passage.id: one for one in ranked}
    everywhere = set().union(*(stems_around(one) for one in passages.values()))
    nowhere = [stem for stem in evidence.missing if not holds(everywhere, stem, aliases)]
    if nowhere:
        return f"The nearest passages do not mention {_named(nowhere, question)}."
    if evidence.missing:
        missing = _named(evidence.missing, question)
        return f"What comes closest to an answer does not mention {missing}."
    if evidence.form < 0:
        return "The nearest passages speak of this, and do not say what the question asks for."
    return "The nearest passages speak of other things than the question asks."


def _named(stems: Iterable[str], question: str) -> str:
    """Return the stems as the question writes them, joined by "or"."""
    wanted = set(stems)
    written = [word for word in words_of(question) if set(stems_of(word)) & wanted]
    return " or ".join(dict.fromkeys(f"“{word}”" for word in written))
