"""Dates stand on the drawn line in their order, and documents are counted by year."""

from search_api.web.line import WIDTH, bars_of, days_of, line_of


def test_dates_stand_from_left_to_right_with_their_numbers() -> None:
    line = line_of([("2018-02/2018-08", False), ("2016-09-13", True), ("2016-04/2016-06", True)])
    assert line
    assert [dot.number for dot in line.dots] == [3, 2, 1]
    assert [dot.superseded for dot in line.dots] == [True, True, False]
    assert line.dots[0].x < line.dots[1].x < line.dots[2].x
    assert line.dots[2].width > line.dots[0].width > line.dots[1].width
    assert [tick.year for tick in line.ticks] == [2016, 2017, 2018, 2019]
    assert all(dot.x >= 0 and dot.x + dot.width <= WIDTH for dot in line.dots)


def test_dates_that_would_cover_each_other_are_put_in_rows() -> None:
    line = line_of([("2016-09-13", False), ("2016-09-14", True), ("2024", True)])
    assert line
    assert {dot.number: dot.row for dot in line.dots} == {1: 0, 2: 1, 3: 0}
    assert line.rows == 2


def test_one_date_makes_no_line() -> None:
    assert line_of([("2016", False), (None, True)]) is None
    assert line_of([("2016", False), ("whenever", True)]) is None


def test_open_ends_have_no_place() -> None:
    assert days_of("2016/..") is None
    assert days_of("../2016") is None


def test_many_years_have_few_labels() -> None:
    line = line_of([("1990", False), ("2024", True)])
    assert line
    assert len(line.ticks) <= 8


def test_documents_are_counted_by_year_with_the_gaps() -> None:
    bars = bars_of(["2016-05", "2016", None, "2019-01-01/2019-02-01", "whenever"])
    assert [(bar.year, bar.documents, bar.height) for bar in bars] == [
        (2016, 2, 1.0),
        (2017, 0, 0.0),
        (2018, 0, 0.0),
        (2019, 1, 0.5),
    ]
    assert bars_of([None]) == []
