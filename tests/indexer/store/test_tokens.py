"""Where tokens begin comes back, near the beginning of a passage or far from it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

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
    writer = TokensWriter(tmp_path, 16)
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
    index = TokenIndex(tmp_path, 16)
    assert index.count == 2
    for number, each in enumerate(kept):
        found = index.of(number)
        assert found.starts.dtype == np.int32
        assert found.starts.tolist() == each.starts.tolist()
        assert found.signs.tolist() == each.signs.tolist()


def test_a_file_that_was_cut_is_refused(tmp_path: Path) -> None:
    writer = TokensWriter(tmp_path, 16)
    writer.add([TokenCodes(np.zeros((4, 2), np.uint8), np.array(_SHORT, np.int32))])
    writer.close()
    path = tmp_path / "tokens.starts"
    path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(ValueError, match=r"4 tokens counted|multiple"):
        TokenIndex(tmp_path, 16)
