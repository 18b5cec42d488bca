"""Dates without a year: resolved by when they were said, or left alone."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.dates import bounds
from indexer.relative import dates_in, edtf_of, find_relative

_LATE = "It was expected the plan would not be approved until late autumn."


@pytest.mark.parametrize(
    ("text", "said", "edtf"),
    [
        (_LATE, "2016-06", "2016-23"),
        (_LATE, "2016-04/2016-06", "2016-23"),
        ("The submission in April had been positive.", "2016-05-10", "2016-04"),
        ("A ward was closed last summer.", "2016-06-14", "2015-22"),
        ("The ward was closed in the spring.", "2016-06-14", "2016-21"),
        ("Consultation will begin next month.", "2016-12-14", "2017-01"),
        ("to be agreed by the end of the year", "2016-06-14", "2016-12"),
        ("by the end of the financial year", "2016-06-14", "2017-03"),
        ("this September", "2016-06-14", "2016-09"),
        ("this September", "2016-11-14", "2016-09"),
        ("early in the new year", "2016-11-14", "2017-01/2017-03"),
        ("yesterday", "2016-03-01", "2016-02-29"),
        ("Two years ago", "2018-05", "2016"),
        ("six months ago", "2016-06-14", "2015-12"),
        ("in two years’ time", "2016-06-14", "2018"),
        ("Members asked whether it would be ready by March.", "2016-10-04", "2017-03"),
        ("It will open in winter.", "2016-10-04", "2016-12/2017-02"),
        ("Work would be completed by 30 June.", "2016-05-04", "2016-06-30"),
        ("It was published on 12 December.", "2017-02-13", "2016-12-12"),
        ("last January", "2016-06", "2016-01"),
        ("later this year", "2016-04-14", "2016-04-14/2016-12-31"),
        ("next week", "2016-09-07", "2016-09-12/2016-09-18"),
    ],
)
def test_what_was_meant(text: str, said: str, edtf: str) -> None:
    (mention,) = find_relative(text, said)
    assert mention.edtf == edtf
    assert mention.basis == f"from “{mention.span.of(text)}”, said {said}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (_LATE, None),
        (_LATE, "2016?"),
        (_LATE, "2016"),
        ("Autumn pressures.", "2016-06-14"),
        ("in April and May 2016", "2016-06-14"),
        ("In 2014 it was agreed in June.", "2016-06-14"),
        ("over the last year", "2016-06-14"),
        ("this or next summer", "2016-06-14"),
        ("Mrs May will march in step.", "2016-06-14"),
        ("The report is made in January each year.", "2016-06-14"),
        ("Beds were closed in July.", "2016-06-14"),
        ("yesterday", "2016-06"),
        ("on 31 June it was agreed", "2016-09-14"),
        ("early in the new year", "2016-02-14"),
    ],
)
def test_what_may_mean_two_times_stays_as_it_is(text: str, said: str | None) -> None:
    assert list(find_relative(text, said)) == []


def test_the_nearest_verb_tells_what_was_to_come() -> None:
    text = "The centre, which was opened in May, will close in October."
    assert [one.edtf for one in find_relative(text, "2016-09-04")] == ["2016-05", "2016-10"]


def test_stated_dates_stand_beside_those_that_follow() -> None:
    text = "Agreed on 3 May 2016; it will begin next month."
    assert [(one.edtf, one.basis[:6]) for one in dates_in(text, "2016-05-10")] == [
        ("2016-05-03", "stated"),
        ("2016-06", "from “"),
    ]


_PHRASES = (
    "It will begin in {m}.|It was begun in {m}.|last {m}|next {m}|this {m}|"
    "by {m} it is expected to end|last year|next year|this month|next month|last week|"
    "tomorrow|three months ago|"
    "by the end of the year"
).split("|")
_NAMES = "January February March April May June July August September October November December "
_SEASONS = "spring summer autumn winter"


@settings(deadline=None)
@given(
    st.sampled_from(_PHRASES),
    st.sampled_from(f"{_NAMES} {_SEASONS}".split()),
    st.dates(date(1995, 1, 1), date(2060, 12, 31)),
)
def test_nothing_resolves_to_another_age(phrase: str, name: str, said: date) -> None:
    for mention in find_relative(phrase.format(m=name), said.isoformat()):
        first, last = bounds(mention.edtf)
        assert said - timedelta(days=740) < first <= last < said + timedelta(days=740)
        if "will" in phrase or "expected" in phrase:
            assert last >= said
        if "was" in phrase or "last {" in phrase:
            assert first <= said


@given(st.text(alphabet="in by late autumn May next last month will was 2016 30.", max_size=80))
def test_mentions_are_ordered_apart_and_valid(text: str) -> None:
    mentions = dates_in(text, "2016-06-14")
    for one, other in pairwise(mentions):
        assert one.span.end <= other.span.start
    for mention in mentions:
        bounds(mention.edtf)


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 900))
def test_edtf_says_the_very_days(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    assert bounds(edtf_of((first, last))) == (first, last)
