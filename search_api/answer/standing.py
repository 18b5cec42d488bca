"""Who said it: whose words count for more in answer to a kind of question.

For facts what an officer answered, or a report presented, counts for more than what a member or the
public said; for decisions a resolution counts for more than either; and who asks what people were
worried about wants their own words.
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.model import Role
from search_api.answer.given import gives_it
from search_api.answer.matter import Matter
from search_api.answer.statements import Statement, fitness_of
from search_api.asked.fitness import NEUTRAL
from search_api.asked.kinds import QuestionKind

_NEARLY = 0.85
"""What a statement of more standing must reach of the best one's score to come before it."""
_NEAR = 0.65
"""What one that gives a value must reach of the score of one that gives none."""
_DECIDED = 1.0
"""The fitness of a sentence that tells in words of its own what was decided."""
_MADE = {Role.RESOLUTION: 3, Role.ACTION: 2, Role.COMMENT: 0}
_STANDING = {
    QuestionKind.DECISION: _MADE,
    QuestionKind.ACTION: {**_MADE, Role.ACTION: 3, Role.RESOLUTION: 2},
    QuestionKind.OPINION: {Role.COMMENT: 2, Role.RESPONSE: 1, Role.REPORT: 1},
}
_FACTS = {Role.COMMENT: 0, Role.RESOLUTION: 2}
_OTHERS = {QuestionKind.OPINION: 0}
_MIDDLE = 1


def standing(kind: QuestionKind, role: Role) -> int:
    """Return how much the words of a role count for a kind of question; more is more."""
    return _STANDING.get(kind, _FACTS).get(role, _OTHERS.get(kind, _MIDDLE))


def before_others(matter: Matter, ranked: Sequence[Statement]) -> Statement:
    """Return the first statement, or one of its matter that fits nearly as well and counts more.

    Who speaks decides between two answers, and is no answer by itself.
    """
    best = _giving_a_value(matter, ranked)
    kind = matter.asked.kind
    rivals = [
        one
        for one in ranked[1:]
        if one.score >= _NEARLY * best.score
        and standing(kind, one.hit.passage.role) > standing(kind, best.hit.passage.role)
        and matter.share(one) >= matter.share(best)
        and matter.names_said(best) <= matter.names_said(one)
        and matter.why_another(one, best) is None
    ]
    return max(
        rivals, key=lambda one: (standing(kind, one.hit.passage.role), one.score), default=best
    )


def _giving_a_value(matter: Matter, ranked: Sequence[Statement]) -> Statement:
    """Return the first statement, or where it gives none of what is asked, the next that does."""
    best = ranked[0]
    if matter.asked.kind is QuestionKind.DECISION:
        return _deciding(matter, ranked)
    if gives_it(matter, best):
        return best
    near = [one for one in ranked if one.score >= _NEAR * best.score]
    giving = [one for one in near if gives_it(matter, one)]
    beside = (one for one in giving if one.hit.passage.id == best.hit.passage.id)
    in_section = (
        one
        for one in giving
        if _in_its_section(one, best) and matter.near_names(best) <= matter.near_names(one)
    )
    of_it = (one for one in near if matter.why_another(one, one) is None)
    return next(beside, next(in_section, next(of_it, best)))


def _deciding(matter: Matter, ranked: Sequence[Statement]) -> Statement:
    """Return the first statement, or where it decides nothing, the next that tells a decision."""
    best = ranked[0]
    if fitness_of(matter.asked, best) >= NEUTRAL:
        return best
    return next(
        (
            one
            for one in ranked
            if one.score >= _NEAR * best.score
            and fitness_of(matter.asked, one) >= _DECIDED
            and matter.near_names(best) <= matter.near_names(one)
        ),
        best,
    )


def _in_its_section(one: Statement, best: Statement) -> bool:
    mine, its = one.hit.passage, best.hit.passage
    return mine.document_id == its.document_id and bool(its.section) and mine.section == its.section
