"""The comparison runs over real passages, judges as a run does, and writes what it found."""

from __future__ import annotations

import importlib.util
import itertools
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from eval.bench.peers.__main__ import main
from eval.bench.peers.figures import Figures
from eval.bench.peers.measure import Field, measured
from eval.bench.peers.pieces import read_pieces
from eval.bench.peers.prepare import keep_vectors, lay_out
from eval.bench.peers.processes import SystemFailedError, Worker
from eval.bench.peers.quality import Jury
from eval.bench.peers.records import build_of, records_of
from eval.bench.peers.system import Meter
from eval.bench.peers.systems import ALL, OWN, PACKAGES, PEERS
from eval.gold import load_gold
from eval.run import run
from eval.windows import windowed, windows
from search_api.engine import Engine

ROOT = Path(__file__).parents[2]
GOLD = load_gold(ROOT / "eval" / "gold" / "seeds.jsonl", part="dev")
ASKED = "When does the consultation on Better Care Together start?"


@pytest.fixture(scope="module")
def material(sample_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("peers") / "passages"
    records = records_of([sample_index])
    lay_out(folder, records, build_of(sample_index))
    keep_vectors(folder)
    return folder


def test_a_comparison_writes_figures_tables_and_a_picture(
    sample_index: Path, tmp_path: Path
) -> None:
    options = [f"--system={name}" for name in OWN]
    paths = [f"--index={sample_index}", f"--work={tmp_path / 'work'}", f"--out={tmp_path / 'out'}"]
    done = CliRunner().invoke(main, [*paths, *options, "--gold=seeds", "--rounds=1"])
    assert done.exception is None, done.output
    tables = json.loads((tmp_path / "out.json").read_text())["tables"]
    assert [table["cut"] for table in tables] == ["passages", "windows"]
    for table in tables:
        ours, plain = (table["systems"][name] for name in OWN)
        for row in (ours, plain):
            assert row["quality"]["dev"]["all"]["hit@10"]["n"] == 56
            text, given = (row["query_ms"][kind]["cpu"] for kind in ("from text", "vector given"))
            assert 0 < given["p50"] < text["p50"] <= text["p99"]
            assert row["build_s"]["all"]["cpu"] > row["build_s"]["indexing"]["cpu"] > 0
            assert 0 < row["disk_mib"] < 20
            assert row["cold_s"]["cpu"] > 0
        assert plain["ahead"]["hit@1"]["value"] == pytest.approx(_gain(ours, plain), abs=1e-9)
    assert tables[0]["systems"]["plain"]["pieces"] == tables[0]["systems"]["minutebook"]["pieces"]
    assert tables[1]["systems"]["plain"]["pieces"] != tables[0]["systems"]["plain"]["pieces"]
    assert (tmp_path / "out.md").read_text().count("| **Minutebook** |") == 4
    ElementTree.fromstring((tmp_path / "out.svg").read_text())


def _gain(ours: dict[str, dict[str, object]], plain: dict[str, dict[str, object]]) -> float:
    """Return how far ours is ahead over both parts together."""
    hits = 0.0
    questions = 0
    for part in ("dev", "test"):
        for row, sign in ((ours, 1), (plain, -1)):
            score = row["quality"][part]["all"]["hit@1"]  # type: ignore[index]
            hits += sign * score["value"] * score["n"]
            questions += score["n"] if sign == 1 else 0
    return hits / questions


def test_minutebook_s_rankings_score_as_a_run_of_its_own(sample_index: Path) -> None:
    engine = Engine.open(sample_index)
    own = run(engine, {"seeds": GOLD})
    rankings = {}
    for question, outcome in zip(GOLD, own.outcomes, strict=True):
        found = engine.search(question.question, k=10).hits
        rankings[question.id] = [[one.id for one in hit.told] for hit in found]
        if question.as_of:
            rankings[question.id] = [[hit.passage_id] for hit in outcome.ranking]
    judged = Jury(records_of([sample_index])).outcomes({"seeds": GOLD}, rankings)
    engine.store.close()
    assert [one.relevant for one in judged] == [one.relevant for one in own.outcomes]
    assert [[h.holds for h in one.ranking] for one in judged] == [
        [h.holds for h in one.ranking] for one in own.outcomes
    ]


def test_a_copy_of_the_words_counts_as_found(sample_index: Path) -> None:
    records = records_of([sample_index])
    question = next(one for one in GOLD if one.answerable)
    jury = Jury(records)
    [outcome] = jury.outcomes({"seeds": [question]}, {question.id: []})
    right = next(iter(outcome.relevant))
    other = next(p.id for r in records for p in r.passages if p.id not in outcome.relevant)
    [found] = jury.outcomes({"seeds": [question]}, {question.id: [[other], [other, right]]})
    assert [bool(hit.holds) for hit in found.ranking] == [False, True]


def test_windows_cover_a_text_and_overlap() -> None:
    text = " ".join(f"word{n}" for n in range(900))
    cut = windows(text)
    assert cut[0].start == 0
    assert cut[-1].end == len(text)
    for one, following in itertools.pairwise(cut):
        assert 0 < one.end - following.start <= 200
        assert one.end - one.start <= 1000
        assert text[following.start - 1] == " "
    assert windows("x" * 2500)[-1].end == 2500
    assert windows("") == []


def test_windows_hold_the_documents_words(sample_index: Path) -> None:
    for record in windowed(records_of([sample_index])):
        assert record.passages
        for passage in record.passages:
            assert passage.span.of(record.parsed.text) == passage.text


def test_pieces_come_back_as_they_were_written(material: Path, sample_index: Path) -> None:
    expected = [p.text for record in records_of([sample_index]) for p in record.passages]
    assert [piece.text for piece in read_pieces(material)] == expected


def test_a_system_that_breaks_off_is_left_out_and_said(material: Path, tmp_path: Path) -> None:
    entered = Field(
        {"plain": tmp_path / "nothing", "minutebook": material}, {}, tmp_path, limit=300
    )
    figures: dict[str, Figures] = measured(entered, {"q": ASKED}, 1, at_once=2)
    assert "FileNotFoundError" in str(figures["plain"].failed)
    assert figures["minutebook"].failed is None
    assert figures["minutebook"].asked["q"].found


def test_a_comparison_that_broke_off_goes_on(material: Path, tmp_path: Path) -> None:
    entered = Field({"minutebook": material}, {}, tmp_path, limit=300)
    first = measured(entered, {"q": ASKED}, 1)["minutebook"]
    with (tmp_path / "minutebook.jsonl").open("a") as file:
        file.write('{"do": "answered", "quest')
    again = measured(entered, {"q": ASKED}, 1)["minutebook"]
    assert (again.builds, again.cold, again.asked) == (first.builds, first.cold, first.asked)
    assert again.disk_mib == first.disk_mib > 0


def test_a_command_that_takes_too_long_ends(material: Path, tmp_path: Path) -> None:
    with (
        pytest.raises(SystemFailedError, match="its process ended"),
        Worker("minutebook", {}, tmp_path / "log", limit=0.05) as worker,
    ):
        worker.build(material, tmp_path / "index")


def test_a_meter_adds_up() -> None:
    meter = Meter()
    for _ in range(2):
        with meter:
            sum(range(200_000))
    assert meter.wall > 0
    assert meter.cpu > 0


def test_a_worker_cannot_reach_for_the_network(tmp_path: Path) -> None:
    code = (
        "import socket, sys; from eval.bench.peers.worker import stay_here\n"
        "sys.addaudithook(stay_here)\n"
        "socket.create_connection(('127.0.0.1', 9), 1)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert "reached for the network" in done.stderr


@pytest.mark.parametrize("name", PEERS)
def test_a_peer_builds_opens_and_finds(name: str, material: Path, tmp_path: Path) -> None:
    package = PACKAGES[name].split(".", maxsplit=1)[0]
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"{package} is not installed (eval/bench/peers/requirements.txt)")
    with Worker(name, {}, tmp_path / "log") as worker:
        worker.build(material, tmp_path / "index")
    piece = read_pieces(material)[7]
    with Worker(name, {}, tmp_path / "log") as worker:
        worker.open(tmp_path / "index")
        asked = worker.ask(piece.text[:300], 10)
    assert (piece.id,) in asked.found
    assert len(asked.found) == 10
    assert asked.whole.cpu > asked.embedding.cpu > 0


def test_every_peer_has_a_module_and_a_pinned_version() -> None:
    folder = ROOT / "eval" / "bench" / "peers"
    pinned = (folder / "requirements.txt").read_text(encoding="utf-8")
    for name in ALL:
        assert (folder / "systems" / f"{name}.py").is_file()
    for name in PEERS:
        wanted = name.replace("_", "-")
        assert re.search(rf"^{wanted}[a-z-]*==\d", pinned, re.MULTILINE), wanted
