"""Embed with an exported model on OpenVINO: no torch, bounded memory, safe from many threads."""

from __future__ import annotations

import json
import os
import queue
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indexer.embed.counting import WordCounter, is_exact_for
from indexer.embed.protocol import Vectors
from indexer.embed.quiet import import_openvino, import_tokenizers
from indexer.embed.signal_stack import kept_signal_stack
from indexer.embed.tokens import TokenStates, own_tokens, telling
from indexer.embed.vectors import too_long, unit_length
from indexer.model import ModelIdentity

RUNTIME = "openvino"
MODEL_FILE, TOKENIZER_FILE, META_FILE = "model.xml", "tokenizer.json", "meta.json"
COMPILED_FOLDER = "compiled"
BATCH_TOKENS = {"f16": 4096}
USUAL_BATCH_TOKENS = 512
"""The most tokens, padding included, in one batch, by precision and otherwise.

What a layer makes of a batch should stay in the cache of one core: in f32, 4,096 tokens took 1.3
times the processor time of 512. Matrix units in f16 are worth larger products.
"""
SPLIT_TOKENS = 256
"""Smaller batches than this are not made to keep the cores busy."""
PAD_MULTIPLE = 16
"""Lengths are rounded up to this: fewer shapes for the runtime to prepare for.

In f32 a text's vector is then the same to the last bit, whatever stands in its batch.
"""
PAD_QUESTION = 8
"""The same for questions: of some 20 tokens each, they wait for every one that is added."""
MOST_THREADS = 16


@dataclass(frozen=True, slots=True)
class ExportedModel:
    """What ``meta.json`` says beside an exported model; ``max_tokens`` counts the markers too."""

    name: str
    fingerprint: str
    dimensions: int
    max_tokens: int
    pooling: str
    pad_id: int

    def write(self, folder: Path) -> None:
        """Write it into ``folder``."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True)
        (folder / META_FILE).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> ExportedModel:
        """Read it from ``folder``. Raises OSError, ValueError or TypeError on a damaged one."""
        return cls(**json.loads((folder / META_FILE).read_text(encoding="utf-8")))


def usable_threads() -> int:
    """Return how many threads this process may usefully run."""
    return min(len(os.sched_getaffinity(0)), MOST_THREADS)


def best_precision(capabilities: Sequence[str], processor_flags: Sequence[str]) -> str:
    """Return ``f16`` where the processor multiplies matrices in it, and ``f32`` elsewhere.

    AVX-512-FP16 alone is not enough: on such a processor without AMX, f16 took 1.5 times as long
    as f32 (1.24 s against 0.82 s of one core for 21 texts of 192 tokens).
    """
    return "f16" if "FP16" in capabilities and "amx_fp16" in processor_flags else "f32"


def processor_flags() -> list[str]:
    """Return the processor's feature flags as the kernel names them; none where it does not say."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return next((line.split() for line in lines if line.startswith("flags")), [])


class OpenVinoEmbedder:
    """An ``Embedder`` over a folder that ``indexer.embed.export`` wrote."""

    def __init__(
        self,
        folder: Path,
        *,
        name: str | None = None,
        threads: int | None = None,
        for_questions: bool = False,
        precision: str | None = None,
        batch_tokens: int | None = None,
    ) -> None:
        """Load the model. ``threads`` batches run at once, one core each; default: all cores.

        ``for_questions`` has all of them work on one batch, which is then padded less: it takes
        more of the processor and is done sooner. ``precision`` and ``batch_tokens`` are chosen by
        what the processor has.
        """
        self._meta = ExportedModel.read(folder)
        self.threads = threads or usable_threads()
        self.at_once = 1 if for_questions else self.threads
        self._multiple = PAD_QUESTION if for_questions else PAD_MULTIPLE
        self._tokenizer = _load_tokenizer(folder / TOKENIZER_FILE)
        self.markers: int = self._tokenizer.num_special_tokens_to_add(False)
        with kept_signal_stack():
            core = import_openvino().Core()
            self._precision = precision or best_precision(
                core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"), processor_flags()
            )
            compiled = _compile(core, folder, self.threads, self.at_once, self._precision)
        self.batch_tokens = batch_tokens or BATCH_TOKENS.get(self._precision, USUAL_BATCH_TOKENS)
        self._requests: queue.SimpleQueue[Any] = queue.SimpleQueue()
        for _ in range(self.at_once):
            self._requests.put(compiled.create_infer_request())
        self._name = name or self._meta.name
        self._count: Callable[[Sequence[str]], list[int]] = self._encoded_lengths
        if is_exact_for(self._tokenizer):
            self._count = WordCounter(self._encoded_lengths)
        self._warm_up()

    def _warm_up(self) -> None:
        """Run once before any second thread can.

        OpenVINO's binding sets up its numpy types at the first inference, and two threads that get
        there together lock each other out for ever: one holds the set-up and waits for the
        interpreter, the other holds the interpreter and waits for the set-up.
        """
        ids, mask = self._padded([[self._meta.pad_id]])
        with self._request() as request:
            request.infer({0: ids, 1: mask}, share_inputs=True, share_outputs=True)

    @property
    def identity(self) -> ModelIdentity:
        """Which model this is, and how it is run."""
        meta = self._meta
        return ModelIdentity(
            name=self._name,
            fingerprint=meta.fingerprint,
            dimensions=meta.dimensions,
            max_tokens=meta.max_tokens,
            runtime=RUNTIME,
            precision=self._precision,
        )

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of word pieces of each text, without the model's own markers."""
        return self._count(texts)

    def _encoded_lengths(self, texts: Sequence[str]) -> list[int]:
        found = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return list(map(len, found))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of length 1 for each text: float32, shape (len(texts), dimensions).

        What stands beside a text does not change its vector. Raises ValueError for a text longer
        than ``identity.max_tokens``.
        """
        vectors = np.zeros((len(texts), self._meta.dimensions), np.float32)
        pool = _mean if self._meta.pooling == "mean" else _first

        def keep(number: int, states: Vectors) -> None:
            vectors[number] = pool(states)

        self._run(self._encode_checked(texts), keep)
        return unit_length(vectors)

    def read(self, texts: Sequence[str]) -> tuple[Vectors, list[TokenStates]]:
        """Return what ``embed`` returns, and of each text the states of its telling tokens.

        Raises ValueError for a text longer than ``identity.max_tokens``.
        """
        return self.read_in_context(texts, [0] * len(texts))

    def read_in_context(
        self, texts: Sequence[str], starts: Sequence[int]
    ) -> tuple[Vectors, list[TokenStates]]:
        """Return what ``read`` returns, but vectors of what begins at ``starts`` of the texts.

        Raises ValueError for a text longer than ``identity.max_tokens``.
        """
        encodings = self._tokenizer.encode_batch(list(texts))
        rows = [list(encoding.ids) for encoding in encodings]
        self._check(texts, rows)
        kept = [
            telling(text, encoding.offsets, encoding.special_tokens_mask)
            for text, encoding in zip(texts, encodings, strict=True)
        ]
        pooled = [
            own_tokens(encoding.offsets, encoding.special_tokens_mask, start)
            for encoding, start in zip(encodings, starts, strict=True)
        ]
        vectors = np.zeros((len(texts), self._meta.dimensions), np.float32)
        states = [TokenStates(vectors[:0], begins[:0]) for _, begins in kept]
        mean = self._meta.pooling == "mean"

        def keep(number: int, found: Vectors) -> None:
            vectors[number] = _mean(found[pooled[number]]) if mean else _first(found)
            places, begins = kept[number]
            states[number] = TokenStates(unit_length(found[places]), begins)

        self._run(rows, keep)
        return unit_length(vectors), states

    def _encode(self, texts: Sequence[str]) -> list[list[int]]:
        return [encoding.ids for encoding in self._tokenizer.encode_batch_fast(list(texts))]

    def _encode_checked(self, texts: Sequence[str]) -> list[list[int]]:
        encoded = self._encode(texts)
        self._check(texts, encoded)
        return encoded

    def _check(self, texts: Sequence[str], encoded: list[list[int]]) -> None:
        for text, ids in zip(texts, encoded, strict=True):
            if len(ids) > self._meta.max_tokens:
                raise too_long(text, len(ids), self._meta.max_tokens)

    def _run(self, encoded: list[list[int]], keep: Callable[[int, Vectors], None]) -> None:
        """Give ``keep`` the hidden states of each text's own tokens."""

        def run(batch: list[int]) -> None:
            ids, mask = self._padded([encoded[number] for number in batch])
            with self._request() as request:
                states = request.infer({0: ids, 1: mask}, share_inputs=True, share_outputs=True)[0]
                for row, number in enumerate(batch):
                    keep(number, states[row, : len(encoded[number])])

        lengths = [self._padded_length(len(ids)) for ids in encoded]
        batches = plan_batches(lengths, self.at_once, self.batch_tokens)
        if len(batches) < 2:
            for batch in batches:
                run(batch)
            return
        with ThreadPoolExecutor(self.at_once) as workers:
            list(workers.map(run, batches))

    def _padded(self, rows: list[list[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        length = self._padded_length(max(map(len, rows)))
        ids = np.full((len(rows), length), self._meta.pad_id, np.int64)
        mask = np.zeros((len(rows), length), np.int64)
        for row, values in enumerate(rows):
            ids[row, : len(values)] = values
            mask[row, : len(values)] = 1
        return ids, mask

    def _padded_length(self, length: int) -> int:
        return padded_length(length, self._meta.max_tokens, self._multiple)

    @contextmanager
    def _request(self) -> Iterator[Any]:
        request = self._requests.get()
        try:
            yield request
        finally:
            self._requests.put(request)


def padded_length(length: int, max_tokens: int, multiple: int = PAD_MULTIPLE) -> int:
    """Return ``length`` rounded up, and never past the positions that the model knows."""
    return max(length, min(-(-length // multiple) * multiple, max_tokens))


def plan_batches(lengths: Sequence[int], at_once: int, most: int) -> list[list[int]]:
    """Group text numbers by padded length, longest first, into batches, ``at_once`` side by side.

    A batch of several has ``most`` tokens at most, padding included.
    """
    share = -(-sum(lengths) // at_once)
    budget = min(max(share, SPLIT_TOKENS), most)
    batches: list[list[int]] = []
    for number in sorted(range(len(lengths)), key=lambda each: (-lengths[each], each)):
        if batches and (len(batches[-1]) + 1) * lengths[batches[-1][0]] <= budget:
            batches[-1].append(number)
        else:
            batches.append([number])
    return batches


def _mean(states: Vectors) -> Vectors:
    return np.asarray(states.mean(axis=0), np.float32)


def _first(states: Vectors) -> Vectors:
    return np.asarray(states[0], np.float32)


def _load_tokenizer(path: Path) -> Any:
    # Models bake a truncation and a padding into this file that are not theirs in use.
    tokenizer = import_tokenizers().Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def _compile(core: Any, folder: Path, threads: int, at_once: int, precision: str) -> Any:
    settings: dict[str, Any] = {
        "INFERENCE_PRECISION_HINT": precision,
        # As many streams as requests: side by side they lose nothing to waiting on each other.
        "NUM_STREAMS": at_once,
        "INFERENCE_NUM_THREADS": threads,
        "ENABLE_CPU_PINNING": False,
    }
    if os.access(folder, os.W_OK):
        settings["CACHE_DIR"] = str(folder / COMPILED_FOLDER)
    return core.compile_model(str(folder / MODEL_FILE), "CPU", settings)
