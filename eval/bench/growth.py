"""The stages of the benchmark of scale, each of which a fresh process runs on its own.

Times of searches are the processor's, of which other programs on the machine take nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from eval.bench.material import Material, Piece, Question, document, read_pieces
from eval.bench.measures import (
    Aside,
    apart,
    files_mib,
    forget_files,
    memory_mib,
    mib_by_name,
    peak_memory,
    spread,
    timed,
)
from eval.bench.reference import Reference
from indexer.embed.open import open_embedder
from indexer.model import BuildInfo, Filters, ModelIdentity, Role, VectorSearch
from indexer.store.format import CODES, PASSAGES, RECORDS, SEGMENTS, current_folder
from indexer.store.local import LocalReader, LocalWriter, open_reader
from indexer.store.nearest import VectorIndex
from indexer.store.protocols import DocumentRecord, Entry
from indexer.store.vectors import unit_query
from indexer.threads import one_for_each_product

_HITS = 100
_WHOLE, _CHANGED = "whole", "changed"
_FILTERS = {
    "no filter": Filters(),
    "half of the documents": Filters(body=("Council 1",)),
    "one document in fifty": Filters(area=("Area 07.",)),
    "one passage of all": Filters(role=(Role.ACTION,)),
}
_ON_DISK = {
    "records": RECORDS,
    "vectors": PASSAGES,
    "codes": CODES,
    "tokens": "tokens.*",
    "words": "words/*",
}


def build(index: Path, indexes: Sequence[Path], passages: int) -> dict[str, Any]:
    """Publish a build of so many passages: time without that of making them up, memory, disk."""
    one_for_each_product()
    pieces, _ = read_pieces(indexes)
    material, aside = Material(pieces, passages), Aside()
    entries = _entries(material, aside)
    with peak_memory() as peak:
        info, taken = timed(lambda: _publish(index, _WHOLE, entries, None), aside)
    return {
        "real": min(passages, len(pieces)),
        "segments": len(info.segments),
        "vectors": {"kind": info.vectors.kind, "recall": info.vectors.recall},
        "build": {**taken, "peak_memory_mib": peak["mib"]},
        "disk_mib": files_mib(current_folder(index)),
        "disk_parts_mib": mib_by_name(current_folder(index), _ON_DISK),
    }


def open_it(index: Path, indexes: Sequence[Path]) -> dict[str, Any]:
    """Open the build and ask once, in fresh processes: with its files in memory, and with none."""
    _, questions = read_pieces(indexes)
    apart(_opened, index, questions[0])
    warm = apart(_opened, index, questions[0])
    forget_files(current_folder(index))
    return {"open": {"cold": apart(_opened, index, questions[0]), "warm": warm}}


def _opened(index: Path, question: Question) -> dict[str, float]:
    one_for_each_product()
    reader, taken = timed(lambda: open_reader(index))
    with closing(reader):
        _, first = timed(
            lambda: (
                reader.nearest(question.vector, _HITS),
                reader.matching(question.words, _HITS),
            )
        )
        _, filtered = timed(lambda: reader.count(Filters(area=("Area 07.",))))
    return {
        "ms": taken["seconds"] * 1000,
        "cpu_ms": taken["cpu"] * 1000,
        "first_search_ms": first["seconds"] * 1000,
        "first_search_cpu_ms": first["cpu"] * 1000,
        "first_filter_cpu_ms": filtered["cpu"] * 1000,
    }


def search(index: Path, indexes: Sequence[Path]) -> dict[str, Any]:
    """Ask every question under every filter; compare with reading every vector."""
    one_for_each_product()
    _, questions = read_pieces(indexes)
    before = memory_mib()
    with closing(open_reader(index)) as reader:
        found = {name: _searches(reader, questions, each) for name, each in _FILTERS.items()}
        memory = {"own": memory_mib() - before, "with_mapped_files": memory_mib("VmRSS")}
        broad = _FILTERS["half of the documents"]
        return {
            "search_ms": found,
            "search_memory_mib": memory,
            "recall_at_10": _recall(index, reader, questions, Filters()),
            "recall_at_10_of_half": _recall(index, reader, questions, broad),
        }


def _searches(
    reader: LocalReader, questions: Sequence[Question], filters: Filters
) -> dict[str, Any]:
    return {
        "passages": reader.count(filters),
        "vector": spread([partial(reader.nearest, q.vector, _HITS, filters) for q in questions]),
        "words": spread([partial(reader.matching, q.words, _HITS, filters) for q in questions]),
    }


def _recall(
    index: Path, reader: LocalReader, questions: Sequence[Question], filters: Filters
) -> float:
    """Return the share of the ten nearest, by reading every vector, that a search finds."""
    folders = [current_folder(index) / SEGMENTS / s.name for s in reader.info.segments]
    exact = VectorIndex(folders, VectorSearch())
    allowed = {hit.number for hit in reader.nearest(questions[0].vector, exact.count, filters)}
    among = np.array(sorted(allowed), np.int64) if filters != Filters() else None
    shares = []
    for question in questions:
        query = unit_query(question.vector, exact.dimensions)
        bar = exact.exact(query, 10, among)[0][0, -1] - 1e-6
        shares.append(sum(hit.score >= bar for hit in reader.nearest(question.vector, 10, filters)))
    return float(np.mean(shares)) / 10


def update(
    index: Path, indexes: Sequence[Path], passages: int, model: str, models: Path
) -> dict[str, Any]:
    """Change one document in the middle: embed its passages anew and publish."""
    one_for_each_product()
    pieces, _ = read_pieces(indexes)
    material, aside = Material(pieces, passages), Aside()
    some = [pieces[n] for n in range(7, 27)]
    embedding = _embedding(some, model, models)
    changed = _entries(material, aside)
    middle = len(changed) // 2
    record = document(middle, some, version="x")
    changed[middle] = Entry("x", changed[middle].name, len(record.parsed.text), lambda: record)
    before = {path.stat().st_ino for path in current_folder(index).rglob("*")}
    earlier = current_folder(index)
    info, publishing = timed(lambda: _publish(index, _CHANGED, changed, earlier), aside)
    after = current_folder(index)
    fresh = [p for p in after.rglob("*") if p.is_file() and p.stat().st_ino not in before]
    written = {p.parts[p.parts.index(SEGMENTS) + 1] for p in fresh if SEGMENTS in p.parts}
    return {
        "update": {
            "embedding": embedding,
            "publishing": publishing,
            "segments": f"{len(written)} of {len(info.segments)} written",
            "passages_written": sum(s.passages for s in info.segments if s.name in written),
            "written_mib": sum(path.stat().st_size for path in fresh) / 2**20,
        }
    }


def _embedding(pieces: Sequence[Piece], model: str, models: Path) -> dict[str, float]:
    embedder = open_embedder(model, models)
    texts = [f"Changed. {piece.text}"[:600] for piece in pieces]
    embedder.read(texts)
    return timed(lambda: embedder.read(texts))[1]


def reference(folder: Path, indexes: Sequence[Path], passages: int) -> dict[str, Any]:
    """Build the plain script's index."""
    pieces, _ = read_pieces(indexes)
    material, aside = Material(pieces, passages), Aside()
    with peak_memory() as peak:
        _, taken = timed(
            lambda: Reference.build(folder, aside.each(material.records())),
            aside,
        )
    return {
        "build": {**taken, "peak_memory_mib": peak["mib"]},
        "disk_mib": files_mib(folder),
    }


def search_reference(folder: Path, indexes: Sequence[Path]) -> dict[str, Any]:
    """Open the plain script's index and ask every question."""
    _, questions = read_pieces(indexes)
    before = memory_mib()
    opened, taken = timed(lambda: Reference(folder))
    works = [partial(opened.search, q.words, q.vector, _HITS) for q in questions]
    found = spread(works)
    return {
        "open": {"warm": {"ms": taken["seconds"] * 1000, "cpu_ms": taken["cpu"] * 1000}},
        "search_ms": found,
        "search_memory_mib": {"own": memory_mib() - before},
    }


def _entries(material: Material, aside: Aside) -> list[Entry]:
    return [
        Entry(
            f"d{number}",
            f"d{number:07}.txt",
            material.characters(number),
            partial(_made, material, aside, number),
        )
        for number in range(material.documents)
    ]


def _made(material: Material, aside: Aside, number: int) -> DocumentRecord:
    return aside.of(lambda: material.record(number))


def _publish(index: Path, name: str, entries: Sequence[Entry], earlier: Path | None) -> BuildInfo:
    first = entries[0].make()
    assert isinstance(first, DocumentRecord)
    identity = ModelIdentity("benchmark", "0", first.vectors.shape[1], 256, "none", "f32")
    planned = BuildInfo(name, 0, identity, {}, "", 0, 0, vectors=VectorSearch())
    writer = LocalWriter(index, planned, earlier=earlier)
    writer.fill(entries)
    return writer.publish(planned)
