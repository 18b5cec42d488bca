"""Gold questions: what they are, and how a file of them is read and checked.

A gold file is JSON Lines, one question a line; ``eval/README.md`` describes every field. Every
fault is reported with its file, its line and what to do about it, and all of them at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from indexer.errors import UsageError
from indexer.model import Filters
from search_api.wire.asking import FiltersJson, filters_from, parsed

KINDS = (
    "when", "who", "how_much", "how_many", "where", "why", "list", "decision", "action",
    "opinion", "table", "slide", "timeline", "acronym",
)  # fmt: skip
PARTS = ("dev", "test")
FIELDS = {
    "id", "question", "kind", "documents", "files", "evidence", "answers", "items", "answerable",
    "as_of", "filters", "stale", "part",
}  # fmt: skip
_SHA256 = re.compile(r"[0-9a-f]{64}")
_AS_OF = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation that answers the question, and the content (SHA-256) that it stands in."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question, where its answer stands, and what counts as answering it."""

    id: str
    question: str
    kind: str
    documents: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    answers: tuple[str, ...]
    items: tuple[tuple[str, ...], ...]
    answerable: bool
    part: str
    as_of: str | None = None
    filters: Filters = Filters()
    """What the question is asked under, ``as_of`` apart."""
    files: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    """Short answers that the record gives at another time than ``as_of``: real, but not right."""


@dataclass(frozen=True, slots=True)
class GoldFault:
    """One thing wrong with a gold file, by line, and what to do about it."""

    line: int
    what: str
    remedy: str


class GoldError(UsageError):
    """A gold file cannot be used; ``faults`` holds all that is wrong with it."""

    def __init__(self, file: str, faults: Sequence[GoldFault]) -> None:
        self.file = file
        self.faults = tuple(faults)
        lines = [f"{file}:{f.line}: {f.what} {f.remedy}" for f in faults[:_SHOWN]]
        if len(faults) > _SHOWN:
            lines.append(f"… and {len(faults) - _SHOWN} more.")
        super().__init__("\n".join(lines), "")

    def __reduce__(self) -> tuple[type[GoldError], tuple[str, tuple[GoldFault, ...]]]:  # type: ignore[override]
        """Keep the faults when the error is pickled."""
        return type(self), (self.file, self.faults)


class _FieldError(Exception):
    """What is wrong with a line, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


def load_gold(*paths: Path, part: str = "all") -> list[GoldQuestion]:
    """Return the questions of all files, in order, of one part or of both.

    Raises GoldError for the first file that is not sound, with every fault in it.
    """
    seen: dict[str, str] = {}
    questions: list[GoldQuestion] = []
    for path in paths:
        questions.extend(_load_file(path, seen))
    return [q for q in questions if part in ("all", q.part)]


def _load_file(path: Path, seen: dict[str, str]) -> Iterable[GoldQuestion]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(
            f"The gold file {path} cannot be read: {reason}.", "Check --gold."
        ) from None
    except UnicodeDecodeError as error:
        at = error.object.count(b"\n", 0, error.start) + 1
        fault = GoldFault(at, "The line is not UTF-8.", "Save the file as UTF-8.")
        raise GoldError(path.name, [fault]) from None
    questions: list[GoldQuestion] = []
    faults: list[GoldFault] = []
    # Not splitlines(): a quote may hold a line separator that JSON allows inside a string.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            question = _parse(line)
            _unseen(question.id, f"{path.name}:{number}", seen)
            questions.append(question)
        except _FieldError as error:
            faults.append(GoldFault(number, error.what, error.remedy))
    if faults:
        raise GoldError(path.name, faults)
    if not questions:
        raise UsageError(f"The gold file {path.name} holds no question.", "Check --gold.")
    return questions


def _unseen(identifier: str, place: str, seen: dict[str, str]) -> None:
    if identifier in seen:
        raise _FieldError(
            f"The id {identifier!r} already stands at {seen[identifier]}.",
            "Give each question an id of its own.",
        )
    seen[identifier] = place


def _parse(line: str) -> GoldQuestion:
    try:
        raw = json.loads(line)
    except json.JSONDecodeError as error:
        raise _FieldError(
            f"The line is not JSON ({error.msg} at column {error.colno}).",
            "Write one JSON object on the line.",
        ) from None
    if not isinstance(raw, dict):
        raise _FieldError("The line is not a JSON object.", "Write one JSON object on the line.")
    unknown = sorted(set(raw) - FIELDS)
    if unknown:
        raise _FieldError(
            f"There is no field {unknown[0]!r}.", f"Known fields: {', '.join(sorted(FIELDS))}."
        )
    question = GoldQuestion(
        id=_string(raw, "id"),
        question=_string(raw, "question"),
        kind=_one_of(raw, "kind", KINDS),
        documents=_documents(raw),
        evidence=_evidence(raw),
        answers=_strings(raw, "answers"),
        items=_items(raw),
        answerable=_boolean(raw, "answerable"),
        part=_one_of(raw, "part", PARTS),
        as_of=_as_of(raw),
        filters=_filters(raw),
        files=_files(raw),
        stale=_strings(raw, "stale"),
    )
    for check in _CHECKS:
        check(question)
    return question


def _string(raw: dict[str, object], name: str) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or not value.strip():
        raise _FieldError(f"{name!r} must be a text and not empty.", f"Fill in {name!r}.")
    return value


def _strings(raw: dict[str, object], name: str) -> tuple[str, ...]:
    return _texts(raw.get(name, []), name)


def _texts(value: object, name: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        raise _FieldError(
            f"{name!r} must be a list of texts, none of them empty.", f'Write "{name}": ["…"].'
        )
    return tuple(value)


def _boolean(raw: dict[str, object], name: str) -> bool:
    value = raw.get(name)
    if not isinstance(value, bool):
        raise _FieldError(f"{name!r} must be true or false.", f"Fill in {name!r}.")
    return value


def _one_of(raw: dict[str, object], name: str, allowed: Sequence[str]) -> str:
    value = raw.get(name)
    if not isinstance(value, str) or value not in allowed:
        raise _FieldError(f"{name!r} is {value!r}.", f"Choose one of: {', '.join(allowed)}.")
    return value


def _documents(raw: dict[str, object]) -> tuple[str, ...]:
    documents = _strings(raw, "documents")
    if not documents or not all(_SHA256.fullmatch(d) for d in documents):
        raise _FieldError(
            "'documents' must hold at least one SHA-256 in lower-case hexadecimal.",
            "Take it from sha256sum of the document's file.",
        )
    return documents


def _evidence(raw: dict[str, object]) -> tuple[Evidence, ...]:
    value = raw.get("evidence", [])
    entries = value if isinstance(value, list) else [None]
    found = []
    for entry in entries:
        if not isinstance(entry, dict) or set(entry) != {"document", "quote"}:
            raise _FieldError(
                "'evidence' must be a list of objects with 'document' and 'quote'.",
                'Write "evidence": [{"document": "SHA-256", "quote": "…"}].',
            )
        quote = _string(entry, "quote")
        if quote != " ".join(quote.split()):
            raise _FieldError(
                f"The quote {quote[:40]!r} has line breaks or runs of spaces.",
                "Make each run of white space a single space.",
            )
        found.append(Evidence(_string(entry, "document"), quote))
    return tuple(found)


def _items(raw: dict[str, object]) -> tuple[tuple[str, ...], ...]:
    value = raw.get("items", [])
    if not isinstance(value, list):
        raise _FieldError("'items' must be a list of lists.", 'Write "items": [["…"], ["…", "…"]].')
    items = tuple(_texts(item, "items") for item in value)
    if not all(items):
        raise _FieldError("'items' has an item without a form.", "Give each item one text or more.")
    return items


def _as_of(raw: dict[str, object]) -> str | None:
    value = raw.get("as_of")
    if value is None:
        return None
    if not isinstance(value, str) or not _AS_OF.fullmatch(value):
        raise _FieldError(f"'as_of' is {value!r}.", "Write a year, a month or a day: 2016-08.")
    return value


def _filters(raw: dict[str, object]) -> Filters:
    value = raw.get("filters", {})
    if not isinstance(value, dict):
        raise _FieldError("'filters' must be an object.", 'Write "filters": {"kind": ["minutes"]}.')
    if "as_of" in value:
        raise _FieldError(
            "'as_of' stands among the filters.", "Put it beside them, as a field of the question."
        )
    try:
        return filters_from(parsed(FiltersJson, json.dumps(value)))
    except UsageError as error:
        raise _FieldError(f"'filters': {error.what}", error.remedy) from None


def _files(raw: dict[str, object]) -> tuple[str, ...]:
    files = _strings(raw, "files")
    for file in files:
        path = PurePosixPath(file)
        if path.is_absolute() or ".." in path.parts:
            raise _FieldError(
                f"The file {file!r} is not below the data folder.",
                "Write the path relative to the data folder.",
            )
    return files


def _answerable_has_evidence(question: GoldQuestion) -> None:
    if question.answerable and not (question.evidence and (question.answers or question.items)):
        raise _FieldError(
            "The question is answerable but has no evidence or no accepted answer.",
            "Give 'evidence' and 'answers' or 'items', or set 'answerable' to false.",
        )


def _unanswerable_has_none(question: GoldQuestion) -> None:
    if not question.answerable and (question.evidence or question.answers or question.items):
        raise _FieldError(
            "The question is unanswerable but has evidence or answers.",
            "Leave 'evidence', 'answers' and 'items' empty, or set 'answerable' to true.",
        )


def _evidence_in_documents(question: GoldQuestion) -> None:
    strangers = [e for e in question.evidence if e.document not in question.documents]
    if strangers:
        raise _FieldError(
            f"Evidence stands in {strangers[0].document[:12]}…, which 'documents' does not name.",
            "Add the document to 'documents' or mend the evidence.",
        )


def _files_match_documents(question: GoldQuestion) -> None:
    if question.files and len(question.files) != len(question.documents):
        raise _FieldError(
            f"There are {len(question.documents)} documents and {len(question.files)} files.",
            "Name one file for each document, in the same order.",
        )


def _stale_is_not_accepted(question: GoldQuestion) -> None:
    both = set(question.stale) & {*question.answers, *(f for item in question.items for f in item)}
    if both or (question.stale and not question.answerable):
        raise _FieldError(
            "'stale' holds an accepted answer, or the question is unanswerable.",
            "Name only answers of another time, and only where there is a right one.",
        )


_CHECKS: tuple[Callable[[GoldQuestion], None], ...] = (
    _answerable_has_evidence,
    _unanswerable_has_none,
    _evidence_in_documents,
    _files_match_documents,
    _stale_is_not_accepted,
)
