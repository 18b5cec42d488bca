"""Look for anything in which an index contradicts itself or its documents."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.errors import IndexDamagedError, IndexNotReadyError
from indexer.model import BuildInfo, Document, Page, Passage, Span
from indexer.store.format import (
    RECORDS,
    WORDS,
    checksums,
    current_folder,
    read_meta,
)
from indexer.store.nearest import VectorIndex
from indexer.store.records import Records
from indexer.store.tokens import TokenIndex
from indexer.store.words import WordIndex


def verify(index: Path) -> list[str]:
    """Return the problems of the current build in plain words; none where it is sound.

    Looks at format, checksums, counts, and every passage, unit, page and block against the text
    of its document.
    """
    try:
        return list(_problems(current_folder(index)))
    except (IndexNotReadyError, IndexDamagedError) as error:
        return [error.what]


def _problems(folder: Path) -> list[str]:
    info = read_meta(folder)
    # What a changed file holds says nothing more, and may not even be readable.
    return list(_file_problems(folder, info)) or list(_content_problems(folder, info))


def _file_problems(folder: Path, info: BuildInfo) -> Iterator[str]:
    found = checksums(folder)
    for name in sorted(found.keys() | info.checksums.keys()):
        if name not in found:
            yield f"The file {name} is missing."
        elif name not in info.checksums:
            yield f"The file {name} is not part of the build."
        elif found[name] != info.checksums[name]:
            yield f"The file {name} was changed: its checksum differs from the recorded one."


def _content_problems(folder: Path, info: BuildInfo) -> Iterator[str]:
    records = Records(folder / RECORDS)
    try:
        documents = records.documents()
        yield from _count_problems(folder, info, records, len(documents))
        for document in documents:
            text = records.text(document.id)
            pages = records.pages(document.id)
            passages = records.document_passages(document.id)
            spans = [block.span for block in records.blocks(document.id)]
            for problem in itertools.chain(
                _page_problems(document, pages, text),
                _outside("block", spans, text),
                *(_passage_problems(passage, text, pages) for passage in passages),
            ):
                yield f"{document.file}: {problem}"
    finally:
        records.close()


def _count_problems(
    folder: Path, info: BuildInfo, records: Records, documents: int
) -> Iterator[str]:
    vectors, words = VectorIndex([folder], info.vectors), WordIndex(folder / WORDS)
    tokens = TokenIndex(folder, info.model.dimensions)
    for what, recorded, found in (
        ("documents", info.documents, documents),
        ("passages", info.passages, records.passages),
        ("passages counted by document", info.passages, sum(records.passage_counts())),
        ("vectors", info.passages, vectors.count),
        ("dimensions", info.model.dimensions, vectors.dimensions),
        ("passages with tokens", info.passages, tokens.count),
        ("passages in the word index", info.passages, words.count),
    ):
        if recorded != found:
            yield f"The build records {recorded} {what}, and there are {found}."


def _page_problems(document: Document, pages: Sequence[Page], text: str) -> Iterator[str]:
    if document.pages != len(pages):
        yield f"it is said to have {document.pages} pages, and {len(pages)} are kept."
    for before, after in itertools.pairwise(pages):
        if before.number >= after.number or before.span.end > after.span.start:
            yield f"page {after.number} does not come after page {before.number}."
    yield from _outside("page", [page.span for page in pages], text)


def _outside(noun: str, spans: Sequence[Span], text: str) -> Iterator[str]:
    for span in spans:
        if span.end > len(text):
            yield f"the {noun} at {span.start}..{span.end} ends after the text, at {len(text)}."


def _passage_problems(passage: Passage, text: str, pages: Sequence[Page]) -> Iterator[str]:
    name = f"the passage {passage.id} at {passage.span.start}..{passage.span.end}"
    if passage.span.of(text) != passage.text:
        yield f"{name} is not what the document says there."
    on = [page.number for page in pages if page.span.overlaps(passage.span)]
    if not on or passage.pages != (on[0], on[-1]):
        yield f"{name} is said to be on pages {passage.pages}, and is on {on}."
    if passage.lead_in and passage.lead_in.end > len(text):
        yield f"{name} has a lead-in that ends after the text."
    ends = [passage.span.start, *(end for unit in passage.units for end in (unit.start, unit.end))]
    if sorted(ends) != ends or ends[-1] > passage.span.end:
        yield f"{name} has units that are not inside it, one after another."
