"""What a question's names and dates say of the documents that it means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.model import Dating, Document
from search_api.query import understand
from search_api.ranking.preferences import preferred
from tests.contract.builders import document

_RUTLAND = document("r", body="Rutland County Council", area="Rutland", committee="Scrutiny Panel")
_LEICESTER = document("l", date="2018-03-06")
_UNKNOWN = replace(
    document("u", body=None, area=None, committee=None), date=Dating(None, "not stated")
)
_ALL = (_RUTLAND, _LEICESTER, _UNKNOWN)


def _gains(question: str) -> dict[str, float]:
    return preferred(understand(question, ()), _ALL, named=1.0, dated=0.5)


def _who_gains(question: str) -> set[Document]:
    return {one for one in _ALL if _gains(question)[one.id]}


def test_nothing_gains_where_nothing_is_named() -> None:
    assert _who_gains("What did the council's health committee say of beds?") == set()


def test_a_place_speaks_for_its_body_and_not_against_what_is_unknown() -> None:
    assert _who_gains("What worried Rutland’s members?") == {_RUTLAND, _UNKNOWN}


def test_a_committee_is_named_by_what_tells_it_apart() -> None:
    commission = replace(_LEICESTER, committee="Transport Commission")
    found = preferred(understand("Did the Transport Commission agree?", ()), [commission], 1, 0)
    assert found == {commission.id: 1}


@pytest.mark.parametrize("when", ["in March 2018", "on 6 March 2018", "in spring 2018"])
def test_a_month_or_a_day_speaks_for_the_meetings_then(when: str) -> None:
    assert _gains(f"What was agreed {when} about beds?")[_LEICESTER.id] == 0.5
    assert _gains(f"What was agreed {when} about beds?")[_RUTLAND.id] == 0


def test_a_year_is_what_is_spoken_of() -> None:
    assert _who_gains("What is the budget for 2018?") == set()
