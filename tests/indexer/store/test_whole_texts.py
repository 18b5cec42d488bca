"""A text that is kept in two parts comes back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Passage, Role, Span
from indexer.store.whole_texts import beside, checksum, put_together


def _passage(text: str, start: int, end: int) -> Passage:
    span = Span(start, end)
    return Passage(f"p-{start}-{end}", "d", span.of(text), span, Role.TEXT, (), (1, 1))


@given(
    st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=8)
)
def test_a_text_comes_back_whatever_its_passages(text: str, ends: list[tuple[int, int]]) -> None:
    spans = [sorted(min(end, len(text)) for end in each) for each in ends]
    passages = [_passage(text, start, end) for start, end in spans]
    own = beside(text, passages)
    assert put_together(own, [(each.span.start, each.text) for each in passages]) == text
    assert len(own) <= len(text)


def test_what_stands_in_a_passage_is_not_kept_again() -> None:
    text = "Head. Members noted the report. Tail."
    assert beside(text, [_passage(text, 6, 31)]) == "Head.  Tail."


def test_a_passage_that_is_not_what_the_text_says_is_refused() -> None:
    wrong = Passage("p", "d", "Members noted", Span(0, 13), Role.TEXT, (), (1, 1))
    with pytest.raises(ValueError, match="the passage p is not what the document says there"):
        beside("Members voted against.", [wrong])


def test_texts_that_differ_have_different_checksums() -> None:
    assert checksum("£40m") != checksum("£4Om")
    assert checksum("\ud800") == checksum("\ud800")
