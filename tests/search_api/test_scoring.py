"""How statements are weighed: as they are quoted, and by what they give."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.model import Filters
from search_api.answer.record import Read, read_record
from search_api.answer.scoring import WEIGHTS
from search_api.answer.statements import Statement
from search_api.engine import Engine
from tests.search_api.records import Record, engine_over

_RECORDS = [
    Record(
        "2016-05-10",
        "Fernby Council",
        "Clinics\n\nThe business case for the walk-in clinic at Fernby was heard in full. It had "
        "been put off until the roof could be paid for. The chair thanked the officers.",
    ),
    Record(
        "2016-09-12",
        "Fernby Council",
        "Libraries\n\nMembers asked how many books the library at Ashby lends to schools. The "
        "library at Ashby lends 4,200 books to schools in a year.",
    ),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_over(tmp_path_factory.mktemp("scoring"), _RECORDS) as opened:
        yield opened


def _read(engine: Engine, question: str) -> Read:
    return read_record(engine.store, engine.reader, question, None, Filters())


def _beginning(read: Read, words: str) -> Statement:
    [found] = [one for one in read.ranked if one.text.startswith(words)]
    return found


def test_a_score_is_the_sum_of_its_parts(engine: Engine) -> None:
    read = _read(engine, "How many books does Ashby library lend to schools?")
    assert read.ranked
    for one in read.ranked:
        parts = zip(WEIGHTS, one.parts, strict=True)
        assert one.score == pytest.approx(sum(weight * part for weight, part in parts))
        assert all(-0.01 <= part <= 1.01 for part in one.parts)


def test_what_leans_back_is_weighed_with_what_it_leans_on(engine: Engine) -> None:
    read = _read(engine, "Why was the business case for the walk-in clinic at Fernby put off?")
    leaning, alone = _beginning(read, "It had been"), _beginning(read, "The chair")
    assert leaning.parts.coverage == pytest.approx(1.0)
    assert leaning.parts.nearness > alone.parts.nearness
    assert read.ranked[0] == leaning


def test_what_gives_the_value_goes_before_what_only_asks_for_it(engine: Engine) -> None:
    read = _read(engine, "How many books does the library at Ashby lend to schools?")
    asking, telling = _beginning(read, "Members asked"), _beginning(read, "The library at")
    assert (asking.parts.given, telling.parts.given) == (0.0, 1.0)
    assert telling.score > asking.score


def test_nothing_is_given_where_no_value_is_asked_for(engine: Engine) -> None:
    read = _read(engine, "What did members say about the library at Ashby?")
    assert {one.parts.given for one in read.ranked} == {0.0}
