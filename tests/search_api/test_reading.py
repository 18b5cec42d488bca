"""What is read out: a statement led on to what it announces, and another that stands with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.build import build_index
from search_api.engine import Engine
from search_api.results import AnswerStatus

_LIFT = (
    "The Board discussed who maintains the Harbour lift. The lift was old and often stood still. "
    "The contract is held by Messrs Tarn Engineering. It runs for four more years."
)
_PARKING = (
    "Members spoke of the car park at the Harbour clinic. It would be widened in June 2015. "
    "Mrs Olga Reed asked for the car park to be lit. It would cost £12,000 to light the car park."
)
_MINUTES = f"MINUTES OF THE HARBOUR HEALTH BOARD\n\n{_LIFT}\n\n{_PARKING}\n"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    folder = tmp_path_factory.mktemp("reading")
    corpus: Path = folder / "corpus"
    corpus.mkdir()
    (corpus / "harbour.txt").write_text(_MINUTES, encoding="utf-8")
    build_index(corpus, folder / "index")
    opened = Engine.open(folder / "index")
    yield opened
    opened.store.close()


def test_a_sentence_that_only_announces_is_led_on(engine: Engine) -> None:
    answer = engine.answer("Who maintains the Harbour lift?")
    assert answer.status is AnswerStatus.ANSWERED
    assert "Tarn Engineering" in (answer.answer or "")


def test_two_statements_are_read_in_the_order_of_the_record(engine: Engine) -> None:
    answer = engine.answer("How much would it cost to light the car park at the clinic?")
    assert "£12,000" in (answer.answer or "")
    text = engine.store.text(answer.citations[0].document.id)
    parts = (answer.answer or "").split(" … ")
    places = [" ".join(text.split()).index(part) for part in parts]
    assert places == sorted(places)


def test_each_statement_read_out_is_cited_exactly(engine: Engine) -> None:
    for question in ("Who maintains the Harbour lift?", "When is the car park widened?"):
        answer = engine.answer(question)
        quotes = [" ".join(citation.quote.split()) for citation in answer.citations]
        for part in (answer.answer or "").split(" … "):
            assert any(part in quote for quote in quotes)
        for citation in answer.citations:
            text = engine.store.text(citation.document.id)
            assert citation.span.of(text) == citation.quote
