"""``minutebook eval``: put gold questions to an index or a server, and check gold against it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, closing, nullcontext
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click
from click.core import ParameterSource

from eval import provenance
from eval.beir.cli import beir_command, committee_command
from eval.gather import gather
from eval.gold import GoldQuestion, load_gold
from eval.judge import Judge, verify
from eval.kept import FILE, Header, Journal, open_journal
from eval.report import Report, write
from eval.roles.cli import roles_command
from eval.run import Engine
from eval.run import run as run_gold
from eval.runs_cli import compare_command, freeze_command, report_command
from indexer.errors import UsageError
from indexer.model import BuildInfo
from indexer.options import index_option
from indexer.progress import Silent, Terminal
from search_api.settings import settings_from

if TYPE_CHECKING:
    from search_api.engine import Engine as LocalEngine

Gold = Mapping[str, Sequence[GoldQuestion]]

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
@click.option("--url", help="Ask a running server, such as http://127.0.0.1:8000, and no index.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep each outcome in this folder as it comes, and write results.json, questions.csv, "
    "run.trec and qrels.trec there. The same command goes on with a run that was broken off.",
)
@click.option("--fresh", is_flag=True, help="Forget the run that --out holds, and begin again.")
@click.option(
    "--part",
    type=click.Choice(["dev", "test", "all"]),
    default="dev",
    show_default=True,
    help="Which questions. Tune on dev; look at test only to report.",
)
@click.option(
    "--as-of-in-words",
    "in_words",
    is_flag=True,
    help="Ask “As of August 2016, …” where the gold has an as_of, and filter nothing.",
)
@click.option("-k", default=10, show_default=True, type=click.IntRange(10, 100), help="Passages.")
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def run_command(  # noqa: PLR0913, PLR0917 - one parameter for each option
    gold_files: tuple[Path, ...],
    index_dir: Path,
    url: str | None,
    out: Path | None,
    fresh: bool,
    part: str,
    in_words: bool,
    k: int,
    as_json: bool,
) -> None:
    """Ask every gold question and report how well it went."""
    _index_or_url(url)
    gold = _load(gold_files, part)
    with _remote(url) if url else _engine(index_dir) as engine:
        header = _header(gold, _paths(gold_files), part, k, url, engine.store.info)
        if in_words:
            header.identity["as_of"] = "in words"
        with _journal(out, header, fresh) as journal:
            progress = Silent() if as_json else Terminal()
            about = journal.header.about if journal else header.about
            if journal and journal.done:
                progress.note(f"Going on with {out}: {len(journal.done)} questions are finished.")
            report = Report(run_gold(engine, gold, k, progress, about, journal, in_words=in_words))
    if out is not None:
        write(report, out)
    click.echo(_json(report) if as_json else report.table())
    if out is not None and not as_json:
        files = f"{FILE}, results.json, questions.csv, run.trec, qrels.trec"
        click.echo(f"\nWritten to {out}: {files}")


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


@cli.command("gather")
@click.argument("source", type=click.Path(path_type=Path, file_okay=False))
@click.argument("target", type=click.Path(path_type=Path, file_okay=False))
@_GOLD
def gather_command(source: Path, target: Path, gold_files: tuple[Path, ...]) -> None:
    """Copy the documents that gold questions name from SOURCE to the folder TARGET, to be indexed.

    A run over a collection of just these documents can be repeated by anyone who has them.
    """
    gold = load_gold(*_paths(gold_files))
    click.echo(f"{len(gather(gold, source, target))} documents are in {target}")


for _command in (
    compare_command,
    report_command,
    freeze_command,
    beir_command,
    committee_command,
    roles_command,
):
    cli.add_command(_command)


def _paths(gold_files: tuple[Path, ...]) -> list[Path]:
    return list(gold_files) or [Path(str(resources.files("eval") / "gold" / "seeds.jsonl"))]


def _load(gold_files: tuple[Path, ...], part: str) -> dict[str, list[GoldQuestion]]:
    paths = _paths(gold_files)
    load_gold(*paths)  # All together first: an id must be unique over the files.
    return {path.stem: load_gold(path, part=part) for path in paths}


def _index_or_url(url: str | None) -> None:
    source = click.get_current_context().get_parameter_source("index_dir")
    if url is not None and source is ParameterSource.COMMANDLINE:
        raise UsageError("--index and --url are both given.", "Ask the one or the other.")


def _engine(index_dir: Path) -> AbstractContextManager[LocalEngine]:
    # Late, so that `minutebook eval --help` loads no model library.
    from search_api.live import LiveIndex

    return LiveIndex(index_dir).engine()


def _remote(url: str) -> AbstractContextManager[Engine]:
    # Late, because asking an index needs no HTTP.
    from eval.remote import RemoteEngine

    return RemoteEngine(url)


def _journal(
    out: Path | None, header: Header, fresh: bool
) -> AbstractContextManager[Journal | None]:
    return nullcontext() if out is None else closing(open_journal(out, header, fresh=fresh))


def _header(
    gold: Gold, paths: Sequence[Path], part: str, k: int, url: str | None, info: BuildInfo
) -> Header:
    """Return what the run is of: what must agree to go on with it, and what explains it."""
    digests = provenance.gold_digests(paths)
    code = provenance.code()
    identity: dict[str, object] = {
        "gold": digests,
        "part": part,
        "k": k,
        "asked": "server" if url else "index",
        "build": info.id,
        "sources_sha256": code["sources_sha256"],
        "reranker": None if url else settings_from().reranker,
    }
    about: dict[str, object] = {
        "started": provenance.started(),
        "part": part,
        "gold": digests,
        "asked": _server(url) if url else "index",
        "index": provenance.build(info),
        "code": code,
        "machine": provenance.machine(),
    }
    return Header(identity, sum(map(len, gold.values())), k, about)


def _server(url: str) -> str:
    # A name and a password in an address are nobody's business.
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path.rstrip('/')}"


def _json(report: Report) -> str:
    return json.dumps(report.as_json(), ensure_ascii=False, indent=2)
