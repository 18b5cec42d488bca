"""Copies of whole documents: sound, different from each other, and fit to be asked."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from eval.bench import asking
from eval.bench.copies import Copies, build
from eval.gold import load_gold
from indexer.store.check import verify
from indexer.store.local import LocalWriter, open_reader
from tests.contract.builders import council, plan
from tests.search_api.web.served import ROOT


@pytest.fixture
def index(tmp_path: Path) -> Path:
    writer = LocalWriter(tmp_path / "index", plan())
    for each in council():
        writer.add(each)
    writer.publish(plan())
    return tmp_path / "index"


def test_copies_keep_places_and_say_something_else(index: Path) -> None:
    copies = Copies([index, index], 30)
    records = [copies.record(number) for number in range(copies.documents)]
    assert copies.documents == 15
    assert [each.document for each in records[:4]] == [each.document for each in council()]
    for number, each in reversed(list(enumerate(records))):
        original = records[number % 4]
        again = copies.record(number)
        assert again.parsed == each.parsed
        assert np.array_equal(again.vectors, each.vectors)
        assert len(each.parsed.text) == len(original.parsed.text)
        assert [p.units for p in each.passages] == [p.units for p in original.passages]
        assert all(p.span.of(each.parsed.text) == p.text for p in each.passages)
        assert np.allclose(np.linalg.norm(each.vectors, axis=1), 1, atol=2**-11)
    assert len({each.parsed.text for each in records[::4]}) == len(records[::4])
    assert len({each.document.id for each in records}) == len(records)


def test_a_build_of_copies_is_sound(index: Path, tmp_path: Path) -> None:
    info = build(tmp_path / "built", [index], 30)
    assert info.passages >= 30
    assert verify(tmp_path / "built") == []
    reader = open_reader(tmp_path / "built")
    assert {each.date.edtf for each in reader.documents() if each.title == "Minutes b-board"} == {
        "2018",
        "2019",
        "2020",
        "2021",
    }
    reader.close()


def test_searches_and_answers_are_timed_side_by_side(sample_index: Path, tmp_path: Path) -> None:
    gold = ROOT / "eval" / "gold" / "seeds.jsonl"
    some = load_gold(gold, part="dev")[:2]
    lines = gold.read_text(encoding="utf-8").splitlines()
    short = tmp_path / "gold.jsonl"
    wanted = [line for line in lines if any(f'"{each.id}"' in line for each in some)]
    short.write_text("\n".join(wanted) + "\n", encoding="utf-8")
    built = asking.build(tmp_path / "copies", [sample_index], 150)
    assert built["passages"] >= 150
    found = asking.ask(tmp_path / "copies", [short])
    assert found["questions"] == 2
    assert sum(found["statuses"].values()) == 2
    for when in ("first_time", "again"):
        assert found[when]["cpu_ms"]["ratio_of_p50"] > 0.3
        assert found[when]["ms"]["answer"]["p95"] >= found[when]["ms"]["answer"]["p50"] > 0
