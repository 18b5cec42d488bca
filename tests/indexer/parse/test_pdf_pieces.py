"""The small steps of reading a PDF page that are done for all of it at once."""

from __future__ import annotations

import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.parse.pdf_mesh import meshes
from indexer.parse.pdf_rules import Rule
from indexer.parse.pdf_signs import with_signs
from indexer.parse.pdf_tables import count_headers
from indexer.parse.pdf_words import Word, _edges, _once

COORDINATES = st.integers(0, 60).map(float)
RULES = st.lists(st.builds(Rule, COORDINATES, COORDINATES, COORDINATES.map(lambda x: x + 20)))


@given(st.text(alphabet=st.one_of(st.sampled_from("a \u00a0\u3000\x1c\n\ud800"), st.characters())))
def test_runs_stand_where_python_parts_a_text(text: str) -> None:
    first, beyond = _edges(text)
    runs = [text[start:end] for start, end in zip(first.tolist(), beyond.tolist(), strict=True)]
    assert runs == text.split()


@given(RULES, RULES)
def test_lines_that_touch_are_in_one_mesh(across: list[Rule], down: list[Rule]) -> None:
    found = meshes(across, down)
    for one, other in product(across, down):
        touch = one.start <= other.at <= one.end and other.start <= one.at <= other.end
        together = [one in mesh[0] for mesh in found] == [other in mesh[1] for mesh in found]
        assert together or not touch or across.count(one) > 1 or down.count(other) > 1


def test_a_page_of_thousands_of_lines_takes_no_time_in_its_square() -> None:
    across = [Rule(9.0 * i, 9.0 * i, 9.0 * i + 7) for i in range(12_000)]
    down = [Rule(9.0 * i + 3, 9.0 * i - 3, 9.0 * i + 3) for i in range(12_000)]
    begun = time.process_time()
    assert meshes(across, down) == []
    assert time.process_time() - begun < 5


def _x(x0: float, y0: float) -> Word:
    return Word("x", x0, x0 + 4, y0, y0 + 8, 8.0, y0 + 4)


def test_a_shadow_is_left_out_and_a_page_of_one_letter_takes_no_time_in_its_square() -> None:
    apart = [_x(4.0 * i, 9.0 * j) for j in range(4) for i in range(5_000)]
    shadows = [_x(word.x0 + 1, word.y0 - 1) for word in apart[::100]]
    begun = time.process_time()
    assert _once([*apart, *shadows]) == apart
    assert time.process_time() - begun < 5


def _printed(text: str, x0: float, x1: float, y0: float = 0.0, size: float = 10.0) -> Word:
    return Word(text, x0, x1, y0, y0 + size, size, y0 + size / 2)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([("757.6", 13, 40), ("-", 10, 13)], ["-757.6"]),
        ([("(", 7, 10), ("-", 10, 13), ("£5", 13, 24), (")", 24, 27)], ["(-£5)"]),
        ([("12", 10, 20), ("%", 20, 28)], ["12%"]),
        ([("20", 0, 10), ("-", 10, 13), ("30", 13, 23)], ["20", "-", "30"]),
        ([("-", 10, 13), ("30", 16, 26)], ["-", "30"]),
        ([("-", 10, 13), ("Care", 13, 30)], ["-", "Care"]),
        ([("30", 10, 20), (")", 20, 23)], ["30", ")"]),
    ],
)
def test_signs_go_to_the_figures_that_they_touch(
    words: list[tuple[str, float, float]], told: list[str]
) -> None:
    assert [word.text for word in with_signs([_printed(*word) for word in words])] == told


def test_a_sign_on_the_line_is_none_of_a_raised_figure() -> None:
    words = [_printed("-", 10, 13), _printed("2", 13, 17, 5, 6)]
    assert with_signs(words) == words


def test_a_page_of_signs_takes_no_time_in_its_square() -> None:
    words = [
        _printed(text, 9.0 * (i % 60) + x, 9.0 * (i % 60) + x + 3, 12.0 * (i // 60))
        for i in range(10_000)
        for text, x in (("-", 0.0), ("5", 3.0))
    ]
    begun = time.process_time()
    assert len(with_signs(words)) == 10_000
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("rows", "headers"),
    [
        ([["", "Nov", "Nov"], ["", "Owed", "Rate"], ["Loans", "", ""], ["Banks", "4.1", "2.0"]], 2),
        ([["", "2023", "2024"], ["Loans", "", ""], ["Banks", "4.1", "5.2"]], 1),
        ([["Sort", "£m"], ["Banks", "4.1"]], 1),
        ([["Banks", "4.1"], ["Loans", "5.2"]], 0),
    ],
)
def test_a_heading_of_a_group_of_rows_is_no_heading_of_columns(
    rows: list[list[str]], headers: int
) -> None:
    assert count_headers(rows, []) == headers
