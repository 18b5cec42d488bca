"""What a filter means: the one place that decides which documents and passages stay."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

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
    tests: list[Callable[[Facts], bool]] = []
    if filters.body:
        tests.append(_named("body", filters.body))
    if filters.area:
        tests.append(_named("area", filters.area))
    if filters.committee:
        tests.append(_named("committee", filters.committee))
    if filters.kind:
        kinds = frozenset(filters.kind)
        tests.append(lambda facts: facts.kind in kinds)
    first, last = _interval(filters)
    if first is not None:
        tests.append(lambda facts: facts.latest is not None and facts.latest >= first)
    if last is not None:
        tests.append(lambda facts: facts.earliest is not None and facts.earliest <= last)
    return lambda facts: all(test(facts) for test in tests)


def _named(field: str, values: tuple[str, ...]) -> Callable[[Facts], bool]:
    wanted = [_folded(value) for value in values]
    known: dict[str | tuple[str, ...] | None, bool] = {}

    def test(facts: Facts) -> bool:
        found: str | tuple[str, ...] | None = getattr(facts, field)
        if found not in known:
            names = [found] if isinstance(found, str) else found or ()
            folded = [_folded(name) for name in names]
            known[found] = any(value in name for value in wanted for name in folded)
        return known[found]

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
    """Every document's facts and passages, ready to be filtered."""

    def __init__(
        self,
        facts: Sequence[Facts],
        passages: Sequence[int],
        roles: Callable[[], NDArray[np.int8]],
    ) -> None:
        """Take facts and number of passages of each document, and a way to load all the roles.

        The roles come as places in ROLES, one for each passage; they are asked for once, and only
        when a filter names a role.
        """
        self._facts = facts
        self._document_of = np.repeat(np.arange(len(facts)), passages)
        self._load_roles = roles
        self._roles: NDArray[np.int8] | None = None

    def documents(self, filters: Filters) -> Mask:
        """Return which documents stay; ``role`` plays no part."""
        test = document_test(filters)
        return np.fromiter((test(facts) for facts in self._facts), np.bool_, len(self._facts))

    def select(self, filters: Filters) -> Selection:
        """Return what the filters leave. Raises UsageError for a date that is not EDTF."""
        kept = self.documents(filters)
        total = len(self._document_of)
        if kept.all() and not filters.role:
            return Selection(None, None, (), total)
        mask = kept[self._document_of]
        if filters.role:
            mask &= np.isin(self._role_codes(), [ROLES.index(role) for role in filters.role])
        passages = np.flatnonzero(mask).astype(np.int64)
        documents = None if kept.all() else np.flatnonzero(kept).astype(np.int64)
        return Selection(documents, passages, filters.role, len(passages))

    def _role_codes(self) -> NDArray[np.int8]:
        if self._roles is None:
            self._roles = self._load_roles()
        return self._roles
