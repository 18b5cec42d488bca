"""Lists on slides whose line ends are lost: what ends with a colon introduces what follows."""

from __future__ import annotations

from itertools import accumulate

import pytest

from indexer.model import Span
from search_api.answer.lists import LONGEST, lists_on_slide


def _laid(lines: list[str]) -> tuple[str, list[Span]]:
    starts = accumulate((len(line) + 1 for line in lines[:-1]), initial=0)
    return " ".join(lines), [
        Span(start, start + len(line)) for start, line in zip(starts, lines, strict=True)
    ]


@pytest.mark.parametrize(
    ("lines", "lists"),
    [
        (["Aims", "Our aims:", "Better care", "Better value"], [("Our aims:", 2)]),
        (["Aims", "Better care"], []),
        (["Our aims:"], []),
        (["Gap:", "Beds", "Staff:", "Nurses", "Doctors"], [("Gap:", 1), ("Staff:", 2)]),
    ],
)
def test_each_lead_in_has_what_follows_up_to_the_next(
    lines: list[str], lists: list[tuple[str, int]]
) -> None:
    text, units = _laid(lines)
    found = list(lists_on_slide(text, units))
    assert [(one.lead.of(text), one.items) for one in found] == lists
    assert all(one.whole.of(text).startswith(one.lead.of(text)) for one in found)
    assert all(one.whole.of(text).endswith(one.reach.of(text)) for one in found)


def test_a_list_is_read_out_in_whole_items_as_far_as_a_person_would() -> None:
    text, units = _laid(["Our aims:", *(f"Aim {n} " + "is care " * 12 for n in range(20))])
    [found] = lists_on_slide(text, units)
    assert found.items == 20
    assert found.whole.end in {unit.end for unit in units}
    assert LONGEST - 120 < found.whole.end - found.whole.start <= LONGEST
