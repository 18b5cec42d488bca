"""The record's categories in plain words, for people who never read our documentation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from indexer.errors import UsageError
from indexer.model import Document, Filters, Kind, Part, Place, Role, Status
from indexer.store.listing import Sort
from search_api.query import Correction
from search_api.results import Answer, AnswerStatus, Confidence, Level, Understood
from search_api.web.plain_dates import plain_date, read_date

ROLES = {
    Role.REPORT: "Presented to the meeting",
    Role.COMMENT: "Said or asked in the discussion",
    Role.RESPONSE: "Given in answer at the meeting",
    Role.RESOLUTION: "Decided or voted on by the meeting",
    Role.ACTION: "Action to be taken",
    Role.SLIDE: "From a slide",
    Role.TABLE: "From a table",
    Role.NOTE: "From a speaker’s note or a footnote",
    Role.ATTENDANCE: "List of who was there",
    Role.TEXT: "From the text",
}

KINDS = {
    Kind.MINUTES: "Minutes",
    Kind.AGENDA: "Agenda",
    Kind.SLIDES: "Slides",
    Kind.REPORT: "Report",
    Kind.PACK: "Meeting pack",
    Kind.PLAN: "Plan",
    Kind.LETTER: "Letter",
    Kind.OTHER: "Other document",
}

KINDS_MANY = {
    Kind.MINUTES: "Minutes",
    Kind.AGENDA: "Agendas",
    Kind.SLIDES: "Slides",
    Kind.REPORT: "Reports",
    Kind.PACK: "Meeting packs",
    Kind.PLAN: "Plans",
    Kind.LETTER: "Letters",
    Kind.OTHER: "Other documents",
}

STATUSES = {
    Status.DRAFT: "draft, not yet approved",
    Status.APPROVED: "approved as the record",
    Status.UNKNOWN: "",
}

OUTCOMES = {
    AnswerStatus.ANSWERED: "The record answers this",
    AnswerStatus.CHANGED: "The record changed over time",
    AnswerStatus.DISPUTED: "The bodies say different things",
    AnswerStatus.NOT_FOUND: "The documents do not say",
}

SORTS = {
    Sort.DATE_DOWN: "newest first",
    Sort.DATE: "oldest first",
    Sort.TITLE: "title",
    Sort.FILE: "file name",
}

SEEMS = "The record seems to answer this"
"""Of an answer that something holds back."""
NOT_SURE = "The record may answer this"
"""Of an answer that there is a reason to doubt."""
NO_DOCUMENT = "No document fits"

ADVICE = {
    AnswerStatus.ANSWERED: "These are the words of the documents. Check the quotation below "
    "before you rely on it.",
    AnswerStatus.CHANGED: "What the documents say is different at different dates. The newest "
    "comes first; what a later one replaces is marked as superseded.",
    AnswerStatus.DISPUTED: "At the same time, different bodies say different things. Both are "
    "shown; Minutebook does not choose between them.",
    AnswerStatus.NOT_FOUND: "No passage answers the question. The passages nearest to it are "
    "below; they are not an answer.",
}

_IF_LESS_SURE = {
    Level.SINGLE_SOURCE: (
        SEEMS,
        "These are the words of the documents, with the reservations given below. Read the "
        "quotation in its document before you rely on it.",
    ),
    Level.WEAK: (
        NOT_SURE,
        "These are the words of the documents, but they may be about something else than you "
        "asked. Read what stands around the quotation before you rely on it.",
    ),
}
"""The heading and the advice of answers that are less than well supported."""

FIELDS = {
    "body": "organisation",
    "area": "area",
    "committee": "committee",
    "kind": "kind of document",
    "role": "kind of statement",
}
"""What the form calls the filters."""

_BASES = {
    "manifest": "date given with the document",
    "text": "date read from the document",
    "inferred": "date worked out, not stated",
    "unknown": "",
}


def basis(words: str) -> str:
    """Say how a date is known; a basis that is a sentence already is left as it is."""
    return _BASES.get(words, words)


def place(document: Document, pages: tuple[int, int]) -> str:
    """Say where in a document something stands; many formats have no pages to speak of."""
    first, last = pages
    if document.pages <= 1 and document.media_type != "application/pdf":
        return "no page numbers in the source"
    noun = page_noun(document)
    return f"{noun} {first}" if first == last else f"{noun}s {first} to {last}"


def page_noun(document: Document) -> str:
    """Say what a page of this document is called."""
    return "slide" if "presentation" in document.media_type else "page"


def part_of(part: Part) -> str:
    """Say which pages of a pack a paper is."""
    return f"{_pages_said(part.pages)} of the {part.of} in the pack “{part.title}”"


def also_in(other: Place) -> str:
    """Say where the same text stands again."""
    return f"also in {other.file}, {_pages_said(other.pages)}"


def _pages_said(pages: tuple[int, int]) -> str:
    first, last = pages
    return f"page {first}" if first == last else f"pages {first} to {last}"


def outcome_said(answer: Answer, searched: int | None = None) -> str:
    """Say in a few words what was found; ``searched`` is how many documents were looked in."""
    if searched == 0:
        return NO_DOCUMENT
    return _said_of(answer)[0]


def advice_said(answer: Answer) -> str:
    """Say what to make of an answer, or of there being none."""
    return _said_of(answer)[1]


def _said_of(answer: Answer) -> tuple[str, str]:
    usual = OUTCOMES[answer.status], ADVICE[answer.status]
    if answer.status is not AnswerStatus.ANSWERED or answer.confidence is None:
        return usual
    return _IF_LESS_SURE.get(answer.confidence.level, usual)


def confidence_said(confidence: Confidence) -> str:
    """Say how far an answer can be relied on, and why."""
    return f"How sure: {confidence.level.value}. {' '.join(confidence.reasons)}"


def corrections_said(corrections: Iterable[Correction]) -> list[str]:
    """Say what was searched for instead of words that no document holds, a sentence for each."""
    return [
        f"Searched for “{one.read_as}”: no document here holds “{one.written}”."
        for one in corrections
    ]


def read_as_said(understood: Understood | None) -> str:
    """Say what was put to the record in place of the question; nothing where it was put itself."""
    if understood is None or understood.read_as is None:
        return ""
    return f"Your question was read as “{understood.read_as}”."


def time_said(understood: Understood | None) -> str:
    """Say what a question's words of time did to its answer; nothing where they did nothing."""
    time = understood.time if understood else None
    if time is None or time.edtf is None or time.reading == "asked_about":
        return ""
    if not time.applied:
        return (
            f"“{time.words}” in the question was read as a time; the date given beside it is used."
        )
    return (
        f"Answered as the record stood at {plain_date(time.edtf)}, because the question says "
        f"“{time.words}”. Later documents were left out; give a date of your own to change that."
    )


def roles_said(roles: Sequence[Role]) -> str:
    """Say in which roles something is said, one after the other."""
    return ", then: ".join(ROLES[role] for role in roles)


def listed(names: Sequence[str], joint: str = "or") -> str:
    """Join names as a person would: a, b or c."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"


def dated(name: str, value: str) -> str:
    """Say a limit in time; a date that cannot be read is said as it was typed."""
    try:
        value = read_date(value)
    except UsageError:
        return f"{_DATED[name]} {value}"
    return f"{_DATED[name]} {plain_date(value)}"


_DATED = {"from": "from", "to": "up to", "as_of": "as the record stood at"}


def limits(filters: Filters) -> list[str]:
    """Say what a search was limited to, one phrase for each filter."""
    values = {
        "body": filters.body,
        "area": filters.area,
        "committee": filters.committee,
        "kind": tuple(KINDS[kind].lower() for kind in filters.kind),
        "role": tuple(ROLES[role].lower() for role in filters.role),
    }
    phrases = [f"{FIELDS[name]}: {listed(chosen)}" for name, chosen in values.items() if chosen]
    dates = {"from": filters.start, "to": filters.end, "as_of": filters.as_of}
    return phrases + [dated(name, value) for name, value in dates.items() if value]
