"""A question longer than the model reads is read in parts: nothing of it is cut in silence."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from indexer.embed.protocol import Vectors
from indexer.embed.tokens import TokenStates
from indexer.embed.vectors import TextTooLongError, unit_length
from indexer.model import Span
from search_api.embedding.around import AroundEmbedder

_WORD = re.compile(r"\S+\s*")


class WholeReader(AroundEmbedder):
    """An ``Embedder`` that reads any length: the vector of a long text is its parts' mean."""

    def read(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenStates]]:
        """Return what ``embed`` returns, and of each text the states of its telling tokens."""
        try:
            return self._embedder.read(texts)
        except TextTooLongError:
            read = [self._read_in_parts(text) for text in texts]
            return np.stack([vector for vector, _ in read]), [states for _, states in read]

    def _read_in_parts(self, text: str) -> tuple[Vectors, TokenStates]:
        spans = self._parts(text, Span(0, len(text)))
        vectors, found = self._embedder.read([span.of(text) for span in spans])
        lengths = np.asarray([[span.end - span.start] for span in spans], np.float32)
        states = np.concatenate([each.states for each in found])
        starts = [each.starts + span.start for span, each in zip(spans, found, strict=True)]
        mean = unit_length((vectors * lengths).sum(axis=0, keepdims=True))[0]
        return mean, TokenStates(states, np.concatenate(starts).astype(np.int32))

    def _parts(self, text: str, span: Span) -> list[Span]:
        """Halve what is too long, between words where it has any, until every part can be read."""
        try:
            self._embedder.read([span.of(text)])
        except TextTooLongError:
            middle = _near_the_middle(text, span)
            return [
                *self._parts(text, Span(span.start, middle)),
                *self._parts(text, Span(middle, span.end)),
            ]
        return [span]


def _near_the_middle(text: str, span: Span) -> int:
    """Return where a word begins nearest to the middle of ``span``, or the middle itself."""
    middle = (span.start + span.end) // 2
    begins = [m.start() for m in _WORD.finditer(text, span.start, span.end)]
    inside = [begin for begin in begins if span.start < begin]
    return min(inside, key=lambda begin: abs(begin - middle), default=middle)
