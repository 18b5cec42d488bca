"""Dates as people say and type them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UsageError
from search_api.web.plain_dates import plain_date, read_date


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        (None, "date not known"),
        ("", "date not known"),
        ("2018", "2018"),
        ("2016-09", "September 2016"),
        ("2016-09-03", "3 September 2016"),
        ("2016-09-13T10:00:00", "13 September 2016"),
        ("2014-04~", "about April 2014"),
        ("2014?", "possibly 2014"),
        ("2014%", "possibly about 2014"),
        ("2014-21", "spring 2014"),
        ("2014-24~", "about winter 2014"),
        ("2014-33", "the first quarter of 2014"),
        ("2014-36~", "about the fourth quarter of 2014"),
        ("2018-04/2018-06", "between April and June 2018"),
        ("201X", "the 2010s"),
        ("2014-XX", "2014"),
        ("2014-05-XX", "May 2014"),
        ("2016-05/2016-06", "between May and June 2016"),
        ("2015-12/2016-01", "between December 2015 and January 2016"),
        ("2015/2016", "between 2015 and 2016"),
        ("2016-05-03/2016-05-09", "between 3 and 9 May 2016"),
        ("2016-05-03/2016-06-09", "between 3 May and 9 June 2016"),
        ("2014-21/2014-22", "between spring and summer 2014"),
        ("2016-05~/2016-06", "between about May 2016 and June 2016"),
        ("2016-05/..", "from May 2016"),
        ("2016-05/", "from May 2016"),
        ("../2016-05", "until May 2016"),
        ("../..", "date not known"),
        ("[2016-05,2016-06]", "May 2016 or June 2016"),
        ("{2016,2017,2018}", "2016, 2017 and 2018"),
        ("[..2016]", "[..2016]"),
        ("Y-17000", "Y-17000"),
        ("2016-45", "2016-45"),
    ],
)
def test_edtf_in_plain_english(edtf: str | None, words: str) -> None:
    assert plain_date(edtf) == words


@given(st.text(alphabet="0123456789-/~?%X.[]{},T ", max_size=24))
def test_no_text_is_too_odd_to_show(edtf: str) -> None:
    assert plain_date(edtf)


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("2016", "2016"),
        (" 2016-09 ", "2016-09"),
        ("13/09/2016", "2016-09-13"),
        ("13 September 2016", "2016-09-13"),
        ("September 2016", "2016-09"),
        ("spring 2014", "2014-21"),
        ("Q1 2019", "2019-33"),
        ("Q1 2018/19", "2018-04/2018-06"),
        ("2016-05/2016-06", "2016-05/2016-06"),
    ],
)
def test_dates_as_people_type_them(typed: str, edtf: str) -> None:
    assert read_date(typed) == edtf


@pytest.mark.parametrize("typed", ["soon", "31/31/2016", "the meeting of May 2016", "<script>"])
def test_what_is_no_date_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(UsageError) as error:
        read_date(typed)
    assert "13 September 2016" in error.value.remedy
