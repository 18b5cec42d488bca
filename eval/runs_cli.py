"""The commands about runs that are finished: compare two, show one, freeze one."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import click

from eval.baseline import freeze
from eval.compare import Change, Comparison, compare_folders
from eval.comparison_text import table
from eval.kept import load_run
from eval.page import write_page
from indexer.errors import UsageError

_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.command("compare")
@click.argument("a", type=_FOLDER)
@click.argument("b", type=_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
def compare_command(a: Path, b: Path, as_json: bool) -> None:
    """Compare run B with run A, question by question, over the same gold."""
    comparison = compare_folders(a, b)
    click.echo(_json(comparison) if as_json else table(comparison))


@click.command("report")
@click.argument("run", type=_FOLDER)
@click.option("--against", type=_FOLDER, help="An earlier run to show gains and losses against.")
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The page to write. Default: report.html in the run's folder.",
)
def report_command(run: Path, against: Path | None, to: Path | None) -> None:
    """Write one self-contained HTML page about a run, with plots."""
    _, finished = load_run(run)
    comparison = compare_folders(against, run) if against else None
    path = to or run / "report.html"
    write_page(finished, comparison, path, name=run.resolve().name)
    click.echo(f"Written to {path}")


@click.command("freeze")
@click.argument("run", type=_FOLDER)
@click.option(
    "--to",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The baseline to write. Default: eval/baselines/ and the gold file's name.",
)
def freeze_command(run: Path, to: Path | None) -> None:
    """Freeze a run over all of one gold file: later runs must not fall below it."""
    header, finished = load_run(run)
    baseline = freeze(header, finished, to or _default(header.identity.get("gold")))
    click.echo(f"Frozen: {len(baseline.questions)} questions of {', '.join(baseline.gold)}")


def _default(gold: object) -> Path:
    names = list(gold) if isinstance(gold, dict) else []
    if len(names) != 1:
        raise UsageError(
            f"The run is over {len(names)} gold files.", "Run each alone, or name the file by --to."
        )
    return Path(__file__).parent / "baselines" / f"{Path(names[0]).stem}.json"


def _json(comparison: Comparison) -> str:
    return json.dumps(
        {
            "a": comparison.a.about,
            "b": comparison.b.about,
            "overall": {name: asdict(each) for name, each in comparison.overall.items()},
            "by_kind": {
                kind: {name: asdict(each) for name, each in measures.items()}
                for kind, measures in comparison.by_kind.items()
            },
            "changes": {
                name: [_change(change) for change in changes]
                for name, changes in comparison.changes.items()
            },
        },
        ensure_ascii=False,
        indent=2,
    )


def _change(change: Change) -> dict[str, object]:
    return {
        "id": change.question.id,
        "kind": change.question.kind,
        "question": change.question.question,
        "a": change.a,
        "b": change.b,
    }
