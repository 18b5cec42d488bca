"""``python -m eval.ablation``: what each step of the search gives, as a table in Markdown."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from eval.ablation.measure import Scores, collection_scores, gold_scores, table
from eval.ablation.recipe import RECIPE, index_of_windows
from eval.beir.dataset import load
from eval.gold import load_gold
from indexer.embed.open import open_recorded
from indexer.embed.protocol import Embedder
from indexer.errors import MinutebookError
from indexer.progress import Progress, Terminal
from indexer.store.local import LocalReader, open_reader

_MEASURES = ("hit@1", "hit@3", "hit@10", "ndcg@10")


@click.command()
@click.option(
    "--gold",
    type=(click.Path(path_type=Path, dir_okay=False), click.Path(path_type=Path, file_okay=False)),
    multiple=True,
    metavar="FILE INDEX",
    help="A gold file and the index of its documents; repeatable.",
)
@click.option(
    "--beir",
    type=(click.Path(path_type=Path, file_okay=False), click.Path(path_type=Path, file_okay=False)),
    multiple=True,
    metavar="FOLDER INDEX",
    help="A collection in BEIR's form and its index, as `minutebook eval beir` made it.",
)
@click.option(
    "--part",
    type=click.Choice(["dev", "test", "all"]),
    default="dev",
    show_default=True,
    help="Which gold questions. Tune on dev; look at test only to report.",
)
@click.option(
    "--windows",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Measure the usual recipe too; its indexes of windows are kept here.",
)
@click.option("--split", default="test", show_default=True, help="Which qrels of a collection.")
def main(
    gold: tuple[tuple[Path, Path], ...],
    beir: tuple[tuple[Path, Path], ...],
    part: str,
    windows: Path | None,
    split: str,
) -> None:
    """Put the same questions to the search, one step more at a time."""
    if not gold and not beir:
        raise click.UsageError("Nothing to ask. Give --gold FILE INDEX or --beir FOLDER INDEX.")
    progress = Terminal()
    try:
        columns = {
            f"{file.stem} {part}": _gold(file, at, part, windows, progress) for file, at in gold
        }
        columns |= {folder.name: _beir(folder, at, split, progress) for folder, at in beir}
    except MinutebookError as error:
        raise click.ClickException(str(error)) from None
    for name, scores in columns.items():
        click.echo(f"\n{table({name: scores}, _MEASURES)}")


def _gold(file: Path, index: Path, part: str, windows: Path | None, progress: Progress) -> Scores:
    questions = load_gold(file, part=part)
    store, embedder = _opened(index)
    with closing(store):
        found = gold_scores(questions, store, embedder, progress)
    if windows is None:
        return found
    store = index_of_windows(index, windows / file.stem, embedder, progress)
    with closing(store):
        return gold_scores(questions, store, embedder, progress, RECIPE, as_shown=False) | found


def _beir(folder: Path, index: Path, split: str, progress: Progress) -> Scores:
    store, embedder = _opened(index)
    with closing(store):
        return collection_scores(load(folder, split), store, embedder, progress)


def _opened(index: Path) -> tuple[LocalReader, Embedder]:
    store = open_reader(index)
    return store, open_recorded(store.info.model, index / "models")


if __name__ == "__main__":
    main()
