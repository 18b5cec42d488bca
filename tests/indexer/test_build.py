"""The whole pipeline, with the real model: nothing twice, nothing lost, nothing half-published."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.build import BuildReport, Settings, build_index
from indexer.errors import UsageError
from indexer.model import Filters
from indexer.store.check import verify
from indexer.store.format import current_folder
from indexer.store.local import open_reader

_ROOT = Path(__file__).parents[2]
_RECORD = """Agenda item

HOSPITAL BEDS IN {place}

Minutes:

The Commission received a report on hospital beds in {place}. It was noted that {n} beds would be
closed when the business case was approved.

Members made the following comments:-

a) The reasons for closing {n} beds in {place} should be made clear to the public.

AGREED:

That the report on {place} be noted.
"""


def _write(folder: Path, count: int) -> Path:
    folder.mkdir(exist_ok=True)
    for n in range(count):
        (folder / f"minutes-{n:03}.txt").write_text(
            _RECORD.format(place=f"Town {n}", n=n), encoding="utf-8"
        )
    return folder


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return _write(tmp_path / "corpus", 4)


def _build(corpus: Path, index: Path, passage_tokens: int = 176) -> BuildReport:
    return build_index(corpus, index, settings=Settings(passage_tokens=passage_tokens))


def test_an_unchanged_corpus_is_neither_parsed_nor_embedded_again(
    corpus: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    first = _build(corpus, index)
    assert (first.parsed, first.unchanged) == (4, False)
    assert first.embedded == first.info.passages > 4
    again = _build(corpus, index)
    assert (again.parsed, again.embedded, again.unchanged) == (0, 0, True)
    assert again.info.id == first.info.id


@pytest.mark.parametrize("new_file", [False, True], ids=["same corpus", "one file more"])
def test_a_damaged_index_is_made_anew_of_what_was_kept(
    corpus: Path, tmp_path: Path, new_file: bool
) -> None:
    index = tmp_path / "index"
    first = _build(corpus, index)
    damaged = max((current_folder(index) / "segments").rglob("*.faiss"))
    damaged.chmod(0o644)
    damaged.write_bytes(damaged.read_bytes()[:-8] + b"\0damage\0")
    assert verify(index)
    if new_file:
        (corpus / "new.txt").write_text(_RECORD.format(place="Newtown", n=77), encoding="utf-8")
    again = _build(corpus, index)
    assert (again.parsed, again.unchanged) == (int(new_file), False)
    assert again.embedded == again.info.passages - first.info.passages
    assert verify(index) == []


def test_only_the_new_file_is_worked_on(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    first = _build(corpus, index)
    (corpus / "new.txt").write_text(_RECORD.format(place="Newtown", n=77), encoding="utf-8")
    second = _build(corpus, index)
    assert second.parsed == 1
    assert second.embedded == second.info.passages - first.info.passages
    assert second.info.id != first.info.id
    assert verify(index) == []


def test_a_renamed_file_keeps_its_passages_and_is_not_embedded_again(
    corpus: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    _build(corpus, index)
    before = _passage_ids(index)
    (corpus / "minutes-001.txt").rename(corpus / "renamed.txt")
    (corpus / "manifest.toml").write_text(
        '[[document]]\nfile = "renamed.txt"\ntitle = "HOSPITAL BEDS IN Town 1"\nkind = "minutes"\n',
        encoding="utf-8",
    )
    report = _build(corpus, index)
    assert (report.parsed, report.embedded) == (0, 0)
    assert _passage_ids(index) == before


def test_an_update_gives_the_very_build_that_is_made_from_nothing(
    corpus: Path, tmp_path: Path
) -> None:
    index = tmp_path / "index"
    _build(corpus, index)
    (corpus / "minutes-002.txt").write_text(_RECORD.format(place="Oldtown", n=5), encoding="utf-8")
    (corpus / "minutes-000.txt").unlink()
    _write(tmp_path / "more", 1)
    (tmp_path / "more" / "minutes-000.txt").rename(corpus / "copy of minutes.txt")
    updated = _build(corpus, index)
    assert updated.parsed == 1  # the file that comes back under another name is known
    assert updated.info == _build(corpus, tmp_path / "fresh").info
    assert verify(index) == []


def test_a_deleted_file_leaves_no_word_behind(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    secret = corpus / "secret.txt"
    secret.write_text(_RECORD.format(place="Zanzibarville", n=99), encoding="utf-8")
    _build(corpus, index)
    assert _files_with(index, b"anzibar")
    secret.unlink()
    _build(corpus, index)
    build_index(corpus, index, purge=True)
    assert _files_with(index, b"anzibar") == []
    assert verify(index) == []


def _files_with(folder: Path, word: bytes) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file() and "models" not in path.parts]
    return [path.name for path in files if word in path.read_bytes().lower()]


def test_an_update_asks_nothing_of_what_has_not_changed(corpus: Path, tmp_path: Path) -> None:
    """Neither text nor vector of an unchanged file is read again from the cache."""
    index = tmp_path / "index"
    first = _build(corpus, index)
    connection = sqlite3.connect(index / "cache.sqlite")
    connection.execute("UPDATE parsed SET document = 'no JSON'")
    connection.execute("UPDATE embedded SET vectors = x'00'")
    connection.commit()
    connection.close()
    (corpus / "new.txt").write_text(_RECORD.format(place="Newtown", n=77), encoding="utf-8")
    second = _build(corpus, index)
    assert second.info.passages > first.info.passages
    assert verify(index) == []


def _passage_ids(index: Path) -> set[str]:
    store = open_reader(index)
    try:
        return {
            passage.id
            for document in store.documents()
            for passage in store.document_passages(document.id)
        }
    finally:
        store.close()


def test_the_same_corpus_gives_the_same_build(corpus: Path, tmp_path: Path) -> None:
    one = _build(corpus, tmp_path / "one").info
    other = _build(corpus, tmp_path / "other").info
    assert one == other


def test_one_bad_file_among_good_ones(corpus: Path, tmp_path: Path) -> None:
    (corpus / "broken.pdf").write_bytes(b"%PDF-1.7 and no more")
    (corpus / "picture.txt").write_bytes(bytes(range(256)) * 40)
    (corpus / "empty.md").write_bytes(b"")
    report = _build(corpus, tmp_path / "index")
    assert report.info.documents == 4
    assert [item.file for item in report.info.skipped] == ["broken.pdf", "empty.md", "picture.txt"]
    assert all(item.reason and item.remedy for item in report.info.skipped)
    again = _build(corpus, tmp_path / "index")
    assert again.unchanged
    assert again.info.skipped == report.info.skipped


def test_nothing_readable_leaves_the_index_as_it_was(corpus: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    first = _build(corpus, index)
    for path in corpus.iterdir():
        path.write_bytes(b"")
    with pytest.raises(UsageError, match="None of the 4 files"):
        _build(corpus, index)
    store = open_reader(index)
    assert store.info.id == first.info.id
    store.close()


def test_no_passage_is_longer_than_the_model_reads(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    long = "word " * 3000 + "x" * 2000 + " antidisestablishmentarianism" * 500
    (corpus / "long.txt").write_text(long, encoding="utf-8")
    report = _build(corpus, tmp_path / "index", passage_tokens=300)
    assert report.info.passages > 10  # the embedder refuses what it could not read whole


def test_a_second_builder_is_turned_away(corpus: Path, tmp_path: Path) -> None:
    import fcntl

    index = tmp_path / "index"
    index.mkdir()
    with (index / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(UsageError, match="Another run is building"):
            _build(corpus, index)


def test_a_killed_build_leaves_the_one_before_and_is_resumed(tmp_path: Path) -> None:
    corpus, index = _write(tmp_path / "corpus", 2), tmp_path / "index"
    before = _build(corpus, index).info
    _write(corpus, 150)
    process = subprocess.Popen(
        [sys.executable, "-m", "minutebook", "index", str(corpus), "--index", str(index)],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _wait_for_vectors(index / "cache.sqlite", more_than=8, process=process)
    process.send_signal(signal.SIGKILL)
    assert process.wait(timeout=30) == -signal.SIGKILL
    store = open_reader(index)
    assert store.info == before
    assert store.count(Filters()) == before.passages
    store.close()
    resumed = _build(corpus, index)
    assert resumed.info.documents == 150
    assert resumed.parsed == 0  # all had been read before the first was embedded
    assert 0 < resumed.embedded < resumed.info.passages - before.passages
    assert verify(index) == []


def _wait_for_vectors(path: Path, more_than: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        assert process.poll() is None, "the build ended before it could be killed"
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        (count,) = connection.execute("SELECT count(*) FROM embedded").fetchone()
        connection.close()
        if count > more_than:
            return
        time.sleep(0.02)
    raise AssertionError("no vectors were kept")
