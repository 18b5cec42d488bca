"""The signs of the passages' tokens, for late interaction: flat files, mapped into memory.

``tokens.signs`` holds the packed signs of all tokens, passage after passage; ``tokens.starts`` an
int32 for each token, where it begins in its passage (-1: in its context); ``tokens.ends`` an int64
for each passage, the number of tokens up to its end. All are little-endian, without headers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.embed.tokens import TokenCodes, sign_bytes

_SIGNS, _STARTS, _ENDS = "tokens.signs", "tokens.starts", "tokens.ends"


class TokensWriter:
    """Appends to the files as passages come, so that memory stays as it is."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        self._width = sign_bytes(dimensions)
        self._files = [(folder / name).open("wb") for name in (_SIGNS, _STARTS, _ENDS)]
        self._tokens = 0

    def check(self, kept: Sequence[TokenCodes]) -> None:
        """Raise ValueError unless each has signs of the right width and a start for each token."""
        for each in kept:
            if each.signs.shape != (len(each.starts), self._width):
                raise ValueError(
                    f"signs of shape {each.signs.shape} for {len(each.starts)} tokens, "
                    f"not (n, {self._width})"
                )

    def add(self, kept: Sequence[TokenCodes]) -> None:
        """Append the tokens of passages that passed ``check``."""
        signs, starts, ends = self._files
        for each in kept:
            self._tokens += len(each.starts)
            signs.write(np.ascontiguousarray(each.signs, np.uint8).tobytes())
            starts.write(each.starts.astype("<i4").tobytes())
            ends.write(np.int64(self._tokens).astype("<i8").tobytes())

    def close(self) -> None:
        """Write everything out."""
        for file in self._files:
            file.close()


class TokenIndex:
    """The tokens of one segment, safe to read from several threads."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        """Map the files. Raises OSError or ValueError where one is missing or cut."""
        width = sign_bytes(dimensions)
        self._ends: NDArray[np.int64] = _mapped(folder / _ENDS, "<i8")
        self._starts: NDArray[np.int32] = _mapped(folder / _STARTS, "<i4")
        self._signs: NDArray[np.uint8] = _mapped(folder / _SIGNS, "u1").reshape(-1, width)
        self.count = len(self._ends)
        """How many passages there are."""
        tokens = int(self._ends[-1]) if self.count else 0
        if not tokens == len(self._starts) == len(self._signs):
            raise ValueError(f"{tokens} tokens counted, {len(self._starts)} kept")

    def of(self, number: int) -> TokenCodes:
        """Return the tokens of a passage that exists."""
        first = int(self._ends[number - 1]) if number else 0
        last = int(self._ends[number])
        return TokenCodes(self._signs[first:last], self._starts[first:last])


class TokenSet:
    """The tokens of all segments of a build, whose passages follow each other."""

    def __init__(self, parts: Sequence[TokenIndex]) -> None:
        self._parts = list(parts)
        self._starts = list(accumulate((part.count for part in parts), initial=0))
        self.count = self._starts[-1]
        """How many passages there are."""

    def of(self, number: int) -> TokenCodes:
        """Return the tokens of a passage that exists."""
        place = bisect_right(self._starts, number) - 1
        return self._parts[place].of(number - self._starts[place])


def _mapped(path: Path, kind: str) -> NDArray[Any]:
    # An empty file cannot be mapped.
    if not path.stat().st_size:
        return np.zeros(0, kind)
    # Plain views: a memmap makes each slice of itself anew, which costs more than reading it.
    return np.memmap(path, kind, "r").view(np.ndarray)
