"""Makes the material of a comparison: Minutebook's passages, and windows of the same texts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from eval.beir.build import first_window
from eval.bench.peers.pieces import Vectors, read_pieces, write_pieces, write_vectors
from eval.bench.peers.processes import Took, Worker
from eval.bench.peers.records import keep_records, passage_pieces
from indexer.embed.open import open_embedder
from indexer.embed.source import DEFAULT_MODEL
from indexer.model import BuildInfo
from indexer.store.protocols import DocumentRecord

_AT_ONCE = 64
EMBEDDING = "embedding.json"


def lay_out(folder: Path, records: Sequence[DocumentRecord], build: BuildInfo) -> int:
    """Write documents, their pieces and the exported model; return how many pieces there are."""
    pieces = passage_pieces(records)
    keep_records(folder, records, build)
    write_pieces(folder, pieces)
    open_embedder(DEFAULT_MODEL, folder / "models")
    return len(pieces)


def vectors_of(records: Sequence[DocumentRecord]) -> Vectors:
    """Return the vectors that the documents have already, Minutebook's own."""
    return np.concatenate([record.vectors for record in records])


def keep_vectors(folder: Path) -> None:
    """Embed every piece of the folder under its context, and write the vectors.

    That is what sentence-transformers makes of the same texts, in less time; Minutebook's own are
    of a passage's own tokens.
    """
    embedder = open_embedder(DEFAULT_MODEL, folder / "models")
    texts = [first_window(piece.whole, embedder) for piece in read_pieces(folder)]
    write_vectors(folder, embedder.embed(texts))


def embed_all(folder: Path, pieces: int, worker: Worker) -> None:
    """Let a system embed every piece of the folder; keep the vectors, and what one piece took."""
    part = folder / "part.npy"
    parts = []
    total = Took()
    for first in range(0, pieces, _AT_ONCE):
        total += worker.embed(folder, first, min(first + _AT_ONCE, pieces), part)
        parts.append(np.load(part))
    part.unlink()
    write_vectors(folder, np.concatenate(parts))
    _keep_embedding(folder, {worker.name: total}, pieces)


def measure_embedding(
    folder: Path, kept: Mapping[str, Vectors], workers: Sequence[Worker], sample: int
) -> None:
    """Keep what embedding one piece takes each system, over a sample in turns.

    In turns, so that whatever else the machine does disturbs all alike. The sample is of stretches
    from all over the folder. ``kept`` gives by the workers' names the vectors of all pieces that
    they are to make: raises ValueError where one makes others.
    """
    part = folder / "part.npy"
    total = {worker.name: Took() for worker in workers}
    pieces = pieces_of(folder)
    stretch = min(_AT_ONCE, pieces)
    starts = np.linspace(0, pieces - stretch, max(1, sample // stretch)).astype(int).tolist()
    for worker in workers:
        worker.embed(folder, 0, 8, part)
    for first in starts:
        for worker in workers:
            total[worker.name] += worker.embed(folder, first, first + stretch, part)
            _same(worker.name, np.load(part), kept[worker.name][first : first + stretch])
    part.unlink()
    _keep_embedding(folder, total, stretch * len(starts))


def _keep_embedding(folder: Path, total: Mapping[str, Took], pieces: int) -> None:
    each = {name: {"wall": t.wall / pieces, "cpu": t.cpu / pieces} for name, t in total.items()}
    (folder / EMBEDDING).write_text(json.dumps(each) + "\n", encoding="utf-8")


def pieces_of(folder: Path) -> int:
    """Return how many pieces a folder has."""
    with (folder / "pieces.jsonl").open("rb") as lines:
        return sum(1 for _ in lines)


def embedding_of(folder: Path) -> dict[str, Took]:
    """Return what embedding one piece took each system."""
    kept = json.loads((folder / EMBEDDING).read_text())
    return {name: Took(**took) for name, took in kept.items()}


def _same(name: str, vectors: Vectors, kept: Vectors) -> None:
    nearness = np.einsum("ij,ij->i", vectors, kept)
    # Half precision on some processors, and a context that is longer than the model reads.
    if float(np.median(nearness)) < 0.999:
        raise ValueError(f"{name} embeds otherwise than is kept: {np.median(nearness):.4f}")
