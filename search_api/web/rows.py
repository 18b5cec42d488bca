"""Quotations as flat records with all that a reference needs: what every export is made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields

from indexer.model import Dating, Document, Role, Span
from search_api.results import Answer, Hit
from search_api.web.cards import reference
from search_api.web.plain_dates import plain_date
from search_api.web.words import place, roles_said
from search_api.wire.schemas import link_to

_AND = "; "
_DAY = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Row:
    """One quotation. Dates are EDTF; ``start`` and ``end`` count code points of the document.

    ``role`` has a hit's roles in order, parted by semicolons, where what follows it has others.
    ``where`` says the pages in words, and of a file without pages that it has none.
    """

    n: int
    quote: str
    role: str
    body: str
    committee: str
    area: str
    title: str
    kind: str
    date: str
    date_basis: str
    published: str
    pages: str
    where: str
    start: int
    end: int
    document_id: str
    passage_id: str
    sha256: str
    file: str
    source_url: str
    link: str
    lead_in: str
    reference: str

    @property
    def plain_date(self) -> str:
        """The date in plain English."""
        return plain_date(self.date or None)

    @property
    def said_role(self) -> str:
        """The role in plain English."""
        return roles_said([Role(role) for role in self.role.split(_AND)])

    @property
    def cited(self) -> str:
        """The quotation with its pages, where it has any, as a note cites it."""
        return f"“{self.quote}”" + (f" ({self.where})" if self.paged else "")

    @property
    def paged(self) -> bool:
        """Whether the file has pages that a reader can turn to."""
        return "no page" not in self.where

    @property
    def day(self) -> tuple[str, ...]:
        """Year, month and day of the date as far as it is one; empty where it is an interval."""
        match = _DAY.fullmatch(self.date)
        return tuple(part for part in match.groups() if part) if match else ()


NAMES = tuple(field.name for field in fields(Row))


def answer_rows(answer: Answer, address: str) -> list[Row]:
    """Return an answer's quotations; ``address`` is the server's, for the links."""
    return [
        _row(
            citation.n,
            citation.quote,
            citation.document,
            ((citation.role,), citation.passage_id, citation.pages, citation.span),
            address,
            citation.lead_in,
        )
        for citation in answer.citations
    ]


def hit_rows(hits: Sequence[Hit], address: str) -> list[Row]:
    """Return ranked passages."""
    return [
        _row(
            hit.rank,
            hit.passage.text,
            hit.document,
            (hit.roles, hit.passage.id, hit.passage.pages, hit.passage.span),
            address,
        )
        for hit in hits
    ]


def _row(
    n: int,
    quote: str,
    document: Document,
    found: tuple[tuple[Role, ...], str, tuple[int, int], Span],
    address: str,
    lead_in: str | None = None,
) -> Row:
    roles, passage_id, pages, span = found
    first, last = pages
    where = place(document, pages)
    return Row(
        n=n,
        quote=quote,
        role=_AND.join(roles),
        body=document.body or "",
        committee=document.committee or "",
        area=document.area or "",
        title=document.title,
        kind=document.kind.value,
        date=document.date.edtf or "",
        date_basis=_basis(document.date),
        published=document.published.edtf or "",
        pages=str(first) if first == last else f"{first}-{last}",
        where=where,
        start=span.start,
        end=span.end,
        document_id=document.id,
        passage_id=passage_id,
        sha256=document.sha256,
        file=document.file,
        source_url=document.source_url or "",
        link=address.rstrip("/") + link_to(document.id, span),
        lead_in=lead_in or "",
        reference=reference(quote, lead_in, document, where),
    )


def _basis(dating: Dating) -> str:
    return dating.basis if dating.edtf else ""
