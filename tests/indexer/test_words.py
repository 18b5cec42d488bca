"""The names of the calendar and of numbers, which every module takes from one place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import indexer
import search_api
from indexer.calendar_words import FIRST_MONTHS, MONTHS, SEASONS, WEEKDAYS
from indexer.dates import bounds
from indexer.number_words import COUNTING, NUMBERS, ORDINALS

ROOMS = [Path(room.__file__ or "").parent for room in (indexer, search_api)]
LISTS = re.compile(
    r"january\W+february|monday\W+tuesday|spring\W+summer\W+autumn|nine\W+ten\W+eleven|"
    r"fifth\W+sixth",
    re.IGNORECASE,
)


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_no_other_module_writes_the_names_out(room: Path) -> None:
    own = {"calendar_words.py", "number_words.py"}
    files = [file for file in room.rglob("*.py") if file.name not in own]
    assert files
    assert [file.name for file in files if LISTS.search(file.read_text())] == []


def test_names_are_english_and_numbered_as_dates_are() -> None:
    assert next(iter(MONTHS)) == "january"
    assert MONTHS["december"] == 12
    assert (WEEKDAYS["monday"], WEEKDAYS["sunday"]) == (0, 6)
    for name, code in SEASONS.items():
        assert bounds(f"2018-{code}")[0].month == FIRST_MONTHS[name]


def test_numbers_and_their_ordinals() -> None:
    assert (NUMBERS["zero"], NUMBERS["nineteen"], NUMBERS["ninety"]) == (0, 19, 90)
    assert "zero" not in COUNTING
    assert [*ORDINALS][:5] == ["first", "second", "third", "fourth", "fifth"]
    assert (ORDINALS["twelfth"], ORDINALS["twentieth"], ORDINALS["fortieth"]) == (12, 20, 40)
