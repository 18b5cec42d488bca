"""Two runs side by side: by hand, against exact enumeration, and refused where unlike."""

from __future__ import annotations

import itertools
import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

import eval.cli
from eval.compare import compare, difference
from eval.comparison_text import table
from eval.kept import FILE, Header, open_journal
from eval.metrics import Share
from eval.outcome import Outcome, Run
from indexer.errors import UsageError
from tests.eval.builders import question
from tests.eval.test_metrics import outcome, reply


def ones(*values: float) -> list[Share]:
    return [Share(value) for value in values]


def answers(*texts: str, kinds: str = "decision") -> Run:
    outcomes = [
        replace(
            outcome(["p1"], ["p1"], number=n, answered=reply(text)),
            question=question(id=f"q{n}", kind=kinds),
        )
        for n, text in enumerate(texts)
    ]
    return Run(tuple(outcomes), 10)


def test_a_difference_by_hand() -> None:
    found = difference(ones(1, 1, 0, 0), ones(1, 1, 1, 0))
    assert found is not None
    assert (found.a, found.b, found.change.value, found.change.n) == (0.5, 0.75, 0.25, 4)
    assert found.change.low == 0 < found.change.high
    assert found.p == 1  # One question that changed can fall either way.


def test_the_p_value_is_that_of_trying_every_swap() -> None:
    a = [0.0, 0.2, 0.5, 0.1, 0.9, 0.4, 0.3]
    b = [0.4, 0.6, 0.4, 0.7, 1.0, 0.9, 0.3]
    changes = [y - x for x, y in zip(a, b, strict=True)]
    swaps = list(itertools.product([1, -1], repeat=len(changes)))
    extreme = sum(
        abs(sum(s * c for s, c in zip(signs, changes, strict=True))) >= abs(sum(changes)) - 1e-9
        for signs in swaps
    )
    found = difference(ones(*a), ones(*b))
    assert found is not None
    assert found.p == pytest.approx(extreme / len(swaps), abs=0.015)


def test_ratios_are_compared_as_ratios_and_what_applies_to_neither_not_at_all() -> None:
    found = difference([Share(3, 4), Share(0, 0)], [Share(3, 4), Share(0, 1)])
    assert found is not None
    assert (found.a, found.b) == (0.75, 0.6)
    assert difference([Share(0, 0)], [Share(0, 0)]) is None


def test_nothing_is_tested_where_the_runs_answer_other_questions() -> None:
    # Three wrong answers that B withholds, and many right ones that only B gives.
    a = [*[Share(0, 1)] * 3, *[Share(0, 0)] * 17, *[Share(1, 1)] * 90]
    b = [*[Share(0, 0)] * 3, *[Share(1, 1)] * 17, *[Share(1, 1)] * 90]
    found = difference(a, b)
    assert found is not None
    assert found.p is None
    assert found.change.low == 0 < found.change.high


def test_a_clear_difference_is_significant_and_none_is_not() -> None:
    better = difference(ones(*[0.0] * 30), ones(*[1.0] * 15, *[0.0] * 15))
    same = difference(ones(*[0.5] * 30), ones(*[0.5] * 30))
    assert better is not None
    assert same is not None
    assert better.p is not None
    assert better.p < 0.001 < better.change.low
    assert (same.p, same.change.low, same.change.high) == (1, 0, 0)


def test_gains_and_losses_are_told_question_by_question_and_by_kind() -> None:
    before = answers("noted", "noted", "burnt", "burnt")
    after = answers("noted", "burnt", "noted", "burnt")
    found = compare(before, after)
    moved = [(change.question.id, change.a, change.b) for change in found.changes["right"]]
    assert moved == [("q1", 1, 0), ("q2", 0, 1)]
    assert found.by_kind["decision"]["right"].change.value == 0
    text = table(found)
    assert "right: 1 gained, 1 lost\n  + q2 (decision) 0.00 → 1.00" in text
    assert "  - q1 (decision) 1.00 → 0.00" in text
    assert "hit@10: 0 gained, 0 lost" in text


def test_the_order_of_the_questions_does_not_matter() -> None:
    before = answers("noted", "burnt")
    backwards = Run(tuple(reversed(before.outcomes)), 10)
    assert compare(before, backwards).changes["right"] == []


def test_a_run_that_lacks_questions_is_refused() -> None:
    with pytest.raises(UsageError, match=r"second run lacks 1 of the other's questions: q1\."):
        compare(answers("noted", "noted"), answers("noted"))
    with pytest.raises(UsageError, match=r"first run lacks 1 .*--part"):
        compare(answers("noted"), answers("noted", "noted"))


def kept(folder: Path, run: Run, gold: str = "1") -> Path:
    header = Header({"gold": {"g.jsonl": gold}, "part": "all"}, len(run.outcomes), 10, {})
    journal = open_journal(folder, header)
    for each in run.outcomes:
        journal.keep(each)
    journal.close()
    return folder


def command(*words: object) -> str:
    runner = CliRunner()
    done = runner.invoke(eval.cli.cli, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_command_compares_folders(tmp_path: Path) -> None:
    a = kept(tmp_path / "a", answers("noted", "burnt"))
    b = kept(tmp_path / "b", answers("noted", "noted"))
    assert "2 questions in both runs" in command("compare", a, b)
    found = json.loads(command("compare", a, b, "--json"))
    assert found["overall"]["right"]["change"]["value"] == 0.5
    assert [change["id"] for change in found["changes"]["right"]] == ["q1"]


def test_runs_over_different_gold_or_unfinished_are_refused(tmp_path: Path) -> None:
    a = kept(tmp_path / "a", answers("noted"))
    b = kept(tmp_path / "b", answers("noted"), gold="2")
    with pytest.raises(UsageError, match=r"over different gold: g.jsonl and g.jsonl"):
        command("compare", a, b)
    lines = (a / FILE).read_text().splitlines()
    (a / FILE).write_text(lines[0] + "\n")
    with pytest.raises(UsageError, match="lacks 1 of its 1 questions"):
        command("compare", a, b)


def test_latencies_are_compared_over_what_ended_in_both() -> None:
    def timed(*times: float | None) -> Run:
        found: list[Outcome] = [
            outcome([], [], number=n, search_ms=time) for n, time in enumerate(times)
        ]
        return Run(tuple(found), 10)

    found = compare(timed(10, 20, None), timed(20, 30, 1)).overall["search_ms_p50"]
    assert (found.a, found.b, found.change.value, found.change.n, found.p) == (15, 25, 10, 2, None)
