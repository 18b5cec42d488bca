"""``minutebook eval``: put gold questions to an index, and check gold against it."""

from __future__ import annotations

import json
import os
import platform
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import click

from eval.gold import GoldQuestion, load_gold
from eval.judge import Judge, verify
from eval.report import Report, write
from eval.run import run as run_gold
from indexer.model import BuildInfo
from indexer.options import index_option
from indexer.progress import Silent, Terminal

if TYPE_CHECKING:
    from search_api.engine import Engine

_GOLD = click.option(
    "--gold",
    "gold_files",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="A gold file; repeatable. Default: the questions on the sample corpus.",
)


@click.group(name="eval")
def cli() -> None:
    """Measure search and answers against gold questions."""


@cli.command("run")
@_GOLD
@index_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write results.json, questions.csv, run.trec and qrels.trec to this folder.",
)
@click.option(
    "--part",
    type=click.Choice(["dev", "test", "all"]),
    default="dev",
    show_default=True,
    help="Which questions. Tune on dev; look at test only to report.",
)
@click.option("-k", default=10, show_default=True, type=click.IntRange(10, 1000), help="Passages.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def run_command(
    gold_files: tuple[Path, ...],
    index_dir: Path,
    out: Path | None,
    part: str,
    k: int,
    as_json: bool,
) -> None:
    """Ask every gold question and report how well it went."""
    gold = _load(gold_files, part)
    about = {"part": part, **_gold_about(gold_files), **_machine()}
    progress = Silent() if as_json else Terminal()
    with _engine(index_dir) as engine:
        about["index"] = _build(engine.store.info)
        report = Report(run_gold(engine, gold, k, progress, about))
    if out is not None:
        write(report, out)
    click.echo(_json(report) if as_json else report.table())
    if out is not None and not as_json:
        click.echo(f"\nWritten to {out}: results.json, questions.csv, run.trec, qrels.trec")


@cli.command("check")
@_GOLD
@index_option
def check_command(gold_files: tuple[Path, ...], index_dir: Path) -> None:
    """Check that every evidence quote stands in its document, as the index has it."""
    gold = _load(gold_files, "all")
    questions = [question for questions in gold.values() for question in questions]
    with _engine(index_dir) as engine:
        problems = verify(questions, Judge(engine.store))
    for problem in problems:
        click.echo(problem)
    click.echo(f"{len(questions)} questions, {len(problems)} problems")
    if problems:
        click.get_current_context().exit(1)


def _paths(gold_files: tuple[Path, ...]) -> list[Path]:
    return list(gold_files) or [Path(str(resources.files("eval") / "gold" / "seeds.jsonl"))]


def _load(gold_files: tuple[Path, ...], part: str) -> dict[str, list[GoldQuestion]]:
    paths = _paths(gold_files)
    load_gold(*paths)  # All together first: an id must be unique over the files.
    return {path.stem: load_gold(path, part=part) for path in paths}


def _engine(index_dir: Path) -> AbstractContextManager[Engine]:
    # Late, so that `minutebook eval --help` loads no model library.
    from search_api.live import LiveIndex

    return LiveIndex(index_dir).engine()


def _json(report: Report) -> str:
    return json.dumps(report.as_json(), ensure_ascii=False, indent=2)


def _gold_about(gold_files: tuple[Path, ...]) -> dict[str, object]:
    return {
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
        "gold": {p.name: sha256(p.read_bytes()).hexdigest() for p in _paths(gold_files)},
    }


def _machine() -> dict[str, object]:
    # What explains a latency, and nothing that names the machine or its user.
    return {
        "machine": {
            "system": platform.system(),
            "architecture": platform.machine(),
            "processors": os.cpu_count(),
            "python": platform.python_version(),
        }
    }


def _build(info: BuildInfo) -> dict[str, object]:
    return {
        "build": info.id,
        "format": info.format,
        "model": info.model.name,
        "model_fingerprint": info.model.fingerprint,
        "runtime": info.model.runtime,
        "precision": info.model.precision,
        "settings": dict(info.settings),
        "documents": info.documents,
        "passages": info.passages,
        "corpus_sha256": info.corpus_sha256,
    }
