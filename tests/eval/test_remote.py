"""A run against a real server: judged as in process, and its death half-way costs nothing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner

import eval.cli
from eval.gold import GoldQuestion, load_gold
from eval.metrics import score_questions
from eval.outcome import Run
from eval.remote import RemoteEngine
from eval.run import StoppedError, run
from indexer.errors import UsageError
from indexer.progress import Silent
from search_api.live import LiveIndex

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "eval" / "gold" / "seeds.jsonl"


def few() -> list[GoldQuestion]:
    """Return some questions of each sort: plain, unanswerable, as of a time, a timeline."""
    everything = load_gold(SEEDS)
    sorts: list[Callable[[GoldQuestion], bool]] = [
        lambda q: q.kind == "timeline",
        lambda q: not q.answerable,
        lambda q: q.as_of is not None,
        lambda q: q.kind == "list",
    ]
    chosen = {q.id: q for sort in sorts for q in [q for q in everything if sort(q)][:1]}
    return list(chosen.values())


@contextmanager
def server(index: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Serve an index on a free port; give its address and its process."""
    process = subprocess.Popen(
        [sys.executable, "-m", "minutebook", "serve", "--index", str(index), "--port", "0"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout is not None
        for line in process.stdout:
            if "http://" in line:
                address = "http://" + line.split("http://")[1].split()[0].rstrip(".,;/")
                break
        else:
            pytest.fail("the server did not say where it listens")
        yield address, process
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


@pytest.fixture
def gold_file(tmp_path: Path) -> Path:
    wanted = {question.id for question in few()}
    lines = [line for line in SEEDS.read_text().splitlines() if json.loads(line)["id"] in wanted]
    narrow = {"body": ["county"], "kind": ["minutes"], "from": "2010", "to": "2020"}
    lines.append(json.dumps(json.loads(lines[0]) | {"id": "filtered", "filters": narrow}))
    path = tmp_path / "few.jsonl"
    path.write_text("\n".join(lines))
    return path


def test_a_server_is_judged_as_the_index_is_and_may_die(
    sample_index: Path, gold_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gold = {"few": load_gold(gold_file)}
    with LiveIndex(sample_index).engine() as engine:
        here = run(engine, gold)
    out = tmp_path / "run"
    words = ["run", "--gold", str(gold_file), "--part", "all", "--out", str(out), "--url"]
    with server(sample_index) as (address, process):
        monkeypatch.setattr(eval.cli, "Terminal", lambda: _Killer(process, after=2))
        with pytest.raises(StoppedError, match=r"2 of 5 questions are finished and kept") as died:
            CliRunner().invoke(eval.cli.cli, [*words, address], catch_exceptions=False)
    assert "goes on from there" in str(died.value)
    with server(sample_index) as (address, _):
        monkeypatch.setattr(eval.cli, "Terminal", Silent)
        done = CliRunner().invoke(eval.cli.cli, [*words, address, "--json"], catch_exceptions=False)
        assert done.exit_code == 0
        with RemoteEngine(address) as remote:
            there = run(remote, gold)
            remote.store.info = replace(remote.store.info, id="older")
            with pytest.raises(StoppedError, match="index changed during the run"):
                remote.search("beds")
    alike(here, there)
    found = json.loads(done.stdout)
    assert (found["questions"], found["failed"]) == (len(gold["few"]), {})
    assert found["about"]["asked"].startswith("http://127.0.0.1:")
    assert found["overall"]["right"]["value"] == pytest.approx(
        sum(shares["right"].got for shares in score_questions(here.outcomes)) / len(gold["few"])
    )


def alike(here: Run, there: Run) -> None:
    """Check that both runs found and answered the same and score alike, what HTTP hides apart."""
    # The ideal of nDCG counts relevant passages that nothing has shown; pages have no places.
    unlike = {"ndcg@10", "page_exactness"}
    for one, other in zip(here.outcomes, there.outcomes, strict=True):
        assert other.error is None
        assert [h.passage_id for h in one.ranking] == [h.passage_id for h in other.ranking]
        assert [h.holds for h in one.ranking] == [h.holds for h in other.ranking]
        assert one.answered is not None
        assert other.answered is not None
        assert one.answered.answer == other.answered.answer
        assert other.answered.score == pytest.approx(one.answered.score, abs=1e-4)
    pairs = zip(score_questions(here.outcomes), score_questions(there.outcomes), strict=True)
    for mine, theirs in pairs:
        assert {k: v for k, v in mine.items() if k not in unlike} == {
            k: v for k, v in theirs.items() if k not in unlike
        }


class _Killer(Silent):
    """Progress that kills a server after so many questions."""

    def __init__(self, process: subprocess.Popen[str], after: int) -> None:
        self.process, self.left = process, after

    @contextmanager
    def task(self, what: str, total: int, unit: str) -> Iterator[Any]:  # noqa: ARG002
        yield self

    def advance(self, steps: int = 1) -> None:
        self.left -= steps
        if steps and self.left == 0:
            self.process.kill()
            self.process.wait()


def talking(reply: httpx.Response | Exception) -> httpx.Client:
    def answer(request: httpx.Request) -> httpx.Response:
        if isinstance(reply, Exception):
            raise reply
        if request.url.path == "/v1/documents":
            index = {"build": "b", "model": "m", "documents": 0, "passages": 0}
            return httpx.Response(200, json={"documents": [], "index": index})
        return reply

    return httpx.Client(transport=httpx.MockTransport(answer))


def test_a_refused_question_fails_alone_and_a_dead_server_stops_the_run() -> None:
    problem = {"detail": "The question is empty.", "remedy": "Write one."}
    with pytest.raises(RuntimeError, match=r"422: The question is empty\. Write one\."):
        RemoteEngine("http://x", talking(httpx.Response(422, json=problem))).search("?")
    for dead in (502, 503):
        with pytest.raises(StoppedError, match=f"it says {dead}"):
            RemoteEngine("http://x", talking(httpx.Response(dead))).answer("when?")
    with pytest.raises(StoppedError, match="no JSON"):
        RemoteEngine("http://x", talking(httpx.Response(200, text="<html>"))).search("when?")


def test_nobody_there_and_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.remote._PAUSE", 0)
    with pytest.raises(StoppedError, match=r"http://x does not answer .*minutebook serve"):
        RemoteEngine("http://x", talking(httpx.ConnectError("refused")))
    with pytest.raises(UsageError, match="no address of a server"):
        RemoteEngine("localhost:8000")


def test_index_and_url_are_one_or_the_other(tmp_path: Path) -> None:
    words = ["run", "--index", str(tmp_path), "--url", "http://127.0.0.1:1"]
    with pytest.raises(UsageError, match="both given"):
        CliRunner().invoke(eval.cli.cli, words, catch_exceptions=False)


def test_a_list_in_pages_is_read_to_its_end(sample_index: Path) -> None:
    with server(sample_index) as (address, _):
        few_at_once = httpx.Client(params={"limit": 2}, timeout=60)
        with RemoteEngine(address) as one, RemoteEngine(address, few_at_once) as other:
            assert one.store.documents() == other.store.documents()
            assert len(one.store.documents()) > 2
