"""Two councils that differ at one time, one of them twice over, for the pages that show it."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from tests.search_api.records import Record, engine_over

QUESTION = "When will consultation on the Meadow Lane clinic begin?"
NORTHAM, EASTLEY = "Northam County Council", "Eastley City Council"
_SAID = "MEADOW LANE\n\nConsultation on the Meadow Lane clinic would begin in {}."
_RECORDS = (
    Record("2015-11-16", EASTLEY, _SAID.format("January 2016")),
    Record("2016-05-10", NORTHAM, _SAID.format("July 2016, members heard")),
    Record("2016-05-16", NORTHAM, _SAID.format("July 2016")),
    Record("2016-05-23", EASTLEY, _SAID.format("October 2016")),
)


@cache
def _workplace() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="minutebook-councils-")


@cache
def councils_index() -> Path:
    """Build the index over them with the real model; the corpus stands beside it."""
    folder = Path(_workplace().name) / "councils"
    with engine_over(folder, _RECORDS):
        return folder / "index"
