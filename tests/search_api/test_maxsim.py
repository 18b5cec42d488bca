"""The nearest tokens of units: by hand, and all passages at once against one unit at a time."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.embed.protocol import Vectors
from indexer.embed.tokens import Offsets
from indexer.model import Passage, Role, Span
from search_api.ranking.maxsim import best_units


def passage(*units: tuple[int, int]) -> Passage:
    spans = tuple(Span(10 + start, 10 + end) for start, end in units)
    whole = Span(spans[0].start, spans[-1].end)
    return Passage("d-0", "d", "x" * (whole.end - whole.start), whole, Role.TEXT, (), (1, 1),
                   units=spans)  # fmt: skip


def best(near: Vectors, starts: Offsets, one: Passage) -> Vectors:
    found, firsts = best_units(near, [starts], [one])
    assert firsts.tolist() == [0]
    return found


def test_a_unit_counts_by_its_own_tokens_by_those_above_and_less_by_those_beside() -> None:
    near = np.array([[0.9, 0.1, 0.2, 0.3], [0.1, 0.8, 0.1, 0.7]], np.float32)
    starts = np.array([-1, 0, 4, 12], np.int32)
    found = best(near, starts, passage((0, 9), (10, 20)))
    assert found == pytest.approx(np.array([[0.9, 0.8], [0.9, 0.7]]))
    beside = np.array([[0.1, 0.5, 0.2, 0.1], [0.1, 0.8, 0.1, 0.3]], np.float32)
    found = best(beside, starts, passage((0, 9), (10, 20)))
    assert found == pytest.approx(np.array([[0.5, 0.8], [0.8 * 0.5, 0.8 * 0.8]]))


def test_a_unit_without_tokens_has_those_above_and_beside() -> None:
    near = np.array([[0.5, 0.6]], np.float32)
    found = best(near, np.array([-1, 15], np.int32), passage((0, 9), (10, 20)))
    assert found == pytest.approx(np.array([[0.5], [0.6]]))
    nothing = best(near[:, :0], np.zeros(0, np.int32), passage((0, 9)))
    assert nothing == pytest.approx(np.zeros((1, 1)))


def test_a_tables_first_row_stands_over_the_others() -> None:
    near = np.array([[0.1, 0.9, 0.2, 0.3], [0.1, 0.2, 0.1, 0.7]], np.float32)
    starts = np.array([-1, 0, 4, 12], np.int32)
    table = replace(passage((0, 3), (4, 9), (10, 20)), role=Role.TABLE)
    found = best(near, starts, table)
    assert found == pytest.approx(np.array([[0.9, 0.56], [0.9, 0.56], [0.9, 0.7]]))


@st.composite
def read_passages(draw: st.DrawFn) -> tuple[list[Passage], list[Offsets]]:
    """Draw passages whose units may touch, overlap or lie apart, and where their tokens begin."""
    passages, starts = [], []
    for _ in range(draw(st.integers(1, 5))):
        first = draw(st.integers(0, 50))
        ends = draw(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 12)), max_size=5))
        units = tuple(Span(first + at, first + at + length) for at, length in ends)
        role = draw(st.sampled_from([Role.TEXT, Role.TABLE]))
        whole = Span(first, first + 45)
        passages.append(Passage("p", "d", "x" * 45, whole, role, (), (1, 1), units=units))
        places = draw(st.lists(st.integers(-1, 44), max_size=12))
        starts.append(np.array(sorted(places), np.int32))
    return passages, starts


def test_what_is_shown_after_a_passage_counts_as_what_is_beside() -> None:
    near = np.array([[0.5, 0.2, 0.9]], np.float32)
    starts = [np.array([0], np.int32)] * 3
    three = [passage((0, 9)) for _ in starts]
    found, _ = best_units(near, starts, three, {0: [1, 2]})
    assert found == pytest.approx(np.array([[0.8 * 0.9], [0.2], [0.9]]))


@given(
    read_passages(),
    st.integers(1, 4),
    st.integers(0, 2**32 - 1),
    st.dictionaries(st.integers(0, 4), st.integers(1, 2)),
)
def test_all_at_once_is_as_one_at_a_time(
    read: tuple[list[Passage], list[Offsets]], question: int, seed: int, after: dict[int, int]
) -> None:
    passages, starts = read
    onward = {
        place: [other for other in range(place + 1, place + 1 + count) if other < len(passages)]
        for place, count in after.items()
        if place + 1 < len(passages)
    }
    ends = np.cumsum([len(each) for each in starts])
    near = np.random.default_rng(seed).uniform(-1, 1, (question, ends[-1])).astype(np.float32)
    found, firsts = best_units(near, starts, passages, onward)
    expected, all_within, all_over = [], [], []
    for one, begins, end in zip(passages, starts, ends, strict=True):
        own = near[:, end - len(begins) : end]
        units = one.units or (one.span,)
        within = [
            [max([0.0, *row[(unit.start <= at) & (at < unit.end)]]) for row in own]
            for at in [begins + one.span.start]
            for unit in units
        ]
        all_within.append(within)
        all_over.append([max([0.0, *row[begins < 0]]) for row in own])
    for place, (one, within, over) in enumerate(zip(passages, all_within, all_over, strict=True)):
        shown = [unit for other in (place, *onward.get(place, ())) for unit in all_within[other]]
        for unit in within:
            beside = [0.8 * max(column) for column in zip(*shown, strict=True)]
            head = within[0] if one.role is Role.TABLE else over
            expected.append(np.max([unit, beside, over, head], axis=0))
    assert found == pytest.approx(np.array(expected), abs=1e-6)
    assert firsts.tolist() == [
        sum(len(one.units) or 1 for one in passages[:n]) for n in range(len(passages))
    ]
