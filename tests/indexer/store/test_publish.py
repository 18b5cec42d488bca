"""A build becomes the current one in a single step, or not at all."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.errors import NotFoundError
from indexer.store.check import verify
from indexer.store.format import BUILDS, current_name, read_current
from indexer.store.local import LocalWriter, open_reader
from indexer.store.protocols import DocumentRecord
from indexer.store.publish import build_names, roll_back
from tests.contract.builders import council, plan, unit

ROOT = Path(__file__).parents[3]


def build(index: Path, build_id: str, records: list[DocumentRecord] | None = None) -> None:
    writer = LocalWriter(index, plan(build_id))
    for record in council() if records is None else records:
        writer.add(record)
    writer.publish(plan(build_id))


def test_killed_at_any_moment_the_build_before_serves(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.indexer.store.crash", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    )
    attempts = [json.loads(line) for line in run.stdout.splitlines()]
    killed = [each for each in attempts if each["killed"]]
    assert [each["problems"] for each in attempts] == [[]] * len(attempts)
    assert all(each["after"] in (each["before"], each["tried"]) for each in attempts)
    assert sum(each["after"] == each["before"] for each in killed) > 8
    assert any(each["after"] == each["tried"] for each in killed), "killed while tidying up"
    last = attempts[-1]
    assert not last["killed"]
    assert last["after"] == last["tried"]
    left = {path.name for path in (tmp_path / BUILDS).iterdir()}
    assert left == {last["tried"], last["before"]}


def test_the_build_before_is_kept_and_older_ones_are_not(tmp_path: Path) -> None:
    for number in range(4):
        build(tmp_path, f"b{number}")
    assert build_names(tmp_path) == ["b2", "b3"]
    assert roll_back(tmp_path) == "b2"
    assert read_current(tmp_path).id == "b2"
    assert verify(tmp_path) == []
    build(tmp_path, "b4")
    assert build_names(tmp_path) == ["b2", "b4"]


def test_there_is_nothing_to_go_back_to_after_one_build(tmp_path: Path) -> None:
    build(tmp_path, "only")
    with pytest.raises(NotFoundError):
        roll_back(tmp_path)


def test_publishing_the_same_again_changes_nothing(tmp_path: Path) -> None:
    build(tmp_path, "a")
    build(tmp_path, "b")
    before = {path: path.stat().st_ino for path in tmp_path.rglob("*") if path.name != "CURRENT"}
    build(tmp_path, "b")
    assert {path: path.stat().st_ino for path in before} == before
    assert build_names(tmp_path) == ["a", "b"]


def test_going_back_to_the_earlier_corpus_uses_the_build_kept(tmp_path: Path) -> None:
    build(tmp_path, "a")
    build(tmp_path, "b")
    build(tmp_path, "a")
    assert current_name(tmp_path) == "a"
    assert set(build_names(tmp_path)) == {"a", "b"}


def test_a_damaged_build_is_replaced_under_another_name(tmp_path: Path) -> None:
    build(tmp_path, "a")
    (passages,) = (tmp_path / BUILDS / "a").rglob("passages.faiss")
    passages.write_bytes(passages.read_bytes()[:-1] + b"!")
    assert verify(tmp_path)
    build(tmp_path, "a")
    assert current_name(tmp_path) == "a.2"
    assert read_current(tmp_path).id == "a"
    assert verify(tmp_path) == []


def test_a_reader_outlives_the_removal_of_its_build(tmp_path: Path) -> None:
    build(tmp_path, "old")
    reader = open_reader(tmp_path)
    build(tmp_path, "new", council()[:1])
    build(tmp_path, "newer", council()[:1])
    assert not reader.folder.exists()
    assert len(reader.nearest(unit("q"), 100)) == 8
    assert len(reader.matching("waiting", 100)) == 3
    assert len(reader.passages(range(8))) == 8
    assert reader.text("id-d-plan")
    reader.close()


def test_a_reader_writes_nothing_into_its_build(tmp_path: Path) -> None:
    build(tmp_path, "a")
    before = sorted(tmp_path.rglob("*"))
    reader = open_reader(tmp_path)
    reader.matching("waiting", 3)
    assert sorted(tmp_path.rglob("*")) == before
    reader.close()


@pytest.mark.parametrize("build_id", ["", ".hidden", "../up", "a/b", "a\nb"])
def test_an_id_that_is_no_folder_name_is_refused(tmp_path: Path, build_id: str) -> None:
    with pytest.raises(ValueError, match="not a build's id"):
        LocalWriter(tmp_path, plan(build_id))
