"""What a paper of a pack is: its own word first, then what the pack's manifest entry or head says.

The manifest's entry is of the whole file. Its body, committee, area, publication and address hold
for every paper; its title, kind and status are the pack's own. A paper is dated by the day that it
states, else by the pack's meeting; minutes never by the pack's, whose meeting only approves them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.corpus import Source
from indexer.describe import describe
from indexer.manifest import Entry
from indexer.model import Dating, Document, Kind, ParsedDocument, Part
from indexer.packs.cut import Paper

_A_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_OF_THE_FILES_NAME = "the file's name"
_OF_THE_OUTLINE = "the paper's title in the pack"


def describe_paper(source: Source, parsed: ParsedDocument, paper: Paper) -> Document:
    """Return the record of one paper of the file ``source``, which was parsed as ``parsed``."""
    if paper.whole:
        return describe(source, parsed)
    pack = describe(source, parsed)
    document = describe(source, paper.parsed) if paper.front else _own(source, pack, paper)
    first, last = paper.pages
    return replace(
        document,
        id=source.document_id if first == 1 else f"{source.document_id}-p{first}",
        file=source.file,
        duplicates=source.duplicates,
        part=Part(pack.title, (first, last), len(parsed.pages)),
    )


def _own(source: Source, pack: Document, paper: Paper) -> Document:
    """Describe a paper by its text, under its own title for want of a file's name."""
    entry = source.entry
    name = (paper.parsed.title or f"{pack.title}, page {paper.pages[0]}").replace("/", "-") + ".pdf"
    carried = Entry(
        file=name,
        body=entry.body,
        area=entry.area,
        published=entry.published,
        published_basis=entry.published_basis,
        source_url=entry.source_url,
    )
    own = describe(replace(source, file=name, entry=carried), paper.parsed)
    committee = _committee(entry, own, pack)
    body = own.body or pack.body
    return replace(
        own,
        body=body,
        committee=committee,
        area=own.area or pack.area,
        date=_date(own, pack),
        inferred=tuple(
            name
            for name, stands in (
                ("title", True),
                ("body", body and not entry.body),
                ("committee", committee and committee != entry.committee),
                ("kind", True),
                ("date", True),
            )
            if stands
        ),
    )


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
