"""A gold question, put to a record as an answer puts it: what both fits of weights start from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from eval.gold import GoldQuestion
from indexer.model import Filters
from indexer.store.protocols import StoreReader
from search_api.answer.asked_when import limited
from search_api.answer.record import Read, read_record
from search_api.asked.over_meetings import read_over_meetings
from search_api.asked.plainly import plainly
from search_api.asked.time import read_time
from search_api.engine import Engine

Floats = NDArray[np.float64]


def read_as_answered(engine: Engine, store: StoreReader, question: GoldQuestion) -> Read | None:
    """Return what the record has to a question, or None where it is told meeting by meeting."""
    asked = plainly(question.question)
    if read_over_meetings(asked):
        return None
    when = read_time(asked)
    filters = limited(Filters(as_of=question.as_of), when)
    return read_record(store, engine.reader, when.rest if when else asked, when, filters)
