"""The signs of the passages' tokens, for late interaction: flat files, mapped into memory.

``tokens.signs`` holds the packed signs of all tokens, passage after passage; what several passages
of a document have over them, in their context, is held once. ``tokens.starts`` has for each token
one more than where it begins in its passage (0: in its context), in 16 bits or, where one begins
too far off for that, in 32: the file's length tells which. ``tokens.places`` has four uint32 for
each passage: the first token of its context and the one after the last, and the same of its own.
All are little-endian, without headers.
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

_SIGNS, _STARTS, _PLACES = "tokens.signs", "tokens.starts", "tokens.places"
_NARROW, _WIDE = "<u2", "<i4"
_PLACE = "<u4"
_Place = tuple[int, int, int, int]


class TokensWriter:
    """Appends signs as passages come; memory holds 4 bytes for each token."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        self._width = sign_bytes(dimensions)
        self._folder = folder
        self._signs = (folder / _SIGNS).open("wb")
        self._starts: list[Offsets] = []
        self._places: list[_Place] = []
        self._written = 0

    def check(self, kept: Sequence[TokenCodes]) -> None:
        """Raise ValueError unless each has signs of the right width and a start for each token."""
        for each in kept:
            if each.signs.shape != (len(each.starts), self._width):
                raise ValueError(
                    f"signs of shape {each.signs.shape} for {len(each.starts)} tokens, "
                    f"not (n, {self._width})"
                )

    def add(self, kept: Sequence[TokenCodes]) -> None:
        """Append the tokens of one document's passages, which passed ``check``."""
        known: dict[bytes, tuple[int, int]] = {}
        for each in kept:
            over = _in_context(each.starts)
            context = each.signs[:over].tobytes()
            if context not in known:
                known[context] = self._append(each, slice(0, over))
            self._places.append((*known[context], *self._append(each, slice(over, None))))

    def _append(self, codes: TokenCodes, part: slice[int, int | None, None]) -> tuple[int, int]:
        """Write some of a passage's tokens; return the first and the one after the last."""
        first, starts = self._written, codes.starts[part]
        self._signs.write(codes.signs[part].tobytes())
        self._starts.append(starts.astype(np.int32))
        self._written += len(starts)
        return first, self._written

    def close(self) -> None:
        """Write everything out."""
        self._signs.close()
        starts = np.concatenate([np.zeros(0, np.int32), *self._starts])
        starts += 1
        narrow = not len(starts) or starts.max() <= np.iinfo(np.uint16).max
        starts.astype(_NARROW if narrow else _WIDE).tofile(self._folder / _STARTS)
        np.array(self._places, _PLACE).tofile(self._folder / _PLACES)


def _in_context(starts: Offsets) -> int:
    """Return how many tokens stand in the context before the passage's first own one."""
    own = np.flatnonzero(starts >= 0)
    return int(own[0]) if len(own) else len(starts)


class TokenIndex:
    """The tokens of one segment, safe to read from several threads."""

    def __init__(self, folder: Path, dimensions: int) -> None:
        """Map the files. Raises OSError or ValueError where one is missing or cut."""
        width = sign_bytes(dimensions)
        self._places: NDArray[np.uint32] = _mapped(folder / _PLACES, _PLACE).reshape(-1, 4)
        self._signs: NDArray[np.uint8] = _mapped(folder / _SIGNS, "u1").reshape(-1, width)
        self.count = len(self._places)
        """How many passages there are."""
        tokens = int(self._places[-1, -1]) if self.count else 0
        narrow = (folder / _STARTS).stat().st_size == tokens * np.dtype(_NARROW).itemsize
        self._starts: NDArray[Any] = _mapped(folder / _STARTS, _NARROW if narrow else _WIDE)
        if not tokens == len(self._starts) == len(self._signs):
            raise ValueError(f"{tokens} tokens counted, {len(self._starts)} kept")

    def of(self, number: int) -> TokenCodes:
        """Return the tokens of a passage that exists."""
        context, context_end, own, own_end = self._places[number].tolist()
        if context_end in (context, own):
            first = own - (context_end - context)
            return TokenCodes(self._signs[first:own_end], self._begins(first, own_end))
        return TokenCodes(
            np.concatenate([self._signs[context:context_end], self._signs[own:own_end]]),
            np.concatenate([self._begins(context, context_end), self._begins(own, own_end)]),
        )

    def _begins(self, first: int, end: int) -> Offsets:
        begins: Offsets = np.subtract(self._starts[first:end], 1, dtype=np.int32)
        return begins


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
