"""The form of an answer: a date answers "when" whatever else a sentence speaks of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.model import Passage, Role, Span
from search_api.asked.forms import form_of

_FIRST, _SECOND = "Beds would close in June 2017.", "Members were unhappy."
_TEXT = f"{_FIRST} {_SECOND}"


def _passage(role: Role = Role.REPORT) -> Passage:
    start = 40
    middle = start + len(_FIRST)
    units = Span(start, middle), Span(middle + 1, start + len(_TEXT))
    return Passage("p", "d", _TEXT, Span(start, start + len(_TEXT)), role, (), (1, 1), units=units)


@pytest.mark.parametrize("question", ["When would beds close?", "On what date do beds close?"])
def test_each_unit_is_looked_at_by_itself(question: str) -> None:
    found = form_of(question)(_passage())
    assert found.shape == (2,)
    assert found[0] == 1.0
    assert found[1] == 0.0


def test_what_was_agreed_stands_in_a_resolution() -> None:
    form = form_of("What did the board resolve about beds?")
    assert form(_passage(Role.RESOLUTION)).min() > form(_passage(Role.REPORT)).max()


def test_the_headings_of_a_table_say_that_its_figures_are_money() -> None:
    form = form_of("How much will Kent borrow?")
    text = "Borrowing | 45,168"
    row = Passage("p", "d", text, Span(0, len(text)), Role.TABLE, (), (1, 1))
    assert form(row).tolist() == [0.0]
    assert form(row, "Kent\nFunded by | Year 1 £000s").tolist() == [1.0]
    assert form(replace(row, role=Role.REPORT)).tolist() == [0.0]


def test_a_passage_without_units_is_one() -> None:
    assert form_of("When?")(replace(_passage(), units=())).tolist() == [1.0]
