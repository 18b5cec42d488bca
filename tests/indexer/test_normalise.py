"""Characters made uniform: what changes, and what must not."""

from __future__ import annotations

import pytest

from indexer.normalise import normalise_block, normalise_characters


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("e\u0301", "é"),
        ("oﬃce ﬁle", "office file"),
        ("soft\u00adhyphen", "softhyphen"),
        ("a deficit of \u00ad757.6 and (\uf02d£5)", "a deficit of -757.6 and (-£5)"),
        ("£\u00ad1.2m in 1990\u00ad95", "£-1.2m in 1990-95"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("a\r\nb\rc\u2028d\x85e\ff", "a\nb\nc\nd\ne\nf"),
        ("\uf0b7 point", "  point"),
        ("lone \ud800 half", "lone   half"),
        ("nul\x00", "nul "),
        ("£40m – “quoted” ½ №", "£40m – “quoted” ½ №"),
    ],
)
def test_characters(given: str, expected: str) -> None:
    assert normalise_characters(given) == expected


def test_a_block_is_one_line_with_single_spaces() -> None:
    assert normalise_block("  It\u00a0was \t noted\n\n that:  ") == "It was noted that:"


def test_an_empty_block_stays_empty() -> None:
    assert normalise_block(" \u200b\n\u00ad ") == ""
