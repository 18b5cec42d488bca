"""The files of the corpus over the wire, and what became of each: its shape, and a page of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from indexer.store.files import Outcome, Result
from search_api.wire.asking import Wire
from search_api.wire.paging import cursor_to, key_at
from search_api.wire.responses import IndexJson


class FileJson(Wire):
    """One file of the corpus folder, and what became of it."""

    file: str = Field(description="The path below the corpus folder.", examples=["scan.pdf"])
    outcome: Result = Field(
        description="Whether it was read, adds nothing to another, or was skipped.",
        examples=["skipped"],
    )
    reasons: list[str] = Field(
        description="The reader's warnings; why it was skipped; or, of a file that is the same as "
        "another, the files that hold its text.",
        examples=[["It holds pictures only"]],
    )
    remedy: str = Field(
        description="What can be done where it was skipped; empty otherwise.",
        examples=["Run text recognition on it."],
    )
    documents: list[str] = Field(
        description="The ids of the documents that hold its text; a pack has several.",
        examples=[["d2e54ae69ca01ee5"]],
    )


class FilesResponse(Wire):
    """What became of each file of the corpus, in the order of their paths, a page at a time."""

    files: list[FileJson] = Field(description="The files of this page.")
    counts: dict[Result, int] = Field(
        description="How many files there are of each outcome, whatever was asked for.",
        examples=[{"read": 57, "read with warnings": 2, "same as another file": 4, "skipped": 1}],
    )
    total: int = Field(description="How many files there are on all pages.", examples=[64])
    next: str | None = Field(
        default=None,
        description="The `cursor` of the next page; null where there is none.",
        examples=["WyIzZjlhIiwiYS50eHQiXQ"],
    )
    index: IndexJson = Field(description="The build that answered.")


@dataclass(frozen=True, slots=True)
class FilesPage:
    """Some of a list of files, how many the list has, and where to go on; None at its end."""

    files: Sequence[Outcome]
    total: int
    next: str | None


def page_of_files(
    known: Sequence[Outcome],
    wanted: Sequence[Result],
    named: str,
    limit: int,
    cursor: str | None,
) -> FilesPage:
    """Return ``limit`` of the files after ``cursor`` that became what is ``wanted``.

    Nothing wanted is everything; ``named`` is a part of the path, in any case. ``known`` is in the
    order of the paths. Raises NotFoundError for a cursor that belongs to no list, or to another.
    """
    list_of = ("files", tuple(sorted(set(wanted))), named.casefold())
    after = str(key_at(cursor, list_of)[0]) if cursor is not None else ""
    found = [
        one
        for one in known
        if (not wanted or one.result in wanted) and named.casefold() in one.file.casefold()
    ]
    left = [one for one in found if one.file > after]
    shown = left[:limit]
    more = len(left) > limit
    return FilesPage(shown, len(found), cursor_to((shown[-1].file,), list_of) if more else None)


def counts_of(known: Sequence[Outcome]) -> dict[Result, int]:
    """Count the files of each outcome, those that none has too."""
    found = Counter(one.result for one in known)
    return {result: found[result] for result in Result}


def file_json(outcome: Outcome) -> FileJson:
    """Say what became of one file."""
    return FileJson(
        file=outcome.file,
        outcome=outcome.result,
        reasons=list(outcome.reasons),
        remedy=outcome.remedy,
        documents=list(outcome.documents),
    )
