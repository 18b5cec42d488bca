"""The statement that leads an answer, made whole once: what is judged is what is read out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.store.protocols import StoreReader
from search_api.answer.matter import QUANTITIES, Matter
from search_api.answer.numbered import names_years_of, of_another_year
from search_api.answer.reading import led_on, self_contained
from search_api.answer.reply import reply_to
from search_api.answer.standing import before_others
from search_api.answer.statements import Statement, led_in
from search_api.asked.kinds import QuestionKind

_OF_A_YEAR = QUANTITIES | {QuestionKind.WHO, QuestionKind.WHY}
"""Kinds of question to which a sentence that names another year is no answer."""
_NEAR = 0.8
"""What a statement of the year must reach of the best one's score to come before it."""


@dataclass(frozen=True, slots=True)
class Leading:
    """The best statement as it was found, and as it is read out."""

    best: Statement
    contained: Statement
    """With the sentence that it leans on."""
    whole: Statement
    """Led on, besides, to what it announces."""
    reply: Statement | None = None
    """What was said in reply, where it only asks or moves."""


def leading_of(store: StoreReader, matter: Matter, ranked: Sequence[Statement]) -> Leading:
    """Return what leads an answer; there must be a statement.

    What names only other years than the question leads where nothing else is nearly as good.
    """
    best = before_others(matter, ranked)
    if of_other_years(matter, best):
        near = [one for one in ranked if one.score >= _NEAR * ranked[0].score]
        of_it = [one for one in near if names_years_of(matter.question, one.text)]
        best = before_others(matter, of_it) if of_it else best
    return made_whole(store, matter, best)


def of_other_years(matter: Matter, one: Statement) -> tuple[str, ...]:
    """Return the years that a question names, where a statement names only others.

    A sum, a count, a person or a reason of another year is no answer.
    """
    if matter.asked.kind not in _OF_A_YEAR:
        return ()
    section = " ".join(one.hit.passage.section)
    return of_another_year(matter.question, f"{section} {led_in(one)}")


def made_whole(store: StoreReader, matter: Matter, best: Statement) -> Leading:
    """Return a statement with what it leans on and what it announces."""
    contained = self_contained(store, best)
    reply = reply_to(store, matter, contained)
    return Leading(best, contained, led_on(store, matter, contained), reply)
