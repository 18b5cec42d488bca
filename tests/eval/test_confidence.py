"""How right answers are at each level: the tables, and the bounds chosen on other gold sets."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from eval import bounds, confidence
from eval.bounds import Case, chosen, judged, log_loss, unseen
from eval.cli import cli
from eval.outcome import Answered, Outcome
from search_api.answer.confidence import BOUNDS, Bounds
from search_api.results import Level, Signs
from tests.eval.builders import question, unanswerable

ROOT = Path(__file__).parents[2]
_SIGNS = Signs(
    margin=0.3,
    first=True,
    support=2.0,
    given=1.0,
    names=1,
    documents=1,
    settled=True,
    legible=True,
    disputed=False,
)


def _answer(level: Level, said: str, *reasons: str, answerable: bool = True) -> Outcome:
    asked = question() if answerable else unanswerable()
    answered = Answered("answered", said, (), frozenset(), 1.0, 1.0, str(level), 1.0, reasons)
    return Outcome(asked, "a", frozenset(), 0, answered=answered)


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]


def test_each_level_is_told_with_what_is_right_there() -> None:
    answers = [
        _answer(Level.WELL_SUPPORTED, "It was noted."),
        _answer(Level.WELL_SUPPORTED, "It was noted."),
        _answer(Level.WEAK, "It was noted."),
        _answer(Level.WEAK, "It was lost."),
        _answer(Level.WEAK, "It was noted.", answerable=False),
    ]
    rows = [_cells(row) for row in confidence.table_of(answers)][2:]
    assert [row[:3] for row in rows[:2]] == [
        ["dev", "well supported", "2"],
        ["dev", "weakly supported", "3"],
    ]
    assert [row[3].split()[0] for row in rows[:2]] == ["1.00", "0.33"]
    assert [row[4:] for row in rows[:2]] == [["0.67", "0"], ["0.33", "1"]]
    assert rows[2][0] == "dev, a"


def test_each_reason_is_told_with_what_is_right_without_it() -> None:
    answers = [
        _answer(Level.WEAK, "It was noted.", "Two bodies say the same: A and B."),
        _answer(Level.WEAK, "It was lost.", "Three bodies say the same: A, B and C."),
        _answer(Level.WEAK, "It was noted.", "Later documents were left out."),
    ]
    rows = [_cells(row) for row in confidence.reasons_of(answers)][2:]
    assert [row[0] for row in rows] == ["Later documents were left out.", "bodies say the same"]
    assert [(row[1], row[2].split()[0], row[3], row[4].split()[0]) for row in rows] == [
        ("1", "1.00", "2", "0.50"),
        ("2", "0.50", "1", "1.00"),
    ]


def test_the_log_loss_is_the_definition_written_out() -> None:
    answers = [(Level.WEAK, 1.0), (Level.WEAK, 0.0), (Level.WEAK, 0.0), (Level.SINGLE_SOURCE, 0.5)]
    weak, single = 1.5 / 4, 1.0 / 2
    expected = -(math.log(weak) + 2 * math.log(1 - weak) + math.log(single)) / 4
    assert log_loss(answers) == pytest.approx(expected)
    assert log_loss([]) == 0.0


def _cases(gold: str, clear: float, chance: random.Random) -> list[Case]:
    """Answers that are right from a margin of ``clear`` on, and by half below it."""
    margins = [chance.random() * 0.2 for _ in range(200)]
    rights = [1.0 if margin >= clear else float(chance.random() < 0.5) for margin in margins]
    signs = [replace(_SIGNS, margin=margin) for margin in margins]
    return [Case(gold, one, right) for one, right in zip(signs, rights, strict=True)]


def test_the_bounds_chosen_are_those_where_answers_become_right() -> None:
    assert chosen(_cases("a", 0.12, random.Random(1))).clear == 0.12


def test_what_is_told_of_unseen_questions_was_chosen_without_their_gold_set() -> None:
    one, other = _cases("a", 0.06, random.Random(1)), _cases("b", 0.14, random.Random(2))
    found = unseen([*one, *other])
    assert found == [*judged(one, chosen(other)), *judged(other, chosen(one))]
    assert found != judged([*one, *other], chosen([*one, *other]))


def test_the_bounds_in_use_are_of_the_grid() -> None:
    assert BOUNDS in bounds.GRID
    assert Bounds() == BOUNDS


def test_both_commands_read_kept_runs(sample_index: Path, tmp_path: Path) -> None:
    gold = ROOT / "eval" / "gold" / "seeds.jsonl"
    options = ["run", f"--gold={gold}", f"--index={sample_index}", "--part=dev"]
    done = CliRunner().invoke(cli, [*options, f"--out={tmp_path / 'run'}"])
    assert done.exit_code == 0, done.output
    told = CliRunner().invoke(confidence.main, ["--reasons", str(tmp_path / "run")])
    assert told.exit_code == 0, told.output
    rows = [_cells(row) for row in told.output.splitlines() if row.startswith("| dev |")]
    assert {row[1] for row in rows} <= set(map(str, Level))
    assert sum(float(row[4]) for row in rows) == pytest.approx(1, abs=0.02)
    assert "says this." in told.output
    fitted = CliRunner().invoke(bounds.main, [str(tmp_path / "run")])
    assert fitted.exit_code == 0, fitted.output
    assert fitted.output.startswith(f"{sum(int(row[2]) for row in rows)} answers")
    assert "Bounds(" in fitted.output


def test_a_folder_without_a_run_is_refused_in_words(tmp_path: Path) -> None:
    for command in (confidence.main, bounds.main):
        told = CliRunner().invoke(command, [str(tmp_path)])
        assert told.exit_code == 1
        assert "There is no run" in told.output
