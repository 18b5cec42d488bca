"""Late interaction: the first passages of a ranking scored again by their tokens.

Each token of the question looks for the nearest token of a passage and of what stands over it
(``indexer.embed.tokens`` says what is kept of them). Rare words count for more. A passage counts
by the whole of it and by its best sentence: the words that answer stand close together.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.embed.protocol import Embedder, Vectors
from indexer.embed.tokens import Offsets, likeness, turned
from indexer.model import Passage, Role, Span
from indexer.stopwords import WORD
from indexer.store.protocols import Scored, StoreReader
from search_api.query import Query

_FUSED, _PASSAGE, _SENTENCE = 0.4, 0.3, 0.3
"""What the ranking's own score and the two of late interaction count for, chosen on dev parts."""
_READ_AGAIN = 30


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as the model reads it.

    ``vector`` has shape (dimensions,), ``states``, which are turned, (tokens, dimensions) and
    ``weights`` (tokens,); the weights add up to 1, or there are none.
    """

    query: Query
    vector: Vectors
    states: Vectors
    weights: Vectors


def read_question(store: StoreReader, embedder: Embedder, query: Query) -> Reading:
    """Return the question's vector, its telling tokens, and how much each of them counts."""
    vectors, tokens = embedder.read([query.spelt_out])
    words = [match.span() for match in WORD.finditer(query.spelt_out)]
    rarity = {span: _rarity(store, query.spelt_out[slice(*span)]) for span in words}
    weights = np.array([_weight(rarity, int(start)) for start in tokens[0].starts], np.float32)
    return Reading(query, vectors[0], turned(tokens[0].states), weights / max(weights.sum(), 1e-9))


def _rarity(store: StoreReader, word: str) -> float:
    return math.log(1 + store.count() / (1 + store.frequency(word)))


def _weight(rarity: dict[tuple[int, int], float], start: int) -> float:
    return next((value for (first, end), value in rarity.items() if first <= start < end), 0.0)


def rescored(store: StoreReader, reading: Reading, ranking: Sequence[Scored]) -> list[Scored]:
    """Return the ranking with its first passages in the order of all three scores.

    The others keep their order behind them; no score is greater than one before it.
    """
    first = list(ranking[:_READ_AGAIN])
    if not len(reading.states) or not first:
        return list(ranking)
    numbers = [scored.number for scored in first]
    found = _token_scores(store, reading, numbers)
    total = (
        _FUSED * _stretched([scored.score for scored in first])
        + _PASSAGE * _stretched([float(scores[0]) for scores in found])
        + _SENTENCE * _stretched([float(scores[1:].max()) for scores in found])
    )
    order = sorted(range(len(first)), key=lambda place: (-total[place], place))
    lowest = float(total.min())
    rest = [Scored(each.number, min(each.score, lowest)) for each in ranking[_READ_AGAIN:]]
    return [*(Scored(numbers[place], float(total[place])) for place in order), *rest]


def _token_scores(store: StoreReader, reading: Reading, numbers: Sequence[int]) -> list[Vectors]:
    """Return how near the question is to each whole passage, and to each of its units after it."""
    codes = store.tokens(numbers)
    # One product for all: a library that shares it out among threads loses by many small ones.
    near = likeness(reading.states, np.concatenate([each.signs for each in codes]))
    ends = np.cumsum([len(each.starts) for each in codes])
    return [
        best_units(near[:, end - len(each.starts) : end], each.starts, passage) @ reading.weights
        for passage, each, end in zip(store.passages(numbers), codes, ends, strict=True)
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
    """Return how near each token of a question is to a passage, and to each of its units.

    ``near`` has shape (question's tokens, passage's tokens) and ``starts`` says where the latter
    begin. The result has shape (1 + units, question's tokens); its first row is that of the whole.
    What stands over the passage belongs to all of them, and so does a table's first row here.
    """
    own = [_within(near, starts, passage, unit) for unit in passage.units or (passage.span,)]
    above = _above(near, starts)
    if passage.role is Role.TABLE:
        above = np.maximum(above, own[0])
    units = [np.maximum(above, each) for each in own]
    return np.stack([np.max(units, axis=0), *units])


def _above(near: Vectors, starts: Offsets) -> Vectors:
    """Return how near each token of the question is to what stands over the passage."""
    return np.asarray(near[:, starts < 0].max(axis=1, initial=0.0))


def _within(near: Vectors, starts: Offsets, passage: Passage, span: Span) -> Vectors:
    """Return how near each token of the question is to what of ``span`` is in the passage."""
    edges = np.array([span.start, span.end]) - passage.span.start
    first, end = np.searchsorted(starts, np.maximum(edges, 0))
    return np.asarray(near[:, first:end].max(axis=1, initial=0.0))


def _stretched(scores: Sequence[float]) -> Vectors:
    values = np.asarray(scores, np.float32)
    reach = float(values.max() - values.min())
    return np.asarray((values - values.min()) / reach if reach else np.ones_like(values))


def parts(
    store: StoreReader, reading: Reading, ranking: Sequence[Scored]
) -> dict[int, tuple[float, float]]:
    """Return for each passage that is read again how near its whole and its best sentence are."""
    numbers = [scored.number for scored in ranking[:_READ_AGAIN]]
    if not len(reading.states) or not numbers:
        return {}
    found = _token_scores(store, reading, numbers)
    return {
        number: (float(scores[0]), float(scores[1:].max()))
        for number, scores in zip(numbers, found, strict=True)
    }
