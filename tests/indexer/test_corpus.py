"""The corpus folder: order, identity by content, duplicates, and what is left out and why."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from indexer.corpus import read_corpus
from indexer.errors import UsageError


def _put(folder: Path, **files: str) -> None:
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def test_lists_files_by_name_with_identity_from_content(tmp_path: Path) -> None:
    _put(tmp_path, b_dot_txt="second", a__z_dot_md="first", _dot_hidden_dot_txt="no")
    corpus = read_corpus(tmp_path)
    assert [source.file for source in corpus.sources] == ["a/z.md", "b.txt"]
    assert corpus.sources[0].sha256 == hashlib.sha256(b"first").hexdigest()
    assert corpus.sources[0].document_id == corpus.sources[0].sha256[:16]


def test_a_renamed_file_keeps_its_identity(tmp_path: Path) -> None:
    _put(tmp_path, a_dot_txt="words")
    before = read_corpus(tmp_path)
    (tmp_path / "a.txt").rename(tmp_path / "renamed.txt")
    after = read_corpus(tmp_path)
    assert before.sources[0].document_id == after.sources[0].document_id
    assert before.sha256 != after.sha256


def test_equal_files_are_one_document_and_the_manifest_chooses_its_name(tmp_path: Path) -> None:
    _put(tmp_path, a_dot_txt="same", b_dot_txt="same", c_dot_txt="same")
    (tmp_path / "manifest.toml").write_text('[[document]]\nfile = "b.txt"\n', encoding="utf-8")
    (source,) = read_corpus(tmp_path).sources
    assert (source.file, source.duplicates) == ("b.txt", ("a.txt", "c.txt"))


def test_what_cannot_be_read_is_named_with_a_remedy(tmp_path: Path) -> None:
    _put(tmp_path, a_dot_txt="words", b_dot_xyz="?")
    named = ["gone.txt", "../beside.txt", ".hidden.txt"]
    _put(tmp_path.parent, beside_dot_txt="words")
    (tmp_path / ".hidden.txt").write_text("words", encoding="utf-8")
    entries = "".join(f'[[document]]\nfile = "{file}"\n' for file in named)
    (tmp_path / "manifest.toml").write_text(entries, encoding="utf-8")
    corpus = read_corpus(tmp_path)
    assert [source.file for source in corpus.sources] == ["a.txt"]
    reasons = {item.file: item for item in corpus.skipped}
    assert "not read" in reasons["b.xyz"].reason
    assert ".pdf" in reasons["b.xyz"].remedy
    assert "it is not there" in reasons["gone.txt"].reason
    assert "mend its path" in reasons["gone.txt"].remedy
    for file in ("../beside.txt", ".hidden.txt"):
        assert "outside the folder or hidden" in reasons[file].reason


def test_an_empty_or_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="holds no documents"):
        read_corpus(tmp_path)
    with pytest.raises(UsageError, match="no folder"):
        read_corpus(tmp_path / "nowhere")
