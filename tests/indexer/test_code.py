"""The code that decides what a build holds is in its name, and in the key of what it caches."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indexer import code

READING = ("parse/tables.py", "segment/roles.py", "describe/when.py", "packs/find.py", "dates.py")
KEPT = ("embed/tokens.py", "embed/passages.py", "stopwords.py")


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the indexer whose files may be changed."""
    own = Path(code.__file__).parent
    copied = tmp_path / "indexer"
    shutil.copytree(own, copied, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(code, "_ROOM", copied)
    return copied


def _fingerprints() -> tuple[str, str, str]:
    """Return those of parsing, reading and embedding, as a new process would find them."""
    made = (code.parsing_code, code.reading_code, code.embedding_code)
    parsing, reading, embedding = (function.__wrapped__() for function in made)
    return parsing, reading, embedding


@pytest.mark.parametrize("file", [*READING, *KEPT])
def test_a_change_of_what_decides_a_build_changes_its_name(room: Path, file: str) -> None:
    before = _fingerprints()
    assert before == (code.parsing_code(), code.reading_code(), code.embedding_code())
    (room / file).write_text((room / file).read_text() + "\n# changed\n")
    after = _fingerprints()
    assert after[1] != before[1]
    assert (after[2] != before[2]) == (file in KEPT)
    assert (after[0] != before[0]) == file.startswith("parse/")


def test_what_serves_a_build_does_not_change_its_name(room: Path) -> None:
    before = _fingerprints()
    (room / "relative.py").write_text("")
    assert _fingerprints() == before
