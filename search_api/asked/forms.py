"""Which sentences have the form of an answer: a date for "when", a sum for "how much"."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from indexer.embed.protocol import Vectors
from indexer.model import Passage
from search_api.asked.fitness import fitness
from search_api.asked.question import take_apart

Form = Callable[[Passage], Vectors]


def form_of(question: str) -> Form:
    """Return what says of a passage how well each of its units has the form that is asked for.

    It gives an array of shape (units,), from 0 (cannot answer) to 1; .5 says nothing.
    """
    asked = take_apart(question)

    def form(passage: Passage) -> Vectors:
        first = passage.span.start
        units = passage.units or (passage.span,)
        texts = [passage.text[unit.start - first : unit.end - first] for unit in units]
        return np.array(
            [
                fitness(asked.kind, text, passage.role, is_list=False, known=asked.words)
                for text in texts
            ],
            np.float32,
        )

    return form
