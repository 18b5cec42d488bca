"""What stands over a list while its parts are read."""

from __future__ import annotations

from dataclasses import dataclass

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
