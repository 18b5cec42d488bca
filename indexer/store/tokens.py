"""The signs of the passages' tokens, for late interaction: flat files, mapped into memory.

``tokens.signs`` holds the packed signs of all tokens, passage after passage; ``tokens.starts`` for
each token one more than where it begins in its passage (0: in its context), in 16 bits or, where
one begins too far off for that, in 32: the file's length tells which; ``tokens.ends`` an int64 for
each passage, the number of tokens up to its end. All are little-endian, without headers.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.embed.tokens import Offsets, TokenCodes, sign_bytes

_SIGNS, _STARTS, _ENDS = "tokens.signs", "tokens.starts", "tokens.ends"
_NARROW, _WIDE = "<u2", "<i4"


class TokensWriter:
    """Appends signs as passages come; memory holds 12 bytes and less for each token."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        self._width = sign_bytes(dimensions)
        self._folder = folder
        self._signs = (folder / _SIGNS).open("wb")
        self._starts: list[Offsets] = []
        self._counts: list[int] = []

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
        if not kept:
            return
        self._signs.write(np.concatenate([each.signs for each in kept], dtype=np.uint8).tobytes())
        self._starts.append(np.concatenate([each.starts for each in kept], dtype=np.int32))
        self._counts += [len(each.starts) for each in kept]

    def close(self) -> None:
        """Write everything out."""
        self._signs.close()
        starts = np.concatenate([np.zeros(0, np.int32), *self._starts])
        starts += 1
        narrow = not len(starts) or starts.max() <= np.iinfo(np.uint16).max
        starts.astype(_NARROW if narrow else _WIDE).tofile(self._folder / _STARTS)
        np.cumsum(self._counts, dtype="<i8").tofile(self._folder / _ENDS)


class TokenIndex:
    """The tokens of one segment, safe to read from several threads."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        """Map the files. Raises OSError or ValueError where one is missing or cut."""
        width = sign_bytes(dimensions)
        self._ends: NDArray[np.int64] = _mapped(folder / _ENDS, "<i8")
        self._signs: NDArray[np.uint8] = _mapped(folder / _SIGNS, "u1").reshape(-1, width)
        self.count = len(self._ends)
        """How many passages there are."""
        tokens = int(self._ends[-1]) if self.count else 0
        narrow = (folder / _STARTS).stat().st_size == tokens * np.dtype(_NARROW).itemsize
        self._starts: NDArray[Any] = _mapped(folder / _STARTS, _NARROW if narrow else _WIDE)
        if not tokens == len(self._starts) == len(self._signs):
            raise ValueError(f"{tokens} tokens counted, {len(self._starts)} kept")

    def of(self, number: int) -> TokenCodes:
        """Return the tokens of a passage that exists."""
        first = int(self._ends[number - 1]) if number else 0
        last = int(self._ends[number])
        starts = np.subtract(self._starts[first:last], 1, dtype=np.int32)
        return TokenCodes(self._signs[first:last], starts)


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
