"""An index that cannot be opened says why, and what to do."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import IndexDamagedError, IndexNotReadyError
from indexer.store.format import (
    BUILDS,
    CURRENT,
    FORMAT_VERSION,
    META,
    SEGMENTS,
    read_current,
    read_meta,
    write_meta,
)
from indexer.store.local import LocalWriter, open_reader
from tests.contract.builders import council, plan


@pytest.fixture
def index(tmp_path: Path) -> Path:
    writer = LocalWriter(tmp_path, plan("b"))
    for record in council():
        writer.add(record)
    writer.publish(plan("b"))
    return tmp_path


def place(index: Path, file: str) -> Path:
    folder = index / BUILDS / "b"
    return folder / file if file == META else next((folder / SEGMENTS).iterdir()) / file


def change_meta(index: Path, **fields: object) -> None:
    path = index / BUILDS / "b" / META
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | fields), encoding="utf-8")


def test_the_record_comes_back_as_it_was(tmp_path: Path) -> None:
    info = replace(plan(), format=FORMAT_VERSION, checksums={"a/b": "00"})
    write_meta(tmp_path, info)
    assert read_meta(tmp_path) == info


def test_no_index_names_the_remedy(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexNotReadyError, match="minutebook index"):
            open_reader(folder)


def test_another_format_is_not_ready(index: Path) -> None:
    change_meta(index, format=999, anything="else")
    with pytest.raises(IndexNotReadyError, match=r"999.*minutebook index"):
        open_reader(index)


def test_a_changed_record_is_damage(index: Path) -> None:
    change_meta(index, corpus_sha256="another")
    with pytest.raises(IndexDamagedError, match="was changed"):
        open_reader(index)


@pytest.mark.parametrize("content", ["", "{", "[]", '"text"', "{}", "\x80"])
def test_a_broken_record_is_damage(index: Path, content: str) -> None:
    (index / BUILDS / "b" / META).write_bytes(content.encode("latin-1"))
    with pytest.raises(IndexDamagedError):
        read_current(index)


@pytest.mark.parametrize("name", ["", "../b", "/etc", "gone", ".b.partial"])
def test_a_broken_name_is_damage(index: Path, name: str) -> None:
    (index / CURRENT).write_text(name, encoding="utf-8")
    with pytest.raises(IndexDamagedError):
        open_reader(index)


@pytest.mark.parametrize("file", ["records.sqlite", "passages.faiss", "words/meta.json", META])
def test_a_missing_file_is_damage(index: Path, file: str) -> None:
    place(index, file).unlink()
    with pytest.raises(IndexDamagedError, match=Path(file).name):
        open_reader(index)


@pytest.mark.parametrize("file", ["records.sqlite", "passages.faiss", "words/meta.json"])
@pytest.mark.parametrize("content", [b"", b"not what it was " * 100])
def test_a_broken_file_is_damage(index: Path, file: str, content: bytes) -> None:
    place(index, file).write_bytes(content)
    with pytest.raises(IndexDamagedError):
        open_reader(index)
