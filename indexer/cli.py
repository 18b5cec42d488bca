"""The commands that build an index and verify one."""

from __future__ import annotations

import json
from pathlib import Path

import click

from indexer.model import BuildInfo
from indexer.options import index_option
from indexer.progress import Terminal


@click.command()
@click.argument(
    "corpus", type=click.Path(path_type=Path), envvar="MINUTEBOOK_CORPUS", default="corpus"
)
@index_option
@click.option(
    "--model",
    envvar="MINUTEBOOK_MODEL",
    default=None,
    help="A sentence-transformers model by name or folder (or MINUTEBOOK_MODEL).",
)
@click.option("--rebuild", is_flag=True, help="Build again even if nothing has changed.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def index(corpus: Path, index_dir: Path, model: str | None, rebuild: bool, as_json: bool) -> int:
    """Build or update the index over the folder CORPUS, with or without a manifest.

    Ends with 1 where files were skipped: each is named with the reason and the remedy.
    """
    from indexer.build import DEFAULT_MODEL, Settings, build_index

    report = build_index(
        corpus,
        index_dir,
        settings=Settings(model=model or DEFAULT_MODEL),
        progress=Terminal(),
        rebuild=rebuild,
    )
    if as_json:
        click.echo(_json(report.info, report.unchanged, report.parsed, report.embedded))
    else:
        _print(report.info, report.unchanged, report.parsed, report.embedded)
    return 1 if report.info.skipped else 0


@click.command()
@index_option
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def check(index_dir: Path, as_json: bool) -> int:
    """Verify the index: format, checksums, counts, every offset against its document.

    Ends with 1 where something is wrong.
    """
    from indexer.store.check import verify

    problems = verify(index_dir)
    if as_json:
        click.echo(json.dumps({"sound": not problems, "problems": problems}, ensure_ascii=False))
    elif problems:
        click.echo("\n".join(problems))
        click.echo("The index is damaged. Run minutebook index --rebuild to build it again.")
    else:
        click.echo(f"{index_dir} is sound.")
    return 1 if problems else 0


def _json(info: BuildInfo, unchanged: bool, parsed: int, embedded: int) -> str:
    return json.dumps(
        {
            "build": info.id,
            "unchanged": unchanged,
            "documents": info.documents,
            "passages": info.passages,
            "parsed": parsed,
            "embedded": embedded,
            "skipped": [
                {"file": item.file, "reason": item.reason, "remedy": item.remedy}
                for item in info.skipped
            ],
        },
        ensure_ascii=False,
    )


def _print(info: BuildInfo, unchanged: bool, parsed: int, embedded: int) -> None:
    counts = f"{info.documents} documents, {info.passages} passages"
    if unchanged:
        click.echo(f"Nothing has changed: build {info.id}, {counts}.")
    else:
        work = f"{parsed} files parsed, {embedded} passages embedded"
        click.echo(f"Built {info.id}: {counts} ({work}).")
    if info.skipped:
        click.echo(f"{len(info.skipped)} files were skipped:")
    for item in info.skipped:
        click.echo(f"  {item.file}: {item.reason}. {item.remedy}")
