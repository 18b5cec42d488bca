"""What the record has to a question: passages found, and statements read, before any judgement."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.embed.protocol import Embedder
from indexer.model import Filters
from indexer.store.protocols import Scored, StoreReader
from search_api.answer.asked_change import as_of_values
from search_api.answer.asked_when import at_the_time, of_the_time
from search_api.answer.attendance import attendance_of
from search_api.answer.likes import usual_in
from search_api.answer.matter import Matter
from search_api.answer.naming import naming_first
from search_api.answer.scoring import scored
from search_api.answer.statements import (
    Statement,
    aliases_of,
    short_for,
    statements_in,
    worth_reading,
)
from search_api.asked.question import take_apart
from search_api.asked.time import AskedTime
from search_api.asked.understanding import understood_by
from search_api.glossary import glossary_of
from search_api.query import Query
from search_api.ranking.late import Nearness, Reading, read_question
from search_api.ranking.rerank import Reranker
from search_api.search import hits, rank

_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Read:
    """What was found and read for a question: passages, and statements with their scores."""

    query: Query
    reading: Reading
    ranking: list[Scored]
    nearness: Nearness
    ranked: list[Statement]
    matter: Matter
    aliases: dict[str, frozenset[str]]


def read_record(
    store: StoreReader,
    embedder: Embedder,
    question: str,
    when: AskedTime | None,
    filters: Filters,
    reranker: Reranker | None = None,
) -> Read:
    """Return what the record has to a question, best statements first, before any judgement."""
    query = at_the_time(understood_by(store, question, filters.body), when)
    reading = read_question(store, embedder, query)
    ranking = rank(store, reading, depth=_DEPTH, filters=filters, reranker=reranker)
    nearest = hits(store, ranking)
    asked = as_of_values(take_apart(query.asked), query.asked)
    aliases = (
        usual_in(query.asked)
        | short_for(glossary_of(store), query.asked)
        | aliases_of(query.acronyms)
    )
    numbers = {h.passage.id: one.number for h, one in zip(nearest, ranking, strict=True)}
    nearness = Nearness(store, reading, numbers)
    read = statements_in(store, worth_reading(nearest))
    matter = Matter(asked, query.asked, query.acronyms, store.text)
    ranked = of_the_time(scored(store, matter, nearness, read, aliases), when)
    ranked = naming_first(ranked, asked, aliases)
    present = attendance_of(store, question, nearest, aliases)
    ranked = [present, *ranked] if present else ranked
    return Read(query, reading, ranking, nearness, ranked, matter, aliases)
