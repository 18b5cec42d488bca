"""Quotations, dated versions and documents as the pages show them: words only, ready to print."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.model import Acronym, Dating, Document
from search_api.results import Answer, AnswerStatus, Citation, Hit, Repeat, Version
from search_api.web.marks import Marker, Run
from search_api.web.notes import meeting_address, notes_on, successors
from search_api.web.plain_dates import plain_date
from search_api.web.words import KINDS, ROLES, STATUSES, also_in, basis, page_noun, part_of, place
from search_api.wire.schemas import link_to


@dataclass(frozen=True, slots=True)
class Facts:
    """What a document is, in plain words."""

    id: str
    title: str
    body: str
    committee: str
    area: str
    kind: str
    status: str
    date: str
    basis: str
    published: str
    pages: str
    source_url: str | None
    address: str
    part: str
    also_in: tuple[str, ...]
    warnings: tuple[str, ...]
    successors: tuple[str, ...]
    body_taken: str = ""
    """How the organisation is known where the document itself does not give it."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What is said in one role, after what was said in another."""

    role: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """One quotation with all that a letter needs to name it."""

    n: int
    passage: str
    quote: str
    runs: tuple[Run, ...]
    lead_in: str | None
    role: str
    section: tuple[str, ...]
    place: str
    link: str
    facts: Facts
    reference: str
    notes: tuple[str, ...] = ()
    meeting: tuple[str, str] | None = None
    then: tuple[Voice, ...] = ()
    """What a hit reads on to in another role: ``quote`` is all of it, ``runs`` what stands before.
    """
    repeats: tuple[tuple[str, str], ...] = ()
    """Where the very same words stand too: what to call each place, and its address."""


@dataclass(frozen=True, slots=True)
class Step:
    """One dated statement of the timeline."""

    date: str
    basis: str
    body: str
    statement: str
    superseded: bool
    card: Card | None
    edtf: str | None = None
    role: str = ""
    said: tuple[Card, ...] = ()
    """The quotations of every document that says the same, the newest first."""


def facts(document: Document) -> Facts:
    """Say what a document is."""
    return Facts(
        id=document.id,
        title=document.title,
        body=document.body or "",
        committee=document.committee or "",
        area=document.area or "",
        kind=KINDS[document.kind],
        status=STATUSES[document.status],
        date=plain_date(document.date.edtf),
        basis=_basis(document.date),
        published=plain_date(document.published.edtf) if document.published.edtf else "",
        pages=_pages(document),
        source_url=_safe(document.source_url),
        address=f"/documents/{document.id}",
        part=part_of(document.part) if document.part else "",
        also_in=tuple(also_in(other) for other in document.also_in),
        warnings=document.warnings,
        successors=successors(document),
        body_taken=document.body_taken or "",
    )


def citation_cards(answer: Answer) -> list[Card]:
    """Lay out the quotations of an answer."""
    marker = Marker(answer.question)
    return [_from_citation(citation, marker, answer.answer) for citation in answer.citations]


def elsewhere_cards(answer: Answer) -> list[Card]:
    """Lay out what other meetings said of the same matter."""
    marker = Marker(answer.question)
    return [_from_citation(citation, marker, None) for citation in answer.elsewhere]


def hit_cards(hits: Sequence[Hit], question: str) -> list[Card]:
    """Lay out ranked passages."""
    marker = Marker(question)
    return [_from_hit(hit, marker) for hit in hits]


def spoken(answer: Answer) -> str:
    """Return the answer to be shown; a quotation is shown with its own line ends."""
    words = (answer.answer or "").split()
    quotes = (citation.quote for citation in answer.citations)
    return next((quote for quote in quotes if quote.split() == words), answer.answer or "")


def turns(answer: Answer, over_time: Sequence[Step]) -> list[tuple[Step, str]]:
    """Return what is read out of each meeting, with the meeting's step; none where one answers."""
    lines = (answer.answer or "").split("\n")
    told = answer.status is AnswerStatus.CHANGED and len(lines) > 1
    return list(zip(over_time, lines, strict=False)) if told else []


def voices(answer: Answer, cards: Sequence[Card]) -> list[list[Card]]:
    """Gather by document the quotations whose words are read out, the leading one at the least."""
    words = " ".join((answer.answer or "").split())
    read = [card for card in cards if " ".join(card.quote.split()) in words] or list(cards[:1])
    found: dict[str, list[Card]] = {}
    for card in read:
        found.setdefault(card.facts.id, []).append(card)
    return list(found.values())


def short_forms(acronyms: Sequence[Acronym]) -> dict[str, list[str]]:
    """Gather the meanings of each short form, leaving out the same words written otherwise."""
    meanings: dict[str, dict[str, str]] = {}
    for acronym in acronyms:
        same = acronym.long.replace("&", "and").lower()
        meanings.setdefault(acronym.short, {}).setdefault(same, acronym.long)
    return {short: list(longs.values()) for short, longs in meanings.items()}


def steps(answer: Answer, cards: Sequence[Card]) -> list[Step]:
    """Lay out the timeline, newest first as it comes."""
    by_number = {card.n: card for card in cards}
    return [_step(version, by_number) for version in answer.timeline]


def sides(answer: Answer, over_time: Sequence[Step]) -> list[Step]:
    """Return what bodies say that differ at one time, none where they do not."""
    if answer.status is not AnswerStatus.DISPUTED:
        return []
    return [step for step in over_time if not step.superseded]


def _step(version: Version, by_number: Mapping[int, Card]) -> Step:
    card = by_number.get(version.citation)
    numbers = version.citations or (version.citation,)
    said = tuple(by_number[number] for number in numbers if number in by_number)
    return Step(
        date=plain_date(version.date.edtf),
        basis=_basis(version.date),
        body=version.body or "",
        statement=version.statement,
        superseded=version.superseded,
        card=card,
        edtf=version.date.edtf,
        role=ROLES[version.role],
        said=said,
    )


def _from_citation(citation: Citation, marker: Marker, answer: str | None) -> Card:
    document = citation.document
    where = place(document, citation.pages)
    return Card(
        n=citation.n,
        passage=citation.passage_id,
        quote=citation.quote,
        runs=marker.runs(citation.quote, document.date.edtf, answer),
        lead_in=citation.lead_in,
        role=ROLES[citation.role],
        section=(),
        place=where,
        link=link_to(document.id, citation.span),
        facts=facts(document),
        reference=reference(citation.quote, citation.lead_in, document, where),
        notes=notes_on(citation.quote, document, citation.ocr),
        meeting=meeting_address(document),
    )


def _from_hit(hit: Hit, marker: Marker) -> Card:
    passage, document = hit.passage, hit.document
    where = place(document, passage.pages)
    first, *then = _voices_of(hit, marker)
    return Card(
        n=hit.rank,
        passage=passage.id,
        quote=passage.text,
        runs=first.runs,
        lead_in=None,
        role=first.role,
        section=passage.section,
        place=where,
        link=link_to(document.id, passage.span),
        facts=facts(document),
        reference=reference(passage.text, None, document, where),
        notes=notes_on(passage.text, document, passage.ocr),
        meeting=meeting_address(document),
        then=tuple(then),
        repeats=tuple(_repeat(repeat) for repeat in hit.repeats),
    )


def _voices_of(hit: Hit, marker: Marker) -> list[Voice]:
    """Part a hit where its role changes."""
    text, start = hit.passage.text, hit.passage.span.start
    told = []
    for role, grouped in groupby(hit.passages, key=lambda part: part.role):
        parts = list(grouped)
        words = text[parts[0].span.start - start : parts[-1].span.end - start]
        told.append(Voice(ROLES[role], marker.runs(words, hit.document.date.edtf)))
    return told


def _repeat(repeat: Repeat) -> tuple[str, str]:
    passage, document = repeat.passage, repeat.document
    return f"{document.title}, {place(document, passage.pages)}", link_to(document.id, passage.span)


def reference(quote: str, lead_in: str | None, document: Document, where: str) -> str:
    """Return a quotation and its source as one line of a letter."""
    words = f"“{lead_in}” … “{quote}”" if lead_in else f"“{quote}”"
    source = [document.body, document.committee, document.title, plain_date(document.date.edtf)]
    if "no page" not in where:
        source.append(where)
    named = ", ".join(part for part in source if part)
    address = f" {document.source_url}" if document.source_url else ""
    return f"{words} ({named}.{address})"


def _basis(dating: Dating) -> str:
    return basis(dating.basis) if dating.edtf else ""


def _pages(document: Document) -> str:
    if document.pages <= 1 and document.media_type != "application/pdf":
        return "no page numbers"
    noun = page_noun(document)
    return f"{document.pages} {noun}{'' if document.pages == 1 else 's'}"


def _safe(address: str | None) -> str | None:
    """Offer web addresses only: a manifest may hold anything, a link must not run it."""
    return address if address and address.startswith(("https://", "http://")) else None
