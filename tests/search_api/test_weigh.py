"""Evidence added up: by hand over the reference store, and over the real one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.model import Filters, Role
from indexer.store.protocols import Scored, StoreReader
from search_api.engine import Engine
from search_api.query import Query, understand
from search_api.ranking.late import Reading, read_question
from search_api.ranking.weigh import USUAL, weighed
from tests.contract.builders import DIMENSIONS, document, plan, record, unit
from tests.contract.memory import MemoryStore

_UNREAD = replace(USUAL, read_again=0)


def _store(*texts: list[str]) -> StoreReader:
    store = MemoryStore()
    writer = store.writer(plan())
    for number, each in enumerate(texts):
        writer.add(record(document(f"d{number}"), each))
    writer.publish(plan())
    return store.open()


def _reading(words: int) -> Reading:
    query = Query("a question", "a question", "question", ())
    states = np.zeros((0, DIMENSIONS), np.float32)
    return Reading(query, unit("a question"), states, states[:, 0], (2.0,) * words)


@pytest.fixture(scope="module")
def engine(sample_index: Path) -> Engine:
    return Engine.open(sample_index)


def test_vectors_and_words_on_scales_of_their_own() -> None:
    store = _store(["Alpha."], ["Beta."], ["Gamma."])
    cosines = store.vectors([0, 1, 2]) @ unit("a question")
    by_vector = [Scored(0, float(cosines[0]))]
    by_words = [Scored(2, 6.0), Scored(1, 1.0)]
    found = weighed(store, _reading(3), by_vector, by_words, (), _UNREAD)
    # A passage that the vectors' ranking lacks has its cosine all the same.
    # Words count for 1.5, and in a question of three for seven tenths of it.
    told = 0.7 * 1.5
    expected = {0: cosines[0], 2: cosines[2] + told * 6 / 6, 1: cosines[1] + told * 1 / 6}
    order = sorted(expected, key=lambda number: -expected[number])
    assert [each.number for each in found] == order
    best, middle, last = (expected[number] for number in order)
    assert [each.score for each in found] == pytest.approx(
        [1, (middle - last) / (best - last), 0], abs=1e-5
    )


def test_a_long_question_asks_for_the_document_too() -> None:
    store = _store(["One."], ["Two.", "Three.", "Four.", "Five."])
    scores = (10.0, 9.95, 9.9, 9.5, 9.0)
    by_words = [Scored(number, score) for number, score in enumerate(scores)]
    level = [Scored(each.number, 0.0) for each in by_words]
    short = weighed(store, _reading(5), level, by_words, (), _UNREAD)
    assert [each.number for each in short] == [0, 1, 2, 3, 4]
    long = weighed(store, _reading(60), level, by_words, (), _UNREAD)
    assert [each.number for each in long] == [1, 2, 3, 0, 4]


@pytest.mark.parametrize("asked", ["waiting times", "When does the consultation start?"])
@given(count=st.integers(0, 61))
@settings(deadline=None, max_examples=20)
def test_every_candidate_stays_once_and_scores_never_rise(
    engine: Engine, asked: str, count: int
) -> None:
    reading = read_question(engine.store, engine.embedder, understand(asked, ()))
    ranking = [Scored(number, 1.0 / (number + 1)) for number in range(count)]
    found = weighed(engine.store, reading, ranking, ranking[::2])
    numbers = [each.number for each in found]
    assert len(numbers) == len(set(numbers))
    assert set(range(count)) <= set(numbers)
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)
    if len(set(scores)) > 1:
        assert scores[0] == 1
        assert scores[-1] == 0


def test_what_comes_after_the_first_passages_comes_in(engine: Engine) -> None:
    store = engine.store
    reading = read_question(store, engine.embedder, understand("Better Care Together", ()))
    documents = [passage.document_id for passage in store.passages(range(store.count()))]
    last = max(n for n, one in enumerate(documents) if one == documents[0])
    found = weighed(store, reading, [Scored(0, 0.5), Scored(last, 0.4)], [])
    assert {each.number for each in found} == {0, 1, last}  # And nothing of another document.
    assert found[0].number != last + 1


def test_what_follows_keeps_to_the_roles_asked_for(engine: Engine) -> None:
    store = engine.store
    for role in (Role.COMMENT, Role.RESOLUTION):
        hits = engine.search("What about beds?", k=20, filters=Filters(role=(role,))).hits
        assert hits
        assert {hit.passage.role for hit in hits} == {role}
        assert len(hits) == min(20, store.count(Filters(role=(role,))))


def test_a_passage_is_found_first_or_after_its_like_by_its_own_words(engine: Engine) -> None:
    store = engine.store
    asked_for = [store.passages([number])[0] for number in range(0, store.count(), 7)]
    ranks = []
    for one in asked_for:
        longest = max(one.units, key=lambda span: span.end - span.start)
        asked = longest.of(store.text(one.document_id))[:200]
        hits = engine.search(asked, k=3).hits
        ranks += [hit.rank for hit in hits if one.id in {part.id for part in hit.passages}]
    assert len(ranks) == len(asked_for)
    assert max(ranks) <= 2
    assert ranks.count(1) >= len(ranks) - 1  # An agenda may say nearly the same as its minutes.
