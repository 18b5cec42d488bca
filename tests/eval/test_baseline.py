"""Frozen runs: what falls by more than its noise is caught and named, and noise is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval.baseline import Baseline, freeze, load, losses
from eval.kept import Header, load_run
from eval.outcome import Run
from indexer.errors import UsageError
from tests.eval.test_compare import answers, command, kept
from tests.eval.test_metrics import EXACT, SHIFTED

HEADER = Header({"gold": {"g.jsonl": "1"}, "part": "all"}, 40, 10, {"started": "now"})


def frozen(run: Run, folder: Path) -> Baseline:
    freeze(HEADER, run, folder / "baselines" / "g.json")
    return load(folder / "baselines" / "g.json")


def test_the_same_run_loses_nothing_and_reads_back_alike(tmp_path: Path) -> None:
    run = answers(*["noted"] * 40)
    baseline = frozen(run, tmp_path)
    assert baseline == freeze(HEADER, run, tmp_path / "again.json")
    assert losses(baseline, run) == []
    assert baseline.gold == {"g.jsonl": "1"}


def test_a_real_fall_is_caught_and_its_questions_named(tmp_path: Path) -> None:
    baseline = frozen(answers(*["noted"] * 40), tmp_path)
    worse = answers(*["burnt"] * 8, *["noted"] * 32)
    found = {loss.measure: loss for loss in losses(baseline, worse)}
    assert set(found) == {"answer_accuracy", "right"}
    assert found["right"].lost == tuple(f"q{n}" for n in range(8))
    assert "right fell from 1.000 to 0.800" in str(found["right"])
    assert "lost: q0, q1" in str(found["right"])


def test_noise_is_let_pass_and_so_is_a_gain(tmp_path: Path) -> None:
    baseline = frozen(answers("burnt", *["noted"] * 39), tmp_path)
    assert losses(baseline, answers("noted", "burnt", *["noted"] * 38)) == []
    assert losses(baseline, answers("burnt", "burnt", *["noted"] * 38)) == []
    assert losses(baseline, answers(*["noted"] * 40)) == []


def test_a_broken_ranker_is_caught(tmp_path: Path) -> None:
    good = answers(*["noted"] * 40)
    baseline = frozen(good, tmp_path)
    blind = Run(tuple(replace(o, ranking=()) for o in good.outcomes), 10)
    assert {loss.measure for loss in losses(baseline, blind)} == {"hit@10", "mrr@10"}


def test_one_wrong_quotation_is_one_too_many(tmp_path: Path) -> None:
    good = answers(*["noted"] * 40)

    def cited(*verdicts: object) -> Run:
        answered = [
            replace(o, answered=replace(o.answered, citations=(verdict,)))  # type: ignore[type-var]
            for o, verdict in zip(good.outcomes, verdicts, strict=True)
        ]
        return Run(tuple(answered), 10)

    baseline = frozen(cited(*[EXACT] * 40), tmp_path)
    (loss,) = losses(baseline, cited(SHIFTED, *[EXACT] * 39))
    assert (loss.measure, loss.lost) == ("quote_exactness", ("q0",))


def test_other_questions_and_broken_files_are_refused(tmp_path: Path) -> None:
    baseline = frozen(answers("noted"), tmp_path)
    with pytest.raises(UsageError, match=r"differ in 1 questions, such as q1.*eval freeze"):
        losses(baseline, answers("noted", "noted"))
    (tmp_path / "bad.json").write_text("{}")
    for name in ("bad.json", "none.json"):
        with pytest.raises(UsageError, match=r"cannot be used.*eval freeze"):
            load(tmp_path / name)


def test_the_command_freezes_a_whole_run_and_no_part(tmp_path: Path) -> None:
    folder = kept(tmp_path / "run", answers("noted"))
    printed = command("freeze", folder, "--to", tmp_path / "b.json")
    assert printed == "Frozen: 1 questions of g.jsonl\n"
    assert losses(load(tmp_path / "b.json"), load_run(folder)[1]) == []
    dev = Header({"gold": {"g.jsonl": "1"}, "part": "dev"}, 1, 10, {})
    with pytest.raises(UsageError, match="over the dev part and not over all"):
        freeze(dev, answers("noted"), tmp_path / "c.json")
