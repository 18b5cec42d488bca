"""What ways of compressing vectors cost and find, on many more than there are real ones.

Run ``python -m eval.bench.compression --from INDEX …``: the table behind the choice of codes. The
vectors are those of ``material``, the real ones first, in one file; questions are real passages
held back. Each way scans all its codes for so many candidates, and the best ten of those by their
whole vectors are compared with the best ten of all. One thread; milliseconds are the processor's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import click
import faiss
import numpy as np

from eval.bench.material import Material, Question, read_pieces
from eval.bench.measures import spread, timed
from indexer.embed.protocol import Vectors
from indexer.embed.tokens import turned

_HITS = 10
_CANDIDATES = (10, 30, 50, 100)
_QUERY_BITS = 4


@dataclass(frozen=True, slots=True)
class Way:
    """A kind of FAISS index; ``query_bits`` is 0 where a question is not rounded."""

    name: str
    factory: str
    query_bits: int = 0


_WAYS = (
    Way("exact", "Flat"),
    Way("half floats", "SQfp16"),
    Way("8 bits", "SQ8"),
    Way("RaBitQ, 1 bit", "RaBitQ", _QUERY_BITS),
    Way("RaBitQ, 2 bits", "RaBitQ2", _QUERY_BITS),
    # It takes no filter and no parameters, and so rounds a question to eight bits.
    Way("RaBitQ, 2 bits, fast scan", "RaBitQfs2"),
    Way("RaBitQ, 4 bits", "RaBitQ4", _QUERY_BITS),
)


@click.command()
@click.option(
    "--from", "indexes", multiple=True, required=True, type=click.Path(path_type=Path, exists=True)
)
@click.option("--passages", default=100_000, show_default=True)
def main(indexes: tuple[Path, ...], passages: int) -> None:
    """Compare the ways."""
    faiss.omp_set_num_threads(1)
    pieces, questions = read_pieces(indexes)
    material = Material(pieces, passages)
    rows = np.concatenate([material.vectors(number) for number in range(material.documents)])
    click.echo(f"{len(rows)} vectors, {len(pieces)} of them real; {len(questions)} questions")
    wanted = ", ".join(f"of {count}" for count in _CANDIDATES)
    click.echo(f"{'':26}{'adding, us':>12}{'scan, ms':>10}{'bytes':>8}  recall@10 {wanted}")
    for way in _WAYS:
        click.echo(_row(way, rows, questions))


def _row(way: Way, rows: Vectors, questions: Sequence[Question]) -> str:
    spread_rows = np.ascontiguousarray(turned(rows), np.float32)
    index = faiss.index_factory(rows.shape[1], way.factory, faiss.METRIC_INNER_PRODUCT)
    _, taken = timed(lambda: (index.train(spread_rows), index.add(spread_rows)))
    queries = np.stack([question.vector for question in questions])
    asked = [np.ascontiguousarray(turned(query[np.newaxis]), np.float32) for query in queries]
    search = partial(_search, index, way)
    scan = spread([partial(search, query, _CANDIDATES[-1]) for query in asked])
    shares = [
        np.mean(
            [_recall(rows, query, search(turned_query, count)) for query, turned_query in pairs]
        )
        for count in _CANDIDATES
        for pairs in [list(zip(queries, asked, strict=True))]
    ]
    size = faiss.serialize_index(index).nbytes / len(rows)
    return (
        f"{way.name:26}{taken['cpu'] / len(rows) * 1e6:12.1f}{scan['p50']:10.2f}{size:8.0f}  "
        + "  ".join(f"{share:.4f}" for share in shares)
    )


def _search(index: Any, way: Way, query: Vectors, count: int) -> Any:
    if not way.query_bits:
        return index.search(query, count)[1][0]
    parameters = faiss.RaBitQSearchParameters()
    parameters.qb = way.query_bits
    return index.search(query, count, params=parameters)[1][0]


def _recall(rows: Vectors, query: Vectors, candidates: Any) -> float:
    """Return the share of the ten nearest of all that the best ten of the candidates reach."""
    cosines = rows @ query
    bar = np.partition(cosines, -_HITS)[-_HITS] - 1e-6
    return float(min((cosines[candidates] >= bar).sum(), _HITS)) / _HITS


if __name__ == "__main__":
    main()
