"""The statement that leads an answer, made whole once: what is judged is what is read out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.store.protocols import StoreReader
from search_api.answer.matter import Matter
from search_api.answer.reading import led_on, self_contained
from search_api.answer.reply import reply_to
from search_api.answer.standing import before_others
from search_api.answer.statements import Statement


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
    """Return what leads an answer; there must be a statement."""
    return made_whole(store, matter, before_others(matter, ranked))


def made_whole(store: StoreReader, matter: Matter, best: Statement) -> Leading:
    """Return a statement with what it leans on and what it announces."""
    contained = self_contained(store, best)
    reply = reply_to(store, matter, contained)
    return Leading(best, contained, led_on(store, matter, contained), reply)
