"""Late interaction: what is kept of each token of a passage, and how a question meets it.

A passage is scored by its tokens: each token of the question looks for the token that is nearest
to it, and the sum over the question counts (MaxSim: Khattab and Zaharia, "ColBERT", SIGIR 2020).
Of a passage's tokens only signs are kept, after a rotation that spreads each vector's weight evenly
over its dimensions: one bit for each of the first half of them, which keeps inner products with a
question's vectors nearly unbiased (Gao and Long, "RaBitQ", SIGMOD 2024). Signs of the other half
found nothing more. Punctuation and words that say nothing are left out: they are half of the tokens
and decide nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indexer.embed.protocol import Vectors
from indexer.stopwords import STOP_WORDS, WORD

_SEED = 20160913
_AT_ONCE = 512
"""So many tokens' signs, unpacked to 400 KB, stay in a core's own cache until they are read."""

Offsets = NDArray[np.int32]
Signs = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class TokenStates:
    """The tokens of one text that say something: unit vectors, and where each begins in the text.

    ``states`` has shape (tokens, dimensions), ``starts`` (tokens,); without any, shape (0, …).
    """

    states: Vectors
    starts: Offsets


@dataclass(frozen=True, slots=True)
class TokenCodes:
    """What is kept of a passage's tokens: signs packed to bits, and where each token begins.

    ``signs`` has shape (tokens, ``sign_bytes(dimensions)``). ``starts`` count from the passage's
    first character; tokens of its context have -1.
    """

    signs: Signs
    starts: Offsets


def telling(
    text: str, offsets: Sequence[tuple[int, int]], markers: Sequence[int]
) -> tuple[NDArray[np.int64], Offsets]:
    """Return the places of the tokens that say something in their row, and where each begins.

    ``offsets`` are the tokens' ends in the text and ``markers`` is 1 for the model's own tokens.
    """
    starts = np.asarray([start for start, _ in offsets], np.int32)
    own = np.asarray(markers) == 0
    places = np.flatnonzero(own & _in_telling_words(text, starts))
    return places, starts[places]


def own_tokens(
    offsets: Sequence[tuple[int, int]], markers: Sequence[int], start: int
) -> slice[int, int | None, None]:
    """Return which of a text's tokens its vector is the mean of: those from ``start`` on.

    Of a text that begins with its own words, or has no token from there on, all: the model's
    markers are in the mean that it was trained with.
    """
    own = [place for place, (begin, _) in enumerate(offsets) if begin >= start]
    own = [place for place in own if not markers[place]]
    return slice(own[0], own[-1] + 1) if start and own else slice(0, None)


def _in_telling_words(text: str, starts: Offsets) -> NDArray[np.bool_]:
    spans = [m.span() for m in WORD.finditer(text) if m[0].lower() not in STOP_WORDS]
    if not spans:
        return np.ones(len(starts), np.bool_)
    begins, ends = (np.asarray(side) for side in zip(*spans, strict=True))
    place = np.searchsorted(begins, starts, side="right") - 1
    return np.asarray((place >= 0) & (starts < ends[np.maximum(place, 0)]), np.bool_)


@lru_cache(maxsize=4)
def rotation(dimensions: int) -> Vectors:
    """Return the orthonormal matrix, shape (dimensions, dimensions), by which states are turned."""
    drawn = np.random.default_rng(_SEED).standard_normal((dimensions, dimensions))
    turned, upper = np.linalg.qr(drawn)
    return np.asarray(turned * np.sign(np.diag(upper)), np.float32)


def codes(tokens: TokenStates, text_start: int = 0) -> TokenCodes:
    """Return what is kept of ``tokens``; the passage begins at ``text_start`` of their text."""
    starts = np.maximum(tokens.starts - text_start, -1).astype(np.int32)
    return TokenCodes(np.packbits(_turned_half(tokens.states) > 0, axis=1), starts)


def sign_bytes(dimensions: int) -> int:
    """Return how many bytes the signs of one token take: a bit for each second dimension."""
    return -(-dimensions // 16)


def no_codes(dimensions: int) -> TokenCodes:
    """Return the codes of a text of which no token is kept."""
    return TokenCodes(np.zeros((0, sign_bytes(dimensions)), np.uint8), np.zeros(0, np.int32))


def turned(vectors: Vectors) -> Vectors:
    """Return vectors, shape (n, dimensions), with their weight spread evenly."""
    return np.asarray(vectors @ rotation(vectors.shape[1]), np.float32)


def meeting(states: Vectors) -> Vectors:
    """Return a question's states, shape (tokens, dimensions), as ``likeness`` takes them.

    They are the turned dimensions of which signs are kept, as long as all would be.
    """
    half = _turned_half(states)
    return half * np.float32(np.sqrt(states.shape[1] / half.shape[1]))


def _turned_half(states: Vectors) -> Vectors:
    dimensions = states.shape[1]
    signs = min(dimensions, 8 * sign_bytes(dimensions))
    return np.asarray(states @ rotation(dimensions)[:, :signs], np.float32)


def likeness(asked: Vectors, kept: Signs) -> Vectors:
    """Return about the cosine of each token of a question with each token kept.

    ``asked`` is what ``meeting`` returns; the result has shape (question's tokens, tokens kept).
    """
    count, dimensions = asked.shape
    sums = np.empty((len(kept), count), np.float32)
    bits = np.empty((_AT_ONCE, dimensions), np.float32)
    for first in range(0, len(kept), _AT_ONCE):
        part = kept[first : first + _AT_ONCE]
        own = bits[: len(part)]
        own[:] = np.unpackbits(part, axis=1, count=dimensions)
        np.matmul(own, asked.T, out=sums[first : first + _AT_ONCE])
    # The inner product with signs of +1 and -1 from one with bits of 1 and 0, where a vector of
    # length 1 has sqrt(2 / (pi d)) as its mean size in each dimension.
    scale = np.float32(np.sqrt(np.pi / (2.0 * dimensions)))
    return np.asarray((2.0 * sums - asked.sum(axis=1)).T * scale)
