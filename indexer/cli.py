"""The commands that build an index and verify one."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.model import VectorSearch
from indexer.options import index_option
from indexer.outcomes import outcome_lines, outcomes_json
from indexer.progress import Terminal

if TYPE_CHECKING:
    from indexer.build import BuildReport

_MIB = 1024**2


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
@click.option(
    "--recall",
    envvar="MINUTEBOOK_RECALL",
    type=click.FloatRange(0.5, 1),
    default=VectorSearch().recall_asked,
    show_default=True,
    help="Share of the ten nearest that a search by vectors must find; 1 keeps it exact "
    "(or MINUTEBOOK_RECALL).",
)
@click.option(
    "--exact-mib",
    envvar="MINUTEBOOK_EXACT_MIB",
    type=click.IntRange(0),
    default=VectorSearch().exact_bytes // _MIB,
    show_default=True,
    help="Search is exact while the vectors take no more than so many MiB of memory "
    "(or MINUTEBOOK_EXACT_MIB).",
)
@click.option("--rebuild", is_flag=True, help="Build again even if nothing has changed.")
@click.option(
    "--purge",
    is_flag=True,
    help="Remove the build before, kept for going back, and with it what was deleted since.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def index(
    corpus: Path,
    index_dir: Path,
    model: str | None,
    recall: float,
    exact_mib: int,
    *,
    as_json: bool,
    **flags: bool,
) -> int:
    """Build or update the index over the folder CORPUS, with or without a manifest.

    Ends with a table of what became of the files, and with 1 where some were skipped: each is
    named with the reason and the remedy.
    """
    from indexer.build import DEFAULT_MODEL, Settings, build_index

    report = build_index(
        corpus,
        index_dir,
        settings=Settings(
            model=model or DEFAULT_MODEL,
            vectors=VectorSearch(recall_asked=recall, exact_bytes=exact_mib * _MIB),
        ),
        progress=Terminal(),
        **flags,
    )
    click.echo(_json(report) if as_json else _printed(report))
    return 1 if report.info.skipped else 0


@click.command()
@index_option
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def check(index_dir: Path, as_json: bool) -> int:
    """Verify the index: format, checksums, counts, every offset against its document.

    Ends with 1 where something is wrong.
    """
    from indexer.store.check import verify
    from indexer.store.format import current_name, read_current

    current_name(index_dir)
    problems = verify(index_dir)
    how = None if problems else read_current(index_dir).vectors
    if as_json:
        found = {"sound": not problems, "problems": problems, "vectors": how and asdict(how)}
        click.echo(json.dumps(found, ensure_ascii=False))
    elif problems:
        click.echo("\n".join(problems))
        click.echo("The index is damaged. Run minutebook index --rebuild to build it again.")
    else:
        click.echo(f"{index_dir} is sound.")
        click.echo(_told(read_current(index_dir).vectors))
    return 1 if problems else 0


def _told(how: VectorSearch) -> str:
    if how.kind == "exact":
        return "Search by vectors is exact."
    return (
        f"Search by vectors scans compressed ones and reads {how.rescored} candidates a hit whole: "
        f"recall@10 {how.recall:.3f}, measured on {how.measured_on} passages "
        f"({how.recall_asked:g} was asked for)."
    )


def _json(report: BuildReport) -> str:
    return json.dumps(
        {
            "build": report.info.id,
            "unchanged": report.unchanged,
            "documents": report.info.documents,
            "passages": report.info.passages,
            "vectors": asdict(report.info.vectors),
            "parsed": report.parsed,
            "embedded": report.embedded,
            "segments": {"written": report.written, "all": len(report.info.segments)},
            "skipped": [
                {"file": item.file, "reason": item.reason, "remedy": item.remedy}
                for item in report.info.skipped
            ],
            "outcomes": outcomes_json(report.outcomes),
        },
        ensure_ascii=False,
    )


def _printed(report: BuildReport) -> str:
    info = report.info
    counts = f"{info.documents} documents, {info.passages} passages"
    if report.unchanged:
        first = f"Nothing has changed: build {info.id}, {counts}."
    else:
        segments = f"{report.written} of {len(info.segments)} segments written"
        work = f"{report.parsed} files parsed, {report.embedded} passages embedded, {segments}"
        first = f"Built {info.id}: {counts} ({work})."
    return "\n".join([first, *outcome_lines(report.outcomes)])
