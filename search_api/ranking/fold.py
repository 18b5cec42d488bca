"""Passages of the very same words become one hit, so that ten hits are ten different things.

The best ranked stands; the others are told under it, each with its own document: the same words in
a report and in the minutes are two statements, and either can be cited.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer.store.protocols import Scored, StoreReader
from search_api.results import Repeat

_PLAIN_KEPT = 4096


@dataclass(frozen=True, slots=True)
class Folded:
    """A ranked passage and the numbers of those below it that say the same words."""

    first: Scored
    repeats: tuple[int, ...] = ()


def fold(store: StoreReader, ranking: Sequence[Scored], wanted: int) -> list[Folded]:
    """Return the first ``wanted`` passages of the ranking that differ in their words.

    Fewer come back only where the ranking holds fewer. White space and case play no part. The
    ranking is read no further than needed: a repeat below the last one wanted is not told.
    """
    same: dict[str, list[Scored]] = {}
    for scored, words in _said(store, ranking, wanted):
        if len(same) >= wanted and words not in same:
            break
        same.setdefault(words, []).append(scored)
    return [
        Folded(first, tuple(each.number for each in others)) for first, *others in same.values()
    ]


def repeats_of(store: StoreReader, folded: Folded) -> tuple[Repeat, ...]:
    """Return the passages that were folded into one, with their documents."""
    return tuple(
        Repeat(passage, store.document(passage.document_id))
        for passage in store.passages(folded.repeats)
    )


def _said(
    store: StoreReader, ranking: Sequence[Scored], at_once: int
) -> Iterable[tuple[Scored, str]]:
    for first in range(0, len(ranking), at_once):
        part = ranking[first : first + at_once]
        passages = store.passages([scored.number for scored in part])
        for scored, passage in zip(part, passages, strict=True):
            yield scored, _plain(passage.text)


@lru_cache(maxsize=_PLAIN_KEPT)
def _plain(text: str) -> str:
    return "".join(text.split()).casefold()
