"""What became of a motion: the vote or the resolution stands after it, often in words of its own.

"Motion lost." holds nothing of what was moved, so no search finds it; its place tells its matter.
"""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.model import Role
from indexer.store.protocols import StoreReader
from search_api.answer.statements import Statement
from search_api.asked.kinds import QuestionKind
from search_api.asked.question import Asked
from search_api.results import Hit

_MOTION = re.compile(
    r"\b(?:propos(?:ed|al|es)|moved|seconded|motion|amendment|recommend(?:ed|ation))\b",
    re.IGNORECASE,
)
_BECAME = re.compile(
    r"\b(?:motion|amendment|proposal|recommendation)s?,? (?:as \w+,? )?(?:was |were |is |be )?"
    r"(?:lost|carried|defeated|passed|withdrawn|agreed|approved|rejected|not carried|fell)\b"
    r"|\b(?:lost|defeated|carried|passed) by \d|^\W*(?:RESOLVED|AGREED)\b",
    re.IGNORECASE,
)
_READ = 6
"""Of so many passages after the motion, in its section, the first that says so is taken."""


def outcome_of(store: StoreReader, asked: Asked, motion: Statement) -> Statement | None:
    """Return what says what became of a motion that a question of a decision has found, if any."""
    found = motion.hit.passage
    ends = _BECAME.search(motion.text) is not None
    if asked.kind is not QuestionKind.DECISION or ends or not _MOTION.search(motion.text):
        return None
    passages = sorted(store.document_passages(found.document_id), key=lambda one: one.span)
    after = [one for one in passages if one.span.end > motion.span.end][:_READ]
    text = store.text(found.document_id)
    for passage in after:
        if passage.section != found.section or passage.role is Role.ATTENDANCE:
            return None
        for unit in passage.units:
            if unit.start >= motion.span.end and _BECAME.search(unit.of(text)):
                hit = Hit(motion.hit.rank, motion.hit.score, passage, motion.hit.document)
                return replace(motion, hit=hit, span=unit, text=unit.of(text), lead_in=None)
    return None
