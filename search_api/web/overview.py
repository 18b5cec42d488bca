"""What a build holds, said once for each build: choices, bodies, years, what is amiss."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from indexer.errors import MinutebookError
from indexer.model import BuildInfo, Document, Kind
from indexer.store.format import BUILT, current_folder
from indexer.store.listing import Sort
from search_api.engine import Engine
from search_api.web.cards import Facts, facts
from search_api.web.form import Choices, choices_from
from search_api.web.line import Bar, bars_of
from search_api.web.plain_dates import plain_date
from search_api.web.words import KINDS_MANY

_STARTING_POINTS = 6


@dataclass(frozen=True, slots=True)
class Holder:
    """A body (and committee), how many documents it has, and when their first and last are from."""

    body: str
    committee: str
    documents: int
    span: str


@dataclass(frozen=True, slots=True)
class Overview:
    """What the pages say of a build as a whole."""

    info: BuildInfo
    choices: Choices
    start: tuple[Facts, ...]
    more: int
    kinds: tuple[tuple[str, int], ...]
    holders: tuple[Holder, ...]
    bars: tuple[Bar, ...]
    undated: int
    bodiless: int
    warned: tuple[Facts, ...]


def overview_of(engine: Engine) -> Overview:
    """Gather it; a second's work at most, of a build of any size."""
    documents = engine.store.documents()
    newest = engine.store.listed(Sort.DATE_DOWN, _STARTING_POINTS)
    kinds = Counter(document.kind for document in documents)
    return Overview(
        info=engine.store.info,
        choices=choices_from(documents),
        start=tuple(facts(document) for document in newest.documents),
        more=max(0, len(documents) - _STARTING_POINTS),
        kinds=tuple((KINDS_MANY[kind], kinds[kind]) for kind in Kind if kinds[kind]),
        holders=tuple(_holders(documents)),
        bars=tuple(bars_of(document.date.edtf for document in documents)),
        undated=sum(document.date.edtf is None for document in documents),
        bodiless=sum(document.body is None for document in documents),
        warned=tuple(facts(document) for document in documents if document.warnings),
    )


def built_when(index: Path) -> str:
    """Say when the current build was made, "" where it does not say."""
    try:
        record = json.loads((current_folder(index) / BUILT).read_text("utf-8"))
        made = datetime.fromisoformat(record["built"])
    except (OSError, ValueError, KeyError, TypeError, MinutebookError):
        return ""
    return f"{plain_date(made.date().isoformat())}, {made:%H:%M} UTC"


def _holders(documents: Sequence[Document]) -> Iterator[Holder]:
    groups: dict[tuple[str, str], list[Document]] = {}
    for document in documents:
        groups.setdefault((document.body or "", document.committee or ""), []).append(document)
    for (body, committee), members in sorted(groups.items()):
        if body or committee:
            yield Holder(body, committee, len(members), _years(members))


def _years(documents: Sequence[Document]) -> str:
    years = [bar.year for bar in bars_of(document.date.edtf for document in documents)]
    if not years:
        return "dates not known"
    return str(years[0]) if years[0] == years[-1] else f"{years[0]} to {years[-1]}"
