"""The project's own index must not fall below its frozen baselines: the gate of every change."""

from __future__ import annotations

import hashlib
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from eval import baseline
from eval.gather import gather
from eval.gold import load_gold
from eval.outcome import Run
from eval.run import run
from indexer.build import build_index
from search_api.live import LiveIndex

_ROOM = Path(__file__).parents[2] / "eval"
_SHARED = Path(__file__).parents[3] / "shared" / "data"
_FROZEN = sorted((_ROOM / "baselines").glob("*.json"))
_AGAIN = (
    "If the change is worth it, freeze again: minutebook eval run --part all --out runs/NAME, "
    "then minutebook eval freeze runs/NAME"
)


@pytest.mark.parametrize("path", _FROZEN, ids=lambda path: path.stem)
def test_a_baseline_is_of_the_gold_as_it_is(path: Path) -> None:
    frozen = baseline.load(path)
    for name, digest in frozen.gold.items():
        assert hashlib.sha256((_ROOM / "gold" / name).read_bytes()).hexdigest() == digest, _AGAIN
    questions = load_gold(*(_ROOM / "gold" / name for name in frozen.gold))
    assert set(frozen.questions) == {question.id for question in questions}


def test_the_sample_corpus_is_answered_as_well_as_it_was(sample_index: Path) -> None:
    _holds_its_baseline("seeds", sample_index)


@pytest.mark.skipif(not _SHARED.is_dir(), reason="the shared test data is not beside us")
@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: some gold needs it"
)
@pytest.mark.parametrize("name", ["shared", "boards"])
def test_other_documents_are_answered_as_well_as_they_were(name: str, tmp_path: Path) -> None:
    gather(load_gold(_ROOM / "gold" / f"{name}.jsonl"), _SHARED, tmp_path / "corpus")
    build_index(tmp_path / "corpus", tmp_path / "index")
    _holds_its_baseline(name, tmp_path / "index")


def _holds_its_baseline(name: str, index: Path) -> None:
    frozen = baseline.load(_ROOM / "baselines" / f"{name}.json")
    now = _asked(index, name)
    lost = baseline.losses(frozen, now)
    assert not lost, "\n".join([*map(str, lost), _AGAIN])
    shares = [o.answered.citations for o in now.outcomes if o.answered is not None]
    assert all(citation.exact for citations in shares for citation in citations)


def _asked(index: Path, name: str) -> Run:
    """Ask the questions, half of them on each of two cores: latency is not guarded here."""
    gold = load_gold(_ROOM / "gold" / f"{name}.jsonl")
    with LiveIndex(index).engine() as engine, ThreadPoolExecutor(2) as workers:
        halves = list(workers.map(lambda n: run(engine, {name: gold[n::2]}), range(2)))
    return Run(tuple(outcome for half in halves for outcome in half.outcomes), halves[0].k)
