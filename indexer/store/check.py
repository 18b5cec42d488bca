"""Look for anything in which an index contradicts itself or its documents."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from indexer.errors import IndexDamagedError, IndexNotReadyError
from indexer.model import BuildInfo, Document, Page, Passage, Span
from indexer.store.format import (
    RECORDS,
    SEGMENTS,
    WORDS,
    checksums,
    current_folder,
    read_meta,
)
from indexer.store.nearest import VectorIndex
from indexer.store.record_set import RecordSet
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
    return list(file_problems(folder, info)) or list(_content_problems(folder, info))


def file_problems(folder: Path, info: BuildInfo) -> Iterator[str]:
    """Yield which files of a build are missing, more than it wrote, or not as it wrote them."""
    found = checksums(folder)
    for name in sorted(found.keys() | info.checksums.keys()):
        if name not in found:
            yield f"The file {name} is missing."
        elif name not in info.checksums:
            yield f"The file {name} is not part of the build."
        elif found[name] != info.checksums[name]:
            yield f"The file {name} was changed: its checksum differs from the recorded one."


def _content_problems(folder: Path, info: BuildInfo) -> Iterator[str]:
    folders = [folder / SEGMENTS / segment.name for segment in info.segments]
    yield from _count_problems(folders, info)
    for each in folders:
        with closing(Records(each / RECORDS)) as records:
            for document in records.documents():
                yield from _document_problems(records, document)


def _document_problems(records: Records, document: Document) -> Iterator[str]:
    try:
        text = records.text(document.id)
    except IndexDamagedError as error:
        yield f"{document.file}: {error.what}"
        return
    pages = records.pages(document.id)
    passages = records.document_passages(document.id)
    spans = [block.span for block in records.blocks(document.id)]
    for problem in itertools.chain(
        _page_problems(document, pages, text),
        _outside("block", spans, text),
        *(_passage_problems(passage, text, pages) for passage in passages),
    ):
        yield f"{document.file}: {problem}"


def _count_problems(folders: Sequence[Path], info: BuildInfo) -> Iterator[str]:
    documents, passages, counted = _rows(folders)
    with closing(RecordSet(folders)) as records:
        numbering = records.numbering
    vectors = VectorIndex(folders, info.vectors)
    words = WordIndex([folder / WORDS for folder in folders], numbering)
    tokens = [TokenIndex(folder, info.model.dimensions) for folder in folders]
    for what, recorded, found in (
        ("documents", info.documents, documents),
        ("documents in segments", info.documents, sum(each.documents for each in info.segments)),
        ("passages", info.passages, passages),
        ("passages counted by document", info.passages, counted),
        ("passages in segments", info.passages, sum(each.passages for each in info.segments)),
        ("vectors", info.passages, vectors.count),
        ("dimensions", info.model.dimensions, vectors.dimensions),
        ("passages with tokens", info.passages, sum(each.count for each in tokens)),
        ("passages in the word index", info.passages, words.count),
    ):
        if recorded != found:
            yield f"The build records {recorded} {what}, and there are {found}."


def _rows(folders: Sequence[Path]) -> tuple[int, int, int]:
    """Return how many documents and passages there are, and how many the documents say."""
    documents = passages = counted = 0
    for folder in folders:
        with closing(Records(folder / RECORDS)) as records:
            documents += len(records.ids())
            passages += records.count()
            counted += sum(records.passage_counts())
    return documents, passages, counted


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
