"""What was said in reply to a motion or a question: an officer's answer stands after it.

Who asks is nearest to what is asked about, and whoever replies need not say it again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from indexer.model import Passage, Role
from indexer.store.protocols import StoreReader
from search_api.answer.given import given_by
from search_api.answer.matter import Matter
from search_api.answer.outcome import said_at
from search_api.answer.reading import is_label
from search_api.answer.statements import Statement, fitness_of, share_held
from search_api.asked.fitness import FIT
from search_api.asked.kinds import QuestionKind
from search_api.english import stems_of

_PUTS = r"(?:ask|move|propose|call|request)\b"
_PUT = re.compile(
    rf"^\W*(?:[I1l!]|we) (?:(?:will|wish to|would like to|hereby|shall) )*{_PUTS}"
    rf"|^\W*(?:[It]\W?)?(?:will|wish to|would like to|shall) {_PUTS}",
    re.IGNORECASE,
)
"""A scan reads the first letter of “I will ask” as something else, or as nothing."""
_MOVED = re.compile(r"^\W*(?:to ask|that the)\b", re.IGNORECASE)
"""What is moved, and what was resolved, may stand without who does so."""
_ASKED = re.compile(
    r"\b(?:asked (?:if|whether|when|why|how|what|who|where|for|about|that)|queried|enquired|"
    r"inquired|sought (?:an? |further )?(?:update|clarification|information|assurance)s?|"
    r"requested (?:an? |further )?(?:update|clarification|information)|"
    r"(?:updates?|clarifications?|information|assurances?) (?:was|were) (?:sought|requested))\b",
    re.IGNORECASE,
)
_REACH = 6
"""Of so many passages after it, in its section, the reply is sought."""
_OWN_WORDS = frozenset(
    {QuestionKind.WHO, QuestionKind.OPINION, QuestionKind.DECISION, QuestionKind.MEANING}
)
"""Kinds of question that no officer's reply answers, or that have a rule of their own."""


def is_put(statement: Statement) -> bool:
    """Say whether a statement asks or moves, and tells nothing, if it was not resolved."""
    return _MOVED.search(statement.text) is not None or only_asks(statement)


def only_asks(statement: Statement) -> bool:
    """Say whether a statement says of itself that it asks or moves: it is nothing of the record."""
    if _PUT.search(statement.text):
        return True
    return statement.hit.passage.role is Role.COMMENT and bool(_ASKED.search(statement.text))


def reply_to(store: StoreReader, matter: Matter, put: Statement) -> Statement | None:
    """Return what best answers in the reply to a motion or a question, or None without one."""
    if matter.asked.kind in _OWN_WORDS or not is_put(put):
        return None
    replies = _replies(store, put)
    text = store.text(put.hit.document.id)
    units = [
        replace(said_at(put, passage, unit, text), is_list=False)
        for passage in replies
        for unit in passage.units or (passage.span,)
        if unit.start >= put.span.end and not is_label(unit.of(text))
    ]
    return max(units, key=lambda one: _worth(matter, one), default=None)


def _replies(store: StoreReader, put: Statement) -> list[Passage]:
    """Return the officers' passages right after what was put, up to the next thing that is put."""
    found = put.hit.passage
    passages = store.document_passages(found.document_id)
    after = [one for one in passages if one.span.start >= found.span.end][:_REACH]
    same = takewhile(lambda one: one.section == found.section, after)
    return [one for one in same if one.role is Role.RESPONSE]


def _worth(matter: Matter, one: Statement) -> tuple[bool, float, float, int]:
    """Return what puts one sentence of a reply before another: form, value, words, place."""
    form, given = fitness_of(matter.asked, one), given_by(matter, one) if matter.valued else 0.0
    share = share_held(matter.asked.stems, set(stems_of(one.text)), {}, {})
    return form >= FIT, given, share, -one.span.start
