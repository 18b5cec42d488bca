"""``minutebook eval roles``: precision and recall of each role, against labels made by hand."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path

import click

from eval.roles.labels import load_labels
from eval.roles.measure import Figures, Outcome, figures, judge
from indexer.model import Role
from indexer.progress import Silent, Terminal

_WHOSE: tuple[tuple[str, Callable[[Outcome], Role | None]], ...] = (
    ("units", lambda outcome: outcome.unit),
    ("passages", lambda outcome: outcome.passage),
)


@click.command("roles")
@click.option(
    "--documents",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    required=True,
    help="The folder that holds the labelled documents, at any depth.",
)
@click.option(
    "--labels",
    "labels_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A file of labels. Default: the project's own.",
)
@click.option(
    "--part",
    type=click.Choice(["dev", "test", "all"]),
    default="dev",
    show_default=True,
    help="Which documents. Tune on dev; look at test only to report.",
)
@click.option("--errors", is_flag=True, help="List every label that was not met.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def roles_command(
    documents: Path, labels_file: Path | None, part: str, errors: bool, as_json: bool
) -> None:
    """Compare the roles that a build would tell with those that a reader gave."""
    labels = load_labels(labels_file or default_labels(), part)
    progress = Silent() if as_json else Terminal()
    with progress.task("Reading", len({label.sha256 for label in labels}), "documents") as task:
        outcomes = judge(labels, documents, lambda _: task.advance())
    results = {name: figures(outcomes, told) for name, told in _WHOSE}
    if as_json:
        click.echo(_json(results, outcomes))
        return
    click.echo("\n\n".join(_table(name, result) for name, result in results.items()))
    if errors:
        click.echo("\n" + "\n".join(_errors(outcomes)))


def default_labels() -> Path:
    """Return the project's own labels."""
    return Path(str(resources.files("eval.roles") / "labels.jsonl"))


def _table(name: str, result: Figures) -> str:
    macro = result.macro_f1
    lines = [f"{name:<12} precision  recall     F1  labelled   told"]
    lines += [
        f"{each.role.value:<12} {each.precision:>9.3f} {each.recall:>7.3f} {each.f1:>6.3f} "
        f"{each.labelled:>9} {each.told:>6}"
        for each in result.roles
    ]
    lines.append(
        f"macro F1 {macro.value:.3f} [{macro.low:.3f}, {macro.high:.3f}], accuracy "
        f"{result.accuracy:.3f}; {result.n} labels in {result.documents} documents"
    )
    return "\n".join(lines)


def _errors(outcomes: Sequence[Outcome]) -> list[str]:
    return [
        f"{outcome.label.role.value} told as {outcome.unit.value if outcome.unit else 'nothing'}: "
        f"{outcome.label.anchor} ({outcome.file})"
        for outcome in outcomes
        if outcome.unit is not outcome.label.role
    ]


def _json(results: dict[str, Figures], outcomes: Sequence[Outcome]) -> str:
    found: dict[str, object] = {
        name: dataclasses.asdict(result) for name, result in results.items()
    }
    found["wrong"] = [
        {
            "sha256": outcome.label.sha256,
            "anchor": outcome.label.anchor,
            "nth": outcome.label.nth,
            "label": outcome.label.role,
            "unit": outcome.unit,
            "passage": outcome.passage,
        }
        for outcome in outcomes
        if {outcome.unit, outcome.passage} != {outcome.label.role}
    ]
    return json.dumps(found, ensure_ascii=False, indent=2)
