"""Which sentences have the form of an answer: a date for "when", a sum for "how much"."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from indexer.embed.protocol import Vectors
from indexer.model import Passage
from search_api.asked.fitness import fitness
from search_api.asked.question import take_apart


class Form(Protocol):
    """How well each unit of a passage has the form that a question asks for."""

    def __call__(self, passage: Passage, over: str | None = None) -> Vectors:
        """Return an array of shape (units,), from 0 (cannot answer) to 1; .5 says nothing.

        ``over`` is what stands over a table: its headings may say that its figures are money.
        """


def form_of(question: str) -> Form:
    """Return what says of a passage how well each of its units has the form that is asked for."""
    asked = take_apart(question)

    def form(passage: Passage, over: str | None = None) -> Vectors:
        first = passage.span.start
        units = passage.units or (passage.span,)
        texts = [passage.text[unit.start - first : unit.end - first] for unit in units]
        lead = None if over is None else "\n".join([*over.split("\n")[-2:], texts[0]])
        return np.array(
            [
                fitness(asked.kind, text, passage.role, is_list=False, lead=lead, known=asked.words)
                for text in texts
            ],
            np.float32,
        )

    return form
