"""What a paper of a pack is: its own word first, then what the pack's manifest entry or head says.

The manifest's entry is of the whole file. Its body, committee, area, publication and address hold
for every paper; its title, kind and status are the pack's own. A paper is dated by the day that it
states, else by the pack's meeting; minutes never by the pack's, whose meeting only approves them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.bodies import NO_BODIES, Bodies
from indexer.corpus import Source
from indexer.describe import describe
from indexer.manifest import Entry
from indexer.model import Dating, Document, Kind, Page, ParsedDocument, Part, Span
from indexer.packs.cut import Paper

_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OF_THE_FILES_NAME = "the file's name"
_OF_THE_OUTLINE = "the paper's title in the pack"


def describe_paper(
    source: Source, parsed: ParsedDocument, paper: Paper, bodies: Bodies = NO_BODIES
) -> Document:
    """Return the record of one paper of the file ``source``, which was parsed as ``parsed``.

    ``bodies`` is the corpus folder's table of bodies.
    """
    if paper.whole:
        return describe(source, parsed, bodies)
    pack = describe(source, paper.front or _without_words(parsed), bodies)
    first, last = paper.pages
    document = pack if paper.parsed is paper.front else _own(source, pack, paper, bodies)
    return replace(
        document,
        id=source.document_id if first == 1 else f"{source.document_id}-p{first}",
        file=source.file,
        duplicates=source.duplicates,
        part=Part(pack.title, (first, last), len(parsed.pages)),
    )


def _without_words(parsed: ParsedDocument) -> ParsedDocument:
    """Return a pack that has no pages of its own: what its papers say, it does not."""
    return replace(parsed, text="", blocks=(), pages=(Page(1, Span(0, 0)),))


def _own(source: Source, pack: Document, paper: Paper, bodies: Bodies) -> Document:
    """Describe a paper by its text, under its own title for want of a file's name."""
    entry, unnamed = source.entry, f"page {paper.pages[0]}"
    name = (paper.parsed.title or unnamed).replace("/", "-") + ".pdf"
    carried = Entry(
        file=name,
        body=entry.body,
        area=entry.area,
        published=entry.published,
        published_basis=entry.published_basis,
        source_url=entry.source_url,
    )
    own = describe(replace(source, file=name, entry=carried), paper.parsed, bodies)
    body, committee = own.body or pack.body, _committee(entry, own, pack)
    known_by = own if own.body else pack
    return replace(
        own,
        title=f"{pack.title}, {unnamed}" if own.title in (unnamed, name) else own.title,
        body=body,
        committee=committee,
        area=own.area or pack.area,
        date=_date(own, pack),
        inferred=_inferred(entry, body, committee),
        bases=_bases(own, pack, body, committee),
        body_names=known_by.body_names,
        successors=known_by.successors,
    )


def _inferred(entry: Entry, body: str | None, committee: str | None) -> tuple[str, ...]:
    """Return the fields that no manifest states of the paper."""
    open_ones = {
        "title": True,
        "body": body is not None and entry.body is None,
        "committee": committee is not None and committee != entry.committee,
        "kind": True,
        "date": True,
    }
    return tuple(name for name, is_open in open_ones.items() if is_open)


def _bases(
    own: Document, pack: Document, body: str | None, committee: str | None
) -> tuple[tuple[str, str], ...]:
    """Return how each inferred field is known: by the paper itself, or by its pack."""
    known, packs = dict(own.bases), dict(pack.bases)
    for name, taken, told in (("body", body, own.body), ("committee", committee, own.committee)):
        if taken != told and name in packs:
            known[name] = f"the pack's: {packs[name]}"
    return tuple(known.items())


def _committee(entry: Entry, own: Document, pack: Document) -> str | None:
    """Minutes may be another committee's, and then they say so; a report is to the pack's."""
    if own.kind is Kind.MINUTES:
        return own.committee or pack.committee
    return entry.committee or own.committee or pack.committee


def _date(own: Document, pack: Document) -> Dating:
    if own.date.edtf and _A_DAY.fullmatch(own.date.edtf):
        return replace(own.date, basis=own.date.basis.replace(_OF_THE_FILES_NAME, _OF_THE_OUTLINE))
    if own.kind is Kind.MINUTES or pack.date.edtf is None:
        return own.date
    return Dating(pack.date.edtf, f"the pack's: {pack.date.basis}")
