"""The table of answers by kind puts runs together, part by part."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from eval.by_kind import main
from eval.cli import cli

ROOT = Path(__file__).parents[2]


def test_a_run_is_told_by_part_and_kind(sample_index: Path, tmp_path: Path) -> None:
    gold = ROOT / "eval" / "gold" / "seeds.jsonl"
    options = ["run", f"--gold={gold}", f"--index={sample_index}", "--part=dev"]
    done = CliRunner().invoke(cli, [*options, f"--out={tmp_path / 'run'}"])
    assert done.exit_code == 0, done.output
    told = CliRunner().invoke(main, [str(tmp_path / "run"), str(tmp_path / "run")])
    assert told.exit_code == 0, told.output
    rows = {row[0]: row[1:] for row in map(_cells, told.output.splitlines()[2:])}
    assert next(iter(rows)) == "**dev**"
    assert "when" in rows
    assert "**test**" not in rows
    kinds = [int(row[0]) for name, row in rows.items() if "*" not in name]
    assert int(rows["**dev**"][0]) == sum(kinds)
    assert 0.5 < float(rows["**dev**"][1].split()[0]) <= 1
    assert rows["timeline"][3] == "–"


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip("|").split("|")]
