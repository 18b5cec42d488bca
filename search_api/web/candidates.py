"""Judgements as candidate gold questions, in the format that ``minutebook eval`` reads.

They are candidates: a person should read each, shorten its accepted answers and say its part.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from starlette.datastructures import QueryParams

from indexer.errors import UsageError
from indexer.model import Filters, Role
from search_api.asked.kinds import QuestionKind
from search_api.asked.question import take_apart
from search_api.web.feedback import Evidence, Judgement, Verdict
from search_api.web.form import read_filters
from search_api.wire.asking import FiltersJson, names_of
from search_api.wire.schemas import filters_json

_AS_OF = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_BY_ROLE = {
    Role.RESOLUTION: "decision",
    Role.ACTION: "action",
    Role.TABLE: "table",
    Role.SLIDE: "slide",
    Role.COMMENT: "opinion",
}
_NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class Candidates:
    """Lines of a gold file, and why the other judgements are none: how often each reason."""

    lines: tuple[str, ...]
    left_out: dict[str, int]


def candidates(judgements: Iterable[Judgement]) -> Candidates:
    """Turn judgements into gold questions; the latest judgement of a question counts."""
    latest = {(one.question.casefold(), _filters(one)): one for one in judgements}
    lines, left_out = [], Counter[str]()
    for judgement in latest.values():
        reason = _unfit(judgement)
        if reason:
            left_out[reason] += 1
        else:
            lines.append(json.dumps(_gold(judgement), ensure_ascii=False))
    return Candidates(tuple(lines), dict(left_out))


def _unfit(judgement: Judgement) -> str | None:
    filters = _filters(judgement)
    if filters is None:
        return "asked under limits that this version cannot read"
    if filters.as_of and not _AS_OF.fullmatch(filters.as_of):
        return "asked as of a date that a gold question cannot hold"
    if judgement.verdict is Verdict.NO:
        return "judged wrong, without the right passage"
    if not judgement.evidence:
        return "without a document"
    return None


def _gold(judgement: Judgement) -> dict[str, object]:
    answerable = judgement.verdict is Verdict.PASSAGE or judgement.status != _NOT_FOUND
    files = {one.sha256: one.file for one in judgement.evidence}
    gold: dict[str, object] = {
        "id": f"feedback-{judgement.number}",
        "question": judgement.question,
        "kind": _kind(judgement),
        "documents": list(files),
        "files": list(files.values()),
        "evidence": [_proof(one) for one in judgement.evidence if one.quote and answerable],
        "answers": [_accepted(judgement)] if answerable else [],
        "answerable": answerable,
        "part": "dev",
    }
    return gold | _limits(_filters(judgement) or Filters())


def _proof(evidence: Evidence) -> dict[str, str]:
    return {"document": evidence.sha256, "quote": " ".join(evidence.quote.split())}


def _accepted(judgement: Judgement) -> str:
    """Return what the person wrote, else the answer judged right, else the passage chosen."""
    shown = judgement.answer if judgement.verdict is Verdict.YES else None
    return " ".join((judgement.words or shown or judgement.evidence[0].quote).split())


def _kind(judgement: Judgement) -> str:
    kind = take_apart(judgement.question).kind
    if kind is QuestionKind.MEANING:
        return "acronym"
    if kind is not QuestionKind.OTHER:
        return kind.value
    role = judgement.evidence[0].role
    return _BY_ROLE.get(Role(role), "decision") if role else "decision"


def _filters(judgement: Judgement) -> Filters | None:
    """Return what the question was asked under, None where it cannot be read any more."""
    known = names_of(FiltersJson)
    typed = [(n, value) for n, values in judgement.limits.items() if n in known for value in values]
    try:
        return read_filters(QueryParams(typed)).filters
    except UsageError:
        return None


def _limits(filters: Filters) -> dict[str, object]:
    """Say filters as a gold question does: ``as_of`` beside the others, nothing that is empty."""
    given = filters_json(filters).model_dump(mode="json")
    others = {name: value for name, value in given.items() if value and name != "as_of"}
    as_of = {"as_of": filters.as_of} if filters.as_of else {}
    return as_of | ({"filters": others} if others else {})
