"""The benchmark of scale: its documents are the same whenever asked for, and its stages run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from eval.bench import growth
from eval.bench.curves import drawn
from eval.bench.material import Material, Piece, read_pieces
from eval.bench.measures import Aside, timed
from indexer.store.local import LocalWriter
from tests.contract.builders import DIMENSIONS, document, plan, record, token_codes, unit


def _pieces(count: int) -> list[Piece]:
    return [
        Piece(f"Point {n}. Members heard of {n}.", "Minutes", unit(n), token_codes(n, 3))
        for n in range(count)
    ]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    writer = LocalWriter(tmp_path / "index", plan())
    for n in range(40):
        writer.add(record(document(f"{n}"), [f"Members heard of {n} and {m}." for m in range(5)]))
    writer.publish(plan())
    return tmp_path / "index"


def test_documents_are_the_same_whenever_they_are_asked_for() -> None:
    material = Material(_pieces(30), 70)
    assert material.documents == 4
    records = list(material.records())
    assert [len(each.passages) for each in records] == [20, 20, 20, 10]
    for number, each in reversed(list(enumerate(records))):
        again = material.record(number)
        assert again.parsed.text == each.parsed.text
        assert np.array_equal(again.vectors, each.vectors)
        assert material.characters(number) == len(each.parsed.text)
        assert np.allclose(np.linalg.norm(each.vectors, axis=1), 1, atol=1e-5)
        assert each.vectors.shape[1] == DIMENSIONS
    real = [passage.text for each in records for passage in each.passages][:30]
    assert real == [piece.text for piece in _pieces(30)]


def test_what_is_set_aside_is_not_counted() -> None:
    aside = Aside()
    _, taken = timed(lambda: sum(aside.each(_slow())), aside)
    assert aside.cpu > 0.01
    assert taken["cpu"] < aside.cpu


def _slow() -> Iterator[int]:
    yield sum(range(2_000_000))


def test_stages_measure_what_they_build(index: Path, tmp_path: Path) -> None:
    indexes, built, plain = (index,), tmp_path / "built", tmp_path / "plain"
    pieces, questions = read_pieces(indexes)
    assert (len(pieces), len(questions)) == (100, 100)
    found = growth.build(built, indexes, 300)
    assert found["real"] == 100
    assert sum(found["disk_parts_mib"].values()) < found["disk_mib"]
    found |= growth.search(built, indexes)
    assert found["recall_at_10"] == found["recall_at_10_of_half"] == 1
    passages = {name: each["passages"] for name, each in found["search_ms"].items()}
    assert passages == {
        "no filter": 300,
        "half of the documents": 140,
        "one document in fifty": 20,
        "one passage of all": 1,
    }
    found["reference"] = growth.reference(plain, indexes, 300)
    found["reference"] |= growth.search_reference(plain, indexes)
    found["update"] = {"publishing": {"cpu": 1.0}, "embedding": {"cpu": 1.0}}
    assert "</svg>" in drawn([found | {"passages": 300}, found | {"passages": 3000}])


def test_a_plot_of_which_nothing_was_measured_is_left_out() -> None:
    picture = drawn([{"passages": 300, "disk_mib": 2.0}, {"passages": 3000, "disk_mib": 19.0}])
    assert "Building" in picture
    assert "Opening" not in picture


def test_memory_given_back_has_no_place_on_a_logarithmic_axis() -> None:
    given_back = [
        {"passages": each, "reference": {"search_memory_mib": {"own": -0.02}}}
        for each in (300, 3000)
    ]
    assert "Opening" not in drawn(given_back)
    held = {"passages": 30_000, "reference": {"search_memory_mib": {"own": 4.0}}}
    assert drawn([*given_back, held]).count("<circle") == 1
