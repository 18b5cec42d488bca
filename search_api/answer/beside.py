"""What else of the leading statement's document is read out with it, in the document's order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.model import Span
from indexer.store.protocols import StoreReader
from search_api.answer.lists import LONGEST
from search_api.answer.reading import FEW_WORDS, OMITTED, read_out, spanning
from search_api.answer.statements import Statement, fitness_of
from search_api.asked.fitness import FIT
from search_api.asked.question import Asked
from search_api.english import stems_of

_AS_GOOD = 0.7
"""What another statement must reach of the leading one's score. Chosen on the dev parts of the gold
questions, as all here."""
_MOST = 3
"""How many are read out at most."""
_FORM = 0.1
"""What another's score counts for more where it has the form of an answer and the leading one has
not."""


def read_with(
    store: StoreReader, asked: Asked, leading: Statement, ranked: Sequence[Statement]
) -> list[Statement]:
    """Return the leading statement, or what it was joined to, and others nearly as good."""
    together = [leading]
    for _ in range(_MOST - 1):
        room = LONGEST - len(read_together(together)) - len(OMITTED)
        beside = next(_fitting(asked, together, ranked, room), None)
        if beside is None:
            break
        together = joined(store, together, beside)
    return together


def _fitting(
    asked: Asked, together: Sequence[Statement], ranked: Sequence[Statement], room: int
) -> Iterator[Statement]:
    """Yield, best first, what is nearly as good as the leading statement and short enough."""
    leading = together[0]
    wants_form = fitness_of(asked, leading) < FIT

    def worth(one: Statement) -> float:
        return one.score + _FORM * fitness_of(asked, one) * wants_form

    others = [
        one
        for one in ranked
        if one.hit.document.id == leading.hit.document.id
        and not _told(one, together)
        and not _is_any_item(asked, leading, one)
    ]
    for one in sorted(others, key=lambda one: -worth(one)):
        if worth(one) >= _AS_GOOD * leading.score and len(read_out(one)) <= room:
            yield one


def _is_any_item(asked: Asked, leading: Statement, one: Statement) -> bool:
    """Say whether a few words are of what is asked by their list's introduction alone."""
    if one.lead_in is None or one.lead == leading.lead or len(one.text.split()) >= FEW_WORDS:
        return False
    return not set(stems_of(one.text)) & set(asked.stems)


def _told(one: Statement, together: Sequence[Statement]) -> bool:
    return any(
        one.span.overlaps(other.span) or read_out(one) in read_out(other) for other in together
    )


def joined(store: StoreReader, said: Sequence[Statement], beside: Statement) -> list[Statement]:
    """Return statements of one document with one more, as one where nothing stands between."""
    for place, one in enumerate(said):
        whole = _whole(store, one, beside)
        if whole is not None:
            return [*said[:place], whole, *said[place + 1 :]]
    return [*said, beside]


def _whole(store: StoreReader, one: Statement, other: Statement) -> Statement | None:
    """Return two statements as one quotation, or None where words stand between them."""
    first, last = sorted([one.span, other.span])
    text = store.text(one.hit.document.id)
    passage = one.hit.passage.span
    if text[first.end : last.start].strip():
        return None
    if not passage.start <= first.start < last.end <= passage.end:
        return None
    return spanning(one, Span(first.start, last.end), text)


def read_together(statements: Sequence[Statement]) -> str:
    """Return statements of one document in its order, with the sign for words left out between.

    What introduces one of them is not said again where it was read out itself.
    """
    said: list[str] = []
    for one in sorted(statements, key=lambda one: one.span):
        lead = " ".join((one.lead_in or "").split())
        told = bool(lead) and any(lead in words for words in said)
        said.append(read_out(replace(one, lead_in=None) if told else one))
    return OMITTED.join(said)
