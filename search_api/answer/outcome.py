"""What became of a motion: the vote or the resolution stands after it, often in words of its own.

"Motion lost." holds nothing of what was moved, so no search finds it; its place tells its matter.
"""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.model import Passage, Role, Span
from indexer.store.protocols import StoreReader
from search_api.answer.naming import MONTH_STEMS
from search_api.answer.sayings import names_in
from search_api.answer.statements import Statement, surroundings
from search_api.asked.kinds import QuestionKind
from search_api.asked.question import Asked
from search_api.english import stem, stems_of
from search_api.results import Hit

_MOTION = re.compile(
    r"\b(?:propos(?:ed|al|es)|moved|will move|seconded|motion|amendment|recommend(?:ed|ation))\b",
    re.IGNORECASE,
)
_BROUGHT = re.compile(r"\W*(?:circulated|submitted|read)\b,? ", re.IGNORECASE)
"""What came before a meeting on paper."""
_BECAME = re.compile(
    r"\b(?:motion|amendment|proposal|recommendation|vote)s?,? (?:as \w+,? )?(?:was |were |is |be )?"
    r"(?:lost|carried|defeated|passed|withdrawn|agreed|approved|rejected|not carried|fell)\b"
    r"|\b(?:lost|defeated|carried|passed) by \d|^\W*(?:RESOLVED|AGREED)\b"
    r"|\b(?:unanimously|seconded by\b[^.;]{0,60}? and) "
    r"(?:agreed|adopted|approved|carried|passed)\b",
    re.IGNORECASE,
)
_WHO = (
    r"(?:members|councillors|the (?:board|committee|council|commission|panel|meeting|cabinet|group|"
    r"members))"
)
_DECIDED = re.compile(
    r"\b(?:it was (?:\w+ )?(?:agreed|resolved|decided|recommended)"
    rf"|{_WHO} (?:\w+ )?(?:agreed|resolved|decided|approved|adopted|deferred|endorsed|rejected)"
    r"|(?:was|were|be) (?:\w+ )?(?:adopted|deferred|approved|agreed|referred|withdrawn|rejected|"
    r"carried|lost|defeated|passed))\b",
    re.IGNORECASE,
)
_NOTED = re.compile(
    rf"\b(?:(?:was|were|be) (?:\w+ )?noted(?! that)|{_WHO} (?:\w+ )?noted)\b|^\W*NOTED\b",
    re.IGNORECASE,
)
_RESOLVED = re.compile(r"\W*That,? (?!th(?:is|e) (?:motion|amendment)\b)")
_ASKS_IT = frozenset({QuestionKind.DECISION, QuestionKind.OTHER})
"""“Was the street renamed?” asks for a decision in words that do not say so."""
_OPEN = re.compile(r"\b(?:if|should|whether|were|until|unless|that)\b[^.;]*$", re.IGNORECASE)
_OTHER_NAMES = 3
"""A decision that names so much which is not near what was said is on something else."""
_OF_MEETINGS = frozenset(
    stem(word)
    for word in """meeting committee council board district strategic policy municipal metropolitan
    special annual monthly members councillor cllr mayor chair chairman director chief executive
    officer""".split()
)
_NEXT_MEETING = re.compile(
    r"\b(?:to hold|that)\b[^.;]{0,60}\bmeetings?\b[^.;]{0,60}\b(?:be held|on \w+day|at \d)",
    re.IGNORECASE,
)
_FEWEST_WORDS = 8
_READ = 8
"""Of so many passages after the motion, in its section, the first that says so is taken."""


def outcome_of(store: StoreReader, asked: Asked, motion: Statement) -> Statement | None:
    """Return what says what became of a motion that a question of a decision has found, if any.

    Where no vote and no resolution is recorded, it is what the officers answered.
    """
    known = _says_so(motion.text) or not _MOTION.search(motion.text)
    if asked.kind not in _ASKS_IT or known:
        return None
    after = _after(store, motion)
    text = store.text(motion.hit.document.id)
    became = next((one for one in after if _tells(one[0], one[1].of(text))), None)
    answered = next((one for one in after if _answers(one[0], text, one[1])), None)
    found = became or answered
    return said_at(motion, *found, text) if found else None


def decided_on(store: StoreReader, statement: Statement) -> Statement | None:
    """Return what says what was decided on the matter that a statement speaks of, after it.

    None where the statement says so itself, or nothing in its section does.
    """
    if is_decided(statement.text):
        return None
    after, text = _after(store, statement), store.text(statement.hit.document.id)
    for says in (_decides, is_decided):
        for passage, unit in after:
            if says(unit.of(text)):
                decided = said_at(statement, passage, unit, text)
                return decided if _is_of(decided, statement) else None
    return None


def decision_on(store: StoreReader, asked: Asked, brought: Statement) -> Statement | None:
    """Return what was decided on a paper that a statement only brings, with that before it."""
    if asked.kind not in _ASKS_IT or not _BROUGHT.match(brought.text):
        return None
    after, text = _after(store, brought), store.text(brought.hit.document.id)
    for passage, unit in after:
        if _tells(passage, unit.of(text)) or _decides(unit.of(text)):
            decided = said_at(brought, passage, unit, text)
            led_in = replace(decided, lead_in=brought.text, lead=brought.span)
            return led_in if _is_of(decided, brought) else None
    return None


def is_decided(text: str) -> bool:
    """Say whether a sentence tells what a meeting did with a matter, if only that it noted it."""
    return _decides(text) or _NOTED.search(text) is not None


def _decides(text: str) -> bool:
    return _DECIDED.search(text) is not None or _says_so(text)


def said_at(motion: Statement, passage: Passage, unit: Span, text: str) -> Statement:
    """Return what stands at ``unit`` of a passage after a motion, ranked as the motion is."""
    hit = Hit(motion.hit.rank, motion.hit.score, passage, motion.hit.document)
    return replace(motion, hit=hit, span=unit, text=unit.of(text), lead_in=None)


def _after(store: StoreReader, motion: Statement) -> list[tuple[Passage, Span]]:
    """Return the sentences after a motion in its section, with their passages."""
    found = motion.hit.passage
    passages = store.document_passages(found.document_id)
    units: list[tuple[Passage, Span]] = []
    for passage in [one for one in passages if one.span.end > motion.span.end][:_READ]:
        within = passage.section == found.section
        # A passage that begins another section may hold the last words of this one.
        inside = passage.units if within else passage.units[:1]
        units += [(passage, unit) for unit in inside if unit.start >= motion.span.end]
        if not within:
            break
    return units


def _answers(passage: Passage, text: str, unit: Span) -> bool:
    return passage.role is Role.RESPONSE and len(unit.of(text).split()) >= _FEWEST_WORDS


def _tells(passage: Passage, text: str) -> bool:
    """Say whether a sentence tells of an outcome; what was resolved is often only quoted."""
    return _says_so(text) or (passage.role is Role.RESOLUTION and bool(_RESOLVED.match(text)))


def _says_so(text: str) -> bool:
    """Say whether a sentence tells of an outcome, and not of one that was still open."""
    became = _BECAME.search(text)
    return became is not None and not _OPEN.search(text[: became.start()])


def _is_of(decided: Statement, best: Statement) -> bool:
    """Say whether a decision may be on what a statement speaks of: it names nothing else."""
    if _NEXT_MEETING.search(decided.text):
        return False
    near = set(stems_of(f"{best.hit.passage.text} {surroundings(best)}"))
    return len(names_in(decided.text) - near - MONTH_STEMS - _OF_MEETINGS) < _OTHER_NAMES
