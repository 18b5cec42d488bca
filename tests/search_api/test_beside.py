"""How much of a document is read out beside the leading statement, and in which order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest

from indexer.model import Filters
from search_api.answer.beside import joined, read_together, read_with
from search_api.answer.lists import LONGEST
from search_api.answer.statements import Statement, statements_in
from search_api.asked.question import Asked, take_apart
from search_api.engine import Engine
from tests.search_api.records import Record, engine_over

_SENTENCES = (
    "The ferry at Tarn Quay was out of service for a week.",
    "Its engine had to be taken out and mended in Harbour Yard.",
    "The winter timetable begins on 4 November 2019.",
    "Passengers from the islands were carried by the pilot boat.",
    "The harbour master thanked the crew of the pilot boat.",
)
_LONG = (
    "The report lists each sailing that was lost, " + "and what it had carried, " * 12 + "by day."
)
_RECORDS = [
    Record("2019-10-07", "Tarn Harbour Board", "Ferry\n\n" + "\n\n".join([*_SENTENCES, _LONG]))
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_over(tmp_path_factory.mktemp("beside"), _RECORDS) as opened:
        yield opened


@pytest.fixture(scope="module")
def said(engine: Engine) -> list[Statement]:
    """The document's sentences in its order, all as good as each other."""
    hits = engine.search("the ferry at Tarn Quay", filters=Filters()).hits
    found = sorted(statements_in(engine.store, hits), key=lambda one: one.span)
    return [replace(one, score=1.0) for one in found if not one.is_list and one.text != "Ferry"]


def _asked() -> Asked:
    return take_apart("What was said of the ferry?")


def _texts(statements: Sequence[Statement]) -> list[str]:
    return [one.text for one in statements]


def test_what_is_nearly_as_good_is_read_out_in_the_order_of_the_record(
    engine: Engine, said: list[Statement]
) -> None:
    assert _texts(said) == [*_SENTENCES, _LONG]
    weak = replace(said[1], score=0.5)
    ranked = [said[4], said[0], weak, said[2]]
    together = read_with(engine.store, _asked(), said[4], ranked)
    assert sorted(_texts(together)) == sorted([_SENTENCES[4], _SENTENCES[0], _SENTENCES[2]])
    assert read_together(together) == " … ".join([_SENTENCES[0], _SENTENCES[2], _SENTENCES[4]])


def test_what_stands_side_by_side_is_one_quotation(engine: Engine, said: list[Statement]) -> None:
    [whole] = read_with(engine.store, _asked(), said[1], [said[1], said[0]])
    assert whole.text.split("\n\n") == list(_SENTENCES[:2])
    assert whole.span.of(engine.store.text(whole.hit.document.id)) == whole.text
    assert _texts(joined(engine.store, [said[0], said[2]], said[3])) == [
        _SENTENCES[0],
        f"{_SENTENCES[2]}\n\n{_SENTENCES[3]}",
    ]


def test_nothing_is_read_out_that_would_make_it_too_long(
    engine: Engine, said: list[Statement]
) -> None:
    whole = said[5].text
    assert len(whole) + sum(map(len, _SENTENCES)) > LONGEST
    together = read_with(engine.store, _asked(), said[5], [said[5], *said[:5]])
    assert len(together) < len(said)
    assert len(read_together(together)) <= LONGEST


def test_what_introduces_an_item_is_read_out_once(said: list[Statement]) -> None:
    item = replace(
        said[2], text="By bus", span=said[2].span, lead=said[1].span, lead_in=said[1].text
    )
    assert read_together([item]) == f"{_SENTENCES[1]} By bus"
    assert read_together([said[1], item]) == f"{_SENTENCES[1]} … By bus"


def test_what_is_much_less_good_or_told_already_is_left_out(
    engine: Engine, said: list[Statement]
) -> None:
    ranked = [said[0], replace(said[0], score=0.9), replace(said[2], score=0.5)]
    assert read_with(engine.store, _asked(), said[0], ranked) == [said[0]]
