"""What the record says of one matter at several meetings, where a question asks for that.

Each time that is named is looked at by itself, and judged by itself: what one meeting did says
nothing of another. Where every time is meant, each document that speaks of the same matter gives
one statement.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from indexer.embed.protocol import Embedder
from indexer.model import Filters
from indexer.store.protocols import StoreReader
from search_api.answer.history import History, Said, in_turn
from search_api.answer.leading import leading_of
from search_api.answer.matter import Matter
from search_api.answer.outcome import decided_on, is_decided
from search_api.answer.reading import gone_on
from search_api.answer.record import Read, read_record
from search_api.answer.refusal import judge
from search_api.answer.standing import before_others
from search_api.answer.statements import Statement
from search_api.answer.thread import of_one_matter
from search_api.asked.over_meetings import OverMeetings
from search_api.ranking.rerank import Reranker

_SPOKEN_OF = 0.4
"""The least share of what is asked, names left out, that the best statement must speak of where
nothing but words tells what is of the same matter."""
_FEW_WORDS = 3
_MOST = 6
"""More meetings than a person would follow in one answer are left to the search."""


@dataclass(frozen=True, slots=True)
class OverTime:
    """Statements of several meetings on one matter, and how surely they answer."""

    matter: Matter
    history: History
    ranked: list[Statement]
    support: float


def told_over_meetings(
    store: StoreReader,
    embedder: Embedder,
    asked: OverMeetings,
    filters: Filters,
    reranker: Reranker | None,
) -> OverTime | None:
    """Return what two meetings at the least say, or None where fewer do."""
    limits = [replace(filters, start=time, end=time) for time in asked.times]
    if asked.within:
        limits = [replace(filters, start=asked.within[0], end=asked.within[1])]
    reads = [
        read_record(store, embedder, asked.rest, None, each, reranker)
        for each in limits or [filters]
    ]
    told = [_Told(read, *_of_one(store, read, asked)) for read in reads]
    turns = [_turn(store, each.read, one) for each in told for one in each.spoken]
    if len({turn.statement.hit.document.id for turn in turns}) < 2:
        return None
    matter = reads[-1].matter
    return OverTime(
        matter=matter,
        history=in_turn(matter, turns[:_MOST]),
        ranked=[one for read in reads for one in read.ranked],
        support=max(each.support for each in told if each.spoken),
    )


def _turn(store: StoreReader, read: Read, best: Statement) -> Said:
    """Return what a meeting said and what it did about it: what it did is what came of it."""
    if read.matter.valued:
        return Said(best)
    decided = decided_on(store, best)
    if decided is not None:
        return Said(_in_words(store, decided), beside=(best,))
    return Said(best if is_decided(best.text) else gone_on(store, best))


def _in_words(store: StoreReader, decided: Statement) -> Statement:
    """Take in what follows where a decision is only announced: “RESOLVED:”."""
    bare = len(decided.text.split()) < _FEW_WORDS
    return gone_on(store, decided) if bare else decided


@dataclass(frozen=True, slots=True)
class _Told:
    read: Read
    spoken: Sequence[Statement]
    support: float


def _of_one(
    store: StoreReader, read: Read, asked: OverMeetings
) -> tuple[Sequence[Statement], float]:
    """Return what is read of one time: its best statement, or the best of each document."""
    leading = leading_of(store, read.matter, read.ranked) if read.ranked else None
    verdict = judge(store, read, leading)
    if leading is None or verdict.reason is not None:
        return (), verdict.support
    if asked.times:
        return (leading.best,), verdict.support
    found = _of_each_document(store, read, leading.best, at_any_time=asked.within is None)
    return found, verdict.support


def _of_each_document(
    store: StoreReader, read: Read, best: Statement, *, at_any_time: bool
) -> list[Statement]:
    """Return the best statement, and of each other document that of the same matter."""
    matter = read.matter
    found = {one.hit.document.id: one for one in of_one_matter(store, read, best)}
    if not at_any_time or matter.share(best) >= _SPOKEN_OF:
        same = [one for one in read.ranked if matter.goes_on(one, best, at_any_time=at_any_time)]
        by_document: dict[str, list[Statement]] = {}
        for one in same:
            by_document.setdefault(one.hit.document.id, []).append(one)
        for document, own in by_document.items():
            found.setdefault(document, before_others(matter, own))
    return list(found.values())
