"""Facets: how many passages and documents stand under each body, kind, year … of a selection.

A facet counts what the filters on the *other* fields leave, so that each of its values tells what
choosing it instead would give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from indexer.model import Filters
from indexer.store.filters import ROLES, Facts, Mask

_Counts = NDArray[np.int64]
_SELECTIONS_KEPT = 16


class Facet(StrEnum):
    """What passages can be counted by."""

    BODY = "body"
    AREA = "area"
    COMMITTEE = "committee"
    KIND = "kind"
    ROLE = "role"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class FacetCount:
    """How many passages, and documents with any of them, have one value; None where unknown."""

    value: str | None
    passages: int
    documents: int


Facets = dict[Facet, list[FacetCount]]


def without(facet: Facet, filters: Filters) -> Filters:
    """Return the filters on the other fields; a year's are ``start`` and ``end``."""
    match facet:
        case Facet.BODY:
            return replace(filters, body=())
        case Facet.AREA:
            return replace(filters, area=())
        case Facet.COMMITTEE:
            return replace(filters, committee=())
        case Facet.KIND:
            return replace(filters, kind=())
        case Facet.ROLE:
            return replace(filters, role=())
        case Facet.YEAR:
            return replace(filters, start=None, end=None)


def in_order(facet: Facet, counts: Iterable[FacetCount]) -> list[FacetCount]:
    """Return the greatest first, equal ones by value; years as they follow; the unknown last."""
    if facet is Facet.YEAR:
        return sorted(counts, key=lambda each: (each.value is None, each.value or ""))
    return sorted(
        counts, key=lambda each: (each.value is None, -each.passages, str(each.value or ""))
    )


def years_of(facts: Facts, known: tuple[int, int]) -> range:
    """Return every year that a document may be of: a filter by each of them finds it.

    An end that is open stops at the first or last year that is ``known``. Empty without a date.
    """
    if facts.earliest is None or facts.latest is None:
        return range(0)
    first, last = known
    return range(max(facts.earliest.year, first), min(facts.latest.year, last) + 1)


def known_years(facts: Iterable[Facts]) -> tuple[int, int]:
    """Return the first and last year that any date names; an open end names none."""
    ends = [day for each in facts for day in (each.earliest, each.latest) if day]
    years = [day.year for day in ends if (day.year, day.month, day.day) not in _OPEN]
    return (min(years), max(years)) if years else (1, 0)


_OPEN = ((1, 1, 1), (9999, 12, 31))


class FacetIndex:
    """Counts over all the documents of a build; safe between threads."""

    def __init__(
        self,
        facts: Sequence[Facts],
        passages: Sequence[int],
        roles: NDArray[np.int8],
        kept: Callable[[Filters], Mask],
    ) -> None:
        """Take each document's facts and number of passages, and each passage's place in ROLES.

        ``kept`` says which documents filters leave, without regard to ``role``.
        """
        count, width = len(facts), len(ROLES)
        owners = np.repeat(np.arange(count), passages)
        cells = np.bincount(owners * width + roles, minlength=count * width)
        self._passages: _Counts = cells.reshape(count, width).astype(np.int64)
        self._kept = lru_cache(maxsize=_SELECTIONS_KEPT)(kept)
        known = known_years(facts)
        self._values: dict[Facet, list[tuple[str | None, ...]]] = {
            Facet.BODY: [(each.body[0] if each.body else None,) for each in facts],
            Facet.AREA: [(each.area,) for each in facts],
            Facet.COMMITTEE: [(each.committee,) for each in facts],
            Facet.KIND: [(str(each.kind),) for each in facts],
            Facet.YEAR: [
                tuple(f"{year:04}" for year in years_of(each, known)) or (None,) for each in facts
            ],
        }

    def count(self, facets: Iterable[Facet], filters: Filters) -> Facets:
        """Return the counts of each facet, none of them 0. Raises UsageError for a bad date."""
        return {facet: in_order(facet, self._counts(facet, filters)) for facet in facets}

    def _counts(self, facet: Facet, filters: Filters) -> Iterable[FacetCount]:
        others = without(facet, filters)
        kept = self._kept(replace(others, role=()))
        if facet is Facet.ROLE:
            return self._by_role(kept)
        places = [ROLES.index(role) for role in others.role] or slice(None)
        return self._by_value(self._values[facet], self._passages[:, places].sum(axis=1) * kept)

    def _by_role(self, kept: Mask) -> list[FacetCount]:
        rows = self._passages[kept]
        passages, documents = rows.sum(axis=0), (rows > 0).sum(axis=0)
        return [
            FacetCount(str(role), int(passages[place]), int(documents[place]))
            for place, role in enumerate(ROLES)
            if passages[place]
        ]

    @staticmethod
    def _by_value(values: Sequence[tuple[str | None, ...]], passages: _Counts) -> list[FacetCount]:
        sums: dict[str | None, list[int]] = {}
        for document in np.flatnonzero(passages).tolist():
            for value in values[document]:
                counts = sums.setdefault(value, [0, 0])
                counts[0] += int(passages[document])
                counts[1] += 1
        return [FacetCount(value, *counts) for value, counts in sums.items()]
