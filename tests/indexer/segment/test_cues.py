"""A cue fits where its pattern does, and is not tried where none of its signs stands."""

from __future__ import annotations

from indexer.segment.cues import Cue

VOTE = Cue(("vote", "hands"), r"\bput to the vote\b|\bshow of hands\b")


def test_a_cue_fits_where_its_pattern_does_whatever_the_case() -> None:
    found = VOTE.search("On being Put To The Vote it was lost.")
    assert found is not None
    assert found.group() == "Put To The Vote"


def test_a_sign_alone_is_no_fit() -> None:
    assert VOTE.search("They washed their hands.") is None


def test_the_pattern_is_not_tried_where_no_sign_stands() -> None:
    assert Cue(("hands",), r"\bput to the vote\b").search("put to the vote") is None


def test_the_second_sign_serves_as_well_as_the_first() -> None:
    assert VOTE.search("By a show of hands.") is not None
