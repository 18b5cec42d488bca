"""What the found passages say, sentence by sentence and list by list, scored as an answer.

A statement is a span of one document: a sentence, an item, a table row, or a list whole with the
words that introduce it. Its score is a weighted sum of four evidences, each from 0 to 1.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.model import Acronym, Span
from indexer.stopwords import STOP_WORDS
from indexer.store.protocols import StoreReader
from search_api.answer.likes import with_like
from search_api.answer.lists import List, lists_in
from search_api.answer.rows import Row, rows_in
from search_api.asked.fitness import fitness
from search_api.asked.kinds import QuestionKind
from search_api.asked.question import Asked
from search_api.english import stem, stems_of
from search_api.glossary import Glossary
from search_api.ranking.late import Nearness
from search_api.results import Hit

_NEARNESS, _COVERAGE, _FITNESS, _PLACE = 0.40, 0.30, 0.10, 0.12
"""Chosen on the dev parts of the gold questions."""
_READ, _READ_OF_EACH, _MOST_DOCUMENTS = 10, 3, 8
_MOST_STATEMENTS = 120
_MOST_PROMISING = 40
_TITLE_SHARE = 0.6
_FEWEST_WORDS = 4
"""A line of fewer words says nothing by itself, unless it is part of a list or table."""
_ADOPTED = re.compile(
    r"\W*(?:(?:that|resolved|agreed)\W+)*the (?:draft )?minutes\b[^.;:]{0,120}\b"
    r"(?:taken as read|adopted|approved|signed|confirmed|agreed as)\b[^.;:]{0,60}\W*$",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"(?:(?:and )?(?:Proposed|Moved|Seconded)(?: by)?\b(?:[^.;]|(?<=\b[A-Z])\.){0,60}[.;,]?\s*)+",
    re.IGNORECASE,
)
"""Who moved and seconded says nothing of what was decided."""
_ONE_THING = frozenset(
    {
        QuestionKind.WHEN,
        QuestionKind.WHO,
        QuestionKind.HOW_MUCH,
        QuestionKind.HOW_MANY,
        QuestionKind.WHERE,
        QuestionKind.WHY,
        QuestionKind.MEANING,
    }
)
"""Kinds of question that one sentence or item answers, never a list."""


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
    coverage: float = 0.0


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


def scored(
    asked: Asked,
    nearness: Nearness,
    statements: Sequence[Statement],
    aliases: dict[str, frozenset[str]],
) -> list[Statement]:
    """Return the statements with their scores, best first.

    ``aliases`` gives for the stem of a short form the stems of its meaning.
    """
    result = [
        replace(one, score=one.score + _NEARNESS * nearness.of(one.hit.passage, one.span, one.lead))
        for one in _promising(asked, statements, aliases)
    ]
    ranked = sorted(result, key=lambda one: (-one.score, one.hit.document.id, one.span))
    return _whole_list_first(asked, ranked, aliases) if ranked else []


def _whole_list_first(
    asked: Asked, ranked: list[Statement], aliases: dict[str, frozenset[str]]
) -> list[Statement]:
    """Put a list before its best item where what introduces it is what was asked for."""
    best = ranked[0]
    if best.is_list or not best.lead_in:
        return ranked
    own, lead = set(stems_of(best.text)), set(stems_of(best.lead_in))
    if share_held(asked.stems, own, {}, aliases) >= share_held(asked.stems, lead, {}, aliases):
        return ranked
    for place, one in enumerate(ranked):
        same = one.hit.document.id == best.hit.document.id
        if one.is_list and same and one.span.overlaps(best.span):
            whole = replace(one, score=best.score)
            return [whole, *ranked[:place], *ranked[place + 1 :]]
    return ranked


def _promising(
    asked: Asked, statements: Sequence[Statement], aliases: dict[str, frozenset[str]]
) -> list[Statement]:
    """Score what can be told without the model, and keep the best; a list is not one thing."""
    if not statements:
        return []
    weights = _rarity(asked, statements)
    best = max(one.hit.score for one in statements) or 1.0
    result = []
    for one in statements:
        if one.is_list and asked.kind in _ONE_THING:
            continue
        if one.begins and (asked.kind not in _ONE_THING or fitness_of(asked, one) < 1.0):
            continue
        if _is_of_procedure(asked, one.text.strip()):
            continue
        covered = _covered(asked, one, weights, aliases)
        fit = fitness_of(asked, one)
        known = _COVERAGE * covered + _FITNESS * fit + _PLACE * one.hit.score / best
        result.append(replace(one, score=known, coverage=covered))
    return sorted(result, key=lambda one: -one.score)[:_MOST_PROMISING]


def _is_of_procedure(asked: Asked, text: str) -> bool:
    """Say whether a text only tells who moved, or that minutes were adopted, and neither is asked.

    It stands under every item, and says nothing of any.
    """
    if _MOVED.fullmatch(text):
        return asked.kind is not QuestionKind.WHO
    return "minut" not in asked.stems and _ADOPTED.match(text) is not None


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


def _rarity(asked: Asked, statements: Sequence[Statement]) -> dict[str, float]:
    """Weigh each stem of the question by how few of the statements hold it."""
    bags = [set(stems_of(one.text)) for one in statements]
    return {
        stem: math.log(1 + len(bags) / (1 + sum(stem in bag for bag in bags)))
        for stem in asked.stems
    }


def _covered(
    asked: Asked,
    statement: Statement,
    weights: dict[str, float],
    aliases: dict[str, frozenset[str]],
) -> float:
    """Return the weighted share of the question's words in the statement and what is over it."""
    stems = with_like(f"{statement.text} {surroundings(statement)}")
    return share_held(asked.stems, stems, weights, aliases)


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
