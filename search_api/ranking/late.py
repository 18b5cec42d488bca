"""Late interaction: a question and a passage met token by token.

Each token of the question looks for the nearest token of a sentence, of what stands over it, and,
for a little less, of the rest of its passage and of what is shown with it (``indexer.embed.tokens``
says what is kept of them). Rare words count for more: MaxSim of Khattab and Zaharia, "ColBERT"
(SIGIR 2020), by sentences.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from indexer.embed.protocol import Embedder, Vectors
from indexer.embed.tokens import Offsets, likeness, meeting
from indexer.model import Passage, Span
from indexer.normal_forms import is_form
from indexer.stopwords import WORD
from indexer.store.protocols import StoreReader
from indexer.store.words import bm25_rarity
from search_api.embedding.readings import read_once
from search_api.english import stem
from search_api.query import Query
from search_api.ranking.maxsim import best_units
from search_api.ranking.read_on import goes_on

Met = tuple[Vectors, Offsets]
"""How near a question's tokens are to a passage's, (tokens, tokens), and where the latter begin."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as the model and the word index read it.

    ``vector`` has shape (dimensions,), ``states``, as tokens are met by, (tokens, signs kept) and
    ``weights`` (tokens,); the weights add up to 1, or there are none. ``rarities`` has one for each
    word to match: the part of a BM25 score that the word alone decides. ``met`` keeps, by number,
    the passages whose tokens the question has met.
    """

    query: Query
    vector: Vectors
    states: Vectors
    weights: Vectors
    rarities: tuple[float, ...] = ()
    token_words: tuple[str, ...] = ()
    """For each token the word that it is of, in lower case; empty where it is of none."""
    met: dict[int, Met] = field(default_factory=dict, repr=False, compare=False)


def read_question(store: StoreReader, embedder: Embedder, query: Query) -> Reading:
    """Return the question's vector, its telling tokens, and how much its words count."""
    vector, tokens = read_once(embedder, query.spelt_out)
    token_words = _token_words(query.spelt_out, tokens.starts)
    written = [word for word in query.words.split() if not is_form(word)]
    words = {stem(word): word for word in reversed(written)}
    return Reading(
        query,
        vector,
        meeting(tokens.states),
        _token_weights(store, token_words),
        tuple(bm25_rarity(store.frequency(word), store.count()) for word in words.values()),
        token_words,
    )


def _token_words(text: str, starts: Offsets) -> tuple[str, ...]:
    """Return the word that each token is of, in lower case."""
    words = [match.span() for match in WORD.finditer(text)]
    place = np.searchsorted([start for start, _ in words], starts, side="right") - 1
    return tuple(
        text[slice(*words[n])].lower() if n >= 0 and start < words[n][1] else ""
        for n, start in zip(place.tolist(), starts.tolist(), strict=True)
    )


def _token_weights(store: StoreReader, token_words: Sequence[str]) -> Vectors:
    """Return how much each token counts: by how few passages hold the word that it is of."""
    rare = {word: rarity(store, word) for word in dict.fromkeys(token_words) if word}
    weights = np.array([rare.get(word, 0.0) for word in token_words], np.float32)
    return np.asarray(weights / max(weights.sum(), 1e-9), np.float32)


def rarity(store: StoreReader, word: str) -> float:
    """Return how much a word counts: by how few passages hold it."""
    return math.log(1 + store.count() / (1 + store.frequency(word)))


def units_nearness(
    store: StoreReader, reading: Reading, numbers: Sequence[int], passages: Sequence[Passage]
) -> list[Vectors]:
    """Return how near the question is to each unit of passages, each of shape (units,).

    About 1 where each word of the question has its like, rare words counting for more.
    """
    codes = store.tokens(numbers)
    if not codes:
        return []
    starts = [each.starts for each in codes]
    near = likeness(reading.states, np.concatenate([each.signs for each in codes]))
    ends = np.cumsum([len(each) for each in starts]).tolist()
    for number, begins, end in zip(numbers, starts, ends, strict=True):
        reading.met[number] = near[:, end - len(begins) : end], begins
    best, firsts = best_units(near, starts, passages, _onward(numbers, passages))
    # Not "@": OpenBLAS 0.3.31 reads what was never written when five columns meet a vector on
    # AVX-512. It throws that away, but numpy may warn of an invalid value.
    found = np.einsum("ut,t->u", best, reading.weights)
    places = [*firsts.tolist(), len(best)]
    return [found[first:end] for first, end in pairwise(places)]


def _onward(numbers: Sequence[int], passages: Sequence[Passage]) -> dict[int, list[int]]:
    """Return by its place the places of the passages that a hit of each one would read on to."""
    places = {number: place for place, number in enumerate(numbers)}
    found: dict[int, list[int]] = {}
    for number, first in places.items():
        run, after = [passages[first]], places.get(number + 1)
        while after is not None and goes_on(run, passages[after]):
            run.append(passages[after])
            found.setdefault(first, []).append(after)
            after = places.get(number + len(run))
    return found


class Nearness:
    """How near a question is to parts of passages, by their tokens; each passage is read once."""

    def __init__(self, store: StoreReader, reading: Reading, numbers: Mapping[str, int]) -> None:
        """``numbers`` gives by their ids the numbers of the passages that will be asked for."""
        self._numbers = numbers
        self._store = store
        self._reading = reading

    def number_of(self, passage: Passage) -> int | None:
        """Return the number of a passage that was found, None of another."""
        return self._numbers.get(passage.id)

    def of(self, passage: Passage, span: Span, lead: Span | None = None) -> float:
        """Return how near the question is to ``span`` with its ``lead`` and the passage's context.

        About 1 where each word of the question has its like, rare words counting for more.
        """
        near, starts = self._tokens(self._numbers[passage.id])
        found = near[:, : starts.searchsorted(0)].max(axis=1, initial=0.0)
        for part in filter(None, (span, lead)):
            first, end = part.start - passage.span.start, part.end - passage.span.start
            first, end = starts.searchsorted((max(first, 0), max(end, 0))).tolist()
            found = np.maximum(found, near[:, first:end].max(axis=1, initial=0.0))
        return float(self._reading.weights @ found)

    def of_word(self, passage: Passage, word: str) -> float:
        """Return how near a passage and what is over it come to one word of the question.

        About 1 where it holds the word, 0 for one that has no token.
        """
        near, _ = self._tokens(self._numbers[passage.id])
        own = [n for n, each in enumerate(self._reading.token_words) if each == word.lower()]
        return float(near[own].max(axis=1, initial=0.0).min()) if own else 0.0

    def _tokens(self, number: int) -> Met:
        if number not in self._reading.met:
            [kept] = self._store.tokens([number])
            self._reading.met[number] = likeness(self._reading.states, kept.signs), kept.starts
        return self._reading.met[number]
