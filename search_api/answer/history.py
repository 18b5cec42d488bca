"""What the record said at different times: versions, which took which one's place, and disputes.

Each document that speaks of the same matter says one thing of it. Documents that follow one another
and say the same are one version, and so are a body's that repeats itself while others differ. Else
the later takes the earlier one's place, unless another body said it at about the same time: then
they differ, and nobody chooses between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from indexer.dates import bounds
from indexer.model import Document
from search_api.answer.matter import Matter, recurs, same_body
from search_api.answer.reply import only_asks
from search_api.answer.sayings import FRAME, NOT_COMPARED, same_words, says_otherwise
from search_api.answer.standing import before_others
from search_api.answer.statements import Statement
from search_api.answer.values import Values
from search_api.asked.kinds import QuestionKind
from search_api.results import AnswerStatus

_SAME_TIME = timedelta(days=31)
"""Bodies meet every few weeks: what two of them say within that time, they say at one time."""
_MERELY_ASKED = "it only asks or moves, and says nothing of how things stand"
_SAME_TURN = 0.9
"""The share of their words that what two meetings did has in common, which is told in the same
phrases, where it is the same."""


@dataclass(frozen=True, slots=True)
class Said:
    """One version of the matter: what the newest document says, and those that say the same."""

    statement: Statement
    repeats: tuple[Statement, ...] = ()
    superseded: bool = False
    beside: tuple[Statement, ...] = ()
    """What the newest document says besides, that belongs to it."""

    @property
    def all(self) -> tuple[Statement, ...]:
        """Every document's statement, the newest first."""
        return (self.statement, *self.repeats)


@dataclass(frozen=True, slots=True)
class History:
    """The versions, newest first, and what they make of the answer; the first one leads.

    ``left_out`` says for each other document why what it says is no version.
    """

    status: AnswerStatus
    best: Statement
    versions: tuple[Said, ...]
    beside: tuple[Statement, ...] = ()
    """What other documents say of the matter that is no version of it."""
    left_out: tuple[tuple[Statement, str], ...] = ()
    in_turn: bool = False
    """Whether what each meeting said is asked for, so that each version is read out."""

    @property
    def live(self) -> list[Said]:
        """The versions that nothing has taken the place of."""
        return [version for version in self.versions if not version.superseded]


def history_of(matter: Matter, ranked: Sequence[Statement], best: Statement) -> History:
    """Return what the record said over time of the matter that the best statement speaks of."""
    spoken, left_out = _by_document(matter, ranked, best)
    ordered = newest_first(spoken)
    groups = _without_series(matter, _grouped(matter, ordered), best)
    versions = [_superseded(group, groups) for group in groups]
    status = _status(versions)
    if status is AnswerStatus.ANSWERED:
        versions = [_own(versions, best)]
    elif status is AnswerStatus.DISPUTED:
        versions = sorted(versions, key=lambda version: version.superseded)
    told = {one.hit.document.id for version in versions for one in version.all}
    beside = [one for one in ordered if one.hit.document.id not in told]
    return History(status, best, tuple(versions), tuple(beside), tuple(left_out))


def in_turn(matter: Matter, told: Sequence[Said]) -> History:
    """Return what several meetings said, each a version; only a value takes another's place."""
    ordered = sorted(told, key=lambda one: _middle(one.statement.hit.document), reverse=True)
    versions: list[Said] = []
    for one in ordered:
        if versions and _says_again(matter, versions[-1].statement, one.statement):
            last = versions[-1]
            versions[-1] = replace(last, repeats=(*last.repeats, one.statement))
        else:
            versions.append(one)
    if matter.valued:
        versions = [_superseded(one, _comparable(matter, one, versions)) for one in versions]
    status = AnswerStatus.CHANGED if len(versions) > 1 else AnswerStatus.ANSWERED
    return History(status, versions[0].statement, tuple(versions), in_turn=True)


def _comparable(matter: Matter, one: Said, versions: Sequence[Said]) -> list[Said]:
    """Return the versions that give a value of the same kind as one does: they may replace it."""
    values = matter.values(one.statement)
    return [each for each in versions if matter.values(each.statement).of_one_kind(values)]


def _says_again(matter: Matter, one: Statement, other: Statement) -> bool:
    """Say whether what two meetings said is one version: the same value, or the same words."""
    values, others = (
        (matter.values(one), matter.values(other)) if matter.valued else (Values(), Values())
    )
    return values.agrees(others) or _repeats(matter, one, other, _SAME_TURN)


def _by_document(
    matter: Matter, ranked: Sequence[Statement], best: Statement
) -> tuple[list[Statement], list[tuple[Statement, str]]]:
    """Return the best, the first of each other document that is of the same, and why not others."""
    first: dict[str, Statement] = {best.hit.document.id: best}
    left_out: dict[str, tuple[Statement, str]] = {}
    alone = _MERELY_ASKED if only_asks(best) else matter.why_another(best, best)
    for one in ranked:
        if one.hit.document.id in first:
            continue
        if only_asks(one):
            left_out.setdefault(one.hit.document.id, (one, _MERELY_ASKED))
            continue
        if matter.is_like(one, best):
            first[one.hit.document.id] = one
            continue
        why = f"the best statement stands alone: {alone}" if alone else None
        why = why or matter.why_another(one, best)
        if why is None:
            same = [other for other in ranked if other.hit.document.id == one.hit.document.id]
            same = [other for other in same if matter.why_another(other, best) is None]
            first[one.hit.document.id] = before_others(matter, same)
        else:
            left_out.setdefault(one.hit.document.id, (one, why))
    return list(first.values()), [x for name, x in left_out.items() if name not in first]


def _grouped(matter: Matter, ordered: Sequence[Statement]) -> list[Said]:
    """Make one version of documents that say the same, until they or their body say otherwise."""
    groups: list[Said] = []
    for one in ordered:
        place = _place_among(matter, one, groups)
        if place is None:
            groups.append(Said(one))
        else:
            group = groups[place]
            groups[place] = Said(group.statement, (*group.repeats, one))
    return groups


def _place_among(matter: Matter, one: Statement, groups: Sequence[Said]) -> int | None:
    """Return which version an earlier statement belongs to: the last, or its own body's last."""
    for place, group in reversed(list(enumerate(groups))):
        own = any(same_body(one.hit.document, other.hit.document) for other in group.all)
        next_to_it = place == len(groups) - 1
        if (own or next_to_it) and _says_the_same(matter, one, group.statement):
            return place
        if own:
            return None
    return None


def _says_the_same(matter: Matter, one: Statement, other: Statement) -> bool:
    if matter.valued and (matter.values(one) or matter.values(other)):
        return matter.values(one).agrees(matter.values(other))
    return _repeats(matter, one, other, FRAME)


def _repeats(matter: Matter, one: Statement, other: Statement, share: float) -> bool:
    """Say whether two statements are of the same words, and nothing in them differs."""
    same = same_words(one.text, other.text, share)
    return same and not says_otherwise(matter.asked.kind, one.text, other.text)


def _without_series(matter: Matter, groups: list[Said], best: Statement) -> list[Said]:
    """Leave out what differs without taking another's place, and keep the best one's version.

    So it is with answers that cannot be compared, with what recurs, and with what had happened: two
    dates on which something took place are two events.
    """
    own = _own(groups, best)
    if _in_a_series(matter, own.statement):
        return [own]
    wanted = matter.values(own.statement)
    if not matter.valued or not wanted:
        return _otherwise(matter, groups, own)
    kept = [
        group
        for group in groups
        if group is own
        or (
            not _in_a_series(matter, group.statement)
            and matter.values(group.statement).of_one_kind(wanted)
        )
    ]
    if matter.asked.kind is QuestionKind.WHEN:
        kept = [
            group
            for group in kept
            if group is own or group is kept[0] or _was_to_come(matter, group.statement)
        ]
        if not any(_was_to_come(matter, group.statement) for group in kept[1:]):
            return [own]
    return kept


def _otherwise(matter: Matter, groups: Sequence[Said], own: Said) -> list[Said]:
    """Return the versions that say in the words of the best one something else.

    Where no value is asked for, nothing but a like sentence surely answers what that one answers.
    """
    kind = matter.asked.kind

    def differs(group: Said) -> bool:
        one, best = group.statement.text, own.statement.text
        return same_words(one, best, FRAME) and says_otherwise(kind, one, best)

    if kind in NOT_COMPARED:
        return [own]
    return [group for group in groups if group is own or differs(group)]


def _in_a_series(matter: Matter, one: Statement) -> bool:
    """Say whether a statement is of one time among many; who holds a post takes another's place."""
    return matter.asked.kind is not QuestionKind.WHO and recurs(one)


def _own(groups: Sequence[Said], best: Statement) -> Said:
    return next(group for group in groups if best in group.all)


def _was_to_come(matter: Matter, one: Statement) -> bool:
    """Say whether the time that a statement gives was still to come when it was said."""
    values: Values = matter.values(one)
    said = _range(one.hit.document)[0]
    return bool(values.conditions) or any(last >= said for _, last in values.days)


def _superseded(group: Said, groups: Sequence[Said]) -> Said:
    later = any(_takes_the_place(other.statement, group.statement) for other in groups)
    return replace(group, superseded=later)


def _takes_the_place(newer: Statement, older: Statement) -> bool:
    """Say whether one was certainly said after the other; between bodies, well after."""
    one, other = newer.hit.document, older.hit.document
    margin = timedelta() if _one_voice(one, other) else _SAME_TIME
    end = _range(other)[1]
    return end < date.max - margin and _range(one)[0] > end + margin


def _one_voice(one: Document, other: Document) -> bool:
    """Say whether one body speaks, or nobody knows which."""
    return same_body(one, other) or one.body is None or other.body is None


def _status(versions: Sequence[Said]) -> AnswerStatus:
    live = [version.statement.hit.document for version in versions if not version.superseded]
    if len(versions) < 2:
        return AnswerStatus.ANSWERED
    differ = any(not _one_voice(one, other) for one in live for other in live)
    at_once = any(
        one is not other and _range(one) == _range(other) for one in live for other in live
    )
    return AnswerStatus.DISPUTED if differ or at_once else AnswerStatus.CHANGED


def newest_first(statements: Sequence[Statement]) -> list[Statement]:
    """Return statements in the order of their documents' dates, the newest first."""
    return sorted(statements, key=lambda one: _middle(one.hit.document), reverse=True)


def _middle(document: Document) -> float:
    first, last = _range(document)
    return (first.toordinal() + last.toordinal()) / 2


def _range(document: Document) -> tuple[date, date]:
    return bounds(document.date.edtf) if document.date.edtf else (date.min, date.min)
