"""What the record said at different times: one version for each document that speaks of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from indexer.dates import bounds, find_dates
from indexer.model import Acronym, Document, Kind, Role
from search_api.answer.fitness import fitness
from search_api.answer.kinds import QuestionKind
from search_api.answer.question import Asked
from search_api.answer.statements import Statement, aliases_of, share_held, surroundings
from search_api.english import stem as stem_word
from search_api.english import stems_of
from search_api.results import Version

_CLOSE_ENOUGH = 0.65
_AS_MUCH = 0.8
"""What another document's statement must reach of the best one's score, and of its share of what
the question asks about, to be shown beside it. Chosen on the dev parts of the gold questions."""

_VALUE = re.compile(r"[£€$]?\d[\d,.]*\d|\d")
_NAME = re.compile(r"\b[A-Z][a-z’']+ [A-Z][A-Za-z’']+\b")
_FIT = 0.5
_OF_A_MEETING = frozenset({Kind.MINUTES, Kind.SLIDES})
TextOf = Callable[[str], str]
_VALUED = (
    QuestionKind.WHEN,
    QuestionKind.HOW_MUCH,
    QuestionKind.HOW_MANY,
    QuestionKind.WHO,
)


class Matter:
    """What a question is about: its names, and what it asks of them."""

    def __init__(self, asked: Asked, acronyms: Sequence[Acronym], texts: TextOf) -> None:
        self._asked = asked
        self._topic = [stem for stem in asked.stems if stem not in asked.particulars]
        self._aliases = aliases_of(acronyms)
        self._longs = {stem_word(a.short): a.long.casefold() for a in acronyms}
        self._texts = texts

    def share(self, statement: Statement) -> float:
        """Return the share of what is asked, names left out, that a statement speaks of."""
        stems = set(stems_of(f"{statement.text} {surroundings(statement)}"))
        return share_held(self._topic, stems, {}, self._aliases)

    def fits(self, statement: Statement) -> bool:
        """Say whether a statement has the form of an answer to the question's kind."""
        role = statement.hit.passage.role
        return fitness(self._asked.kind, statement.text, role, is_list=statement.is_list) >= _FIT

    def names_in(self, document_id: str) -> set[str]:
        """Return the names and numbers of the question that a document holds anywhere.

        A record names a programme once and then speaks of "the plan" or "consultation".
        """
        text = self._texts(document_id).casefold()
        return {
            stem
            for stem in self._asked.particulars
            if re.search(rf"\b{re.escape(stem)}", text)
            or (stem in self._longs and self._longs[stem] in text)
        }


def by_document(matter: Matter, ranked: Sequence[Statement]) -> list[Statement]:
    """Return the best statement, and the best of each other document that speaks of the same.

    Another document's statement counts where it scores nearly as well, is about the same area,
    says as much of what is asked, and its document has the names that the best one's has.
    """
    best = ranked[0]
    first: dict[str, Statement] = {best.hit.document.id: best}
    for one in ranked[1:]:
        if one.hit.document.id not in first and _same_matter(matter, one, best):
            first[one.hit.document.id] = one
    return list(first.values())


def _same_matter(matter: Matter, one: Statement, best: Statement) -> bool:
    if one.score < _CLOSE_ENOUGH * best.score or not _same_area(one, best):
        return False
    if not (_can_be_a_version(one) and matter.fits(one)):
        return False
    if matter.share(one) < _AS_MUCH * matter.share(best):
        return False
    return matter.names_in(best.hit.document.id) <= matter.names_in(one.hit.document.id)


def _can_be_a_version(one: Statement) -> bool:
    """Say whether a statement can stand in a history: prose of a document that can be dated.

    A row of figures says nothing of when its figures held. A year that was inferred from what the
    text mentions is fair for the record of a meeting, and a bad guess for a plan or a budget.
    """
    document = one.hit.document
    edtf = document.date.edtf
    dated = edtf is not None and (not edtf.endswith("?") or document.kind in _OF_A_MEETING)
    return dated and one.hit.passage.role is not Role.TABLE


def _same_area(one: Statement, other: Statement) -> bool:
    mine, theirs = one.hit.document, other.hit.document
    if mine.area and theirs.area and "area" not in mine.inferred + theirs.inferred:
        return mine.area.casefold() == theirs.area.casefold()
    if "body" in mine.inferred + theirs.inferred:
        return True
    return mine.body is None or theirs.body is None or mine.body == theirs.body


def newest_first(statements: Sequence[Statement]) -> list[Statement]:
    """Order by the middle of the time at which each may have been made, the latest first.

    Undated ones come last.
    """
    return sorted(statements, key=lambda one: _middle(one.hit.document), reverse=True)


def _middle(document: Document) -> float:
    first, last = _range(document)
    return (first.toordinal() + last.toordinal()) / 2


def _range(document: Document) -> tuple[date, date]:
    return bounds(document.date.edtf) if document.date.edtf else (date.min, date.min)


def changed(asked: Asked, ordered: Sequence[Statement]) -> bool:
    """Say whether statements of different dates give the question different answers."""
    dates = {one.hit.document.date.edtf for one in ordered}
    if asked.kind not in _VALUED or len(ordered) < 2 or len(dates) < 2:
        return False
    values = [_values(asked.kind, one.text) for one in ordered]
    return any(not values[0] & other for other in values[1:])


def _values(kind: QuestionKind, text: str) -> set[str]:
    if kind is QuestionKind.WHO:
        return set(_NAME.findall(text))
    if kind is QuestionKind.WHEN:
        return {mention.edtf for mention in find_dates(text)} or set(stems_of(text))
    return set(_VALUE.findall(text))


def versions(ordered: Sequence[Statement], numbers: Sequence[int]) -> tuple[Version, ...]:
    """Return the timeline; ``numbers`` are the statements' citations, newest first like them.

    A version is superseded where another was certainly made after it: dates that are only known
    to overlap supersede nothing.
    """
    begins = [_range(one.hit.document)[0] for one in ordered]
    return tuple(
        Version(
            date=one.hit.document.date,
            body=one.hit.document.body,
            statement=one.text,
            citation=number,
            superseded=any(begin > _range(one.hit.document)[1] for begin in begins),
        )
        for one, number in zip(ordered, numbers, strict=True)
    )
