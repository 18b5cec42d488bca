"""How well each statement answers: a weighted sum of evidences, each from 0 to 1.

A statement is weighed as it would be quoted, with the sentence that it leans on. The weights are
those of a listwise model over the statements of the dev questions (``python -m eval.choosing``
prints them), whose form is that of Cao et al., "Learning to Rank: From Pairwise Approach to
Listwise Approach" (ICML 2007).
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from operator import mul

from indexer.store.protocols import StoreReader
from search_api.answer.given import given_by
from search_api.answer.likes import with_like
from search_api.answer.matter import Matter
from search_api.answer.reading import self_contained
from search_api.answer.statements import (
    Parts,
    Statement,
    fitness_of,
    share_held,
    surroundings,
)
from search_api.asked.kinds import QuestionKind
from search_api.asked.question import Asked
from search_api.english import stems_of
from search_api.ranking.late import Nearness

WEIGHTS = Parts(nearness=0.280, coverage=0.238, fitness=0.087, given=0.111, place=0.137, rank=0.067)
_AT_FIRST_SIGHT = Parts(coverage=0.30, fitness=0.10, place=0.12)
"""What tells, before the model is asked, which statements it shall read."""
_MOST_PROMISING = 40
_ADOPTED = re.compile(
    r"\W*(?:(?:that|resolved|agreed)\W+)*the (?:draft )?minutes\b[^.;:]{0,120}\b"
    r"(?:taken as read|adopted|approved|signed|confirmed|agreed as)\b[^.;:]{0,60}\W*$",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"(?:(?:and )?(?:Proposed|Moved|Seconded)(?: by)?\b(?:[^.;]|(?<=\b[A-Z])\.){0,60}[.;,]?\s*)+",
    re.IGNORECASE,
)
"""Who moved and seconded says nothing of what was decided."""
_ONE_THING = frozenset(
    {
        QuestionKind.WHEN,
        QuestionKind.WHO,
        QuestionKind.HOW_MUCH,
        QuestionKind.HOW_MANY,
        QuestionKind.WHERE,
        QuestionKind.WHY,
        QuestionKind.MEANING,
        QuestionKind.OTHER,
    }
)
"""Kinds of question that one sentence or item answers, never a list."""


def scored(
    store: StoreReader,
    matter: Matter,
    nearness: Nearness,
    statements: Sequence[Statement],
    aliases: dict[str, frozenset[str]],
) -> list[Statement]:
    """Return the statements with their scores, best first.

    ``aliases`` gives for the stem of a short form the stems of its meaning.
    """
    asked = matter.asked
    worth = [one for one in statements if _may_answer(asked, one)]
    if not worth:
        return []
    weights = _rarity(asked, statements)
    best = max(one.hit.score for one in statements) or 1.0

    def weighed(one: Statement, seen: Parts) -> Statement:
        quoted = self_contained(store, one)
        leans = quoted is not one
        parts = seen._replace(
            nearness=nearness.of(one.hit.passage, quoted.span, one.lead),
            coverage=_covered(asked, quoted, weights, aliases) if leans else seen.coverage,
            given=given_by(matter, one) if matter.valued else 0.0,
        )
        return replace(one, parts=parts, score=_sum(WEIGHTS, parts))

    seen = [(one, _seen(asked, one, weights, aliases, best)) for one in worth]
    promising = sorted(seen, key=lambda each: -_sum(_AT_FIRST_SIGHT, each[1]))[:_MOST_PROMISING]
    result = [weighed(*each) for each in promising]
    ranked = sorted(result, key=lambda one: (-one.score, one.hit.document.id, one.span))
    return _whole_list_first(asked, ranked, aliases)


def _seen(
    asked: Asked,
    one: Statement,
    weights: dict[str, float],
    aliases: dict[str, frozenset[str]],
    best: float,
) -> Parts:
    """Return what can be told of a statement without the model."""
    return Parts(
        coverage=_covered(asked, one, weights, aliases),
        fitness=fitness_of(asked, one),
        place=one.hit.score / best,
        rank=1 / one.hit.rank,
    )


def _sum(weights: Parts, parts: Parts) -> float:
    return float(sum(map(mul, weights, parts)))


def _may_answer(asked: Asked, one: Statement) -> bool:
    """Say whether a statement may answer: a list is not one thing, nor what introduces one."""
    if one.is_list and asked.kind in _ONE_THING:
        return False
    if one.begins and (asked.kind not in _ONE_THING or fitness_of(asked, one) < 1.0):
        return False
    return not _is_of_procedure(asked, one.text.strip())


def _whole_list_first(
    asked: Asked, ranked: list[Statement], aliases: dict[str, frozenset[str]]
) -> list[Statement]:
    """Put a list before its best item where what introduces it is what was asked for."""
    best = ranked[0]
    if best.is_list or not best.lead_in:
        return ranked
    own, lead = set(stems_of(best.text)), set(stems_of(best.lead_in))
    if share_held(asked.stems, own, {}, aliases) >= share_held(asked.stems, lead, {}, aliases):
        return ranked
    for place, one in enumerate(ranked):
        same = one.hit.document.id == best.hit.document.id
        if one.is_list and same and one.span.overlaps(best.span):
            whole = replace(one, score=best.score)
            return [whole, *ranked[:place], *ranked[place + 1 :]]
    return ranked


def _is_of_procedure(asked: Asked, text: str) -> bool:
    """Say whether a text only tells who moved, or that minutes were adopted, and neither is asked.

    It stands under every item, and says nothing of any.
    """
    if _MOVED.fullmatch(text):
        return asked.kind is not QuestionKind.WHO
    return "minut" not in asked.stems and _ADOPTED.match(text) is not None


def _rarity(asked: Asked, statements: Sequence[Statement]) -> dict[str, float]:
    """Weigh each stem of the question by how few of the statements hold it."""
    bags = [set(stems_of(one.text)) for one in statements]
    return {
        stem: math.log(1 + len(bags) / (1 + sum(stem in bag for bag in bags)))
        for stem in asked.stems
    }


def _covered(
    asked: Asked,
    statement: Statement,
    weights: dict[str, float],
    aliases: dict[str, frozenset[str]],
) -> float:
    """Return the weighted share of the question's words in the statement and what is over it."""
    stems = with_like(f"{statement.text} {surroundings(statement)}")
    return share_held(asked.stems, stems, weights, aliases)
