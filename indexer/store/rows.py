"""The schema of ``records.sqlite``, and how each noun becomes a row of it and comes back.

Offsets count Unicode code points of the document's text and ranges are half-open. A list of spans
is a JSON array ``[start, end, start, end, …]``, a list of strings a JSON array. What stands in a
passage is kept with the passage and not again with its document (see ``whole_texts``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from indexer.model import (
    Acronym,
    Block,
    BlockKind,
    Dating,
    Document,
    Kind,
    Page,
    Part,
    Passage,
    Place,
    Role,
    Span,
    Status,
    Successor,
)
from indexer.store.filters import Facts, bodies_found, facts_of
from indexer.store.protocols import DocumentRecord

Row = Sequence[Any]

_SECTIONS_KEPT = 4096
_ROLES = {role.value: role for role in Role}
_BLOCK_KINDS = {kind.value: kind for kind in BlockKind}
# Without what json.loads does about white space, which takes longer than a short list itself.
_decoded = json.JSONDecoder().raw_decode
_encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

SCHEMA = """
CREATE TABLE documents (
    ordinal INTEGER PRIMARY KEY,       -- from 0, in the order in which they were added
    id TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    body TEXT, committee TEXT, area TEXT,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    date TEXT, date_basis TEXT NOT NULL,            -- EDTF
    published TEXT, published_basis TEXT NOT NULL,  -- EDTF
    earliest TEXT, latest TEXT,        -- the first and last day that date may mean, YYYY-MM-DD
    file TEXT NOT NULL,                -- below the corpus folder
    media_type TEXT NOT NULL,
    pages INTEGER NOT NULL,
    source_url TEXT,
    sha256 TEXT NOT NULL,
    duplicates TEXT NOT NULL,          -- files of the same content
    part TEXT NOT NULL,                -- of a pack: [its title, first page, last, of]; else []
    also_in TEXT NOT NULL,             -- [[file, sha256, first page, last], …]
    warnings TEXT NOT NULL,
    inferred TEXT NOT NULL,            -- names of the fields that no manifest states
    approved TEXT, approved_basis TEXT NOT NULL,    -- EDTF
    bases TEXT NOT NULL,               -- pairs: an inferred field, how it is known
    body_names TEXT NOT NULL,          -- other names and codes of the body
    successors TEXT NOT NULL,          -- [body, since, its names], the nearest first
    first_passage INTEGER NOT NULL,
    passages INTEGER NOT NULL          -- how many, numbered from first_passage
);
CREATE TABLE texts (
    document INTEGER PRIMARY KEY REFERENCES documents,
    beside TEXT NOT NULL,              -- what stands in no passage, one after another
    crc32 INTEGER NOT NULL             -- of the whole text in UTF-8
);
CREATE TABLE pages (
    document INTEGER NOT NULL REFERENCES documents,
    place INTEGER NOT NULL,            -- from 0, in order
    number INTEGER NOT NULL,           -- from 1, in the file
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
    label TEXT,
    ocr REAL,                          -- of a page read from a picture: from 0 to 1, how sure
    PRIMARY KEY (document, place)
) WITHOUT ROWID;
CREATE TABLE blocks (
    document INTEGER NOT NULL REFERENCES documents,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
    level INTEGER NOT NULL,
    header_start INTEGER, header_end INTEGER,
    PRIMARY KEY (document, place)
) WITHOUT ROWID;
CREATE TABLE passages (
    number INTEGER PRIMARY KEY,        -- the same in passages.faiss and words/
    id TEXT NOT NULL UNIQUE,
    document INTEGER NOT NULL REFERENCES documents,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
    role TEXT NOT NULL,
    over INTEGER NOT NULL REFERENCES overs,
    first_page INTEGER NOT NULL, last_page INTEGER NOT NULL,
    lead_in_start INTEGER, lead_in_end INTEGER,
    units TEXT NOT NULL,               -- spans
    ocr REAL,                          -- the least of its pages'
    text TEXT NOT NULL
);
CREATE TABLE overs (                   -- what stands over passages, mostly over several
    number INTEGER PRIMARY KEY,
    section TEXT NOT NULL,             -- headings, the outermost first
    context TEXT NOT NULL              -- what stood before the text when it was embedded
);
CREATE TABLE acronyms (
    document INTEGER NOT NULL REFERENCES documents,
    place INTEGER NOT NULL,
    short TEXT NOT NULL, long TEXT NOT NULL,
    document_id TEXT NOT NULL, body TEXT,
    PRIMARY KEY (document, place)
) WITHOUT ROWID;
"""
DOCUMENT_COLUMNS = (
    "id, title, body, committee, area, kind, status, date, date_basis, published, "
    "published_basis, file, media_type, pages, source_url, sha256, duplicates, part, also_in, "
    "warnings, inferred, approved, approved_basis, bases, body_names, successors"
)
PASSAGE_COLUMNS = (
    'passages.id, documents.id, passages.text, "start", "end", role, section, '
    "first_page, last_page, lead_in_start, lead_in_end, units, ocr"
)
FACTS_COLUMNS = "body, area, committee, kind, earliest, latest, body_names, successors"
PAGE_COLUMNS = 'number, "start", "end", label, ocr'
BLOCK_COLUMNS = 'kind, "start", "end", level, header_start, header_end'
ACRONYM_COLUMNS = "short, long, document_id, body"
CONTEXT_TABLES = "passages JOIN overs ON overs.number = passages.over"
PASSAGE_TABLES = f"{CONTEXT_TABLES} JOIN documents ON documents.ordinal = passages.document"


def document_row(ordinal: int, first_passage: int, record: DocumentRecord) -> Row:
    """Return the row of ``documents``. Raises UsageError where the date is not EDTF."""
    document, facts = record.document, facts_of(record.document)
    return [
        ordinal,
        document.id,
        document.title,
        document.body,
        document.committee,
        document.area,
        document.kind.value,
        document.status.value,
        document.date.edtf,
        document.date.basis,
        document.published.edtf,
        document.published.basis,
        facts.earliest.isoformat() if facts.earliest else None,
        facts.latest.isoformat() if facts.latest else None,
        document.file,
        document.media_type,
        document.pages,
        document.source_url,
        document.sha256,
        _json(document.duplicates),
        _json(_part_fields(document.part)),
        _json([[place.file, place.sha256, *place.pages] for place in document.also_in]),
        _json(document.warnings),
        _json(document.inferred),
        document.approved.edtf,
        document.approved.basis,
        _json(document.bases),
        _json(document.body_names),
        _json([[after.body, after.since, after.names] for after in document.successors]),
        first_passage,
        len(record.passages),
    ]


def document_of(row: Row) -> Document:
    """Return the document of a row of DOCUMENT_COLUMNS."""
    identity, kind, status, dates, rest = row[:5], row[5], row[6], row[7:11], row[11:21]
    *approved, bases, body_names, successors = row[21:]
    document_id, title, body, committee, area = identity
    file, media_type, pages, source_url, sha256, duplicates, part, also_in, *noticed = rest
    warnings, inferred = noticed
    return Document(
        id=document_id,
        title=title,
        body=body,
        committee=committee,
        area=area,
        kind=Kind(kind),
        status=Status(status),
        date=Dating(*dates[:2]),
        published=Dating(*dates[2:]),
        file=file,
        media_type=media_type,
        pages=pages,
        source_url=source_url,
        sha256=sha256,
        duplicates=tuple(json.loads(duplicates)),
        warnings=tuple(json.loads(warnings)),
        inferred=tuple(json.loads(inferred)),
        part=_part_of(json.loads(part)),
        also_in=tuple(
            Place(file, sha256, (first, last)) for file, sha256, first, last in json.loads(also_in)
        ),
        approved=Dating(*approved),
        bases=tuple((field, basis) for field, basis in json.loads(bases)),
        body_names=tuple(json.loads(body_names)),
        successors=_successors(successors),
    )


def _part_fields(part: Part | None) -> list[Any]:
    return [part.title, *part.pages, part.of] if part else []


def _part_of(fields: list[Any]) -> Part | None:
    if not fields:
        return None
    title, first, last, of = fields
    return Part(title, (first, last), of)


def facts_row(row: Row) -> Facts:
    """Return what filters look at, of a row of FACTS_COLUMNS."""
    body, area, committee, kind, earliest, latest, body_names, successors = row
    names = bodies_found(body, json.loads(body_names), _successors(successors))
    return Facts(names, area, committee, Kind(kind), _day(earliest), _day(latest))


def passage_rows(
    document: int, first: int, record: DocumentRecord, overs: Iterable[int]
) -> list[Row]:
    """Return the rows of ``passages`` for a document, with the numbers of what stands over each."""
    return [
        [
            number,
            passage.id,
            document,
            passage.span.start,
            passage.span.end,
            passage.role.value,
            over,
            *passage.pages,
            *_ends(passage.lead_in),
            _json([end for unit in passage.units for end in (unit.start, unit.end)]),
            passage.ocr,
            passage.text,
        ]
        for number, (passage, over) in enumerate(
            zip(record.passages, overs, strict=True), start=first
        )
    ]


def over_of(passage: Passage, context: str) -> tuple[str, str]:
    """Return the row of ``overs`` for a passage, but for its number."""
    return _json(passage.section), context


def passage_of(row: Row) -> Passage:
    """Return the passage of a row of PASSAGE_COLUMNS."""
    passage_id, document_id, text, start, end, role, section, first, last, *rest = row
    *lead_in, units, ocr = rest
    ends, _ = _decoded(units)
    return Passage(
        id=passage_id,
        document_id=document_id,
        text=text,
        span=Span(start, end),
        role=_ROLES[role],
        section=_section(section),
        pages=(first, last),
        lead_in=_span(*lead_in),
        units=tuple(map(Span, ends[::2], ends[1::2])),
        ocr=ocr,
    )


@lru_cache(maxsize=_SECTIONS_KEPT)
def _section(headings: str) -> tuple[str, ...]:
    return tuple(json.loads(headings))


def page_rows(document: int, pages: Iterable[Page]) -> list[Row]:
    """Return the rows of ``pages`` for a document."""
    return [
        [document, place, page.number, page.span.start, page.span.end, page.label, page.ocr]
        for place, page in enumerate(pages)
    ]


def page_of(row: Row) -> Page:
    """Return the page of a row of PAGE_COLUMNS."""
    number, start, end, label, ocr = row
    return Page(number, Span(start, end), label, ocr)


def block_rows(document: int, blocks: Iterable[Block]) -> list[Row]:
    """Return the rows of ``blocks`` for a document."""
    return [
        [
            document,
            place,
            block.kind.value,
            block.span.start,
            block.span.end,
            block.level,
            *_ends(block.header),
        ]
        for place, block in enumerate(blocks)
    ]


def block_of(row: Row) -> Block:
    """Return the block of a row of BLOCK_COLUMNS."""
    kind, start, end, level, *header = row
    return Block(_BLOCK_KINDS[kind], Span(start, end), level, _span(*header))


def acronym_rows(document: int, acronyms: Iterable[Acronym]) -> list[Row]:
    """Return the rows of ``acronyms`` for a document."""
    return [
        [document, place, acronym.short, acronym.long, acronym.document_id, acronym.body]
        for place, acronym in enumerate(acronyms)
    ]


def _successors(text: str) -> tuple[Successor, ...]:
    return tuple(Successor(body, since, tuple(names)) for body, since, names in json.loads(text))


def _json(values: Sequence[Any]) -> str:
    return _encoded(list(values)) if values else "[]"


def _ends(span: Span | None) -> tuple[int | None, int | None]:
    return (span.start, span.end) if span else (None, None)


def _span(start: int | None, end: int | None) -> Span | None:
    return None if start is None or end is None else Span(start, end)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
