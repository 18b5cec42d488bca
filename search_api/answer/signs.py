"""What the level of confidence is read off: signs that part right answers from wrong ones.

Which signs do so was measured on the dev parts of the gold questions (decision 45).
"""

from __future__ import annotations

from collections.abc import Sequence

from indexer.model import Role, Status
from search_api.answer.beside import read_together
from search_api.answer.given import given_by
from search_api.answer.history import History, Said
from search_api.answer.matter import Matter
from search_api.answer.statements import Statement
from search_api.asked.kinds import QuestionKind
from search_api.results import AnswerStatus, Hit, Signs

SURE_READING = 0.9
"""From there on text recognition gets nearly every word right."""


def signs_of(
    matter: Matter,
    told: History,
    quoted: Sequence[Statement],
    ranked: Sequence[Statement],
    *,
    support: float,
    apart: tuple[str, ...] = (),
) -> Signs:
    """Return the signs of an answer; ``quoted`` are the statements that it reads out, as quoted."""
    leading = quoted[0]
    return Signs(
        margin=told.best.score - _best_elsewhere(told, quoted, ranked),
        first=told.best.hit.rank == 1,
        support=support,
        given=max(given_by(matter, one) for one in quoted) if matter.valued else 1.0,
        names=len(matter.asked.particulars),
        documents=len(version_of(told, leading).all),
        settled=_is_settled(leading.hit) and not only_discussed(matter, leading.hit),
        legible=leading.hit.passage.ocr is None or leading.hit.passage.ocr >= SURE_READING,
        disputed=told.status is AnswerStatus.DISPUTED,
        apart=apart,
        words=len(matter.asked.stems),
    )


def version_of(told: History, leading: Statement) -> Said:
    """Return the version that a statement's document tells."""
    own = leading.hit.document.id
    versions = (v for v in told.versions if any(one.hit.document.id == own for one in v.all))
    return next(versions, Said(leading))


def _is_settled(hit: Hit) -> bool:
    """Say whether a quotation is of a dated document, no draft, and not read from a picture."""
    document = hit.document
    dated = document.date.edtf is not None
    return dated and document.status is not Status.DRAFT and hit.passage.ocr is None


def only_discussed(matter: Matter, hit: Hit) -> bool:
    """Say whether a member or the public said it, where that is not what is asked for."""
    return hit.passage.role is Role.COMMENT and matter.asked.kind is not QuestionKind.OPINION


def _best_elsewhere(
    told: History, quoted: Sequence[Statement], ranked: Sequence[Statement]
) -> float:
    """Return the best score of what is no part of the answer.

    Where the record changed that is what other documents than those told of say; else whatever is
    neither read out nor says the same.
    """
    same = [one for version in told.versions for one in version.all]
    if told.status is AnswerStatus.ANSWERED:
        aloud, own = _plain(read_together(quoted)), [*quoted, *same]
        return max((one.score for one in ranked if not _is_told(one, own, aloud)), default=0.0)
    told_of = {one.hit.document.id for one in same}
    return max((one.score for one in ranked if one.hit.document.id not in told_of), default=0.0)


def _is_told(one: Statement, own: Sequence[Statement], aloud: str) -> bool:
    inside = any(
        one.hit.document.id == other.hit.document.id and one.span.overlaps(other.span)
        for other in own
    )
    return inside or _plain(one.text) in aloud


def _plain(text: str) -> str:
    return " ".join(text.split())
