"""The nouns of Minutebook, in the order in which a document becomes an answer's citation.

Every value is immutable. Offsets are half-open and count Unicode code points of one coordinate
system: the document's normalised text, made once by the parser (see ``indexer.parse``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice, takewhile

NOT_STATED = "not stated in the document"
"""How the basis of a fact begins that the document does not give."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range ``[start, end)`` of a document's text, in code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the characters of ``text`` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Say whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Dating:
    """A date in EDTF (ISO 8601-2) and how it is known; ``edtf`` is None where it is unknown."""

    edtf: str | None
    basis: str


class Kind(StrEnum):
    """What sort of document it is."""

    MINUTES = "minutes"
    AGENDA = "agenda"
    SLIDES = "slides"
    REPORT = "report"
    PACK = "pack"
    PLAN = "plan"
    LETTER = "letter"
    OTHER = "other"


class Status(StrEnum):
    """Whether the body has approved the document as its record."""

    DRAFT = "draft"
    APPROVED = "approved"
    UNKNOWN = "unknown"


class Role(StrEnum):
    """Who is speaking in a passage, and with what force."""

    REPORT = "report"
    COMMENT = "comment"
    RESPONSE = "response"
    RESOLUTION = "resolution"
    ACTION = "action"
    SLIDE = "slide"
    TABLE = "table"
    NOTE = "note"
    ATTENDANCE = "attendance"
    TEXT = "text"


class BlockKind(StrEnum):
    """What a parser saw: the smallest structure that every format can tell."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    NOTE = "note"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list item, table row or piece of page furniture.

    ``level`` is the heading's or the list's depth from 1. ``header`` is the span of the table's
    heading row for a row. Furniture stays in the text and on its page and in no passage.
    """

    kind: BlockKind
    span: Span
    level: int = 1
    header: Span | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A PDF page, a slide, or the whole of a file that has no pages; numbers count from 1."""

    number: int
    span: Span
    label: str | None = None
    ocr: float | None = None
    """Where the page is a picture: how sure text recognition was of its words, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One bookmark of a file's outline; ``page`` counts from 1 in the file, ``level`` from 1."""

    title: str
    page: int
    level: int


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """What a parser makes of one file: one normalised text, and structure as spans of it."""

    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    media_type: str
    title: str | None = None
    warnings: tuple[str, ...] = ()
    outline: tuple[OutlineEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """Where in its file a document stands that is one paper of a pack.

    ``title`` is the pack's, ``pages`` the first and last page in the file, ``of`` the file's count.
    """

    title: str
    pages: tuple[int, int]
    of: int


@dataclass(frozen=True, slots=True)
class Place:
    """Another place where a document's text stands: a file of other bytes, and its pages there."""

    file: str
    sha256: str
    pages: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Successor:
    """A body that took the place of another, since when (EDTF), and the names it is found by."""

    body: str
    since: str | None = None
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One content with one identity.

    ``id`` derives from the file's bytes, and for a paper of a pack from where it begins there.
    """

    id: str
    title: str
    body: str | None
    committee: str | None
    area: str | None
    kind: Kind
    status: Status
    date: Dating
    published: Dating
    file: str
    media_type: str
    pages: int
    source_url: str | None
    sha256: str
    duplicates: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    """Names of the fields read or inferred from the document and not stated in a manifest."""
    part: Part | None = None
    """Set where the document is one paper of a file that holds several."""
    also_in: tuple[Place, ...] = ()
    approved: Dating = Dating(None, NOT_STATED)
    """When the body approved the document as its record."""
    bases: tuple[tuple[str, str], ...] = ()
    """For each inferred field but the date, in a short phrase, how it is known."""
    body_names: tuple[str, ...] = ()
    """Other names and codes of the body, from the table of bodies."""
    successors: tuple[Successor, ...] = ()
    """The bodies that took the body's place, the nearest first: a search under their names finds
    the document too."""

    @property
    def body_taken(self) -> str | None:
        """How the body is known where the document itself does not give it."""
        basis = dict(self.bases).get("body")
        return basis if basis and basis.startswith(NOT_STATED) else None


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest thing that can be quoted: a sentence, list item, table row or heading.

    ``lead_in`` is the sentence that introduces the list or table the unit belongs to.
    """

    span: Span
    role: Role
    section: tuple[str, ...] = ()
    lead_in: Span | None = None
    breaks_before: bool = False
    """True where a new paragraph or list item begins: a good place to cut."""
    heading: bool = False
    """True for a title, which belongs to what follows it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A contiguous span of one document: the unit of retrieval."""

    id: str
    document_id: str
    text: str
    span: Span
    role: Role
    section: tuple[str, ...]
    pages: tuple[int, int]
    lead_in: Span | None = None
    units: tuple[Span, ...] = ()
    ocr: float | None = None
    """Where it was read from a picture: how sure the least sure of its pages is, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short form and one meaning that a document itself gives it."""

    short: str
    long: str
    document_id: str
    body: str | None = None


@dataclass(frozen=True, slots=True)
class ModelIdentity:
    """Which embedding model, run how. A build and its queries must agree on ``fingerprint``."""

    name: str
    fingerprint: str
    dimensions: int
    max_tokens: int
    runtime: str
    precision: str


@dataclass(frozen=True, slots=True)
class VectorSearch:
    """How a build's vectors are searched: what was asked for, what was chosen, how well it finds.

    ``kind`` is "exact" or "compressed": a scan of compressed vectors whose best ``rescored``
    candidates for each hit are scored again by their whole vectors. ``recall`` is recall@10 against
    exact search, measured on ``measured_on`` of the build's passages.
    """

    recall_asked: float = 0.98
    exact_bytes: int = 32 * 1024**2
    """Search is exact while it reads no more than so many bytes of vectors."""
    kind: str = "exact"
    rescored: int = 0
    recall: float = 1.0
    measured_on: int = 0


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a build that other builds may share; equal names hold the same."""

    name: str
    documents: int
    passages: int


@dataclass(frozen=True, slots=True)
class BuildInfo:
    """What an index says of itself."""

    id: str
    format: int
    model: ModelIdentity
    settings: dict[str, str | int]
    corpus_sha256: str
    documents: int
    passages: int
    skipped: tuple[SkippedFile, ...] = ()
    checksums: dict[str, str] = field(default_factory=dict)
    vectors: VectorSearch = VectorSearch()
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that is not in the index, why, and what a person can do about it."""

    file: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search is limited to. Values of one field are alternatives; fields add up.

    ``start`` and ``end`` bound the document's date and ``as_of`` leaves out what was said later;
    all three are EDTF. Text fields match whole names or parts of them, without regard to case.
    """

    body: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    committee: tuple[str, ...] = ()
    kind: tuple[Kind, ...] = ()
    role: tuple[Role, ...] = ()
    start: str | None = None
    end: str | None = None
    as_of: str | None = None


def ocr_of(pages: Sequence[Page], numbers: tuple[int, int]) -> float | None:
    """Return how sure text recognition was of the least sure page from the first to the last."""
    first, last = numbers
    place = bisect_left(pages, first, key=_number)
    read = takewhile(lambda page: page.number <= last, islice(pages, place, None))
    return min((page.ocr for page in read if page.ocr is not None), default=None)


def pages_of(pages: Sequence[Page], span: Span) -> tuple[int, int]:
    """Return the numbers of the first and the last page that ``span`` stands on."""
    first = max(bisect_right(pages, span.start, key=_start), 1)
    last = max(bisect_right(pages, max(span.start, span.end - 1), key=_start), first)
    return pages[first - 1].number, pages[last - 1].number


def _start(page: Page) -> int:
    return page.span.start


def _number(page: Page) -> int:
    return page.number
