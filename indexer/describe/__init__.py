"""What a document is, where no manifest says: title, body, kind and dates, each with its basis.

Everything inferred is marked so. What the text does not show stays unknown: a guess at a body or
a day would end in somebody's letter.
"""

from __future__ import annotations

from indexer.bodies import NO_BODIES, Bodies
from indexer.corpus import Source
from indexer.describe.councils import council_of
from indexer.describe.head import head_of
from indexer.describe.kinds import kind_of
from indexer.describe.named import Named
from indexer.describe.names import area_served, body_of, committee_of
from indexer.describe.record import approval_of, publication_of, status_of
from indexer.describe.titles import title_of
from indexer.describe.when import meeting_date
from indexer.manifest import Entry
from indexer.model import Dating, Document, ParsedDocument

_STATED = "stated in the manifest"


def describe(source: Source, parsed: ParsedDocument, bodies: Bodies = NO_BODIES) -> Document:
    """Return the document's record: the manifest's word first, then the text's, then the name's.

    ``bodies`` is the corpus folder's table of bodies.
    """
    entry, head = source.entry, head_of(parsed)
    kind, kind_basis = kind_of(source.file, parsed, head)
    kind = entry.kind or kind
    status, status_basis = status_of(head, source.file, kind)
    named = None if entry.body else body_of(head, source.file, bodies)
    body = entry.body or _name(named)
    committee = None if entry.committee else committee_of(head, source.file, body)
    if body is None:
        named = council_of(entry.committee or _name(committee), kind, parsed.text, bodies)
        body = _name(named)
    area = None if entry.area else area_served(body, bodies)
    date = _stated_date(entry) or meeting_date(head, source.file, kind, parsed)
    who = entry.committee or _name(committee) or body
    title, title_basis = title_of(parsed, head, source.file, kind, who, date)
    bases = {
        "title": None if entry.title else title_basis,
        "body": _basis(named),
        "committee": _basis(committee),
        "area": _basis(area),
        "kind": None if entry.kind else kind_basis,
        "status": None if entry.status else status_basis,
        "date": None if entry.date else date.basis,
    }
    inferred = [name for name, basis in bases.items() if basis]
    return Document(
        id=source.document_id,
        title=entry.title or title,
        body=body,
        committee=entry.committee or _name(committee),
        area=entry.area or _name(area),
        kind=kind,
        status=entry.status or status,
        date=date,
        published=_stated_publication(entry) or publication_of(head, parsed, kind),
        approved=approval_of(head, parsed, kind, date),
        file=source.file,
        media_type=parsed.media_type,
        pages=len(parsed.pages),
        source_url=entry.source_url,
        sha256=source.sha256,
        duplicates=source.duplicates,
        warnings=parsed.warnings,
        inferred=tuple(inferred),
        bases=tuple((name, basis) for name, basis in bases.items() if basis and name != "date"),
        body_names=bodies.found_by(body),
        successors=bodies.successors(body),
    )


def _name(named: Named | None) -> str | None:
    return named.name if named else None


def _basis(named: Named | None) -> str | None:
    return named.basis if named else None


def _stated_date(entry: Entry) -> Dating | None:
    return Dating(entry.date, entry.date_basis or _STATED) if entry.date else None


def _stated_publication(entry: Entry) -> Dating | None:
    if entry.published is None:
        return None
    return Dating(entry.published, entry.published_basis or _STATED)
