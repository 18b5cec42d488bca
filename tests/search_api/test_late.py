"""Late interaction over the real model: the words that answer, close together, come first."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from search_api.engine import Engine
from search_api.query import understand
from search_api.ranking.late import Nearness, read_question, units_nearness
from search_api.ranking.read_on import goes_on


@pytest.fixture(scope="module")
def engine(sample_index: Path) -> Engine:
    return Engine.open(sample_index)


def test_rare_words_of_the_question_count_for_more(engine: Engine) -> None:
    reading = read_question(engine.store, engine.embedder, understand("the board’s Zyx plan", ()))
    assert reading.states.shape == (len(reading.weights), 192)
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


def test_others_read_with_a_passage_play_no_part_but_what_is_shown_with_it(engine: Engine) -> None:
    store = engine.store
    reading = read_question(store, engine.embedder, understand("When is the consultation?", ()))
    numbers = list(range(store.count()))
    passages = store.passages(numbers)
    together = units_nearness(store, reading, numbers, passages)
    nearer = 0
    for number, found in zip(numbers, together, strict=True):
        end = number + 1
        while end < len(passages) and goes_on(passages[number:end], passages[end]):
            end += 1
        run = slice(number, end)
        assert found == pytest.approx(
            units_nearness(store, reading, numbers[run], passages[run])[0], abs=1e-6
        )
        [alone] = units_nearness(store, reading, [number], [passages[number]])
        assert (found >= alone - 1e-6).all()
        nearer += bool((found > alone + 0.01).any())
    assert nearer


def test_tokens_that_ranking_has_met_are_not_read_again(engine: Engine) -> None:
    store = engine.store
    query = understand("When is the consultation?", ())
    asked = [read_question(store, engine.embedder, query) for _ in range(2)]
    passages = store.passages([0, 1, 2])
    units_nearness(store, asked[0], [0, 1, 2], passages)
    assert set(asked[0].met) == {0, 1, 2}
    assert not asked[1].met
    numbers = {one.id: number for number, one in enumerate(passages)}
    known, fresh = (Nearness(store, reading, numbers) for reading in asked)
    for one in passages:
        for unit in one.units:
            lead = one.units[0]
            assert known.of(one, unit) == pytest.approx(fresh.of(one, unit), abs=1e-6)
            assert known.of(one, unit, lead) >= known.of(one, unit)
