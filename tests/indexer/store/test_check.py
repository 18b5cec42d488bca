"""Whatever is wrong with an index is found and named."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.model import Block, BlockKind, Page, Span
from indexer.store.check import verify
from indexer.store.format import (
    BUILDS,
    BUILT,
    RECORDS,
    SEGMENTS,
    checksums,
    read_meta,
    write_meta,
)
from indexer.store.local import LocalWriter
from indexer.store.protocols import DocumentRecord
from tests.contract.builders import council, plan


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return build(tmp_path, council())


def build(index: Path, records: list[DocumentRecord]) -> Path:
    writer = LocalWriter(index, plan("b"))
    for record in records:
        writer.add(record)
    writer.publish(plan("b"))
    return index / BUILDS / "b"


def segment_of(folder: Path) -> Path:
    (segment,) = (folder / SEGMENTS).iterdir()
    return segment


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != BUILT)


def flip(path: Path, place: int) -> None:
    content = bytearray(path.read_bytes())
    content[place] ^= 1 << (place % 8)
    path.write_bytes(content)


def test_a_sound_index_has_no_problems(tmp_path: Path) -> None:
    build(tmp_path, council())
    assert verify(tmp_path) == []


def test_an_empty_build_is_sound(tmp_path: Path) -> None:
    build(tmp_path, [])
    assert verify(tmp_path) == []


def test_a_flipped_bit_is_found_in_every_file(tmp_path: Path, folder: Path) -> None:
    chance = random.Random(7)
    for path in files(folder):
        sound = path.read_bytes()
        for place in [0, len(sound) - 1, *(chance.randrange(len(sound)) for _ in range(5))]:
            if not sound:
                continue
            flip(path, place)
            assert verify(tmp_path), f"{path.name} at {place}"
            path.write_bytes(sound)
    assert verify(tmp_path) == []


def test_a_missing_and_an_added_file_are_found(tmp_path: Path, folder: Path) -> None:
    segment = segment_of(folder)
    (segment / "words" / "extra").write_text("x", encoding="utf-8")
    (segment / "passages.faiss").unlink()
    assert verify(tmp_path) == [
        f"The file segments/{segment.name}/passages.faiss is missing.",
        f"The file segments/{segment.name}/words/extra is not part of the build.",
    ]


def test_an_index_that_is_not_there_is_said_to_be_so(tmp_path: Path) -> None:
    (problem,) = verify(tmp_path / "none")
    assert "There is no index" in problem


def rewrite(folder: Path, statement: str) -> None:
    """Change the records and make the checksums agree, as a faulty writer would."""
    connection = sqlite3.connect(segment_of(folder) / RECORDS)
    connection.execute(statement)
    connection.commit()
    connection.close()
    write_meta(folder, replace(read_meta(folder), checksums=checksums(folder)))


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE passages SET text = 'else' WHERE number = 1", "do not make up its text"),
        ("UPDATE passages SET start = start + 1 WHERE number = 1", "do not make up its text"),
        ("UPDATE texts SET beside = 'x' || beside WHERE document = 0", "do not make up its text"),
        ('UPDATE passages SET "end" = "end" - 1 WHERE number = 1', "not what the document says"),
        ("UPDATE passages SET last_page = 2 WHERE number = 0", "said to be on pages (1, 2)"),
        ("UPDATE passages SET units = '[0,9999]' WHERE number = 0", "units that are not inside"),
        ("UPDATE passages SET units = '[5,9,0,5]' WHERE number = 0", "units that are not inside"),
        ("UPDATE passages SET lead_in_start = 0, lead_in_end = 9999", "lead-in that ends after"),
        ('UPDATE pages SET "end" = 9999 WHERE document = 0', "ends after the text"),
        ('UPDATE blocks SET "end" = 9999 WHERE document = 0', "ends after the text"),
        ("UPDATE documents SET pages = 3 WHERE ordinal = 0", "said to have 3 pages"),
        ("UPDATE documents SET passages = 9 WHERE ordinal = 0", "passages counted by document"),
        ("DELETE FROM passages WHERE number = 7", "records 8 passages, and there are 7"),
        ("DELETE FROM documents WHERE ordinal = 2", "records 4 documents, and there are 3"),
    ],
)
def test_a_contradiction_is_found(
    tmp_path: Path, folder: Path, statement: str, problem: str
) -> None:
    rewrite(folder, statement)
    assert any(problem in each for each in verify(tmp_path))


def test_pages_out_of_order_are_found(tmp_path: Path) -> None:
    first = council()[0]
    pages = (Page(2, Span(0, 20)), Page(1, Span(10, len(first.parsed.text))))
    parsed = replace(first.parsed, pages=pages, blocks=(Block(BlockKind.NOTE, Span(0, 1)),))
    build(tmp_path, [replace(first, parsed=parsed)])
    assert any("page 1 does not come after page 2" in each for each in verify(tmp_path))


def test_counts_that_do_not_agree_are_found(tmp_path: Path, folder: Path) -> None:
    write_meta(folder, replace(read_meta(folder), passages=9))
    assert verify(tmp_path) == [
        f"The build records 9 {what}, and there are 8."
        for what in (
            "passages",
            "passages counted by document",
            "passages in segments",
            "vectors",
            "passages with tokens",
            "passages in the word index",
        )
    ]
