"""How fast passages are embedded for an index, beside sentence-transformers at its defaults.

Run ``python -m eval.bench.embedding --index INDEX …``. The passages of the indexes, with what the
model reads before them, are embedded in turns, so that a noisy machine disturbs all alike: by
``SentenceTransformer.encode``, by ``read_passages`` (what ``minutebook index`` does: vectors and
the codes of the tokens), and by each part of that alone. All times are the processor's, over all
threads. The limit is what a product of matrices of the model's own shapes reaches in the precision
that was used, in the same runtime and on one core; padding counts as lost.

Vectors are compared of whole texts: an index's own are of what stands behind the context, which
sentence-transformers does not give.
"""

from __future__ import annotations

import importlib
import json
import statistics
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np

from eval.bench.measures import rounded, timed
from indexer.context import embedded_text
from indexer.embed.open import open_embedder
from indexer.embed.openvino_runtime import (
    TOKENIZER_FILE,
    OpenVinoEmbedder,
    padded_length,
    plan_batches,
)
from indexer.embed.passages import read_passages
from indexer.embed.protocol import Vectors
from indexer.embed.quiet import (
    import_openvino,
    import_sentence_transformers,
    import_tokenizers,
)
from indexer.embed.signal_stack import kept_signal_stack
from indexer.embed.source import DEFAULT_MODEL, resolve
from indexer.embed.tokens import codes
from indexer.embed.vectors import unit_length
from indexer.model import Passage
from indexer.store.local import open_reader
from indexer.threads import one_for_each_product

_PEER, _OURS, _WHOLE = "sentence-transformers", "index", "vectors alone"
_TOP = 10
_PRODUCT_ROWS = 4096
_PRODUCTS = 12
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Shape:
    """What decides how many sums a transformer does."""

    layers: int
    hidden: int
    inner: int

    def operations(self, length: int) -> float:
        """Return the multiplications and additions for one text of so many tokens."""
        per_token = 8 * self.hidden**2 + 4 * self.hidden * self.inner
        return float(self.layers * length * (per_token + 4 * self.hidden * length))


@click.command()
@click.option(
    "--index",
    "indexes",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path, exists=True),
    help="Where the passages are from.",
)
@click.option("--models", type=click.Path(path_type=Path), default="index/models")
@click.option("--passages", default=512, show_default=True, help="How many passages of them.")
@click.option("--rounds", default=3, show_default=True)
@click.option("--precision", default=None, help="f32, bf16 or f16; default: as an index has it.")
@click.option("--batch-tokens", default=None, type=int, help="Most tokens of a batch.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="JSON.")
def main(
    indexes: tuple[Path, ...],
    models: Path,
    *,
    passages: int,
    rounds: int,
    precision: str | None,
    batch_tokens: int | None,
    out: Path | None,
) -> None:
    """Embed the same passages of the bundled model both ways."""
    one_for_each_product()
    opened = open_embedder(DEFAULT_MODEL, models)
    folder = models / opened.identity.fingerprint
    embedder = OpenVinoEmbedder(folder, precision=precision, batch_tokens=batch_tokens)
    texts, own = _material(indexes, embedder, passages)
    library = import_sentence_transformers()
    peer = library.SentenceTransformer(str(resolve(DEFAULT_MODEL)), device="cpu")
    found: dict[str, Any] = {
        "precision": embedder.identity.precision,
        "threads": embedder.threads,
        "batch_tokens": embedder.batch_tokens,
        **measured(texts, own, peer, embedder, folder, rounds),
    }
    found = rounded(found | _limits(found, embedder, texts, _shape(resolve(DEFAULT_MODEL))))
    click.echo(json.dumps(found, indent=1))
    if out is not None:
        out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _material(
    indexes: Sequence[Path], embedder: OpenVinoEmbedder, wanted: int
) -> tuple[list[str], list[Passage]]:
    """Return what the model reads of passages spread evenly over the indexes, and the passages."""
    pairs: list[tuple[str, Passage]] = []
    for index in indexes:
        with closing(open_reader(index)) as reader:
            numbers = range(reader.count())
            pairs += zip(reader.contexts(numbers), reader.passages(numbers), strict=True)
    places = np.linspace(0, len(pairs) - 1, min(wanted, len(pairs))).astype(int)
    contexts, passages = zip(*(pairs[place] for place in places.tolist()), strict=True)
    limit = embedder.identity.max_tokens - embedder.markers
    texts = embedded_text(list(contexts), list(passages), embedder.count_tokens, limit)
    kept = [count <= limit for count in embedder.count_tokens(texts)]
    rows = zip(texts, passages, kept, strict=True)
    both = [(text, passage) for text, passage, fits in rows if fits]
    return [text for text, _ in both], [passage for _, passage in both]


def measured(
    texts: list[str],
    passages: list[Passage],
    peer: Any,
    embedder: OpenVinoEmbedder,
    folder: Path,
    rounds: int,
) -> dict[str, Any]:
    """Time both ways and the parts of ours in turns; compare the vectors."""
    states = embedder.read(texts)[1]
    tokenizer = import_tokenizers().Tokenizer.from_file(str(folder / TOKENIZER_FILE))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    ways: dict[str, Callable[[], Any]] = {
        _PEER: lambda: peer.encode(texts, show_progress_bar=False),
        _OURS: lambda: read_passages(embedder, texts, passages)[0],
        _WHOLE: lambda: embedder.embed(texts),
        "vectors and states of tokens": lambda: embedder.read(texts),
        "cutting into tokens": lambda: tokenizer.encode_batch(texts),
        "codes of tokens": lambda: [codes(each) for each in states],
    }
    peer.encode(texts[:8])
    cpu: dict[str, list[float]] = {name: [] for name in ways}
    vectors: dict[str, Any] = {}
    for _ in range(rounds):
        for name, way in ways.items():
            vectors[name], taken = timed(way)
            cpu[name].append(taken["cpu"])
    own, others = unit_length(np.asarray(vectors[_WHOLE])), unit_length(np.asarray(vectors[_PEER]))
    cosines = np.sum(own * others, axis=1)
    seconds = {name: statistics.median(each) for name, each in cpu.items()}
    ratios = [peer / ours for peer, ours in zip(cpu[_PEER], cpu[_OURS], strict=True)]
    return {
        "passages": len(texts),
        "cpu_seconds": seconds,
        "passages_a_cpu_second": {name: len(texts) / seconds[name] for name in (_PEER, _OURS)},
        "times_as_fast": statistics.median(ratios),
        "mean_cosine": float(cosines.mean()),
        "least_cosine": float(cosines.min()),
        "top_10_overlap": _overlap(own, others),
    }


def _overlap(own: Vectors, others: Vectors) -> float:
    """Return the share of the ten texts nearest to each text that both agree on."""
    tops = []
    for vectors in (own, others):
        cosines = vectors @ vectors.T
        np.fill_diagonal(cosines, -1)
        tops.append(np.argsort(-cosines, axis=1)[:, :_TOP])
    shared = [len(set(a) & set(b)) for a, b in zip(*(top.tolist() for top in tops), strict=True)]
    return float(np.mean(shared)) / _TOP


def _limits(
    found: dict[str, Any], embedder: OpenVinoEmbedder, texts: list[str], shape: Shape
) -> dict[str, Any]:
    """Return how much of the processor's limit embedding reaches, and where the rest goes."""
    limit = embedder.identity.max_tokens
    lengths = [count + embedder.markers for count in embedder.count_tokens(texts)]
    padded = [padded_length(length, limit) for length in lengths]
    batches = plan_batches(padded, embedder.at_once, embedder.batch_tokens)
    in_batches = [max(padded[number] for number in batch) for batch in batches for _ in batch]
    sums = sum(map(shape.operations, lengths))
    padded_sums = sum(map(shape.operations, in_batches))
    rate = product_rate(embedder.identity.precision, shape)
    seconds = found["cpu_seconds"]
    whole = seconds[_OURS]
    model = seconds[_WHOLE] - seconds["cutting into tokens"]
    return {
        "tokens": sum(lengths),
        "gflop_a_passage": sums / len(texts) / 1e9,
        "product_gflop_a_second": rate / 1e9,
        "of_the_limit": sums / rate / whole,
        "shares_of_the_time": {
            "sums at the limit": sums / rate / whole,
            "padding at the limit": (padded_sums - sums) / rate / whole,
            "the model beyond the limit": (model - padded_sums / rate) / whole,
            "cutting into tokens": seconds["cutting into tokens"] / whole,
            "states of tokens, copied": (seconds["vectors and states of tokens"] - seconds[_WHOLE])
            / whole,
            "codes of tokens": seconds["codes of tokens"] / whole,
        },
    }


def product_rate(precision: str, shape: Shape) -> float:
    """Return how many operations a second of one core products of matrices reach."""
    openvino = import_openvino()
    ops = importlib.import_module("openvino.opset13")
    draw = np.random.default_rng(0)
    given = ops.parameter([_PRODUCT_ROWS, shape.hidden], np.float32)
    node = given
    for number in range(_PRODUCTS):
        sizes = (shape.hidden, shape.inner) if number % 2 == 0 else (shape.inner, shape.hidden)
        weights = (draw.standard_normal(sizes) / np.sqrt(sizes[0])).astype(np.float32)
        node = ops.matmul(node, ops.constant(weights), False, False)
    with kept_signal_stack():
        compiled = openvino.Core().compile_model(
            openvino.Model([node], [given], "products"),
            "CPU",
            {
                "INFERENCE_PRECISION_HINT": precision,
                "INFERENCE_NUM_THREADS": 1,
                "NUM_STREAMS": 1,
                "ENABLE_CPU_PINNING": False,
            },
        )
    request = compiled.create_infer_request()
    rows = draw.standard_normal((_PRODUCT_ROWS, shape.hidden)).astype(np.float32)
    request.infer({0: rows})
    taken = min(timed(lambda: request.infer({0: rows}))[1]["cpu"] for _ in range(_TRIES))
    return 2.0 * _PRODUCTS * _PRODUCT_ROWS * shape.hidden * shape.inner / taken


def _shape(folder: Path) -> Shape:
    found = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return Shape(found["num_hidden_layers"], found["hidden_size"], found["intermediate_size"])


if __name__ == "__main__":
    main()
