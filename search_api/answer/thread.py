"""What other meetings said of a matter: statements of other documents that speak of the same.

A record seldom repeats the words in which somebody asks about it: “the refurbishment by Cluid”
is “the works” a year before. What tells a matter is the names that few passages hold: a document
that holds those which the best statement's passage shares with the question speaks of it too. A
question without such names is of a matter only where its words are all there.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.model import Role
from indexer.store.protocols import StoreReader
from search_api.answer.given import gives_it
from search_api.answer.leading import made_whole
from search_api.answer.naming import is_month
from search_api.answer.outcome import decision_on
from search_api.answer.record import Read
from search_api.answer.standing import before_others
from search_api.answer.statements import Statement, holds
from search_api.english import stem, stems_of, words_of
from search_api.ranking.late import rarity

_SPECIFIC = 5.0
"""What the names must count together that tell a matter: one that a passage in 150 holds does."""
_MOST_NAMES = 0.6
"""The share of them, by what they count, that another document's passage must hold."""
_NEAR = 0.5
"""What a statement must reach of the best one's score."""


def of_one_matter(store: StoreReader, read: Read, best: Statement) -> list[Statement]:
    """Return the best statement, and of each other document that of the same matter, best first."""
    told = _telling(store, read, best)
    found = [made_whole(store, read.matter, best).reply or best]
    for one in _first_of_each_document(read, best):
        if one.score >= _NEAR * best.score and _is_dated(one) and told.by(one):
            own = [each for each in read.ranked if each.hit.document.id == one.hit.document.id]
            found.append(_said_there(store, read, [each for each in own if told.by(each)]))
    return found


class _Names:
    """The names that tell a matter, with what each counts."""

    def __init__(self, read: Read, counts: dict[str, float], best: Statement) -> None:
        self._read = read
        self._best = best
        self._counts = counts

    def by(self, one: Statement) -> bool:
        """Say whether a statement is of the matter."""
        matter = self._read.matter
        whole = sum(self._counts.values())
        if whole < _SPECIFIC:
            return matter.goes_on(one, self._best, at_any_time=True)
        here = _here(one)
        held = (n for name, n in self._counts.items() if holds(here, name, self._read.aliases))
        return sum(held) >= _MOST_NAMES * whole


def _telling(store: StoreReader, read: Read, best: Statement) -> _Names:
    here = _here(best)
    words = {stem(word): word for word in words_of(read.matter.question)}
    names = [one for one in read.matter.asked.particulars if one in words and not _is_time(one)]
    counts = {n: rarity(store, words[n]) for n in names if holds(here, n, read.aliases)}
    return _Names(read, counts, best)


def _said_there(store: StoreReader, read: Read, own: list[Statement]) -> Statement:
    """Return what a document says of the matter: what is said in reply, where it only asks."""
    first = before_others(read.matter, own)
    reply = made_whole(store, read.matter, first).reply
    if reply is not None:
        return reply
    decided = decision_on(store, read.matter.asked, first)
    if decided is not None:
        return decided
    if gives_it(read.matter, first):
        return first
    near = (one for one in own if one.score >= _NEAR * first.score)
    return next((one for one in near if gives_it(read.matter, one)), first)


def _first_of_each_document(read: Read, best: Statement) -> Iterator[Statement]:
    seen = {best.hit.document.id}
    for one in read.ranked:
        if one.hit.document.id not in seen:
            seen.add(one.hit.document.id)
            yield one


def _here(one: Statement) -> set[str]:
    passage = one.hit.passage
    return set(stems_of(" ".join([passage.text, *passage.section, one.lead_in or ""])))


def _is_time(one: str) -> bool:
    return one.isdigit() or is_month(one)


def _is_dated(one: Statement) -> bool:
    return one.hit.document.date.edtf is not None and one.hit.passage.role is not Role.TABLE
