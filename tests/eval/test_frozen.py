"""The project's own index must not fall below its frozen baselines: the gate of every change."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from eval import baseline
from eval.gold import GoldQuestion, load_gold
from eval.outcome import Run
from eval.run import run
from search_api.live import LiveIndex

_ROOM = Path(__file__).parents[2] / "eval"
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
    frozen = baseline.load(_ROOM / "baselines" / "seeds.json")
    now = _asked(sample_index, load_gold(_ROOM / "gold" / "seeds.jsonl"))
    lost = baseline.losses(frozen, now)
    assert not lost, "\n".join([*map(str, lost), _AGAIN])
    shares = [o.answered.citations for o in now.outcomes if o.answered is not None]
    assert all(citation.exact for citations in shares for citation in citations)


def _asked(index: Path, gold: Sequence[GoldQuestion]) -> Run:
    """Ask the questions, half of them on each of two cores: latency is not guarded here."""
    with LiveIndex(index).engine() as engine, ThreadPoolExecutor(2) as workers:
        halves = list(workers.map(lambda n: run(engine, {"seeds": gold[n::2]}), range(2)))
    return Run(tuple(outcome for half in halves for outcome in half.outcomes), halves[0].k)
