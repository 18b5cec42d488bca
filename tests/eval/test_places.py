"""Quotes are found whatever a reader made of spaces, hyphens and case, at exact offsets."""

from __future__ import annotations

import pytest

from eval.places import places, shared, squash
from indexer.model import Span


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("the plan", "Here the plan stands"),
        ("the plan", "Here the\n  plan stands"),
        ("non-elective", "Here non\u00adelec-\ntive stands"),
        ("Grants £1.9m", "Here Grants | £1.9m stands"),
        ("O’Brien", "Here O'Brien stands"),
        ("final", "Here ﬁnal stands"),
        ("FINAL", "Here final stands"),
    ],
)
def test_a_quote_is_found_at_its_offsets(quote: str, text: str) -> None:
    (place,) = places(quote, squash(text))
    assert text[: place.start] == "Here "
    assert text[place.end :] == " stands"


def test_every_place_counts_and_an_absent_quote_has_none() -> None:
    text = squash("noted, and noted again")
    assert places("noted", text) == [Span(0, 5), Span(11, 16)]
    assert places("resolved", text) == []
    assert places("—", text) == []


def test_a_different_figure_or_currency_is_not_found() -> None:
    text = squash("a gap of £40m")
    assert places("£41m", text) == []
    assert places("€40m", text) == []


@pytest.mark.parametrize(
    ("one", "other", "characters"),
    [((0, 5), (5, 9), 0), ((0, 5), (3, 9), 2), ((0, 9), (3, 5), 2), ((0, 1), (8, 9), 0)],
)
def test_shared_characters(one: tuple[int, int], other: tuple[int, int], characters: int) -> None:
    assert shared(Span(*one), Span(*other)) == characters
