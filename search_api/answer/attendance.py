"""Who was at a meeting: the list of those present, which shares no word with the question.

"Who attended the June meeting of the scrutiny committee?" is answered by the first page of its
minutes, under "Present" and "Apologies". A list is read out only where all that the question says
of the meeting is said of its document: who came to a summit that minutes speak of stands elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.dates import bounds
from indexer.model import Document, Kind, Passage, Role, Span
from indexer.stopwords import STOP_WORDS
from indexer.store.protocols import StoreReader
from search_api.answer.lists import LONGEST
from search_api.answer.statements import Parts, Statement, holds
from search_api.english import stem, stems_of
from search_api.results import Hit

_WHO = r"^(?:who|which (?:of the )?(?:members|councillors|officers|officials|people))\b.*"
_ASKS = (
    (
        re.compile(rf"{_WHO}\b(?:apolog\w+|absent|unable to attend|missed)\b", re.I),
        r"apolog|absent",
    ),
    (re.compile(rf"{_WHO}\b(?:chaired|presided|in the chair)\b", re.I), r"\bchair"),
    (
        re.compile(
            rf"{_WHO}\b(?:attended|attend|present|in attendance|came to|was at|were at)\b", re.I
        ),
        r"",
    ),
)
"""What is asked of a list of those present, and what the line says that begins the answer."""
_BEGINS = re.compile(r"\b(?:present|attend\w*|apolog\w*|attendees|chair)\b", re.IGNORECASE)
_OF_MEETINGS = frozenset(
    stem(word)
    for word in """who which members councillors officers officials people attended attend present
    attendance came was were at meeting meetings minutes session sent gave apologies apologised
    absent unable missed chaired presided chair held else""".split()
)
FAR_ABOVE = 1.5
"""The score of a list that is what was asked for: no other statement comes near."""
_NEAR = 1500
"""So many characters after its beginning a list may go on; its headings are taken for others."""


def attendance_of(
    store: StoreReader,
    question: str,
    hits: Sequence[Hit],
    aliases: dict[str, frozenset[str]],
) -> Statement | None:
    """Return who was at the meeting asked about, the newest of those that fit, or None."""
    part = next((said for asks, said in _ASKS if asks.search(question)), None)
    wanted = set(stems_of(question)) - _OF_MEETINGS - {stem(word) for word in STOP_WORDS}
    if part is None or not wanted:
        return None
    first: dict[str, Hit] = {}
    for hit in hits:
        first.setdefault(hit.document.id, hit)
    fitting = [
        hit
        for hit in first.values()
        if all(holds(_said_of(hit.document), one, aliases) for one in wanted)
    ]
    for hit in sorted(fitting, key=lambda one: one.document.date.edtf or "", reverse=True):
        found = _list_of(store, hit, part)
        if found is not None:
            return found
    return None


def _said_of(document: Document) -> set[str]:
    names = [document.title, document.body, document.committee, document.area, document.file]
    edtf = document.date.edtf
    if edtf:
        first, last = bounds(edtf)
        names += [f"{first:%Y %B} {first.day} {last:%Y %B} {last.day}"]
    return set(stems_of(" ".join(name for name in names if name)))


def _list_of(store: StoreReader, hit: Hit, part: str) -> Statement | None:
    document = hit.document
    passages = store.document_passages(document.id)
    kept = document.kind in (Kind.MINUTES, Kind.OTHER)
    if not kept or not any(one.role is Role.ATTENDANCE for one in passages):
        return None
    listed = _together(passages)
    text = store.text(document.id)
    units = [unit for one in listed for unit in one.units or (one.span,)]
    begins = re.compile(part, re.IGNORECASE) if part else _BEGINS
    start = next((n for n, unit in enumerate(units) if begins.search(unit.of(text))), None)
    if start is None:
        return None
    units = units[start : start + 2] if part else units[start:]
    end = units[0].end
    for unit in units:
        if unit.end - units[0].start > LONGEST:
            break
        end = end if unit.of(text).rstrip().endswith(":") else unit.end
    span = Span(units[0].start, end)
    holding = next(one for one in listed if one.span.overlaps(span))
    found = Hit(hit.rank, hit.score, holding, document)
    told = Parts(coverage=1.0)
    return Statement(found, span, span.of(text), None, is_list=True, score=FAR_ABOVE, parts=told)


def _together(passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages from the first that lists people to the last that does near it."""
    places = [n for n, one in enumerate(passages) if one.role is Role.ATTENDANCE]
    start = passages[places[0]].span.start
    last = max(n for n in places if passages[n].span.start - start <= _NEAR)
    return list(passages[places[0] : last + 1])
