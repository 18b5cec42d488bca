"""The list of files as people see it: what became of each, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from pydantic import Field, ValidationError
from starlette.datastructures import QueryParams

from indexer.model import Document
from indexer.store.files import Outcome, Result
from search_api.wire.asking import Wire, refusal

RESULTS = {
    Result.READ: "Read",
    Result.WARNED: "Read, with a warning",
    Result.SAME: "The same as another file",
    Result.SKIPPED: "Could not be read",
}
_MOST_NAMED = 5


class FilesAsked(Wire):
    """Which files a person wants to see, and where the list goes on."""

    outcome: tuple[Result, ...] = Field(default=())
    file: str = Field(default="")
    cursor: str | None = Field(default=None)

    def address(self, **changes: object) -> str:
        """Return the address of the same list from its beginning, with some of it changed."""
        fields = {"outcome": list(self.outcome), "file": self.file} | changes
        kept = {name: value for name, value in fields.items() if value}
        return f"/files?{urlencode(kept, doseq=True)}" if kept else "/files"


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of files to look at: how many there are, and their address."""

    words: str
    files: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class FileRow:
    """One file, what became of it, why, and the documents that hold its text."""

    file: str
    result: Result
    words: str
    reasons: tuple[str, ...]
    remedy: str
    documents: tuple[tuple[str, str], ...]
    """Title and address of each, the first few."""
    more: int


def read_files_form(parameters: QueryParams) -> FilesAsked:
    """Read which files are wanted; blanks mean nothing. Raises UsageError."""
    single = {name: parameters[name].strip() for name in parameters if name != "outcome"}
    fields: dict[str, object] = {name: value for name, value in single.items() if value}
    if chosen := [value for value in parameters.getlist("outcome") if value]:
        fields["outcome"] = chosen
    try:
        return FilesAsked.model_validate(fields)
    except ValidationError as error:
        raise refusal(FilesAsked, error) from error


def sorts(counts: Mapping[Result, int], asked: FilesAsked) -> list[Sort]:
    """Offer all files and each outcome that some file has."""
    every = Sort("All files", sum(counts.values()), asked.address(outcome=()), not asked.outcome)
    return [
        every,
        *(
            Sort(RESULTS[one], count, asked.address(outcome=[one]), one in asked.outcome)
            for one, count in counts.items()
            if count or one in asked.outcome
        ),
    ]


def file_rows(outcomes: Sequence[Outcome], document: Callable[[str], Document]) -> list[FileRow]:
    """Lay out some files; ``document`` gives the document of an id."""
    return [_row(outcome, document) for outcome in outcomes]


def _row(outcome: Outcome, document: Callable[[str], Document]) -> FileRow:
    shown = [document(name) for name in outcome.documents[:_MOST_NAMED]]
    same = outcome.result is Result.SAME
    return FileRow(
        file=outcome.file,
        result=outcome.result,
        words=RESULTS[outcome.result],
        reasons=() if same else tuple(_sentence(reason) for reason in outcome.reasons),
        remedy=outcome.remedy,
        documents=tuple((one.title, f"/documents/{one.id}") for one in shown),
        more=len(outcome.documents) - len(shown),
    )


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."
