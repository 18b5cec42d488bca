"""Late interaction over the real model: the words that answer, close together, come first."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.model import Passage, Role, Span
from search_api.engine import Engine
from search_api.late import Nearness, best_units, read_question, units_nearness
from search_api.query import understand


@pytest.fixture(scope="module")
def engine(sample_index: Path) -> Engine:
    return Engine.open(sample_index)


def passage(*units: tuple[int, int]) -> Passage:
    spans = tuple(Span(10 + start, 10 + end) for start, end in units)
    whole = Span(spans[0].start, spans[-1].end)
    return Passage("d-0", "d", "x" * (whole.end - whole.start), whole, Role.TEXT, (), (1, 1),
                   units=spans)  # fmt: skip


def test_a_unit_counts_by_its_own_tokens_by_those_above_and_less_by_those_beside() -> None:
    near = np.array([[0.9, 0.1, 0.2, 0.3], [0.1, 0.8, 0.1, 0.7]], np.float32)
    starts = np.array([-1, 0, 4, 12], np.int32)
    found = best_units(near, starts, passage((0, 9), (10, 20)))
    assert found == pytest.approx(np.array([[0.9, 0.8], [0.9, 0.7]]))
    beside = np.array([[0.1, 0.5, 0.2, 0.1], [0.1, 0.8, 0.1, 0.3]], np.float32)
    found = best_units(beside, starts, passage((0, 9), (10, 20)))
    assert found == pytest.approx(np.array([[0.5, 0.8], [0.8 * 0.5, 0.8 * 0.8]]))


def test_a_unit_without_tokens_has_those_above_and_beside() -> None:
    near = np.array([[0.5, 0.6]], np.float32)
    found = best_units(near, np.array([-1, 15], np.int32), passage((0, 9), (10, 20)))
    assert found == pytest.approx(np.array([[0.5], [0.6]]))
    nothing = best_units(near[:, :0], np.zeros(0, np.int32), passage((0, 9)))
    assert nothing == pytest.approx(np.zeros((1, 1)))


def test_a_tables_first_row_stands_over_the_others() -> None:
    near = np.array([[0.1, 0.9, 0.2, 0.3], [0.1, 0.2, 0.1, 0.7]], np.float32)
    starts = np.array([-1, 0, 4, 12], np.int32)
    table = replace(passage((0, 3), (4, 9), (10, 20)), role=Role.TABLE)
    found = best_units(near, starts, table)
    assert found == pytest.approx(np.array([[0.9, 0.56], [0.9, 0.56], [0.9, 0.7]]))


def test_rare_words_of_the_question_count_for_more(engine: Engine) -> None:
    reading = read_question(engine.store, engine.embedder, understand("the board’s Zyx plan", ()))
    assert reading.states.shape == (len(reading.weights), 384)
    assert float(reading.weights.sum()) == pytest.approx(1)
    by_piece = [float(weight) for weight in reading.weights]
    # "board" with its ending, a word that no document holds in two pieces at least, and "plan".
    assert max(by_piece) > 2 * max(by_piece[0], by_piece[-1])
    assert sum(weight == max(by_piece) for weight in by_piece) >= 2


def test_the_words_to_match_weigh_as_in_bm25(engine: Engine) -> None:
    store = engine.store
    query = understand("consultation, consultations and Zyx", ())
    found = read_question(store, engine.embedder, query).rarities
    count, held = store.count(), store.frequency("consultation")
    assert held > 1
    expected = [math.log(1 + (count - n + 0.5) / (n + 0.5)) for n in (held, 0)]
    assert sorted(found) == pytest.approx(sorted(expected))


def test_a_sentence_is_found_by_its_own_words(engine: Engine) -> None:
    store = engine.store
    for number in range(0, store.count(), 7):
        one = store.passages([number])[0]
        text = store.text(one.document_id)
        place = max(range(len(one.units)), key=lambda n: one.units[n].end - one.units[n].start)
        query = understand(one.units[place].of(text)[:200], ())
        reading = read_question(store, engine.embedder, query)
        [found] = units_nearness(store, reading, [number], [one])
        assert found.shape == (len(one.units),)
        assert found[place] == pytest.approx(found.max())
        assert found[place] > 0.7


def test_a_question_of_stop_words_is_read_all_the_same(engine: Engine) -> None:
    reading = read_question(engine.store, engine.embedder, understand("what is it", ()))
    assert len(reading.states)
    passages = engine.store.passages([3, 5])
    for found in units_nearness(engine.store, reading, [3, 5], passages):
        assert np.isfinite(found).all()


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
