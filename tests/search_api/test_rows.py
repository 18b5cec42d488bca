"""Tables that were read line by line, and lists that are broken by pages or hold other lists."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.model import Span
from search_api.answer.rows import rows_in
from search_api.engine import Engine
from search_api.results import Answer
from tests.search_api.records import Record, engine_over


def _rows(lines: list[str]) -> list[tuple[str, str | None]]:
    text = "\n".join(lines)
    units, start = [], 0
    for line in lines:
        units.append(Span(start, start + len(line)))
        start += len(line) + 1
    found = rows_in(text, units)
    return [
        (" ".join(row.span.of(text).split()), row.heads.of(text) if row.heads else None)
        for row in found
    ]


def test_a_label_and_its_figures_are_a_row_under_their_years() -> None:
    lines = ["Falls were as follows:", "2015 2016", "Falls on the ward", "41 38", "Near misses"]
    assert _rows([*lines, "7", "9"]) == [
        ("Falls on the ward 41 38", "2015 2016"),
        ("Near misses 7 9", "2015 2016"),
    ]


def test_a_date_and_a_number_belong_to_the_place_over_them() -> None:
    lines = ["Mill Lane, Fernby", "3rd May 2019", "12 Flats", "Elm Road, Ashby", "4 Flats"]
    assert _rows(lines) == [
        ("Mill Lane, Fernby 3rd May 2019 12 Flats", None),
        ("Elm Road, Ashby 4 Flats", None),
    ]


def test_votes_stand_with_those_who_cast_them() -> None:
    assert _rows(["Against (3)", "Mr Ash, Ms Birch, Dr Cole"]) == [
        ("Against (3) Mr Ash, Ms Birch, Dr Cole", None)
    ]


def test_sentences_are_no_rows() -> None:
    assert _rows(["The ward was full.", "In 2016 it was shut.", "There were 14 beds."]) == []


_MINUTES = """Performance of the Fernby hospital

Dr Ann Cole presented the figures of the Fernby hospital, which were:

2015 2016

Falls on the wards

41 38

Complaints from families

112 95

Catering

The total spent on meals at the Fernby hospital was £640,000 and covered the following kitchens:

- Main site.
- Day unit.

Members raised the following:

- Councillor Reed asked that these nurses be thanked at the Fernby fair:
- Olga Marsh – nurse of the year
- Peter Lund – best newcomer
- Councillor Oak said that the fair was too early in the year.
"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    records = [Record("2017-02-01", "Fernby Health Board", _MINUTES, area="Fernby")]
    with engine_over(tmp_path_factory.mktemp("rows"), records) as lent:
        yield lent


def _exact(engine: Engine, answer: Answer) -> bool:
    return all(
        one.span.of(engine.store.text(one.document.id)) == one.quote for one in answer.citations
    )


def test_a_row_is_read_out_with_the_years_over_it(engine: Engine) -> None:
    answer = engine.answer("How many complaints did families make at the Fernby hospital?")
    assert "Complaints from families 112 95" in (answer.answer or answer.reason or "")
    assert (answer.answer or "").startswith("2015 2016")
    assert _exact(engine, answer)


def test_a_sum_in_what_introduces_a_list_is_found(engine: Engine) -> None:
    answer = engine.answer("How much was spent on meals at the Fernby hospital?")
    assert "£640,000" in (answer.answer or answer.reason or "")


def test_a_list_within_a_list_has_its_own_introduction_and_end(engine: Engine) -> None:
    answer = engine.answer("Which nurses did Councillor Reed want thanked at the fair?")
    words = answer.answer or answer.reason or ""
    assert "Olga Marsh" in words
    assert "Peter Lund" in words
    assert _exact(engine, answer)
