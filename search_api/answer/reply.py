"""What was said in reply to a motion or a question: an officer's answer stands after it.

Who asks is nearest to what is asked about, and whoever replies need not say it again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile

from indexer.model import Passage, Role
from indexer.store.protocols import StoreReader
from search_api.answer.outcome import said_at
from search_api.answer.statements import Statement, fitness_of, share_held
from search_api.asked.fitness import FIT
from search_api.asked.kinds import QuestionKind
from search_api.asked.question import Asked
from search_api.english import stems_of

_PUT = re.compile(
    r"^\W*(?:[I1l!]|we) (?:will |wish to |would like to |hereby |shall )*(?:ask|move|propose|call|"
    r"request)\b|^\W*(?:to ask|that the)\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:asked (?:if|whether|when|why|how|what|who|where|for|about|that)|queried|enquired|"
    r"inquired|sought (?:an? |further )?(?:update|clarification|information|assurance)s?|"
    r"requested (?:an? |further )?(?:update|clarification|information))\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^\W*(?:written )?(?:reply|response|answer)\W*$", re.IGNORECASE)
_REACH = 6
"""Of so many passages after it, in its section, the reply is sought."""
_OWN_WORDS = frozenset(
    {QuestionKind.WHO, QuestionKind.OPINION, QuestionKind.DECISION, QuestionKind.MEANING}
)
"""Kinds of question that no officer's reply answers, or that have a rule of their own."""


def is_put(statement: Statement) -> bool:
    """Say whether a statement asks or moves, and tells nothing."""
    if _PUT.search(statement.text):
        return True
    return statement.hit.passage.role is Role.COMMENT and bool(_ASKED.search(statement.text))


def reply_to(store: StoreReader, asked: Asked, put: Statement) -> Statement | None:
    """Return what best answers in the reply to a motion or a question, or None without one."""
    if asked.kind in _OWN_WORDS or not is_put(put):
        return None
    replies = _replies(store, put)
    text = store.text(put.hit.document.id)
    units = [
        replace(said_at(put, passage, unit, text), is_list=False)
        for passage in replies
        for unit in passage.units or (passage.span,)
        if unit.start >= put.span.end and not _LABEL.match(unit.of(text))
    ]
    return max(units, key=lambda one: _worth(asked, one), default=None)


def _replies(store: StoreReader, put: Statement) -> list[Passage]:
    """Return the officers' passages right after what was put, up to the next thing that is put."""
    found = put.hit.passage
    passages = store.document_passages(found.document_id)
    after = [one for one in passages if one.span.start >= found.span.end][:_REACH]
    same = takewhile(lambda one: one.section == found.section, after)
    return [one for one in same if one.role is Role.RESPONSE]


def _worth(asked: Asked, one: Statement) -> tuple[bool, float, int]:
    """Return what puts one sentence of a reply before another: its form, its words, its place."""
    form = fitness_of(asked, one)
    share = share_held(asked.stems, set(stems_of(one.text)), {}, {})
    return form >= FIT, share, -one.span.start
