"""Late interaction over the real model: the words that answer, close together, come first."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Passage, Role, Span
from indexer.store.protocols import Scored
from search_api.engine import Engine
from search_api.late import Nearness, best_units, read_question, rescored
from search_api.query import understand


@pytest.fixture(scope="module")
def engine(sample_index: Path) -> Engine:
    return Engine.open(sample_index)


def passage(*units: tuple[int, int]) -> Passage:
    spans = tuple(Span(10 + start, 10 + end) for start, end in units)
    whole = Span(spans[0].start, spans[-1].end)
    return Passage("d-0", "d", "x" * (whole.end - whole.start), whole, Role.TEXT, (), (1, 1),
                   units=spans)  # fmt: skip


def test_a_unit_counts_by_its_own_tokens_and_by_those_above() -> None:
    near = np.array([[0.9, 0.1, 0.2, 0.3], [0.1, 0.8, 0.1, 0.7]], np.float32)
    starts = np.array([-1, 0, 4, 12], np.int32)
    found = best_units(near, starts, passage((0, 9), (10, 20)))
    assert found == pytest.approx(np.array([[0.9, 0.8], [0.9, 0.8], [0.9, 0.7]]))


def test_a_unit_without_tokens_has_those_above_alone() -> None:
    near = np.array([[0.5, 0.6]], np.float32)
    found = best_units(near, np.array([-1, 15], np.int32), passage((0, 9), (10, 20)))
    assert found == pytest.approx(np.array([[0.6], [0.5], [0.6]]))
    nothing = best_units(near[:, :0], np.zeros(0, np.int32), passage((0, 9)))
    assert nothing == pytest.approx(np.zeros((2, 1)))


def test_a_tables_first_row_stands_over_the_others() -> None:
    near = np.array([[0.1, 0.9, 0.2, 0.3], [0.1, 0.2, 0.1, 0.7]], np.float32)
    starts = np.array([-1, 0, 4, 12], np.int32)
    table = replace(passage((0, 3), (4, 9), (10, 20)), role=Role.TABLE)
    found = best_units(near, starts, table)
    assert found == pytest.approx(np.array([[0.9, 0.7], [0.9, 0.2], [0.9, 0.2], [0.9, 0.7]]))


def test_rare_words_of_the_question_count_for_more(engine: Engine) -> None:
    reading = read_question(engine.store, engine.embedder, understand("the board’s Zyx plan", ()))
    assert reading.states.shape == (len(reading.weights), 384)
    assert float(reading.weights.sum()) == pytest.approx(1)
    by_piece = [float(weight) for weight in reading.weights]
    # "board" with its ending, a word that no document holds in two pieces at least, and "plan".
    assert max(by_piece) > 2 * max(by_piece[0], by_piece[-1])
    assert sum(weight == max(by_piece) for weight in by_piece) >= 2


def test_a_passage_comes_first_when_asked_for_in_its_own_words(engine: Engine) -> None:
    store = engine.store
    for number in range(0, store.count(), 7):
        one = store.passages([number])[0]
        unit = max(one.units, key=lambda span: span.end - span.start)
        asked = unit.of(store.text(one.document_id))[:200]
        reading = read_question(store, engine.embedder, understand(asked, ()))
        unranked = [Scored(each, 1.0) for each in range(min(30, store.count()))]
        if number < len(unranked):
            assert rescored(store, reading, unranked)[0].number == number


@given(count=st.integers(0, 61))
def test_every_candidate_stays_once_and_scores_never_rise(engine: Engine, count: int) -> None:
    reading = read_question(engine.store, engine.embedder, understand("waiting times", ()))
    ranking = [Scored(number, 1.0 / (number + 1)) for number in range(count)]
    found = rescored(engine.store, reading, ranking)
    assert sorted(each.number for each in found) == list(range(count))
    scores = [each.score for each in found]
    assert scores == sorted(scores, reverse=True)
    assert [each.number for each in found[30:]] == list(range(30, count))


def test_a_question_of_stop_words_is_read_all_the_same(engine: Engine) -> None:
    reading = read_question(engine.store, engine.embedder, understand("what is it", ()))
    ranking = [Scored(3, 1.0), Scored(5, 0.5)]
    assert {each.number for each in rescored(engine.store, reading, ranking)} == {3, 5}


def test_a_sentence_is_nearest_to_a_question_in_its_own_words(engine: Engine) -> None:
    store = engine.store
    tried = 0
    for number in range(0, store.count(), 5):
        one = store.passages([number])[0]
        text = store.text(one.document_id)
        long = [unit for unit in one.units if len(unit.of(text).split()) > 8]
        if len(long) < 3:
            continue
        reading = read_question(store, engine.embedder, understand(long[1].of(text)[:300], ()))
        nearness = Nearness(store, reading, {one.id: number})
        found = [nearness.of(one, unit) for unit in long]
        assert max(found) == found[1]
        assert nearness.of(one, long[0], lead=long[1]) >= found[0]
        tried += 1
    assert tried >= 3
