"""The commands that measure the search on public collections."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import click

from eval import provenance
from eval.beir import committee as meetings
from eval.beir.build import Shape, build
from eval.beir.dataset import Collection, load
from eval.beir.search import MODES, ModeResult, search_collection
from eval.bootstrap import Score
from indexer.build import DEFAULT_MODEL
from indexer.embed.open import open_embedder
from indexer.embed.protocol import Embedder
from indexer.errors import UsageError
from indexer.model import BuildInfo
from indexer.progress import Progress, Silent, Terminal
from indexer.store.local import LocalReader, open_reader

_folder = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
_index = click.option(
    "--index",
    "index_dir",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to build or find the collection's index. Default: runs/beir/ and its name.",
)
_mode = click.option(
    "--mode",
    type=click.Choice([*MODES, "all"]),
    default="all",
    show_default=True,
    help="By vectors, by words, by both as the search fuses them, or each.",
)
_model = click.option("--model", default=DEFAULT_MODEL, show_default=True, help="The model.")
_json_flag = click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")


@click.command("beir")
@_folder
@_index
@_mode
@_model
@click.option(
    "--whole",
    is_flag=True,
    help="Keep each document whole, with the vector of what the model reads of it in one go, as "
    "published figures have it.",
)
@click.option("--split", default="test", show_default=True, help="Which qrels/SPLIT.tsv.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Write results.json and a TREC run file for each mode to this folder.",
)
@_json_flag
def beir_command(  # noqa: PLR0913, PLR0917 - one parameter for each option
    folder: Path,
    index_dir: Path | None,
    mode: str,
    model: str,
    whole: bool,
    split: str,
    out: Path | None,
    as_json: bool,
) -> None:
    """Measure the search on a collection in BEIR's format; documents by their best passages."""
    collection, modes = load(folder, split), _modes(mode)
    shape = Shape(whole, vectors=modes != ("words",))
    store, embedder, progress = _opened(collection, index_dir, shape, model, as_json)
    with closing(store):
        results = search_collection(collection, store, embedder, modes, progress)
    overall = {name: each.overall for name, each in results.items()}
    report = _report(store.info, overall)
    if out is not None:
        _write(report, results, out)
    click.echo(_as_json(report) if as_json else _table(store.info, overall))


@click.command("committee")
@_folder
@_index
@_mode
@_model
@_json_flag
def committee_command(
    folder: Path, index_dir: Path | None, mode: str, model: str, as_json: bool
) -> None:
    """Measure how well a search within a meeting finds the turns that answer (QMSum)."""
    committee, modes = meetings.load(folder), _modes(mode)
    shape = Shape(vectors=modes != ("words",))
    store, embedder, progress = _opened(committee.collection, index_dir, shape, model, as_json)
    with closing(store):
        results = meetings.search_committee(committee, store, embedder, modes, progress)
    report = _report(store.info, results)
    click.echo(_as_json(report) if as_json else _table(store.info, results))


def _modes(mode: str) -> tuple[str, ...]:
    return MODES if mode == "all" else (mode,)


def _opened(
    collection: Collection, index_dir: Path | None, shape: Shape, model: str, silent: bool
) -> tuple[LocalReader, Embedder, Progress]:
    suffix = "-whole" if shape.whole else ""
    index = index_dir or Path("runs") / "beir" / f"{collection.name}{suffix}"
    progress: Progress = Silent() if silent else Terminal()
    embedder = open_embedder(model, index / "models")
    build(collection, index, shape, embedder, progress)
    return open_reader(index), embedder, progress


def _report(info: BuildInfo, overall: Mapping[str, Mapping[str, Score]]) -> dict[str, object]:
    return {
        "about": {
            "started": provenance.started(),
            "index": provenance.build(info),
            "code": provenance.code(),
            "machine": provenance.machine(),
        },
        "modes": {
            mode: {name: asdict(score) for name, score in scores.items()}
            for mode, scores in overall.items()
        },
    }


def _write(report: Mapping[str, object], results: Mapping[str, ModeResult], folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "results.json").write_text(f"{_as_json(report)}\n", encoding="utf-8")
        for mode, result in results.items():
            lines = (
                f"{query} Q0 {document} {rank} {1 / rank:.9g} minutebook-{mode}\n"
                for query, documents in result.rankings.items()
                for rank, document in enumerate(documents, start=1)
            )
            (folder / f"{mode}.trec").write_text("".join(lines), encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"The results cannot be written to {folder}: {error.strerror or error}.",
            "Choose a folder that can be written with --out.",
        ) from None


def _table(info: BuildInfo, overall: Mapping[str, Mapping[str, Score]]) -> str:
    lines = [
        f"{info.settings['collection']}: {info.documents} documents, {info.passages} passages, "
        f"{info.model.name} ({info.model.precision})",
        "",
        f"{'mode':<8}{'measure':<16}{'value':>8}  {'95% interval':<18}{'n':>6}",
    ]
    for mode, scores in overall.items():
        for name, each in scores.items():
            interval = f"[{each.low:.4f}, {each.high:.4f}]"
            lines.append(f"{mode:<8}{name:<16}{each.value:>8.4f}  {interval:<18}{each.n:>6}")
    return "\n".join(lines)


def _as_json(report: Mapping[str, object]) -> str:
    return json.dumps(report, ensure_ascii=False, indent=2)
