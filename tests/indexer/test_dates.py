"""Dates in EDTF: what a text mentions, and the days that an EDTF date may mean."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.dates import _general_bounds, bounds, find_dates, find_days
from indexer.errors import UsageError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("HELD ON MONDAY, 28TH NOVEMBER, 2016, AT 5.30 P.M.", ["2016-11-28"]),
        ("13 September, 2016", ["2016-09-13"]),
        ("September 13, 2016", ["2016-09-13"]),
        ("13th-Feb-2025 09.30", ["2025-02-13"]),
        ("on 10/02/2016 and 2016-03-01", ["2016-02-10", "2016-03-01"]),
        ("by the end of June 2016", ["2016-06"]),
        ("in Sept 2016", ["2016-09"]),
        ("late autumn 2018", ["2018-23"]),
        ("anticipated start early 2017", ["2017"]),
        ("Planning Guidance 2016/17 – 2020/21", ["2016-04/2017-03", "2020-04/2021-03"]),
        ("from 2014 to 2019", ["2014", "2019"]),
        ("31 February 2016", ["2016-02"]),
        ("Thursday 9th May,\n2019 at 10.00 am", ["2019-05-09"]),
        (
            "ON WEDNESDAY, 7°” MAY, 2014 AND TUESDAY 9™ SEPTEMBER, 2014",
            ["2014-05-07", "2014-09-09"],
        ),
        ("on 15THNOVEMBER, 2019", ["2019-11-15"]),
        ("12/13 March 2019", ["2019-03-12/2019-03-13"]),
        ("2nd and 3rd March 2010", ["2010-03-02/2010-03-03"]),
        ("30 April - 2 May 2019", ["2019-04-30/2019-05-02"]),
        ("18/07/16, not 24/7/365", ["2016-07-18"]),
        ("02/13/2016", ["2016-02-13"]),
        ("Q3 2018/19 and Q4 2018-19", ["2018-10/2018-12", "2019-01/2019-03"]),
        ("Q1 2019, Q2, 2019 and the end of Quarter 3 of 2019", ["2019-33", "2019-34", "2019-35"]),
        ("by Q4/2020, quarter one in 2016, Q2-2017", ["2020-36", "2016-33", "2017-34"]),
        ("the second quarter of 2018, the 3rd quarter of 2016", ["2018-34", "2016-35"]),
        ("Q1 and Q2 2018; Q3/Q4 of 2016", ["2018-01/2018-06", "2016-07/2016-12"]),
        ("Q1 2018/19 and Quarter 2 of 2018-19", ["2018-04/2018-06", "2018-07/2018-09"]),
        ("the last quarter of 2018/2019", ["2019-01/2019-03"]),
        ("third quarter of the financial year 2018/19", ["2018-10/2018-12"]),
        ("Q3 and Q4 2018/19", ["2018-10/2019-03"]),
        ("Q1 Was the ward full? Q2. 2019 was; Question 3 2018", ["2019", "2018"]),
        ("Q1", []),
        ("In the first quarter, 2018 people came; three quarters of 2019", ["2018", "2019"]),
        ("first quarter of the financial year 2019, Q1 2018/20", ["2019", "2018/2020"]),
        ("Q4 and Q1 2019", ["2019-33"]),
        ("Month 6, September 2018", ["2018-09"]),
        (
            "30-Nov-24 | 31.03.24 | 31.3.25 | 5.06.24",
            ["2024-11-30", "2024-03-31", "2025-03-31", "2024-06-05"],
        ),
        ("Nov-24, Dec -24 | Mar- 25; March ’24", ["2024-11", "2024-12", "2025-03", "2024-03"]),
        ("paragraphs 3.2.14, 14.1.15 and 2.10.15; £10.05.24, 12.05.24%, 1.2.3.04.24", []),
        ("in May - 24 people; on 3 May 24 came, Mar-24% and 10-Mar-24.5", []),
        ("Report No. 116/2018, £2016, 2,016 places, April 2104, late autumn", []),
    ],
)
def test_finds_the_dates_that_a_text_mentions(text: str, expected: list[str]) -> None:
    assert [mention.edtf for mention in find_dates(text)] == expected


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)))
def test_a_written_day_is_found_where_it_stands(day: date) -> None:
    written = f"{day.day} {day:%B} {day.year}"
    text = f"The meeting of {written} was quorate."
    (mention,) = find_dates(text)
    assert mention.edtf == day.isoformat()
    assert mention.span.of(text) == written


@given(st.text(alphabet="0123456789/-. JanFebMarchearly", max_size=60))
def test_mentions_are_ordered_apart_and_valid(text: str) -> None:
    mentions = list(find_dates(text))
    for one, other in pairwise(mentions):
        assert one.span.end <= other.span.start
    for mention in mentions:
        first, last = bounds(mention.edtf)
        assert first <= last


@given(st.lists(st.integers(0, 700), min_size=1, max_size=4))
def test_a_date_is_found_however_far_it_is_from_others(gaps: list[int]) -> None:
    date_words = "30th September, 2015 to 1st October, 2016"
    text = "".join(f"{'x ' * gap}on {date_words}; " for gap in gaps)
    assert [m.edtf for m in find_dates(text)] == ["2015-09-30/2016-10-01"] * len(gaps)


_PARTS_OF_DATES = st.sampled_from(
    "1 12 31st 2nd 05 13 . / - – , to and of March sept Monday 2016 2017/18 16 1999 Q2 x".split(" ")
)


@given(st.lists(_PARTS_OF_DATES, max_size=14), st.sampled_from(["", " "]))
def test_days_are_those_of_all_dates(parts: list[str], between: str) -> None:
    text = between.join(parts)
    days = [mention for mention in find_dates(text) if mention.precision == "day"]
    assert list(find_days(text)) == days


def test_a_wide_gap_inside_a_date_is_no_hindrance() -> None:
    [mention] = find_dates(f"Held on 5 June{' ' * 150}2015.")
    assert mention.edtf == "2015-06-05"


@pytest.mark.parametrize(
    ("edtf", "first", "last"),
    [
        ("2016-09-13", date(2016, 9, 13), date(2016, 9, 13)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016~", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-21", date(2016, 3, 1), date(2016, 5, 31)),
        ("2016-33", date(2016, 1, 1), date(2016, 3, 31)),
        ("2016-36~", date(2016, 10, 1), date(2016, 12, 31)),
        ("2016-22~", date(2016, 6, 1), date(2016, 8, 31)),
        ("2016-23?", date(2016, 9, 1), date(2016, 11, 30)),
        ("2015-24", date(2015, 12, 1), date(2016, 2, 29)),
        ("2016-24?", date(2016, 12, 1), date(2017, 2, 28)),
        ("2016-23/2016-24", date(2016, 9, 1), date(2017, 2, 28)),
        ("2016-24/2017-21", date(2016, 12, 1), date(2017, 5, 31)),
        ("2016-04/2016-06", date(2016, 4, 1), date(2016, 6, 30)),
        ("2016-05~/2016-06-30", date(2016, 5, 1), date(2016, 6, 30)),
        ("../2016", date.min, date(2016, 12, 31)),
        ("2016/..", date(2016, 1, 1), date.max),
    ],
)
def test_bounds(edtf: str, first: date, last: date) -> None:
    assert bounds(edtf) == (first, last)


@pytest.mark.parametrize(
    "wrong", ["", "last summer", "2016-13", "2016-02-30", "13/09/2016", "0000"]
)
def test_what_is_not_edtf_is_refused_with_a_remedy(wrong: str) -> None:
    with pytest.raises(UsageError) as caught:
        bounds(wrong)
    assert repr(wrong) in caught.value.what
    assert "2016-09-13" in caught.value.remedy


SIDES = st.builds(
    lambda year, rest, end: f"{year:04}{rest}{end}",
    st.integers(1, 2100),
    st.sampled_from(["", "-01", "-02", "-12", "-02-28", "-02-29", "-11-30", "-13"]),
    st.sampled_from(["", "?", "~", "%"]),
)


@settings(deadline=None)
@given(SIDES, SIDES)
def test_an_interval_lasts_as_the_edtf_library_says(start: str, until: str) -> None:
    edtf = f"{start}/{until}"
    assert _asked(bounds, edtf) == _asked(_general_bounds, edtf)


def _asked(ask: Callable[[str], tuple[date, date]], edtf: str) -> tuple[date, date] | str:
    try:
        return ask(edtf)
    except UsageError as error:
        return str(error)
