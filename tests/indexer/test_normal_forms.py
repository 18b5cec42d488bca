"""One writing for sums, years of account, shares, days, times and ordinals."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Filters
from indexer.normal_forms import forms_in, is_form, normal_forms
from indexer.store.local import LocalWriter, open_reader
from search_api.asked.understanding import understood_by
from tests.contract.builders import document, plan, record


def _forms(text: str) -> list[str]:
    return [one.form for one in normal_forms(text)]


@pytest.mark.parametrize(
    ("form", "written"),
    [
        ("n40000000", ("£40m", "£40 million", "40m", "40,000,000", "forty million")),
        ("n1500000000", ("£1.5bn", "1.5 billion", "1,500,000,000")),
        ("n1610p82", ("£1,610.82",)),
        ("fy201617", ("2016/17", "2016-17", "2016–17", "2016–2017", "2016/2017")),
        ("pct5", ("5%", "5 per cent", "5 percent", "five per cent", "5.0%")),
        ("pct2p995", ("2.995%", "2.995 per cent")),
        ("d20180306", ("6 March 2018", "6th March 2018", "06/03/2018")),
        ("t1430", ("2.30 p.m.", "2:30pm", "14:30")),
        ("t0000", ("12 a.m.", "0:00")),
        ("ord1", ("1st", "first", "First")),
        ("n5000000", ("five million", "Five-million", "5-million", "5m")),
        ("pct20", ("20%", "twenty%", "Twenty PER CENT", "20 percent")),
    ],
)
def test_every_writing_has_one_form(form: str, written: tuple[str, ...]) -> None:
    assert {each: _forms(f"It was {each} then") for each in written} == {
        each: [form] for each in written
    }


@pytest.mark.parametrize(
    "text",
    [
        "2015-2018",
        "report 116/2018",
        "page 3 of 12",
        "400m3",
        "in 2014",
        "Item 4.2",
        "13 pm",
        "30",
        "three",
        "the seventeen",
    ],
)
def test_other_figures_have_none(text: str) -> None:
    assert _forms(text) == []


_PARTS = (
    "one twenty five million m mn K bn s % per cent recent . , / – - 1 12 40 2016 17 £ March of "
    "th st first SECOND am p.m. : 30 ,000 to early x"
).split(" ")


@given(st.lists(st.sampled_from(_PARTS), max_size=12), st.sampled_from(["", " ", "-"]))
def test_what_else_a_text_holds_is_no_matter(parts: list[str], between: str) -> None:
    """Some kinds are looked for only where a sign of them stands: here every sign does."""
    text = between.join(parts)
    with_all_signs = f"{text}\n; a% a per cent, a million, 7:7, 7pm, first"
    before = [one for one in normal_forms(with_all_signs) if one.span.end <= len(text)]
    assert before == normal_forms(text)


@given(st.text(alphabet="0123456789 ,.:/–-£%ampkbn", max_size=40))
def test_forms_are_known_as_such_and_do_not_overlap(text: str) -> None:
    assert all(is_form(one) for one in forms_in(text).split())
    spans = sorted(one.span for one in normal_forms(text))
    assert all(one.end <= other.start for one, other in pairwise(spans))


def test_a_question_finds_a_sum_however_it_is_written(tmp_path: Path) -> None:
    writer = LocalWriter(tmp_path, plan())
    texts = ["The deficit was £40m in 2016/17.", *["40 beds.", "A million reasons.", "2016."] * 9]
    writer.add(record(document("a"), texts))
    writer.publish(plan())
    store = open_reader(tmp_path)
    for question in ("Who lost 40,000,000?", "Who lost £40 million?", "Who won in 2016–2017?"):
        words = understood_by(store, question).words
        assert store.matching(words, 3, Filters())[0].number == 0
    query = understood_by(store, "Who lost £40 million of 2018-19?")
    assert query.words.split() == ["lost", "40", "million", "2018", "19", "n40000000"]
    store.close()
