"""The form remembers what was typed and reads it as filters."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.datastructures import QueryParams

from indexer.errors import UsageError
from indexer.model import Filters, Kind
from search_api.web.form import as_typed, read_filters, read_form


def test_blanks_mean_nothing() -> None:
    form = read_form(QueryParams("q=What%3F&body=&from=&kind=minutes"))
    assert form.question == "What?"
    assert form.filters == Filters(kind=(Kind.MINUTES,))


def test_dates_may_be_typed_as_people_write_them() -> None:
    form = read_form(QueryParams([("q", "What?"), ("from", "13 September 2016")]))
    assert form.filters.start == "2016-09-13"
    assert form.value("from") == "13 September 2016"
    assert form.limits == ["from 13 September 2016"]


@pytest.mark.parametrize("query", ["q=x&colour=red", "q=x&kind=novel", "q=x&k=many"])
def test_what_is_not_understood_is_refused(query: str) -> None:
    with pytest.raises(UsageError):
        read_form(QueryParams(query))


def test_the_list_of_documents_takes_no_question() -> None:
    with pytest.raises(UsageError, match="“q”"):
        read_filters(QueryParams("q=x"))


def test_an_address_carries_the_form_on() -> None:
    form = read_form(QueryParams("q=a+%26+b&body=X&body=Y&from=2016"))
    assert parse_qs(urlsplit(form.address("/search", offset=10)).query) == {
        "q": ["a & b"],
        "body": ["X", "Y"],
        "from": ["2016"],
        "offset": ["10"],
    }
    assert parse_qs(urlsplit(form.all_documents("/answer")).query) == {"q": ["a & b"]}


def test_a_refused_form_is_shown_as_it_was_typed() -> None:
    form = as_typed(QueryParams("q=x&from=whenever&colour=red&body=X"))
    assert (form.value("from"), form.values("colour"), form.narrowed) == ("whenever", [], True)
    assert form.own_choices().body == (("X", "X"),)


def test_dates_the_wrong_way_round_are_told() -> None:
    with pytest.raises(UsageError, match="wrong way round"):
        read_form(QueryParams("q=plan&from=2020&to=June+2010"))
    assert read_form(QueryParams("q=plan&from=June+2010&to=2010")).filters.end == "2010"
