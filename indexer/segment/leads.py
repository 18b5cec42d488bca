"""What stands over a list while its parts are read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.model import Role, Span


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands over a list: the words that introduce it, and the role they give to its parts.

    ``key`` is the sort of marker of an item that introduces a list of its own: the next item of
    the same sort ends that list. ``stays`` says that the next paragraph belongs to it too,
    ``many`` that further short ones do. ``last`` counts the list's own items of that sort.
    """

    span: Span | None
    role: Role | None
    key: tuple[str, int] | None = None
    stays: bool = False
    many: bool = False
    fresh: bool = True
    last: int = 0


def close_to(leads: list[Lead], key: tuple[str, int], count: int | None) -> None:
    """Close the list of the last item of this sort, unless the item goes on counting in it."""
    for i, lead in enumerate(leads):
        if lead.key == key and i == len(leads) - 1 and count == lead.last + 1:
            leads[i] = replace(lead, last=count)
            return
        if lead.key == key:
            del leads[i:]
            return
