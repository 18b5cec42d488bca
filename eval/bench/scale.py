"""What an index costs as it grows: building, disk, memory, opening, searching, updating.

Run ``python -m eval.bench.scale --from INDEX …``, naming indexes whose passages are to be the
material (see ``material``; the real ones come first). Each size has a process of its own.
Searches are the store's two, by vector and by words, one hundred hits each, as a question
asks them; the question's own embedding comes on top and does not depend on the size. Building and
updating is from passages and vectors to a published build; what embedding adds for a passage is
printed beside it.
"""

from __future__ import annotations

import json
import multiprocessing
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import click
import numpy as np

from eval.bench.curves import drawn
from eval.bench.material import Piece, Question, document, documents, read_pieces
from eval.bench.reference import Reference
from indexer.embed.open import open_embedder
from indexer.model import BuildInfo, Filters, ModelIdentity, Role, VectorSearch
from indexer.store.format import current_folder
from indexer.store.local import LocalReader, LocalWriter, open_reader
from indexer.store.protocols import DocumentRecord, Entry
from indexer.store.vectors import ExactRows

_HITS = 100
_FILTERS = {
    "no filter": Filters(),
    "half of the documents": Filters(body=("Council 1",)),
    "one document in fifty": Filters(area=("Area 07.",)),
    "one passage of all": Filters(role=(Role.ACTION,)),
}


@click.command()
@click.option(
    "--from", "indexes", multiple=True, required=True, type=click.Path(path_type=Path, exists=True)
)
@click.option("--passages", "sizes", multiple=True, type=int, default=(1_000, 10_000, 100_000))
@click.option("--reference/--no-reference", default=True, help="Measure the plain script too.")
@click.option("--model", default="all-MiniLM-L6-v2", show_default=True)
@click.option("--models", type=click.Path(path_type=Path), default="index/models")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="JSON and SVG, by stem.")
def main(
    indexes: tuple[Path, ...],
    sizes: tuple[int, ...],
    model: str,
    models: Path,
    out: Path | None,
    *,
    reference: bool,
) -> None:
    """Measure builds of each size."""
    results = []
    for size in sizes:
        found = _apart(measured, indexes, size, (model, models))
        if reference:
            found["reference"] = _apart(of_reference, indexes, size)
        results.append(found)
        click.echo(json.dumps(found, indent=1))
    if out is not None:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.with_suffix(".json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
        out.with_suffix(".svg").write_text(drawn(results), encoding="utf-8")


def measured(indexes: Sequence[Path], size: int, model: tuple[str, Path]) -> dict[str, Any]:
    """Return all measures of one size."""
    pieces, questions = read_pieces(indexes)
    folder = Path(tempfile.mkdtemp(prefix="minutebook-scale-"))
    try:
        entries = [_entry(record) for record in documents(pieces, size)]
        held = _memory()
        build = _timed(lambda: _publish(folder, "whole", entries, None))
        info = build["result"]
        found: dict[str, Any] = {
            "passages": size,
            "real": min(size, len(pieces)),
            "segments": len(info.segments),
            "vectors": {"kind": info.vectors.kind, "recall": info.vectors.recall},
            "build": {"seconds": build["seconds"], "cpu": build["cpu"]},
            "memory_mib_beyond_material": _memory() - held,
            "disk_mib": _size(current_folder(folder)) / 2**20,
        }
        found |= _opened(folder)
        with closing(open_reader(folder)) as reader:
            found["search_ms"] = {
                name: _searches(reader, questions, filters) for name, filters in _FILTERS.items()
            }
            found["recall_at_10"] = _recall(folder, reader, questions)
        found["update"] = _update(folder, entries, pieces, model)
        return found
    finally:
        shutil.rmtree(folder)


def of_reference(indexes: Sequence[Path], size: int) -> dict[str, Any]:
    """Return the same of the plain script."""
    pieces, questions = read_pieces(indexes)
    folder = Path(tempfile.mkdtemp(prefix="minutebook-scale-"))
    try:
        records = list(documents(pieces, size))
        build = _timed(lambda: Reference.build(folder / "index", records))
        reference = Reference(folder / "index")
        return {
            "build": {"seconds": build["seconds"], "cpu": build["cpu"]},
            "disk_mib": _size(folder) / 2**20,
            "search_ms": _spread(
                [partial(reference.search, q.words, q.vector, _HITS) for q in questions]
            ),
        }
    finally:
        shutil.rmtree(folder)


def _entry(record: DocumentRecord) -> Entry:
    name = record.document.file
    return Entry(record.document.id, name, len(record.parsed.text), lambda: record)


def _publish(index: Path, name: str, entries: Sequence[Entry], earlier: Path | None) -> BuildInfo:
    dimensions = entries[0].make().vectors.shape[1]  # type: ignore[union-attr]
    identity = ModelIdentity("benchmark", "0", dimensions, 256, "none", "f32")
    planned = BuildInfo(name, 0, identity, {}, "", 0, 0, vectors=VectorSearch())
    writer = LocalWriter(index, planned, earlier=earlier)
    writer.fill(entries)
    return writer.publish(planned)


def _opened(index: Path) -> dict[str, float]:
    """Return how long a fresh process takes to open the index."""
    return {"open_ms": _apart(_open_once, index)}


def _apart(work: Callable[..., Any], *arguments: object) -> Any:
    """Do the work in a process of its own, whose memory nothing else has used."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=context) as pool:
        return pool.submit(work, *arguments).result()


def _open_once(index: Path) -> float:
    started = time.perf_counter()
    open_reader(index).close()
    return (time.perf_counter() - started) * 1000


def _searches(
    reader: LocalReader, questions: Sequence[Question], filters: Filters
) -> dict[str, dict[str, float]]:
    return {
        "vector": _spread([partial(reader.nearest, q.vector, _HITS, filters) for q in questions]),
        "words": _spread([partial(reader.matching, q.words, _HITS, filters) for q in questions]),
    }


def _recall(index: Path, reader: LocalReader, questions: Sequence[Question]) -> float:
    """Return the share of the ten nearest, by reading every vector, that a search finds."""
    folder = current_folder(index)
    parts = [ExactRows(p / "passages.faiss") for p in _segments(folder, reader)]
    shares = []
    for question in questions:
        best = np.sort(
            np.concatenate([part.nearest(question.vector[None], 10, None)[0][0] for part in parts])
        )[-10]
        hits = reader.nearest(question.vector, 10)
        shares.append(sum(hit.score >= best - 1e-6 for hit in hits) / 10)
    return float(np.mean(shares))


def _segments(folder: Path, reader: LocalReader) -> list[Path]:
    return [folder / "segments" / segment.name for segment in reader.info.segments]


def _update(
    index: Path, entries: Sequence[Entry], pieces: Sequence[Piece], model: tuple[str, Path]
) -> dict[str, Any]:
    """Change one document in the middle: embed its passages anew and publish."""
    embedder = open_embedder(model[0], model[1])
    some = [pieces[n] for n in range(7, 27)]
    texts = [f"Changed. {piece.text}"[:600] for piece in some]
    embedder.read(texts)
    embedding = _timed(lambda: embedder.read(texts))
    middle = len(entries) // 2
    changed = list(entries)
    record = document(middle, some, version="x")
    changed[middle] = Entry(
        "changed", entries[middle].name, len(record.parsed.text), lambda: record
    )
    update = _timed(lambda: _publish(index, "changed", changed, current_folder(index)))
    info = update["result"]
    before = {path.stat().st_ino for path in (index / "builds" / "whole").rglob("*")}
    after = index / "builds" / "changed"
    fresh = [p for p in after.rglob("*") if p.is_file() and p.stat().st_ino not in before]
    written = {p.parts[p.parts.index("segments") + 1] for p in fresh if "segments" in p.parts}
    return {
        "embedding": {"seconds": embedding["seconds"], "cpu": embedding["cpu"]},
        "publishing": {"seconds": update["seconds"], "cpu": update["cpu"]},
        "segments": f"{len(written)} of {len(info.segments)} written",
        "passages_written": sum(s.passages for s in info.segments if s.name in written),
        "written_mib": sum(path.stat().st_size for path in fresh) / 2**20,
    }


def _timed(work: Callable[[], Any]) -> dict[str, Any]:
    started, cpu = time.perf_counter(), time.process_time()
    result = work()
    return {
        "result": result,
        "seconds": time.perf_counter() - started,
        "cpu": time.process_time() - cpu,
    }


def _spread(works: Sequence[Callable[[], object]]) -> dict[str, float]:
    """Return the percentiles of the processor's milliseconds, after one round to warm up."""
    for work in works:
        work()
    taken = []
    for work in works:
        started = time.process_time()
        work()
        taken.append((time.process_time() - started) * 1000)
    return {f"p{part}": float(np.percentile(taken, part)) for part in (50, 99)}


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    main()
