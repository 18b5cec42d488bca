"""What stands over a list while its parts are read."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.model import Role, Span
from indexer.segment import roles
from indexer.segment.decisions import decides
from indexer.segment.sentences import marker_length
from indexer.segment.talk import names_the_council, voice

_SHORT = 12


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


def breaks_in(words: str, lead: Lead) -> bool:
    """Say whether an item is no part of the list: talk, or a list after a whole paragraph."""
    own = words[marker_length(words) :]
    talks = not lead.fresh or voice(own, Role.REPORT) is not None
    return talks and not roles.goes_on_deciding(own)


def talks_on(words: str) -> bool:
    """Say whether a paragraph goes on with a written question or reply: no title, no cue."""
    whole = roles.is_no_title(words) or len(words.split()) > _SHORT
    spoken = voice(words, Role.REPORT) is not None and not names_the_council(words)
    return whole and not spoken and not decides(words)


def decides_on(lead: Lead, words: str) -> bool:
    """Say whether a paragraph is a further part of a resolution's list."""
    short = lead.many and len(words.split()) <= _SHORT
    return (lead.stays and lead.fresh) or short or roles.goes_on_deciding(words)
