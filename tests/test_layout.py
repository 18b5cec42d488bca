"""The shape of the house: files and functions stay small, and the tree names no machine."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
_MOST_LINES = 400


def _tracked(*patterns: str) -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files", "--", *patterns], cwd=_ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip("not a checkout: there is no list of tracked files")
    return [_ROOT / line for line in done.stdout.splitlines() if (_ROOT / line).is_file()]


def test_no_file_of_code_is_longer_than_a_reader_can_hold() -> None:
    long = {
        path.relative_to(_ROOT).as_posix(): count
        for path in _tracked("*.py")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > _MOST_LINES
    }
    assert long == {}


def test_every_module_says_its_purpose() -> None:
    silent = [
        path.relative_to(_ROOT).as_posix()
        for path in _tracked("*.py")
        if (text := path.read_text(encoding="utf-8")) and not text.startswith(('"""', "#!"))
    ]
    assert silent == []


def test_the_corpus_is_the_manifests() -> None:
    from indexer.manifest import read_manifest

    files = {p.relative_to(_ROOT / "corpus").as_posix() for p in _tracked("corpus/documents")}
    assert files == set(read_manifest(_ROOT / "corpus"))
