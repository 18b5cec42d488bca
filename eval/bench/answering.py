"""Answers over a great many passages: beside a search, as a page, and under load.

Run ``python -m eval.bench.answering --from INDEX … --gold FILE … --scratch FOLDER``. The index is
made of whole documents, the real ones first, then copies with other words (see ``copies``), so that
the engine finds in it all that it finds in real ones; the questions are of the gold files' dev
parts. Each stage runs in processes of its own and is kept in ``--scratch``: a run that was broken
off goes on where it was. The processor's times depend least on what else runs; what a ratio
compares was measured in turns.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from eval.bench import asking
from eval.bench.scale import kept

_PATHS = ("/v1/search", "/v1/answer")
_ROUNDS, _REQUESTS, _CLIENTS = 3, 64, (1, 8, 32)
"""Of the load."""


@click.command()
@click.option(
    "--from", "indexes", multiple=True, required=True, type=click.Path(path_type=Path, exists=True)
)
@click.option(
    "--gold", "golds", multiple=True, required=True, type=click.Path(path_type=Path, exists=True)
)
@click.option("--corpus", type=click.Path(path_type=Path, exists=True), default="corpus")
@click.option("--passages", default=100_000, show_default=True)
@click.option("--scratch", type=click.Path(path_type=Path), required=True)
@click.option("--out", type=click.Path(path_type=Path), default=None, help="A JSON file.")
def main(
    indexes: tuple[Path, ...],
    golds: tuple[Path, ...],
    corpus: Path,
    passages: int,
    scratch: Path,
    out: Path | None,
) -> None:
    """Measure, and print as JSON. About 1 GB of disk and 3 of memory for 100,000 passages."""
    scratch.mkdir(parents=True, exist_ok=True)
    index = scratch / "index"
    found: dict[str, Any] = {"asked_for": passages}
    found["build"] = kept(scratch / "build", asking.build, index, indexes, passages)
    found["engine"] = kept(scratch / "ask", asking.ask, index, golds)
    found["page"] = kept(scratch / "page", asking.page, index, corpus, golds)
    for path in _PATHS:
        stage = scratch / f"load-{Path(path).name}"
        found[path] = kept(stage, asking.load, index, corpus, path, _ROUNDS, _REQUESTS, _CLIENTS)
    text = json.dumps(found, indent=1) + "\n"
    click.echo(text, nl=False)
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
