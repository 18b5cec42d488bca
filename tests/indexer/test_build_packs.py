"""Packs and copies through the whole pipeline, with the real model."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indexer.build import BuildReport, build_index
from indexer.model import Place
from indexer.store.check import verify
from indexer.store.local import LocalReader, open_reader
from tests.indexer.packs.builders import (
    APPENDIX,
    MINUTES_TITLE,
    PAPERS,
    UPDATE,
    pack_pdf,
    paper_pdf,
)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a pack, one of its papers alone, and copies of that with other metadata."""
    folder = tmp_path_factory.mktemp("packs") / "corpus"
    folder.mkdir()
    pack_pdf(folder / "pack.pdf")
    paper_pdf(folder / "stp.pdf", UPDATE)
    paper_pdf(folder / "stp_1.pdf", UPDATE, author="another hand")
    shutil.copy(folder / "stp.pdf", folder / "stp (2).pdf")
    return folder


@pytest.fixture(scope="module")
def built(corpus: Path) -> tuple[BuildReport, Path]:
    index = corpus.parent / "index"
    return build_index(corpus, index), index


@pytest.fixture
def store(built: tuple[BuildReport, Path]) -> LocalReader:
    return open_reader(built[1])


def test_one_source_with_several_places(store: LocalReader, corpus: Path) -> None:
    documents = store.documents()
    assert [(each.file, each.part.pages if each.part else None) for each in documents] == [
        ("pack.pdf", (1, 1)),
        ("pack.pdf", (2, 3)),
        ("pack.pdf", (7, 8)),
        ("stp.pdf", None),
    ]
    assert (corpus / "stp_1.pdf").read_bytes() != (corpus / "stp.pdf").read_bytes()
    update = documents[-1]
    assert update.duplicates == ("stp (2).pdf", "stp_1.pdf")
    assert [(place.file, place.pages) for place in update.also_in] == [
        ("pack.pdf", (4, 6)),
        ("stp_1.pdf", (1, 3)),
    ]
    assert all(isinstance(place, Place) and len(place.sha256) == 64 for place in update.also_in)
    assert update.also_in[0].sha256 == documents[0].sha256


def test_passages_keep_the_pages_of_the_file_and_the_build_is_sound(
    store: LocalReader, built: tuple[BuildReport, Path]
) -> None:
    assert verify(built[1]) == []
    appendix = next(each for each in store.documents() if each.title == APPENDIX.name)
    text = store.text(appendix.id)
    passages = store.document_passages(appendix.id)
    assert {page for passage in passages for page in passage.pages} <= {7, 8}
    assert all(passage.span.of(text) == passage.text for passage in passages)
    minutes = next(each for each in store.documents() if each.title == MINUTES_TITLE)
    assert minutes.date.edtf == "2016-05-12"


def test_the_build_does_not_hang_on_the_order_in_which_files_were_written(
    corpus: Path, built: tuple[BuildReport, Path], tmp_path: Path
) -> None:
    again = tmp_path / "corpus"
    again.mkdir()
    for path in sorted(corpus.iterdir(), reverse=True):
        shutil.copy(path, again / path.name)
    report = build_index(again, tmp_path / "index")
    assert report.info == built[0].info  # checksums of every file among it


def test_a_paper_that_leaves_the_corpus_is_found_in_the_pack(corpus: Path, tmp_path: Path) -> None:
    alone = tmp_path / "corpus"
    alone.mkdir()
    shutil.copy(corpus / "pack.pdf", alone)
    build_index(alone, tmp_path / "index")
    reader = open_reader(tmp_path / "index")
    try:
        titles = [document.title for document in reader.documents()]
    finally:
        reader.close()
    assert [MINUTES_TITLE, *(paper.name for paper in PAPERS[2:])] == titles[1:]
