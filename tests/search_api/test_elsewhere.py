"""What other meetings said of a matter is quoted whole: the reply, the decision on a paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search_api.engine import Engine
from tests.search_api.records import Record, engine_over

_BODY = "Stonebridge Borough Council"
_BROUGHT = (
    "Circulated, report of the Senior Planner dated 1 March 2017 in relation to the taking in "
    "charge of Fernleigh Close, Hartwell."
)
_FIRSTS = "Birch Cedar Maple Rowan Hazel Alder Poplar Willow Juniper Holly Larch Yew Elder".split()
_LASTS = "Lane Street Row Drive Terrace Gardens Square Avenue Hill Green Mews Yard".split()
_RECORDS = [
    Record(
        "2017-03-14",
        _BODY,
        f"4. Planning\n\n{_BROUGHT}\n\nMembers referred to the state of the footpaths in the "
        "estate. Following discussion it was agreed that the item be deferred until the bond is "
        "called in.\n\n5. Library\n\nMembers thanked the staff of the library for their work.",
    ),
    Record(
        "2018-06-12",
        _BODY,
        "6. Question submitted by Councillor Moss\n\n| will ask at the next Meeting if the estate "
        "at Fernleigh Close, Hartwell, has been taken in charge by the Council.\n\nReply:\n\nThe "
        "estate has eighteen houses. A claim on the bond was settled in May 2018. The taking in "
        "charge will go before the members in the autumn.\n\n7. Parking\n\nNo change was "
        "proposed to the charges for parking in the town.",
    ),
    Record(
        "2018-11-13",
        _BODY,
        "3. Planning\n\nThe Council resolved that the estate at Fernleigh Close, Hartwell, be "
        "taken in charge by the Council.\n\n4. Markets\n\nThe market was held on the square.",
    ),
]
_PLACES = [f"{first} {last}" for first in _FIRSTS for last in _LASTS]
_OTHERS = [
    Record(
        f"2016-{month:02}-09",
        "Harrowby Parish Council",
        "\n\n".join(
            f"{number}. {place}\n\nThe clerk reported on the grass and the benches along {place}. "
            "Volunteers had painted two of the benches in spring and would go on with the others "
            "as the weather allowed. The parish has set aside £250 for paint and timber, and "
            "members thanked those who had given their time. The clerk would write to the owner "
            "of the hedge, which hides the sign from drivers who come from the north."
            for number, place in enumerate(_PLACES[month * 13 : month * 13 + 13], start=1)
        ),
    )
    for month in range(1, 12)
]
"""A record large enough for a name to be rare in it."""
_QUESTION = "Has the estate at Fernleigh Close in Hartwell been taken in charge by the Council?"


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with engine_over(tmp_path_factory.mktemp("elsewhere"), [*_RECORDS, *_OTHERS]) as opened:
        yield opened


def _said(engine: Engine, day: str) -> tuple[str, str | None]:
    found = engine.answer(_QUESTION)
    [one] = [
        each for each in (*found.citations, *found.elsewhere) if each.document.date.edtf == day
    ]
    assert one.quote == one.span.of(engine.store.text(one.document.id))
    return one.quote, one.lead_in


def test_what_was_decided_stands_behind_the_paper_that_it_is_on(engine: Engine) -> None:
    quote, lead_in = _said(engine, "2017-03-14")
    assert "it was agreed that the item be deferred" in quote
    assert lead_in == _BROUGHT


def test_a_reply_is_quoted_whole_though_a_scan_spoilt_who_asked(engine: Engine) -> None:
    quote, _ = _said(engine, "2018-06-12")
    assert "A claim on the bond was settled in May 2018." in quote
    assert "will go before the members in the autumn" in quote
    assert quote.startswith("The estate has eighteen houses.")


def test_a_document_is_quoted_at_one_place_only(engine: Engine) -> None:
    found = engine.answer(_QUESTION)
    assert found.elsewhere
    elsewhere = [one.document.id for one in found.elsewhere]
    assert len(elsewhere) == len(set(elsewhere))


def test_who_only_asks_makes_no_version(engine: Engine) -> None:
    found = engine.answer(_QUESTION)
    assert "resolved that the estate" in (found.answer or "")
    assert not any("will ask" in version.statement for version in found.timeline)
