"""The manifest: what it states is kept, and what is wrong in it is refused with the place."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import UsageError
from indexer.manifest import read_manifest
from indexer.model import Kind, Status


def _write(folder: Path, content: str) -> Path:
    (folder / "manifest.toml").write_text(content, encoding="utf-8")
    return folder


def test_a_folder_without_one_states_nothing(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == {}


def test_states_what_it_says(tmp_path: Path) -> None:
    folder = _write(
        tmp_path,
        '[[document]]\nfile = "a/b.txt"\nkind = "minutes"\nstatus = "approved"\n'
        'date = "2016-04/2016-06"\ndate_basis = "bounded from the text"\n',
    )
    entry = read_manifest(folder)["a/b.txt"]
    assert (entry.kind, entry.status) == (Kind.MINUTES, Status.APPROVED)
    assert (entry.date, entry.date_basis) == ("2016-04/2016-06", "bounded from the text")
    assert entry.title is None


@pytest.mark.parametrize(
    ("content", "what", "remedy"),
    [
        ("[[document]\n", "is not TOML", "Mend"),
        ("[[documents]]\n", "unknown key 'documents'", "document"),
        ('[[document]]\nfile = "a"\ncomittee = "x"\n', "unknown key 'comittee'", "committee"),
        ('[[document]]\ntitle = "x"\n', "names no file", "file ="),
        ('[[document]]\nfile = "a"\ndate = 2016-09-13\n', "is not text", "string in quotes"),
        ('[[document]]\nfile = "a"\ndate = "last summer"\n', "not a date", "2016-21"),
        ('[[document]]\nfile = "a"\nkind = "book"\n', "'book' is unknown", "minutes"),
        ('[[document]]\nfile = "a"\n[[document]]\nfile = "a"\n', "two entries for a", "Remove"),
    ],
)
def test_refuses_what_is_wrong(tmp_path: Path, content: str, what: str, remedy: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_manifest(_write(tmp_path, content))
    assert what in caught.value.what
    assert "manifest.toml" in caught.value.what
    assert remedy in caught.value.remedy
