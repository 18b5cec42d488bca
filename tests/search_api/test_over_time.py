"""Three councils over several years: what changed, what differs, and what only looks like it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.model import Filters, Role
from search_api.answer.lists import LONGEST
from search_api.engine import Engine
from search_api.results import Answer, AnswerStatus, Level
from tests.search_api.records import Record, engine_over

NORTHAM, EASTLEY, WESTBROOK = (
    "Northam County Council",
    "Eastley City Council",
    "Westbrook Borough Council",
)
_RECORDS = [
    Record(
        "2015-03-02",
        NORTHAM,
        "NEW HOSPITAL\n\nMembers received a report. The Riverside Hospital would open in June 2017."
        "\n\nPUBLIC HEALTH BUDGET\n\nThe public health budget for 2015/16 was £3.2 million."
        "\n\nFLU\n\nThe flu clinic had been held on 4 October 2014."
        "\n\nLARCH HOUSE\n\nThe refurbishment of Larch House would cost £4.5 million. There would "
        "be 45 beds at Larch House.",
    ),
    Record(
        "2015-09-07",
        EASTLEY,
        "UPDATE\n\nThe Riverside Hospital would open in June 2017, as had been reported before."
        "\n\nWALK-IN CENTRE\n\nThe walk-in centre in Ashby would open in May 2016."
        "\n\nFALLS\n\nThe Falls Prevention Group was chaired by Dr Ann Hale.",
    ),
    Record(
        "2016-02-15",
        NORTHAM,
        "AMBULANCES\n\nMs Dale would report back on ambulance delays. An update on ambulance "
        "delays was expected at the next meeting, in May 2016."
        "\n\nWARDS\n\nElm Ward would close in May 2017."
        "\n\nNEXT MEETING\n\nThe next meeting would be held on 16 May 2016.",
    ),
    Record(
        "2016-05-16",
        NORTHAM,
        "AMBULANCES\n\nThe update on ambulance delays was noted. A further update on ambulance "
        "delays was expected in September 2016."
        "\n\nMEADOW LANE\n\nConsultation on the Meadow Lane clinic would begin in July 2016."
        "\n\nPUBLIC HEALTH BUDGET\n\nThe public health budget for 2016/17 was £2.9 million."
        "\n\nNEXT MEETING\n\nThe next meeting would be held on 19 September 2016.",
    ),
    Record(
        "2016-05-23",
        EASTLEY,
        "MEADOW LANE\n\nConsultation on the Meadow Lane clinic would begin in October 2016."
        "\n\nHOPTON SURGERY\n\nHopton Surgery would move to Mill Street in April 2017."
        "\n\nFLU\n\nThe flu clinic had been held on 9 October 2015.",
    ),
    Record(
        "2016-11-14",
        WESTBROOK,
        "NEW HOSPITAL\n\nIt was reported that the Riverside Hospital would open in spring 2019."
        "\n\nHOPTON SURGERY\n\nMembers heard that Hopton Surgery would move to Mill Street in "
        "April 2017."
        "\n\nWARDS\n\nOak Ward would close in July 2018.",
    ),
    Record(
        "2017-03-06",
        NORTHAM,
        "COBB LANE SURGERY\n\nA final plan for Cobb Lane Surgery was due by May 2017, followed by "
        "building work, which would begin when money had been found."
        "\n\nRIVERSIDE CAR PARK\n\nThe Riverside Hospital car park had opened in January 2017."
        "\n\nCOMPLAINTS\n\nIn the last quarter 12 complaints were received about Larch House."
        "\n\nANNUAL PLAN\n\nThe annual health plan would be approved in March 2018."
        "\n\nSTAFF\n\nThe vacancy rate at Elm Ward was 12%.",
    ),
    Record(
        "2017-09-04",
        NORTHAM,
        "COBB LANE SURGERY\n\nBuilding work at Cobb Lane Surgery would begin in June 2018."
        "\n\nCOMPLAINTS\n\nIn the last quarter 31 complaints were received about Larch House."
        "\n\nANNUAL PLAN\n\nThe annual health plan would be approved in March 2019."
        "\n\nSTAFF\n\nThe sickness rate at Elm Ward was 7%.",
    ),
    Record(
        "2017-06-12",
        NORTHAM,
        "LARCH HOUSE\n\nThe refurbishment of Larch House would cost £6.1 million. There would be "
        "30 beds at Larch House."
        "\n\nWALK-IN CENTRE\n\nThe walk-in centre in Birch would open in March 2018."
        "\n\nFALLS\n\nThe Falls Prevention Group was chaired by Mr Piers Obi.",
    ),
]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_over(tmp_path_factory.mktemp("over-time"), _RECORDS) as opened:
        yield opened


def _asked(engine: Engine, question: str, as_of: str | None = None) -> Answer:
    """Ask, and check what must hold of every answer."""
    answer = engine.answer(question, filters=Filters(as_of=as_of))
    cited = {citation.n: citation for citation in answer.citations}
    for citation in answer.citations:
        assert citation.span.of(engine.store.text(citation.document.id)) == citation.quote
    for version in answer.timeline:
        first = cited[version.citation]
        assert version.citations[0] == version.citation
        assert set(version.citations) <= set(cited)
        assert (version.statement, version.role) == (first.quote, first.role)
        assert (version.date, version.body) == (first.document.date, first.document.body)
    if answer.status is not AnswerStatus.NOT_FOUND:
        assert answer.answer
        assert len(answer.answer) <= LONGEST
        assert answer.confidence
        assert answer.confidence.reasons
        assert answer.timeline
    return answer


def _dates(answer: Answer) -> list[tuple[str | None, bool]]:
    return [(version.date.edtf, version.superseded) for version in answer.timeline]


def test_a_change_is_told_newest_first_and_a_repetition_is_one_version(engine: Engine) -> None:
    answer = _asked(engine, "When will the Riverside Hospital open?")
    assert answer.status is AnswerStatus.CHANGED
    assert "spring 2019" in (answer.answer or "")
    assert _dates(answer) == [("2016-11-14", False), ("2015-09-07", True)]
    old = answer.timeline[1]
    said = [next(c for c in answer.citations if c.n == n) for n in old.citations]
    assert [c.document.body for c in said] == [EASTLEY, NORTHAM]
    assert all("June 2017" in c.quote for c in said)


def test_as_of_leaves_out_what_was_said_later(engine: Engine) -> None:
    answer = _asked(engine, "When will the Riverside Hospital open?", as_of="2016-06")
    assert answer.status is AnswerStatus.ANSWERED
    assert _dates(answer) == [("2015-09-07", False)]
    assert answer.confidence
    assert answer.confidence.level is Level.WELL_SUPPORTED
    assert any(EASTLEY in reason and NORTHAM in reason for reason in answer.confidence.reasons)
    assert any("Later documents" in reason for reason in answer.confidence.reasons)


@pytest.mark.parametrize(
    "question",
    [
        "As of June 2016, when will the Riverside Hospital open?",
        "When was the Riverside Hospital going to open, as things stood in June 2016?",
        "Before July 2016, when was the Riverside Hospital expected to open?",
    ],
)
def test_a_month_in_the_question_is_an_as_of(engine: Engine, question: str) -> None:
    answer = _asked(engine, question)
    assert answer.result.filters.as_of == "2016-06"
    assert "June 2017" in (answer.answer or "")
    assert answer.question == question
    assert answer.understood
    assert answer.understood.time
    assert answer.understood.time.applied
    assert answer.understood.time.words in question


def test_a_given_as_of_wins_over_the_questions_own(engine: Engine) -> None:
    answer = _asked(engine, "As of June 2016, when will the Riverside Hospital open?", "2017")
    assert answer.result.filters.as_of == "2017"
    assert "spring 2019" in (answer.answer or "")
    assert answer.understood
    assert answer.understood.time
    assert not answer.understood.time.applied


def test_bodies_that_differ_at_one_time_are_both_read_out(engine: Engine) -> None:
    answer = _asked(engine, "When will consultation on the Meadow Lane clinic begin?")
    assert answer.status is AnswerStatus.DISPUTED
    assert "July 2016" in (answer.answer or "")
    assert "October 2016" in (answer.answer or "")
    assert _dates(answer) == [("2016-05-23", False), ("2016-05-16", False)]
    assert {version.body for version in answer.timeline} == {NORTHAM, EASTLEY}
    assert answer.confidence
    assert answer.confidence.level is Level.DISPUTED


def test_bodies_that_agree_support_one_another(engine: Engine) -> None:
    answer = _asked(engine, "When will Hopton Surgery move to Mill Street?")
    assert answer.status is AnswerStatus.ANSWERED
    assert _dates(answer) == [("2016-11-14", False)]
    assert {c.document.body for c in answer.citations} == {EASTLEY, WESTBROOK}
    assert answer.confidence
    assert answer.confidence.level is Level.WELL_SUPPORTED


@pytest.mark.parametrize(
    ("question", "old", "new"),
    [
        ("How much will the refurbishment of Larch House cost?", "£4.5 million", "£6.1 million"),
        ("How many beds will there be at Larch House?", "45 beds", "30 beds"),
        ("Who chairs the Falls Prevention Group?", "Ann Hale", "Piers Obi"),
    ],
)
def test_sums_counts_and_people_change(engine: Engine, question: str, old: str, new: str) -> None:
    answer = _asked(engine, question)
    assert answer.status is AnswerStatus.CHANGED
    assert new in (answer.answer or "")
    assert [version.superseded for version in answer.timeline] == [False, True]
    assert old in answer.timeline[1].statement


@pytest.mark.parametrize(
    "question",
    [
        "When will the walk-in centre open?",  # two places
        "When will the walk-in centre in Ashby open?",
        "When will Elm Ward close?",  # another ward closes later
        "How much was the public health budget?",  # two years' figures
        "How much was the public health budget for 2015/16?",
        "When is the update on ambulance delays expected?",  # tracked, and then noted
        "When was the flu clinic held?",  # two clinics
        "When will the next meeting be held?",  # one after the other
        "How many complaints were received about Larch House?",  # each of its own quarter
        "When will the annual health plan be approved?",  # each year's
        "What was the vacancy rate at Elm Ward?",  # another rate
        "How much was the sickness rate at Elm Ward?",
    ],
)
def test_what_only_looks_like_a_change_is_none(engine: Engine, question: str) -> None:
    answer = _asked(engine, question)
    assert answer.status is AnswerStatus.ANSWERED, [v.statement for v in answer.timeline]
    assert [version.superseded for version in answer.timeline] == [False]


@pytest.mark.parametrize(
    ("question", "right", "wrong"),
    [
        ("When will the walk-in centre in Ashby open?", "May 2016", "March 2018"),
        ("When will Elm Ward close?", "May 2017", "July 2018"),
        ("How much was the public health budget for 2015/16?", "£3.2 million", "£2.9 million"),
    ],
)
def test_the_right_place_ward_and_year_is_answered(
    engine: Engine, question: str, right: str, wrong: str
) -> None:
    answer = _asked(engine, question)
    assert right in (answer.answer or "")
    assert wrong not in (answer.answer or "")


def test_the_latest_leads_where_it_is_asked_for(engine: Engine) -> None:
    answer = _asked(engine, "When is the Riverside Hospital currently expected to open?")
    assert "spring 2019" in (answer.answer or "")
    assert answer.understood
    assert answer.understood.time
    assert answer.understood.time.reading == "latest"
    assert answer.result.filters == Filters()


def test_what_was_said_in_a_month_comes_first(engine: Engine) -> None:
    answer = _asked(engine, "What was said in February 2016 about ambulance delays?")
    assert answer.citations[0].document.date.edtf == "2016-02-15"
    assert answer.result.filters.as_of == "2016-02"


@pytest.mark.parametrize(
    "question",
    [
        "Has the opening date of the Riverside Hospital changed?",
        "How has the date for opening the Riverside Hospital slipped?",
    ],
)
def test_who_asks_whether_it_changed_gets_the_versions(engine: Engine, question: str) -> None:
    answer = _asked(engine, question)
    assert answer.status is AnswerStatus.CHANGED
    assert _dates(answer) == [("2016-11-14", False), ("2015-09-07", True)]


def test_a_date_of_what_comes_before_is_not_taken_for_another(engine: Engine) -> None:
    answer = _asked(engine, "When will building work at Cobb Lane Surgery begin?")
    assert "June 2018" in (answer.answer or "")
    assert _dates(answer) == [("2017-09-04", False), ("2017-03-06", True)]


def test_roles_stand_in_the_timeline(engine: Engine) -> None:
    answer = _asked(engine, "When will the Riverside Hospital open?")
    assert all(isinstance(version.role, Role) for version in answer.timeline)


def test_a_body_that_repeats_itself_while_another_differs_has_one_version(
    tmp_path: Path,
) -> None:
    said = (
        "WELCOME\n\nThe Chair opened the meeting of {day}."
        "\n\nBIRCH CLINIC\n\nConsultation on the Birch clinic would begin in {month} 2016."
    )
    records = [
        Record(day, body, said.format(day=day, month=month))
        for day, body, month in [
            ("2016-05-16", NORTHAM, "July"),
            ("2016-05-23", EASTLEY, "October"),
            ("2016-06-06", NORTHAM, "July"),
        ]
    ]
    with engine_over(tmp_path, records) as engine:
        answer = _asked(engine, "When will consultation on the Birch clinic begin?")
        assert answer.status is AnswerStatus.DISPUTED
        assert _dates(answer) == [("2016-06-06", False), ("2016-05-23", False)]
        assert len(answer.timeline[0].citations) == 2
        assert answer.confidence
        assert not any("Only one" in reason for reason in answer.confidence.reasons)


def _at(day: str, item: str, words: str) -> Record:
    return Record(day, "Ashby Council", f"{item}\n\n{words}", title="Ashby Council: minutes")


_HORSES = "Consultation on the horses would start in June 2018."
_ROADS = "Consultation would start in autumn 2019, once the roads had been drawn."
_LATER = "The consultation would not start before March 2019."


@pytest.mark.parametrize(
    "question", ["When does the consultation start?", "When is consultation to begin?"]
)
def test_one_word_is_of_one_matter_only_under_headings_of_the_same(
    tmp_path: Path, question: str
) -> None:
    others = [
        _at("2018-02-05", "CONTROL OF HORSES", _HORSES),
        _at("2018-06-04", "CYCLING IN BIRCH ROAD", _ROADS),
    ]
    with engine_over(tmp_path / "others", others) as lent:
        apart = lent.answer(question)
    same = [others[0], _at("2018-06-04", "CONTROL OF HORSES: UPDATE", _LATER)]
    with engine_over(tmp_path / "same", same) as lent:
        changed = lent.answer(question)
    assert len(apart.timeline) == 1
    assert changed.status is AnswerStatus.CHANGED
    assert [one.superseded for one in changed.timeline] == [False, True]
