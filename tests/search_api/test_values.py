"""Sums as a statement gives them: a figure below nothing is another figure."""

from __future__ import annotations

import pytest

from search_api.answer.values import sums_in, values_of
from search_api.asked.kinds import QuestionKind

_ASKED = "How much was the forecast?"


@pytest.mark.parametrize(
    ("text", "sums"),
    [
        ("The forecast was -£1.2m.", [("£", -1_200_000)]),
        ("The forecast was £-1.2m.", [("£", -1_200_000)]),
        ("The forecast was −£757.6 | –£2 million", [("£", -757.6), ("£", -2_000_000)]),
        ("Between £3m-£5m was needed in 2016–17.", [("£", 3_000_000), ("£", 5_000_000)]),
        ("A fall of -3.5%, and 5%-10% later", [("%", -3.5), ("%", 5), ("%", 10)]),
        ("The saving (£1.2m) was noted.", [("£", 1_200_000)]),
    ],
)
def test_a_sign_that_touches_a_figure_belongs_to_it(
    text: str, sums: list[tuple[str, float]]
) -> None:
    found = list(sums_in(_ASKED, text))
    assert [sign for sign, _ in found] == [sign for sign, _ in sums]
    assert [each for _, each in found] == pytest.approx([each for _, each in sums])


def test_a_surplus_does_not_agree_with_a_deficit_of_its_size() -> None:
    surplus, deficit = (
        values_of(QuestionKind.HOW_MUCH, _ASKED, f"The forecast was {each}.", "2020-01")
        for each in ("£1.2m", "-£1.2m")
    )
    assert not surplus.agrees(deficit)
    assert deficit.agrees(deficit)
