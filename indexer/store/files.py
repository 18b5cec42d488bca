"""What became of each file of the corpus, as the build alone tells it; none is lost without a word.

The corpus folder is not needed: what was skipped stands in the build's record, and each document
names its file, the files that are the same, and those that hold its text among others.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.model import Document, SkippedFile


class Result(StrEnum):
    """What became of a file."""

    READ = "read"
    WARNED = "read with warnings"
    SAME = "same as another file"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file, and why.

    ``reasons`` are the reader's warnings, the reason to skip it, or of a file that adds nothing the
    files that hold its text. ``documents`` are the ids of the documents that hold its text, where
    the build was asked.
    """

    file: str
    result: Result
    reasons: tuple[str, ...] = ()
    remedy: str = ""
    documents: tuple[str, ...] = ()


def outcomes_in(skipped: Iterable[SkippedFile], documents: Iterable[Document]) -> list[Outcome]:
    """Return one outcome for each file that a build knows of, in the order of their names."""
    lost = {item.file: item for item in skipped}
    own: dict[str, list[Document]] = {}
    elsewhere: dict[str, list[Document]] = {}
    for document in documents:
        own.setdefault(document.file, []).append(document)
        for file in {*document.duplicates, *(place.file for place in document.also_in)}:
            elsewhere.setdefault(file, []).append(document)
    found = [_skipped(item, own.get(file, ())) for file, item in lost.items()]
    found += [_read(file, holders) for file, holders in own.items() if file not in lost]
    found += [
        _same(file, holders) for file, holders in elsewhere.items() if file not in {*lost, *own}
    ]
    return sorted(found, key=lambda outcome: outcome.file)


def _skipped(item: SkippedFile, documents: Sequence[Document]) -> Outcome:
    return Outcome(item.file, Result.SKIPPED, (item.reason,), item.remedy, _ids(documents))


def _read(file: str, documents: Sequence[Document]) -> Outcome:
    said = tuple(dict.fromkeys(warning for one in documents for warning in one.warnings))
    return Outcome(file, Result.WARNED if said else Result.READ, said, "", _ids(documents))


def _same(file: str, documents: Sequence[Document]) -> Outcome:
    holders = tuple(sorted({document.file for document in documents}))
    return Outcome(file, Result.SAME, holders, "", _ids(documents))


def _ids(documents: Iterable[Document]) -> tuple[str, ...]:
    return tuple(document.id for document in documents)
