"""The same records in give the same bytes out."""

from __future__ import annotations

import json
from pathlib import Path

from indexer.model import BuildInfo
from indexer.store.format import BUILDS, BUILT
from indexer.store.local import LocalWriter
from tests.contract.builders import council, document, plan, record


def build(index: Path) -> BuildInfo:
    writer = LocalWriter(index, plan("same"))
    for each in [*council(), record(document("long"), [f"line {n} of many" for n in range(500)])]:
        writer.add(each)
    return writer.publish(plan("same"))


def contents(index: Path) -> dict[str, bytes]:
    folder = index / BUILDS / "same"
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != BUILT]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = build(tmp_path / "one"), build(tmp_path / "two")
    assert first == second
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    assert one.keys() == two.keys()
    kinds = {Path(name).name for name in one}
    assert {"meta.json", "records.sqlite", "passages.faiss", "passages.codes"} <= kinds
    assert [name for name in one if one[name] != two[name]] == []


def test_no_clock_time_is_in_the_record_and_one_stands_beside_it(tmp_path: Path) -> None:
    build(tmp_path)
    folder = tmp_path / BUILDS / "same"
    built = json.loads((folder / BUILT).read_text(encoding="utf-8"))["built"]
    assert built[:10] not in (folder / "meta.json").read_text(encoding="utf-8")
    checksums = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["checksums"]
    assert BUILT not in checksums
