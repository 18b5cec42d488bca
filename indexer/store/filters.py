"""What a filter means: the one place that decides which documents and passages stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.dates import bounds
from indexer.model import Document, Filters, Kind, Role, Successor

Numbers = NDArray[np.int64]
Mask = NDArray[np.bool_]
ROLES = tuple(Role)
"""A passage's role as a small number is its place here; never stored."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a filter looks at in a document; the days are the first and last it may be of.

    ``body`` holds every name by which the document's body is found: see ``bodies_found``.
    """

    body: tuple[str, ...]
    area: str | None
    committee: str | None
    kind: Kind
    earliest: date | None
    latest: date | None


def facts_of(document: Document) -> Facts:
    """Return the facts of a document. Raises UsageError where its date is not EDTF."""
    earliest, latest = bounds(document.date.edtf) if document.date.edtf else (None, None)
    return Facts(
        body=bodies_found(document.body, document.body_names, document.successors),
        area=document.area,
        committee=document.committee,
        kind=document.kind,
        earliest=earliest,
        latest=latest,
    )


def bodies_found(
    body: str | None, names: Iterable[str], successors: Iterable[Successor]
) -> tuple[str, ...]:
    """Return the names by which a body's documents are found: its own and its successors'.

    So a search under a newer body finds the older ones' documents, and one under an older name
    finds nothing of what came after.
    """
    later = [name for after in successors for name in (after.body, *after.names)]
    return tuple(dict.fromkeys([*([body] if body else []), *names, *later]))


def document_test(filters: Filters) -> Callable[[Facts], bool]:
    """Return the test that a document's facts must pass; ``role`` plays no part in it.

    Text fields match a whole name or a part of it, whatever its case and spacing; several values
    are alternatives. A body is matched by any name of its own and of those that succeeded it. A
    document stays between ``start`` and ``end`` where a day that it may be of lies between them,
    and under ``as_of`` where the first such day is not after it. A document without a date fails
    any of the three. Raises UsageError where a filter's date is not EDTF.
    """
    tests = field_tests(filters)
    return lambda facts: all(test(getattr(facts, field)) for field, test in tests)


def field_tests(filters: Filters) -> list[tuple[str, Callable[[Any], bool]]]:
    """Return which of the facts ``document_test`` looks at, and what each of them must pass."""
    tests: list[tuple[str, Callable[[Any], bool]]] = []
    if filters.body:
        tests.append(("body", _named(filters.body)))
    if filters.area:
        tests.append(("area", _named(filters.area)))
    if filters.committee:
        tests.append(("committee", _named(filters.committee)))
    if filters.kind:
        kinds = frozenset(filters.kind)
        tests.append(("kind", lambda kind: kind in kinds))
    first, last = _interval(filters)
    if first is not None:
        tests.append(("latest", lambda day: day is not None and day >= first))
    if last is not None:
        tests.append(("earliest", lambda day: day is not None and day <= last))
    return tests


def _named(values: tuple[str, ...]) -> Callable[[str | tuple[str, ...] | None], bool]:
    wanted = [_folded(value) for value in values]

    def test(found: str | tuple[str, ...] | None) -> bool:
        names = [found] if isinstance(found, str) else found or ()
        folded = [_folded(name) for name in names]
        return any(value in name for value in wanted for name in folded)

    return test


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _interval(filters: Filters) -> tuple[date | None, date | None]:
    """Return the first and the last day that the date filters leave."""
    first = bounds(filters.start)[0] if filters.start else None
    ends = [bounds(edtf)[1] for edtf in (filters.end, filters.as_of) if edtf]
    return first, min(ends, default=None)


@dataclass(frozen=True, slots=True)
class Selection:
    """What filters leave: document ordinals and passage numbers, ascending; None means all."""

    documents: Numbers | None
    passages: Numbers | None
    roles: tuple[Role, ...]
    count: int


class Catalogue:
    """Every document's facts and passages, ready to be filtered; safe between threads."""

    def __init__(
        self,
        facts: Callable[[], Sequence[Facts]],
        passages: Sequence[int],
        roles: Callable[[], NDArray[np.int8]],
    ) -> None:
        """Take the number of passages of each document, and ways to load all facts and all roles.

        The roles come as places in ROLES, one for each passage. Either is asked for only when a
        filter looks at it, and once, as far as threads allow.
        """
        self._load_facts, self._load_roles = facts, roles
        self._counts = np.asarray(passages, np.int64)
        self._columns: dict[str, tuple[list[Any], NDArray[np.int64]]] = {}

    @cached_property
    def facts(self) -> Sequence[Facts]:
        """The facts of each document."""
        return self._load_facts()

    def documents(self, filters: Filters) -> Mask:
        """Return which documents stay; ``role`` plays no part.

        Each value that documents have is tested once, however many documents have it.
        """
        kept = np.ones(len(self._counts), np.bool_)
        for field, test in field_tests(filters):
            values, places = self._column(field)
            kept &= np.fromiter(map(test, values), np.bool_, len(values))[places]
        return kept

    def select(self, filters: Filters) -> Selection:
        """Return what the filters leave. Raises UsageError for a date that is not EDTF."""
        kept = self.documents(filters)
        if kept.all() and not filters.role:
            return Selection(None, None, (), int(self._counts.sum()))
        mask = np.repeat(kept, self._counts)
        if filters.role:
            mask &= np.isin(self._roles, [ROLES.index(role) for role in filters.role])
        passages = np.flatnonzero(mask).astype(np.int64)
        documents = None if kept.all() else np.flatnonzero(kept).astype(np.int64)
        return Selection(documents, passages, filters.role, len(passages))

    @cached_property
    def _roles(self) -> NDArray[np.int8]:
        return self._load_roles()

    def _column(self, field: str) -> tuple[list[Any], NDArray[np.int64]]:
        """Return the different values that documents have in a field, and each one's place."""
        if field not in self._columns:
            values: dict[Any, int] = {}
            found = (values.setdefault(getattr(each, field), len(values)) for each in self.facts)
            places = np.fromiter(found, np.int64, len(self._counts))
            self._columns[field] = list(values), places
        return self._columns[field]
