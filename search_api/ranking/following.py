"""What comes after a good passage in its document: a vote after its motion, an answer, a reply."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from indexer.model import Passage, Role
from indexer.store.protocols import StoreReader
from search_api.asked.kinds import QuestionKind

REACH = 3
"""How far behind a passage, in its section, one of the role that is asked for is looked for."""
_DECIDED = frozenset({Role.RESOLUTION, Role.ACTION})
_ANSWERING: Mapping[QuestionKind, frozenset[Role]] = {
    QuestionKind.DECISION: _DECIDED,
    QuestionKind.ACTION: _DECIDED,
    QuestionKind.OPINION: frozenset({Role.COMMENT, Role.RESPONSE}),
    QuestionKind.WHY: frozenset({Role.RESPONSE}),
}


def answering(kind: QuestionKind) -> frozenset[Role]:
    """Return the roles in which a question of this kind is answered; none where any may."""
    return _ANSWERING.get(kind, frozenset())


def following(
    store: StoreReader,
    numbers: Iterable[int],
    known: Mapping[int, Passage],
    roles: Sequence[Role],
    wanted: frozenset[Role],
) -> dict[int, Passage]:
    """Return passages that come after ``numbers`` and are not ``known``, of ``roles`` (none: any).

    That is the next one of the document, and of the next REACH those of a role that is ``wanted``
    in the same section.
    """
    numbers = list(numbers)
    steps = range(1, REACH + 1 if wanted else 2)
    end = store.count()
    missing = sorted({n + step for n in numbers for step in steps if n + step < end} - known.keys())
    looked_at = frozenset(missing)
    passages = {**known, **dict(zip(missing, store.passages(missing), strict=True))}
    return {
        number + step: passages[number + step]
        for number in numbers
        for step in steps
        if number + step in looked_at
        and _comes_in(passages[number], passages[number + step], step, wanted)
        and (not roles or passages[number + step].role in roles)
    }


def _comes_in(first: Passage, one: Passage, step: int, wanted: frozenset[Role]) -> bool:
    if one.document_id != first.document_id:
        return False
    return step == 1 or (one.section == first.section and one.role in wanted)


def continued(
    total: Mapping[int, float],
    passages: Mapping[int, Passage],
    wanted: frozenset[Role],
    share: float,
    share_wanted: float,
) -> dict[int, float]:
    """Raise passages towards a better one that they follow, never above it.

    What is asked about stands before: the one right after makes up for ``share`` of what it lacks,
    and one of a ``wanted`` role, up to REACH behind in the same section, for ``share_wanted``.
    """
    raised = {}
    for number, own in total.items():
        one = passages[number]
        is_wanted = one.role in wanted
        best = own
        for step in range(1, REACH + 1 if is_wanted else 2):
            before = passages.get(number - step)
            if before is None or before.document_id != one.document_id:
                continue
            if step > 1 and before.section != one.section:
                continue
            part = share_wanted if is_wanted else share
            best = max(best, own + part * (total[number - step] - own))
        raised[number] = best
    return raised
