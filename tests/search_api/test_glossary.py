"""The glossary finds what going through all short forms finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Acronym
from search_api.glossary import Glossary, glossary_of
from search_api.query import understand
from tests.contract.builders import council
from tests.contract.filling import filled
from tests.contract.memory import MemoryStore

_SHORTS = st.sampled_from(["CCG", "ccg", "HWB", "GP", "STP", "Hwb"])
_LONGS = st.sampled_from(["Health Board", "health board", "Group", "Plan of care", "General plan"])
_KNOWN = st.lists(
    st.builds(Acronym, _SHORTS, _LONGS, st.sampled_from(["a", "b", "c"])), max_size=12
)
_WORDS = st.sets(st.sampled_from(["CCG", "ccg", "hwb", "HWB", "Board", "gp"]))


@given(_KNOWN, _WORDS, _WORDS)
def test_written_ones_come_in_the_order_of_their_documents(
    known: list[Acronym], as_they_are: set[str], lowered: set[str]
) -> None:
    found = Glossary(known).written(as_they_are, lowered)
    assert found == [a for a in known if a.short in as_they_are or a.short.lower() in lowered]


@given(_KNOWN, st.sampled_from(["the health board’s plan of care", "a general plan", "group"]))
def test_spelt_out_ones_are_found(known: list[Acronym], text: str) -> None:
    glossary = Glossary(known)
    assert glossary.shorts_of(text) == {a.short for a in known if a.long.lower() in text}
    last = {a.short: a.long for a in known if len(a.long) > len("Groups")}
    expected = {short: long for short, long in last.items() if long.casefold() in text}
    assert list(glossary.meant_in(text).items()) == list(expected.items())


@given(_KNOWN, st.sampled_from(["CCG", "Ccg", "board", "stp"]))
def test_a_short_form_is_known_whatever_its_case(known: list[Acronym], word: str) -> None:
    assert (word in Glossary(known)) == any(a.short.casefold() == word.casefold() for a in known)


def test_a_build_has_one_glossary() -> None:
    reader = filled(MemoryStore(), council())
    assert glossary_of(reader) is glossary_of(reader)
    assert [a.short for a in glossary_of(reader).written({"CCG"}, set())] == ["CCG"] * 4
    assert glossary_of(filled(MemoryStore(), council()[:1])) is not glossary_of(reader)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("When will the Royal Infirmary’s new wing open?", {"LRI"}),
        ("The Royal Infirmary: when will it open?", {"LRI"}),
        ("Does Royal Infirmary parking cost more?", {"LRI"}),
        ("When will the Derby Royal Infirmary open?", set()),
        ("When will the royal infirmary open?", set()),
        ("When will the Leicester Royal Infirmary open?", set()),
        ("What did the County Council say?", set()),
        ("What did the Board say?", set()),
    ],
)
def test_the_end_of_a_name_is_its_short_form_where_one_alone_has_it(
    question: str, named: set[str]
) -> None:
    longs = {
        "LRI": "Leicester Royal Infirmary",
        "RCC": "Rutland County Council",
        "LCC": "Leicestershire County Council",
        "HB": "Health Board",
    }
    glossary = Glossary([Acronym(short, long, "a") for short, long in longs.items()])
    assert glossary.named_in(question).keys() == named
    assert ("LRI" in understand(question, glossary).words.split()) == (
        "Leicester" in question or bool(named)
    )
