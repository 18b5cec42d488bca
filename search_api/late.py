"""Late interaction: a question and a passage met token by token.

Each token of the question looks for the nearest token of a sentence, of what stands over it, and,
for a little less, of the rest of its passage (``indexer.embed.tokens`` says what is kept of them).
Rare words count for more: MaxSim of Khattab and Zaharia, "ColBERT" (SIGIR 2020), by sentences.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.embed.protocol import Embedder, Vectors
from indexer.embed.tokens import Offsets, likeness, turned
from indexer.model import Passage, Role, Span
from indexer.normal_forms import is_form
from indexer.stopwords import WORD
from indexer.store.protocols import StoreReader
from search_api.english import stem
from search_api.query import Query
from search_api.readings import read_once

_BESIDE = 0.8
"""What a token of the passage counts for beside a sentence that it is not in."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as the model and the word index read it.

    ``vector`` has shape (dimensions,), ``states``, which are turned, (tokens, dimensions) and
    ``weights`` (tokens,); the weights add up to 1, or there are none. ``rarities`` has one for each
    word to match: the part of a BM25 score that the word alone decides.
    """

    query: Query
    vector: Vectors
    states: Vectors
    weights: Vectors
    rarities: tuple[float, ...] = ()


def read_question(store: StoreReader, embedder: Embedder, query: Query) -> Reading:
    """Return the question's vector, its telling tokens, and how much its words count."""
    vector, tokens = read_once(embedder, query.spelt_out)
    weights = _token_weights(store, query.spelt_out, tokens.starts)
    written = [word for word in query.words.split() if not is_form(word)]
    words = {stem(word): word for word in reversed(written)}
    return Reading(
        query,
        vector,
        turned(tokens.states),
        weights,
        tuple(_word_rarity(store, word) for word in words.values()),
    )


def _token_weights(store: StoreReader, text: str, starts: Offsets) -> Vectors:
    """Return how much each token counts: by how few passages hold the word that it is of."""
    words = [match.span() for match in WORD.finditer(text)]
    place = np.searchsorted([start for start, _ in words], starts, side="right") - 1
    rarity = {n: _rarity(store, text[slice(*words[n])]) for n in set(place.tolist()) if n >= 0}
    weights = np.array(
        [
            rarity[n] if n >= 0 and start < words[n][1] else 0.0
            for n, start in zip(place.tolist(), starts.tolist(), strict=True)
        ],
        np.float32,
    )
    return np.asarray(weights / max(weights.sum(), 1e-9), np.float32)


def _rarity(store: StoreReader, word: str) -> float:
    return math.log(1 + store.count() / (1 + store.frequency(word)))


def _word_rarity(store: StoreReader, word: str) -> float:
    """Return BM25's own: Robertson and Zaragoza, "The probabilistic relevance framework" (2009)."""
    found = store.frequency(word)
    return math.log(1 + (store.count() - found + 0.5) / (found + 0.5))


def units_nearness(
    store: StoreReader, reading: Reading, numbers: Sequence[int], passages: Sequence[Passage]
) -> list[Vectors]:
    """Return how near the question is to each unit of passages, each of shape (units,).

    About 1 where each word of the question has its like, rare words counting for more.
    """
    codes = store.tokens(numbers)
    if not codes:
        return []
    # One product for all: a library that shares it out among threads loses by many small ones.
    near = likeness(reading.states, np.concatenate([each.signs for each in codes]))
    ends = np.cumsum([len(each.starts) for each in codes])
    return [
        best_units(near[:, end - len(each.starts) : end], each.starts, passage) @ reading.weights
        for passage, each, end in zip(passages, codes, ends, strict=True)
    ]


class Nearness:
    """How near a question is to parts of passages, by their tokens; each passage is read once."""

    def __init__(self, store: StoreReader, reading: Reading, numbers: Mapping[str, int]) -> None:
        """``numbers`` gives by their ids the numbers of the passages that will be asked for."""
        self._numbers = numbers
        self._store = store
        self._reading = reading
        self._near: dict[str, tuple[Vectors, Offsets]] = {}

    def of(self, passage: Passage, span: Span, lead: Span | None = None) -> float:
        """Return how near the question is to ``span`` with its ``lead`` and the passage's context.

        About 1 where each word of the question has its like, rare words counting for more.
        """
        near, starts = self._tokens(passage)
        found = _above(near, starts)
        for part in filter(None, (span, lead)):
            found = np.maximum(found, _within(near, starts, passage, part))
        return float(self._reading.weights @ found)

    def _tokens(self, passage: Passage) -> tuple[Vectors, Offsets]:
        if passage.id not in self._near:
            [kept] = self._store.tokens([self._numbers[passage.id]])
            self._near[passage.id] = likeness(self._reading.states, kept.signs), kept.starts
        return self._near[passage.id]


def best_units(near: Vectors, starts: Offsets, passage: Passage) -> Vectors:
    """Return how near each token of a question is to each unit of a passage.

    ``near`` has shape (question's tokens, passage's tokens) and ``starts`` says where the latter
    begin. The result has shape (units, question's tokens). What stands over the passage belongs to
    all units, and so does a table's first row; what stands beside a unit counts for less.
    """
    own = np.stack(
        [_within(near, starts, passage, unit) for unit in passage.units or (passage.span,)]
    )
    shared = np.maximum(_above(near, starts), _BESIDE * own.max(axis=0))
    if passage.role is Role.TABLE:
        shared = np.maximum(shared, own[0])
    return np.asarray(np.maximum(own, shared))


def _above(near: Vectors, starts: Offsets) -> Vectors:
    """Return how near each token of the question is to what stands over the passage."""
    return np.asarray(near[:, starts < 0].max(axis=1, initial=0.0))


def _within(near: Vectors, starts: Offsets, passage: Passage, span: Span) -> Vectors:
    """Return how near each token of the question is to what of ``span`` is in the passage."""
    edges = np.array([span.start, span.end]) - passage.span.start
    first, end = np.searchsorted(starts, np.maximum(edges, 0))
    return np.asarray(near[:, first:end].max(axis=1, initial=0.0))
