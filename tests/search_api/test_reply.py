"""Motions and questions are answered by the reply that stands after them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.model import Filters
from search_api.engine import Engine
from tests.search_api.records import Record, engine_over

_RECORDS = [
    Record(
        "2018-11-12",
        "Stonebridge Borough Council",
        "7. Notice of Motion submitted by Councillor Hale\n\n"
        "I will move at the next meeting that this Council survey the state of the footbridge over "
        "the Lode at Mill Road and report on when it can be repaired.\n\n"
        "The Motion was proposed by Councillor Hale and seconded by Councillor Moss.\n\n"
        "Reply:\n\n"
        "The structure was inspected by engineers. Works are scheduled to be carried out in March "
        "2019.\n\n"
        "8. Allotments\n\n"
        "Councillor Moss asked how much the new fence around the allotments at Fen Lane would "
        "cost.\n\n"
        "The Head of Parks replied that the contractor had quoted £7,450.\n\n"
        "9. Library\n\n"
        "Members thanked the staff of the library.",
    )
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_over(tmp_path_factory.mktemp("replies"), _RECORDS) as opened:
        yield opened


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("When will the footbridge over the Lode at Mill Road be repaired?", "in March 2019"),
        ("How much will the new fence around the allotments at Fen Lane cost?", "£7,450"),
    ],
)
def test_the_reply_is_read_out(engine: Engine, question: str, words: str) -> None:
    found = engine.answer(question, filters=Filters())
    assert words in (found.answer or "")
    for citation in found.citations:
        assert citation.quote == citation.span.of(engine.store.text(citation.document.id))


def test_who_moved_is_no_matter_for_a_reply(engine: Engine) -> None:
    found = engine.answer(
        "Who proposed the motion on the footbridge at Mill Road?", filters=Filters()
    )
    assert "Hale" in (found.answer or "")
    assert "March 2019" not in (found.answer or "")
