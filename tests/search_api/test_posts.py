"""Who holds a post: bound to a person, of the body that is asked about, the latest first."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from search_api.answer.posts import holders_in, post_asked
from search_api.engine import Engine
from search_api.english import stem
from search_api.results import AnswerStatus
from tests.search_api.records import Record, engine_over


@pytest.mark.parametrize(
    ("question", "post"),
    [
        ("Who is the chief executive of Limerick council?", "chief executive"),
        ("who’s the mayor", "mayor"),
        ("Who was Staffordshire's Transformation Director in 2016?", "director"),
        ("Who became vice chair of the Adare district?", "chair"),
        ("Who chairs the Falls Prevention Group?", "chair"),
        ("Who are the officers who wrote the report?", ""),
        ("Who complained to the director?", ""),
        ("Who was in charge of the plan?", "charge chair chief director head lead leader"),
        ("Who is worried about the chief executive's pay?", ""),
    ],
)
def test_a_question_of_a_post_is_told_from_others(question: str, post: str) -> None:
    assert post_asked(question) == frozenset(map(stem, post.split()))


@pytest.mark.parametrize(
    ("question", "text", "held"),
    [
        ("Who is the mayor?", "The Mayor, Councillor Ann Lowe, welcomed all.", True),
        ("Who is the mayor?", "Councillor Lowe was elected Mayor.", True),
        ("Who is the mayor?", "Mayor (Cllr. A. Lowe), Clerk (Mr. P. Birch)", True),
        ("Who is the mayor?", "Councillor Lowe thanked the Mayor for her words.", False),
        ("Who is the mayor?", "Councillor Lowe was elected Deputy Mayor.", False),
        ("Who is the deputy mayor?", "Councillor Lowe was elected Deputy Mayor.", True),
        ("Who is the mayor?", "The outgoing Mayor, Councillor Lowe, spoke.", False),
        ("Who is the deputy mayor?", "So, Mayor Lowe, enjoy the day.", False),
        ("Who is mayor of Ashby?", "Councillor Lowe, Mayor of Birch, spoke.", False),
        ("Who is chair of the ABC?", "Ann Lowe, Chair of the Ashby Business Council", True),
        ("Who is chair of the Ashby Business Council?", "Ann Lowe, Chair of the ABC", True),
        ("Who is chair of the Ashby Board?", "Ann Lowe, Chair of the Birch Board", False),
        ("Who is the chair?", "Ann Lowe, Chair of the Birch Board", True),
        ("Who is deputy mayor?", "The outgoing Deputy Mayor, Councillor Lowe, spoke.", False),
        ("Who is Director of Roads?", "Director, Roads (Ms A. Lowe), Clerk (Mr P. Birch)", True),
        ("Who is Director of Parks?", "Director, Roads (Ms A. Lowe), Clerk (Mr P. Birch)", False),
        ("Who is in charge of the STP?", "Ann Lowe, Director Strategy, Ashby Trust", False),
        ("Who is Director of Parks?", "Director, Local Shared Services (Ms A. Lowe)", False),
        ("Who is the chief executive of Ashby?", "Chief Executive, Ann Lowe, spoke.", True),
        (
            "Who was elected Mayor of Ashby in 2016?",
            "She declared Councillor Lowe elected as Mayor of the Town and County of Ashby.",
            True,
        ),
        ("Who chairs the Ashby district?", "Ann Lowe, chair of the Ashby-Birch District", True),
    ],
)
def test_a_person_holds_a_post_who_stands_beside_it(question: str, text: str, held: bool) -> None:
    asked = post_asked(question)
    assert bool(holders_in(text, question, lambda word: stem(word) in asked)) is held


_RECORDS = [
    Record(
        f"{year}-06-10",
        "Northam County Council",
        "ANNUAL MEETING\n\nIt was proposed that "
        f"Councillor {chosen} be appointed Mayor of Northam to hold office to the next Annual "
        f"Meeting. The Mayor declared Councillor {deputy} elected as Deputy Mayor of Northam.\n\n"
        f"THANKS\n\nCouncillor {thankful} thanked the Mayor of Northam for the work of the year.",
    )
    for year, chosen, deputy, thankful in (
        ("2016", "Ann Hale", "Piers Obi", "Rosa Lund"),
        ("2017", "Tom Fisk", "Ann Hale", "Piers Obi"),
        ("2018", "Rosa Lund", "Tom Fisk", "Ann Hale"),
    )
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_over(tmp_path_factory.mktemp("posts"), _RECORDS) as opened:
        yield opened


def test_a_post_that_is_filled_every_year_has_its_latest_holder_first(engine: Engine) -> None:
    answer = engine.answer("Who is the mayor of Northam?")
    assert answer.status is AnswerStatus.CHANGED
    held = [version.statement for version in answer.timeline]
    assert ["Rosa Lund" in held[0], "Tom Fisk" in held[1], "Ann Hale" in held[2]] == [True] * 3
    assert [version.superseded for version in answer.timeline] == [False, True, True]


def test_who_thanks_a_mayor_is_none(engine: Engine) -> None:
    answer = engine.answer("Who is the mayor of Northam?")
    assert not any("thanked" in version.statement for version in answer.timeline)


def test_an_initial_is_no_name() -> None:
    asked = post_asked("Who is the chair?")
    assert not holders_in("Officer (Mr. P. Chair), Deputy", "Who is the chair?", asked.__contains__)


def test_a_post_that_nobody_is_named_with_is_not_found(tmp_path: Path) -> None:
    records = [Record("2018-06-10", "Northam County Council", "ITEM\n\nThe Mayor spoke of roads.")]
    with engine_over(tmp_path / "none", records) as opened:
        assert opened.answer("Who is the mayor of Northam?").status is AnswerStatus.NOT_FOUND


def test_who_holds_a_post_is_read_out_alone(tmp_path: Path) -> None:
    text = (
        "1. Recovery plan\n\nThe committee received a presentation on the Recovery Plan from Ms "
        "Vera Prame of the Ashby Trust. The Recovery Plan was to save £3m in the year. Mr Toby "
        "Sand, of the Birch Trust, was the lead officer for the Recovery Plan.\n\n2. Wards\n\nThe "
        "wards at Cole House had been painted and the lifts renewed, and members gave their thanks."
    )
    with engine_over(tmp_path, [Record("2016-06-27", "Ashby Council", text)]) as lent:
        found = lent.answer("Who is the lead officer for the Recovery Plan?")
    assert "Toby Sand" in (found.answer or "")
    assert "Prame" not in (found.answer or "")
