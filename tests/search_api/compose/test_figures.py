"""Values are the same however they are written, and different where they differ in anything."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_api.compose.figures import figures_in


def _values(text: str) -> list[str]:
    return [figure.value for figure in figures_in(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("£40m", "£40 million"),
        ("£40m", "£40,000,000"),
        ("£40m", "forty million pounds"),
        ("£1.5bn", "£1,500 million"),
        ("£4.50", "£4.5"),
        ("£500k", "£500,000"),
        ("12%", "12 per cent"),
        ("12.0%", "twelve percent"),
        ("25 beds", "twenty-five beds"),
        ("205", "two hundred and five"),
        ("3,000", "three thousand"),
        ("2.30pm", "14:30"),
        ("9 am", "9.00am"),
    ],
)
def test_one_value_in_two_spellings(one: str, other: str) -> None:
    assert _values(one) == _values(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("£40m", "£40"),
        ("£40m", "£40bn"),
        ("£40m", "40m"),
        ("40%", "40"),
        ("£40", "€40"),
        ("£4.5m", "£45m"),
        ("-£4m", "£4m"),
        ("2nd", "2"),
        ("2.30pm", "2.30am"),
        ("1,5", "15"),
    ],
)
def test_two_values(one: str, other: str) -> None:
    assert _values(one) != _values(other)


def test_metres_are_not_millions() -> None:
    assert _values("40m") != _values("40 million")


def test_figures_stand_where_they_are_written() -> None:
    text = "Of 120 places, forty-five (37.5%) cost £1,200 a year from 9am."
    figures = list(figures_in(text))
    written = [figure.span.of(text) for figure in figures]
    assert written == ["120", "forty-five", "37.5%", "£1,200", "9am"]


@given(st.integers(0, 10**12), st.sampled_from(["", "£", "€"]))
def test_grouping_changes_nothing(number: int, currency: str) -> None:
    assert _values(f"{currency}{number}") == _values(f"{currency}{number:,}") != []


@given(st.text(max_size=80))
def test_any_text_is_read(text: str) -> None:
    ends = [(figure.span.start, figure.span.end) for figure in figures_in(text)]
    assert ends == sorted(ends)
    assert all(end <= start for (_, end), (start, _) in pairwise(ends))
