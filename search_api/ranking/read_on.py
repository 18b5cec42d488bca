"""A hit reads on: what follows a passage in its section is shown with it, up to a fair length.

What is matched stays small; what is shown holds the answer to a question, the vote on a motion, the
rest of a list. Nothing is shown twice: a passage that a better hit reads on to is no hit of its own
while there are others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.errors import NotFoundError
from indexer.model import Passage, Role, Span
from indexer.store.protocols import StoreReader
from search_api.ranking.fold import Folded

_LONGEST = 800
"""What a hit reads on to, in characters: about what the model reads at once."""
_LONGEST_DENSE = 500
"""The same of figures and names, of which the model reads fewer characters."""
_DENSE = frozenset({Role.TABLE, Role.ATTENDANCE})
_GAP = 12
"""More characters between two passages are words that belong to neither."""
_ID = re.compile(r"(?P<document>.+)-(?P<start>\d+)-(?P<end>\d+)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A ranked passage, folded, and the passages that are shown: it first, then what follows."""

    folded: Folded
    parts: tuple[Passage, ...]


def read_on(
    store: StoreReader, folded: Sequence[Folded], roles: Sequence[Role]
) -> tuple[list[Stretch], list[Stretch]]:
    """Return what is shown of ranked passages, best first, and those that a better one reads on to.

    Only passages of ``roles`` are read on to; of none: of any. The latter stand alone.
    """
    onward = _onward(store, [each.first.number for each in folded], roles)
    taken = {each.first.number: place for place, each in enumerate(folded)}
    shown: list[Stretch] = []
    inside: list[Stretch] = []
    covered: set[int] = set()
    for place, each in enumerate(folded):
        number, run = each.first.number, onward[each.first.number]
        if number in covered:
            inside.append(Stretch(each, run[:1]))
            continue
        free = 1
        while free < len(run) and _is_free(number + free, place, taken, covered):
            free += 1
        covered.update(range(number, number + free))
        shown.append(Stretch(each, run[:free]))
    return shown, inside


def _is_free(number: int, place: int, taken: dict[int, int], covered: set[int]) -> bool:
    """Say whether no better hit shows a passage."""
    return number not in covered and taken.get(number, place) >= place


def _onward(
    store: StoreReader, numbers: Sequence[int], roles: Sequence[Role]
) -> dict[int, tuple[Passage, ...]]:
    """Return by its number each passage with those after it that may be shown with it."""
    runs = {
        number: [passage] for number, passage in zip(numbers, store.passages(numbers), strict=True)
    }
    growing, end = list(runs), store.count()
    while growing:
        growing = [number for number in growing if number + len(runs[number]) < end]
        following = store.passages([number + len(runs[number]) for number in growing])
        still = []
        for number, one in zip(growing, following, strict=True):
            if goes_on(runs[number], one) and (not roles or one.role in roles):
                runs[number].append(one)
                still.append(number)
        growing = still
    return {number: tuple(run) for number, run in runs.items()}


def goes_on(run: Sequence[Passage], one: Passage) -> bool:
    """Say whether a passage may be shown with those before it."""
    first, last = run[0], run[-1]
    dense = any(each.role in _DENSE for each in (first, one))
    return (
        one.document_id == first.document_id
        and one.section == first.section
        and 0 <= one.span.start - last.span.end <= _GAP
        and one.span.end - first.span.start <= (_LONGEST_DENSE if dense else _LONGEST)
    )


def joined(text: Callable[[str], str], parts: Sequence[Passage]) -> Passage:
    """Return one passage over ``parts``, which follow each other; ``text`` gives a document's.

    Its role and its lead-in are those of the first.
    """
    first, last = parts[0], parts[-1]
    if first is last:
        return first
    span = Span(first.span.start, last.span.end)
    sure = [one.ocr for one in parts if one.ocr is not None]
    return Passage(
        id=f"{first.document_id}-{span.start}-{span.end}",
        document_id=first.document_id,
        text=span.of(text(first.document_id)),
        span=span,
        role=first.role,
        section=first.section,
        pages=(first.pages[0], max(one.pages[1] for one in parts)),
        lead_in=first.lead_in,
        units=tuple(unit for one in parts for unit in one.units),
        ocr=min(sure, default=None),
    )


def shown_by(store: StoreReader, passage_id: str) -> Passage:
    """Return the passage of an id, over all its parts. Raises NotFoundError."""
    return joined(store.text, parts_of(store, passage_id))


def parts_of(store: StoreReader, passage_id: str) -> tuple[Passage, ...]:
    """Return the passages of an id: a passage's own, or a hit's that reads on.

    Raises NotFoundError.
    """
    try:
        return (store.passage(passage_id),)
    except NotFoundError:
        parts = _run_of(store, passage_id)
        if not parts:
            raise
        return parts


def _run_of(store: StoreReader, hit_id: str) -> tuple[Passage, ...]:
    """Return the passages from the start to the end that an id names, none where no hit has it."""
    found = _ID.fullmatch(hit_id)
    if not found:
        return ()
    try:
        passages = store.document_passages(found["document"])
    except NotFoundError:
        return ()
    start, end = int(found["start"]), int(found["end"])
    parts = [one for one in passages if start <= one.span.start and one.span.end <= end]
    whole = bool(parts) and (parts[0].span.start, parts[-1].span.end) == (start, end)
    follow = all(goes_on(parts[:place], parts[place]) for place in range(1, len(parts)))
    return tuple(parts) if whole and follow else ()
