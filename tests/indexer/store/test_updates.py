"""An update writes what has changed, and nobody can tell its build from one made from nothing."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.model import BuildInfo
from indexer.store.check import verify
from indexer.store.cut import USUAL_SEGMENT, Cutter, cut, segment_size
from indexer.store.format import BUILDS, RECORDS, SEGMENTS
from indexer.store.local import LocalWriter, open_reader
from indexer.store.protocols import DocumentRecord, Entry
from indexer.store.publish import sweep
from tests.contract import updates
from tests.contract.builders import document, plan, record, unit
from tests.contract.updates import contents, entry, left_out

_SIZE = 250
"""Characters in a segment: about five of the meetings."""


def publish(
    index: Path, planned: BuildInfo, entries: Sequence[Entry], *, update: bool = True
) -> tuple[BuildInfo, LocalWriter]:
    return updates.publish(index, planned, entries, update=update, size=_SIZE)


def meeting(number: int, word: str = "budget") -> DocumentRecord:
    texts = [f"Meeting {number} on the {word}.", f"It was agreed to wait for item {number}."]
    return record(document(f"m{number:03}", body=f"Body {number % 3}"), texts)


def unmade() -> DocumentRecord:
    raise AssertionError("it was made again")


def again(of: Entry) -> Entry:
    """Return an entry that may not be made."""
    return replace(of, make=unmade)


versions = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from(["budget", "beds", "waiting times in detail"])),
    unique_by=lambda each: each[0],
    max_size=12,
)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=st.lists(versions, min_size=2, max_size=3), out=st.sets(st.integers(0, 12)))
def test_any_sequence_of_updates_gives_the_bytes_of_a_build_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, history: list[list[tuple[int, str]]], out: set[int]
) -> None:
    updated, fresh = tmp_path_factory.mktemp("updated"), tmp_path_factory.mktemp("fresh")
    for number, version in enumerate(history):
        entries = [
            left_out(f"m{n}") if n in out and word == "beds" else entry(meeting(n, word))
            for n, word in version
        ]
        reached, _ = publish(updated, plan(f"b{number}"), entries)
    expected, _ = publish(fresh, plan(reached.id), entries, update=False)
    assert reached == expected
    assert contents(updated, reached) == contents(fresh, expected)
    assert verify(updated) == []
    for folder in (updated, fresh):
        shutil.rmtree(folder)


@pytest.fixture
def many() -> list[Entry]:
    return [entry(meeting(number)) for number in range(60)]


def links(index: Path, info: BuildInfo) -> dict[str, int]:
    folder = index / BUILDS / info.id / SEGMENTS
    return {each.name: (each / RECORDS).stat().st_ino for each in folder.iterdir()}


@pytest.mark.parametrize("place", [0, 33, 59])
def test_one_changed_document_leaves_the_other_segments_as_they_are(
    tmp_path: Path, many: list[Entry], place: int
) -> None:
    before, _ = publish(tmp_path, plan("before"), many)
    changed = [again(each) for each in many]
    changed[place] = entry(meeting(place, "waiting list"))
    after, writer = publish(tmp_path, plan("after"), changed)
    assert len(after.segments) > 8
    assert writer.shared >= len(after.segments) - 3
    first, second = links(tmp_path, before), links(tmp_path, after)
    assert all(first[name] == second[name] for name in first.keys() & second.keys())
    reader = open_reader(tmp_path)
    (found,) = reader.matching("list", 10)
    assert reader.passages([found.number])[0].text == f"Meeting {place} on the waiting list."
    reader.close()


def test_a_document_added_or_taken_away_moves_the_cuts_about_it_only(
    tmp_path: Path, many: list[Entry]
) -> None:
    publish(tmp_path, plan("before"), many[:40] + many[41:])
    inserted, writer = publish(tmp_path, plan("inserted"), many)
    assert writer.shared >= len(inserted.segments) - 3
    removed, writer = publish(tmp_path, plan("removed"), many[:50] + many[51:])
    assert writer.shared >= len(removed.segments) - 3
    assert removed.documents == 59


def test_what_is_deleted_is_on_no_page_of_the_disk_once_older_builds_are_gone(
    tmp_path: Path, many: list[Entry]
) -> None:
    secret = entry(record(document("secret"), ["The whistleblower was Zebedee Quux."]))
    publish(tmp_path, plan("with"), [*many[:20], secret, *many[20:40]])
    assert holding(tmp_path, b"Quux", b"quux", b"id-secret")
    without, writer = publish(tmp_path, plan("without"), many[:40])
    assert writer.shared
    folder = tmp_path / BUILDS / without.id
    assert not holding(folder, b"Quux", b"quux", b"id-secret")
    assert holding(tmp_path, b"Quux"), "the build before is kept for going back"
    sweep(tmp_path, keep=set())
    assert not holding(tmp_path, b"Quux", b"quux", b"id-secret")
    assert verify(tmp_path) == []


def holding(folder: Path, *words: bytes) -> list[Path]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in files if any(word in path.read_bytes() for word in words)]


def test_readers_go_on_while_builds_come_and_go(tmp_path: Path, many: list[Entry]) -> None:
    publish(tmp_path, plan("first"), many)
    reader = open_reader(tmp_path)
    for number in range(3):
        publish(tmp_path, plan(f"later-{number}"), many[number + 1 :: 2])
    assert not reader.folder.exists()
    assert reader.count() == 120
    assert len(reader.nearest(unit("q"), 120)) == 120
    assert len(reader.matching("agreed", 120)) == 60
    assert len(reader.tokens(range(120))) == 120
    reader.close()


def test_what_was_left_out_is_remembered_with_its_reason(tmp_path: Path, many: list[Entry]) -> None:
    entries = [*many[:5], left_out("slow"), *many[5:9]]
    first, _ = publish(tmp_path, plan("first"), entries)
    assert [item.file for item in first.skipped][1:] == ["slow.pdf"]
    tried = [again(each) for each in entries]
    second, _ = publish(tmp_path, plan("second"), [*tried, many[10]])
    assert second.skipped == first.skipped
    assert second.documents == 10


def test_a_damaged_document_is_made_again_and_not_taken(tmp_path: Path, many: list[Entry]) -> None:
    before, _ = publish(tmp_path, plan("before"), many[:30])
    for segment in before.segments:
        damaged = tmp_path / BUILDS / "before" / SEGMENTS / segment.name / RECORDS
        damaged.write_bytes(b"no database")
    shuffled = many[:30][::-1]
    after, writer = publish(tmp_path, plan("after"), shuffled)
    assert writer.shared == 0
    assert (after.documents, verify(tmp_path)) == (30, [])


def test_the_same_document_twice_is_refused_also_where_it_is_shared(
    tmp_path: Path, many: list[Entry]
) -> None:
    publish(tmp_path, plan("before"), many[:9])
    writer = LocalWriter(
        tmp_path, plan("b"), earlier=tmp_path / BUILDS / "before", segment_characters=_SIZE
    )
    with pytest.raises(ValueError, match="there already"):
        writer.fill([*many[:9], many[2]])
    writer.discard()


@given(sizes=st.lists(st.integers(0, 300), max_size=60), size=st.integers(1, 500))
def test_segments_are_neither_small_nor_large(sizes: list[int], size: int) -> None:
    entries = [replace(left_out(f"d{n}", each)) for n, each in enumerate(sizes)]
    runs = list(cut(entries, size))
    assert [each for run in runs for each in run] == entries
    for run in runs[:-1]:
        assert sum(each.characters for each in run) >= size / 2
    for run in runs:
        assert sum(each.characters for each in run[:-1]) < 2 * size
    cutter = Cutter(size)
    assert sum(cutter.ends_after(each.name, each.characters) for each in entries) >= len(runs) - 1


def test_segments_grow_with_the_square_root_of_the_whole() -> None:
    assert segment_size(0) == segment_size(64 * USUAL_SEGMENT) == USUAL_SEGMENT
    assert segment_size(4 * 64 * USUAL_SEGMENT) == 2 * USUAL_SEGMENT
    assert segment_size(64 * 64 * USUAL_SEGMENT) == 8 * USUAL_SEGMENT
