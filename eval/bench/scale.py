"""What an index costs as it grows: building, disk, memory, opening, searching, updating.

Run ``python -m eval.bench.scale --from INDEX …``, naming indexes whose passages are to be the
material (see ``material``; the real ones come first). Each stage of each size has a process of its
own (see ``growth``), and is kept in ``--scratch``, so that a run that was broken off goes on where
it was. Searches are the store's two, by vector and by words, one hundred hits each, as a question
asks them; the question's own embedding comes on top and does not depend on the size. Building and
updating is from passages and vectors to a published build; what embedding adds for a passage is
printed beside it.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from eval.bench import growth
from eval.bench.curves import drawn
from eval.bench.measures import apart, rounded

_SIZES = (1_000, 10_000, 100_000, 1_000_000)


@click.command()
@click.option(
    "--from", "indexes", multiple=True, required=True, type=click.Path(path_type=Path, exists=True)
)
@click.option("--passages", "sizes", multiple=True, type=int, default=_SIZES)
@click.option("--reference/--no-reference", default=True, help="Measure the plain script too.")
@click.option("--model", default="all-MiniLM-L6-v2", show_default=True)
@click.option("--models", type=click.Path(path_type=Path), default="index/models")
@click.option(
    "--scratch", type=click.Path(path_type=Path), default=None, help="Where to build, and go on."
)
@click.option("--out", type=click.Path(path_type=Path), default=None, help="JSON and SVG, by stem.")
def main(
    indexes: tuple[Path, ...],
    sizes: tuple[int, ...],
    model: str,
    models: Path,
    scratch: Path | None,
    out: Path | None,
    *,
    reference: bool,
) -> None:
    """Measure builds of each size. About 8 GB of disk and 4 of memory for a million passages."""
    place = scratch or Path(tempfile.mkdtemp(prefix="minutebook-scale-"))
    results = []
    for size in sizes:
        results.append(_of_size(place / str(size), indexes, size, (model, models), reference))
        click.echo(json.dumps(results[-1], indent=1))
        if out is not None:
            _write(out, results)
    if scratch is None:
        shutil.rmtree(place)


def _of_size(
    place: Path, indexes: tuple[Path, ...], size: int, model: tuple[str, Path], reference: bool
) -> dict[str, Any]:
    """Run what has not been run yet; remove the indexes when all has."""
    place.mkdir(parents=True, exist_ok=True)
    index, plain = place / "index", place / "reference"
    found: dict[str, Any] = {"passages": size}
    found |= kept(place / "build", growth.build, index, indexes, size)
    found |= kept(place / "open", growth.open_it, index, indexes)
    found |= kept(place / "search", growth.search, index, indexes)
    found |= kept(place / "update", growth.update, index, indexes, size, *model)
    shutil.rmtree(index, ignore_errors=True)
    if reference:
        found["reference"] = kept(
            place / "reference-build", growth.reference, plain, indexes, size
        ) | kept(place / "reference-search", growth.search_reference, plain, indexes)
        shutil.rmtree(plain, ignore_errors=True)
    return found


def kept(stage: Path, work: Callable[..., dict[str, Any]], target: Path, *rest: Any) -> Any:
    """Return what a stage gave before, or else run it; one that builds begins with nothing."""
    done = stage.with_suffix(".json")
    if done.is_file():
        return json.loads(done.read_text(encoding="utf-8"))
    if "build" in stage.name:
        shutil.rmtree(target, ignore_errors=True)
    found = rounded(apart(work, target, *rest))
    done.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    return found


def _write(out: Path, results: list[dict[str, Any]]) -> None:
    out.parent.mkdir(parents=True, exist_ok=True)
    out.with_suffix(".json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    out.with_suffix(".svg").write_text(drawn(results), encoding="utf-8")


if __name__ == "__main__":
    main()
