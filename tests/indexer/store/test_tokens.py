"""Tokens come back: where they begin, and what several passages have over them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.embed.tokens import TokenCodes
from indexer.store.tokens import TokenIndex, TokensWriter

_SHORT = [-1, -1, 0, 9]


@pytest.mark.parametrize(
    ("starts", "bytes_each"),
    [([], 0), (_SHORT, 2), ([-1, 65_534], 2), ([-1, 65_535], 4), ([3, 2_000_000_000], 4)],
)
def test_starts_come_back_in_as_few_bytes_as_hold_them(
    tmp_path: Path, starts: list[int], bytes_each: int
) -> None:
    writer = TokensWriter(tmp_path, 32)
    kept = [
        TokenCodes(np.full((len(each), 2), n, np.uint8), np.array(each, np.int32))
        for n, each in enumerate((_SHORT if starts else [], starts))
    ]
    writer.check(kept)
    writer.add(kept[:1])
    writer.add(())
    writer.add(kept[1:])
    writer.close()
    tokens = sum(len(each.starts) for each in kept)
    assert (tmp_path / "tokens.starts").stat().st_size == bytes_each * tokens
    index = TokenIndex(tmp_path, 32)
    assert index.count == 2
    for number, each in enumerate(kept):
        found = index.of(number)
        assert found.starts.dtype == np.int32
        assert found.starts.tolist() == each.starts.tolist()
        assert found.signs.tolist() == each.signs.tolist()


def test_a_file_that_was_cut_is_refused(tmp_path: Path) -> None:
    writer = TokensWriter(tmp_path, 32)
    writer.add([TokenCodes(np.zeros((4, 2), np.uint8), np.array(_SHORT, np.int32))])
    writer.close()
    path = tmp_path / "tokens.starts"
    path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(ValueError, match=r"4 tokens counted|multiple"):
        TokenIndex(tmp_path, 32)


def test_what_passages_of_a_document_have_over_them_is_written_once(tmp_path: Path) -> None:
    writer = TokensWriter(tmp_path, 32)
    context = np.array([[1, 2], [3, 4]], np.uint8)

    def under(signs: list[list[int]], starts: list[int]) -> TokenCodes:
        own = np.array(signs, np.uint8).reshape(-1, 2)
        return TokenCodes(np.concatenate([context, own]), np.array([-1, -1, *starts], np.int32))

    document = [under([[5, 6]], [0]), under([[7, 8], [9, 9]], [4, 8]), under([], [])]
    another = [under([[5, 6]], [0])]
    writer.add(document)
    writer.add(another)
    writer.close()
    assert (tmp_path / "tokens.signs").stat().st_size == 2 * (2 + 1 + 2 + 2 + 1)
    index = TokenIndex(tmp_path, 32)
    for number, each in enumerate([*document, *another]):
        found = index.of(number)
        assert found.signs.tolist() == each.signs.tolist()
        assert found.starts.tolist() == each.starts.tolist()
        assert found.starts.dtype == np.int32


_SIGNS = st.binary(min_size=2, max_size=2).map(list)
_CODES = st.lists(st.tuples(st.integers(-1, 70_000), _SIGNS), max_size=6)


@given(st.lists(st.lists(_CODES, max_size=5), max_size=4))
def test_any_tokens_come_back(documents: list[list[list[tuple[int, list[int]]]]]) -> None:
    kept = [
        [
            TokenCodes(
                np.array([signs for _, signs in each], np.uint8).reshape(-1, 2),
                np.array([start for start, _ in each], np.int32),
            )
            for each in document
        ]
        for document in documents
    ]
    with TemporaryDirectory() as name:
        writer = TokensWriter(Path(name), 32)
        for document in kept:
            writer.add(document)
        writer.close()
        index = TokenIndex(Path(name), 32)
        for number, each in enumerate(one for document in kept for one in document):
            found = index.of(number)
            assert found.signs.tolist() == each.signs.tolist()
            assert found.starts.tolist() == each.starts.tolist()
