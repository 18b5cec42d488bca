"""What a person would read out: a statement made whole, and what stands with it."""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.model import Role, Span
from indexer.store.protocols import StoreReader
from search_api.answer.lists import LONGEST
from search_api.answer.matter import Matter
from search_api.answer.rows import is_heads
from search_api.answer.statements import Statement, fitness_of
from search_api.asked.fitness import FIT, NEUTRAL

_LEANS_BACK = re.compile(
    r"(?:this|these|that|those|it|they|he|she|his|her|their|its|such|as a (?:result|consequence)|"
    r"however|therefore|also|both|all had)\b",
    re.IGNORECASE,
)
_SPELLS_OUT = re.compile(
    r"(?:these|they|this) (?:were|are|was|is|included?|will be|would be|compare[sd])\b",
    re.IGNORECASE,
)
_CIRCULATED = re.compile(r"\W*(?:circulated|submitted|read|noted|received)\b,? ", re.IGNORECASE)
_LABEL = re.compile(r"^\W*(?:written )?(?:reply|response|answer)\W*$", re.IGNORECASE)
_SHORT = 80
_FULL = 250
"""What counts as short, and up to where a statement is led on by what follows it, in characters:
it may be what announces the answer, and not the answer."""
_REPLY = 500
"""Up to where an officer's answer is read out whole, in characters."""
_ANNOUNCED = 400
"""Up to where it is led on where it ends in a colon."""
OMITTED = " … "
_CELLS = " | "
FEW_WORDS = 8
"""Fewer say little without what introduces them."""
_BULLET = 8
"""The most characters of a line's end and a bullet: more are other words."""


def self_contained(store: StoreReader, statement: Statement) -> Statement:
    """Take in the sentence before one that leans on it, and one after that spells it out.

    "As a consequence, …" needs what went before; "Five were agreed." needs "These were …".
    """
    if statement.is_list:
        return statement
    text = store.text(statement.hit.document.id)
    before, after = _neighbours(statement)
    start, end = statement.span.start, statement.span.end
    if before and _LEANS_BACK.match(statement.text) and _joined(text, before[-1].end, start):
        start = before[-1].start
    if after and _SPELLS_OUT.match(after[0].of(text)) and _joined(text, end, after[0].start):
        end = after[0].end
    wider = end - start > statement.span.end - statement.span.start
    return (
        spanning(statement, Span(start, end), text)
        if wider and end - start <= LONGEST
        else statement
    )


def led_on(store: StoreReader, matter: Matter, statement: Statement) -> Statement:
    """Take in what follows a sentence that does not answer in form, or is short and may not."""
    announces = statement.text.rstrip().endswith(":")
    enough = NEUTRAL if len(statement.text) >= _SHORT else FIT
    fits = fitness_of(matter.asked, statement) >= enough and not announces
    gives = not matter.valued or bool(matter.values(statement))
    if statement.is_list or statement.lead_in or (fits and gives):
        return statement
    return gone_on(store, statement, _ANNOUNCED if announces else _FULL)


def gone_on(store: StoreReader, statement: Statement, most: int = _FULL) -> Statement:
    """Take in the sentences of the passage that follow, up to ``most`` characters in all."""
    if statement.is_list:
        return statement
    _, after = _neighbours(statement)
    end = statement.span.end
    for unit in after:
        if unit.end - statement.span.start > most:
            break
        end = unit.end
    text = store.text(statement.hit.document.id)
    return spanning(statement, Span(statement.span.start, end), text)


def read_on_from(store: StoreReader, statement: Statement) -> Statement:
    """Take in what follows a sentence; further where it only says that a report was circulated."""
    if _CIRCULATED.match(statement.text):
        return gone_on(store, statement, _ANNOUNCED + _FULL)
    if statement.hit.passage.role is Role.RESPONSE and not statement.is_list:
        return whole_reply(store, statement, _REPLY)
    return gone_on(store, statement)


def whole_reply(store: StoreReader, statement: Statement, most: int) -> Statement:
    """Take in what follows in an officer's answer, then what went before, up to ``most``."""
    on, text = gone_on(store, statement, most), store.text(statement.hit.document.id)
    before, _ = _neighbours(statement)
    start = on.span.start
    for unit in reversed(before):
        if on.span.end - unit.start > most or is_label(unit.of(text)):
            break
        start = unit.start
    return spanning(on, Span(start, on.span.end), text)


def is_label(words: str) -> bool:
    """Say whether words only announce an answer: “Reply:”."""
    return _LABEL.match(words) is not None


def read_out(statement: Statement, most: int = LONGEST) -> str:
    """Return the words to read out: at most ``most`` characters, cut between words."""
    words = " ".join(statement.text.split())
    lead = " ".join((statement.lead_in or "").split())
    if lead and statement.hit.passage.role is Role.TABLE and _CELLS in words and _CELLS in lead:
        words = f"{lead}{OMITTED}{words}" if len(lead) + len(words) < most else words
    elif lead and is_heads(lead):
        words = f"{lead}{OMITTED}{words}"
    elif lead and len(words.split()) < FEW_WORDS:
        words = f"{lead}{' ' if _follows_its_lead(statement) else OMITTED}{words}"
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"


def _follows_its_lead(statement: Statement) -> bool:
    """Say whether nothing but a bullet stands between a statement and what introduces it."""
    return statement.lead is None or statement.span.start - statement.lead.end <= _BULLET


def _neighbours(statement: Statement) -> tuple[list[Span], list[Span]]:
    """Return the units of the passage before and after a statement, in order."""
    units = statement.hit.passage.units
    before = [unit for unit in units if unit.end <= statement.span.start]
    return before, [unit for unit in units if unit.start >= statement.span.end]


def spanning(statement: Statement, span: Span, text: str) -> Statement:
    """Return the statement over another span of its document."""
    return replace(statement, span=span, text=span.of(text))


def _joined(text: str, end: int, start: int) -> bool:
    """Say whether two sentences stand in one paragraph."""
    return "\n" not in text[end:start]
