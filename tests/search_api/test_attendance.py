"""Who was at a meeting: asked of the first page of its minutes, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search_api.engine import Engine
from search_api.results import AnswerStatus
from tests.search_api.records import Record, engine_over

_MINUTES = """PRESENT:

Councillor {chair} (Chair)
Councillor Noel Ash
Councillor Olga Reed

IN ATTENDANCE:

Ms Jean Pike, Director of Public Health

APOLOGIES:

Apologies were received from Councillor {absent}.

1. Harbour clinic

The Committee discussed the Harbour clinic. A flood summit had been held in Fernby in May, and
Mr Bart Lund of the rescue service had spoken there.
"""
_TITLE = "Fernby Health Scrutiny Committee: minutes"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    records = [
        Record(
            "2018-03-01",
            "Fernby Council",
            _MINUTES.format(chair="Ivy Cole", absent="Tom Dean"),
            title=_TITLE,
        ),
        Record(
            "2018-06-07",
            "Fernby Council",
            _MINUTES.format(chair="Max Hart", absent="Una Vale"),
            title=_TITLE,
        ),
    ]
    with engine_over(tmp_path_factory.mktemp("attendance"), records) as lent:
        yield lent


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("Who attended the Fernby scrutiny committee in March 2018?", "Ivy Cole", "Max Hart"),
        ("Who was present at the scrutiny committee on 7 June 2018?", "Max Hart", "Ivy Cole"),
        ("Who attended the Fernby scrutiny committee?", "Max Hart", "Ivy Cole"),
        ("Who sent apologies to the March 2018 scrutiny committee?", "Tom Dean", "Jean Pike"),
    ],
)
def test_the_list_of_that_meeting_is_read_out(
    engine: Engine, question: str, said: str, unsaid: str
) -> None:
    answer = engine.answer(question)
    assert answer.status is AnswerStatus.ANSWERED, answer.reason
    assert said in (answer.answer or "")
    assert unsaid not in (answer.answer or "")
    [first, *_] = answer.citations
    assert first.span.of(engine.store.text(first.document.id)) == first.quote


def test_what_minutes_speak_of_is_not_the_meeting_itself(engine: Engine) -> None:
    answer = engine.answer("Who attended the flood summit?")
    assert "Noel Ash" not in (answer.answer or "")
