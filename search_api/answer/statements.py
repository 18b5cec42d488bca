"""What the found passages say, sentence by sentence and list by list.

A statement is a span of one document: a sentence, an item, a table row, or a list whole with the
words that introduce it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer.model import Acronym, Role, Span
from indexer.stopwords import STOP_WORDS
from indexer.store.protocols import StoreReader
from search_api.answer.lists import List, lists_in, lists_on_slide
from search_api.answer.rows import Row, rows_in
from search_api.asked.fitness import fitness
from search_api.asked.question import Asked
from search_api.english import stem, stems_of
from search_api.glossary import Glossary
from search_api.results import Hit

_READ, _READ_OF_EACH, _MOST_DOCUMENTS = 10, 3, 8
_MOST_STATEMENTS = 120
_TITLE_SHARE = 0.6
_FEWEST_WORDS = 4
"""A line of fewer words says nothing by itself, unless it is part of a list or table."""


class Parts(NamedTuple):
    """What speaks for a statement, each from 0 to about 1."""

    nearness: float = 0.0
    """How near its words are to the question's, by their tokens."""
    coverage: float = 0.0
    """The share of the question's words, rare ones counting for more, in it and over it."""
    fitness: float = 0.0
    """Whether it has the form of an answer."""
    given: float = 0.0
    """How surely it gives the value that is asked for; 0 where none is."""
    place: float = 0.0
    """Its passage's score, as a share of the best one's."""
    rank: float = 0.0
    """One through its passage's rank."""


_NOTHING = Parts()


@dataclass(frozen=True, slots=True)
class Statement:
    """A span that may answer, where it stands, and how well it does so."""

    hit: Hit
    span: Span
    text: str
    lead_in: str | None
    is_list: bool = False
    lead: Span | None = None
    """Where the lead-in stands."""
    begins: bool = False
    """Whether it introduces a list that is a statement of its own."""
    score: float = 0.0
    parts: Parts = _NOTHING
    """What its score is made of."""


def worth_reading(hits: Sequence[Hit]) -> list[Hit]:
    """Return the passages to be read sentence by sentence, best first.

    They are the first few of all, and the first of each of the next documents: what a record said
    at another time stands in another document, which the words of one may crowd out.
    """
    chosen = list(hits[:_READ])
    counts: dict[str, int] = {}
    for hit in chosen:
        counts[hit.document.id] = counts.get(hit.document.id, 0) + 1
    for hit in hits[_READ:]:
        known = counts.get(hit.document.id, 0)
        if known >= _READ_OF_EACH or (not known and len(counts) >= _MOST_DOCUMENTS):
            continue
        counts[hit.document.id] = known + 1
        chosen.append(hit)
    return chosen


def statements_in(store: StoreReader, hits: Sequence[Hit]) -> list[Statement]:
    """Return the statements of the passages, best passages first."""
    found: list[Statement] = []
    for hit in hits:
        document_id = hit.passage.document_id
        text = store.text(document_id)
        near = [one for one in lists_in(store, document_id) if one.touches(hit.passage.span)]
        units = hit.passage.units or (hit.passage.span,)
        if hit.passage.role is Role.SLIDE:
            near += lists_on_slide(text, units)
        rows = list(rows_in(text, units))
        for unit in units:
            words = unit.of(text)
            lead = _lead_of(unit, near)
            lead_in = lead.of(text) if lead else None
            scrap = lead_in is None and len(words.split()) < _FEWEST_WORDS
            part = any(row.span.overlaps(unit) for row in rows)
            if not (scrap or part or _is_title(words, hit)):
                begins = _begins_a_list(unit, near)
                found.append(Statement(hit, unit, words, lead_in, lead=lead, begins=begins))
        found += [_of_row(hit, row, text) for row in rows]
        found += [
            Statement(hit, one.whole, one.whole.of(text), None, is_list=True)
            for one in near
            if one.items > 1
        ]
        if len(found) >= _MOST_STATEMENTS:
            break
    return _once(found)[:_MOST_STATEMENTS]


def _of_row(hit: Hit, row: Row, text: str) -> Statement:
    heads = row.heads.of(text) if row.heads else None
    return Statement(hit, row.span, row.span.of(text), heads, lead=row.heads)


def _is_title(words: str, hit: Hit) -> bool:
    """Say whether a unit is no sentence and mostly repeats its document's title or its section."""
    if words not in hit.passage.section and words.rstrip('”"’)').endswith("."):
        return False
    stems = set(stems_of(words))
    over = set(stems_of(" ".join([hit.document.title, *hit.passage.section])))
    return words in hit.passage.section or len(stems & over) > _TITLE_SHARE * len(stems)


def _begins_a_list(unit: Span, lists: Sequence[List]) -> bool:
    """Say whether a unit is the lead-in of a list that is a statement of its own."""
    return any(one.items > 1 and one.lead.overlaps(unit) for one in lists)


def _lead_of(unit: Span, lists: Sequence[List]) -> Span | None:
    """Return where the words stand that introduce the list or table that a unit is a part of."""
    for one in lists:
        if one.reach.start <= unit.start < one.reach.end:
            return one.lead
    return None


def _once(found: Iterable[Statement]) -> list[Statement]:
    """Keep the first statement over each span: a list may touch two passages."""
    first: dict[tuple[str, Span], Statement] = {}
    for statement in found:
        first.setdefault((statement.hit.document.id, statement.span), statement)
    return list(first.values())


def fitness_of(asked: Asked, one: Statement) -> float:
    """Return how well the form of a statement answers the kind of a question, from 0 to 1."""
    return fitness(
        asked.kind,
        one.text,
        one.hit.passage.role,
        is_list=one.is_list,
        lead=one.lead_in,
        known=asked.words,
    )


def share_held(
    wanted: Sequence[str],
    stems: set[str],
    weights: dict[str, float],
    aliases: dict[str, frozenset[str]],
) -> float:
    """Return the weighted share of the wanted stems that are among ``stems``, from 0 to 1."""
    total = sum(weights.get(stem, 1.0) for stem in wanted)
    held = sum(weights.get(stem, 1.0) for stem in wanted if holds(stems, stem, aliases))
    return held / total if total else 0.0


def aliases_of(acronyms: Iterable[Acronym]) -> dict[str, frozenset[str]]:
    """Return for the stem of each short form the stems of its meaning."""
    return {stem(acronym.short): frozenset(stems_of(acronym.long)) for acronym in acronyms}


def short_for(known: Glossary, question: str) -> dict[str, frozenset[str]]:
    """Return for the stems of each long form in a question the stem of its short form.

    A question asks about "Better Care Together" and a record may speak of "BCT" throughout.
    """
    found = known.meant_in(question.casefold()) | known.named_in(question)
    return {
        one: frozenset({stem(short)})
        for short, long in found.items()
        for one in stems_of(long)
        if one not in STOP_WORDS
    }


def holds(stems: set[str], stem: str, aliases: dict[str, frozenset[str]]) -> bool:
    """Say whether a stem, or all of what it is short for, is among the stems."""
    meaning = aliases.get(stem)
    return stem in stems or (meaning is not None and meaning <= stems)


def led_in(statement: Statement) -> str:
    """Return a statement's words behind those that introduce it."""
    return f"{statement.lead_in or ''} {statement.text}"


def surroundings(statement: Statement) -> str:
    """Return the words that stand over a statement: lead-in, section, title, bodies."""
    return "; ".join(over(statement))


def over(statement: Statement) -> list[str]:
    """Return what stands over a statement, one by one: lead-in, section, title, bodies."""
    document = statement.hit.document
    parts = [
        statement.lead_in,
        *statement.hit.passage.section,
        document.title,
        document.body,
        document.committee,
        document.area,
    ]
    return [part for part in parts if part]
