"""Turn a sentence-transformers folder, once, into files that the torch-free runtime reads."""

from __future__ import annotations

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from indexer.embed.openvino_runtime import (
    COMPILED_FOLDER,
    MODEL_FILE,
    TOKENIZER_FILE,
    ExportedModel,
    OpenVinoEmbedder,
)
from indexer.embed.quiet import import_openvino
from indexer.embed.sentence_transformers_runtime import (
    SentenceTransformersEmbedder,
    pooling_mode,
)
from indexer.embed.source import fingerprint

LEAST_COSINE = 0.999
_PROBES = (
    "RESOLVED: that the report be noted, and brought back in six months.",
    "What did members ask about A&E waiting times at Leicester's hospitals?",
    "Councillor O’Neill asked why £1.2m of the Better Care Fund was unspent; officers answered "
    "that recruitment to the community nursing teams had taken longer than planned, and that "
    "the underspend had been carried forward with the agreement of both boards.",
    "No",
)


class NotExportableError(Exception):
    """The model is of a kind that only sentence-transformers itself can run faithfully."""


def export(general: SentenceTransformersEmbedder, folder: Path, target: Path) -> None:
    """Write the model in ``folder``, already loaded as ``general``, to ``target`` in one step.

    Another process may do the same at the same time: one of them wins, and both are right. Raises
    NotExportableError where the result could not be made or does not give the same vectors.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _aside(target) as partial:
            _write(general, folder, partial)
            _check(general, partial)
            _sync(partial)
            _rename(partial, target)
    except (RuntimeError, ValueError, TypeError, AttributeError) as error:
        raise NotExportableError(f"the conversion failed: {error}") from error
    except OSError as error:
        raise NotExportableError(f"it cannot be written: {error}") from error


def _rename(partial: Path, target: Path) -> None:
    try:
        partial.rename(target)
    except OSError:
        if not target.is_dir():
            raise


@contextmanager
def _aside(target: Path) -> Iterator[Path]:
    """Give an empty folder beside ``target`` that is gone afterwards unless it was renamed."""
    partial = Path(
        tempfile.mkdtemp(prefix=f".{target.name}.", suffix=".partial", dir=target.parent)
    )
    partial.chmod(0o755)
    try:
        yield partial
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _write(general: SentenceTransformersEmbedder, folder: Path, partial: Path) -> None:
    model = general.model
    pooling = _pooling(model)
    tokenizer = model.tokenizer
    (partial / TOKENIZER_FILE).write_text(tokenizer.backend_tokenizer.to_str(), encoding="utf-8")
    _convert(model[0].auto_model, partial / MODEL_FILE)
    ExportedModel(
        name=general.identity.name,
        fingerprint=fingerprint(folder),
        dimensions=general.identity.dimensions,
        max_tokens=general.identity.max_tokens,
        pooling=pooling,
        pad_id=int(tokenizer.pad_token_id or 0),
    ).write(partial)


def _pooling(model: Any) -> str:
    """Return how token states become one vector: ``mean`` or ``cls``."""
    kinds = [type(module).__name__ for module in model]
    if kinds not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
        raise NotExportableError(f"its modules are {', '.join(kinds)}")
    mode = pooling_mode(model[1])
    if mode not in ("mean", "cls"):
        raise NotExportableError(f"it pools by {mode}")
    return mode


def _convert(transformer: Any, target: Path) -> None:
    import torch

    class LastHiddenState(torch.nn.Module):  # type: ignore[misc]
        """The transformer with the two inputs and the one output that embedding needs."""

        def __init__(self) -> None:
            super().__init__()
            self.transformer = transformer

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            """Return the last hidden states, shape (texts, tokens, dimensions)."""
            output = self.transformer(input_ids=input_ids, attention_mask=attention_mask)
            return output.last_hidden_state

    openvino = import_openvino()
    example = torch.ones((2, 16), dtype=torch.int64)
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        converted = openvino.convert_model(
            LastHiddenState().eval(),
            example_input={"input_ids": example, "attention_mask": example},
        )
    openvino.save_model(converted, str(target), compress_to_fp16=False)


def _check(general: SentenceTransformersEmbedder, partial: Path) -> None:
    """Compare with the original on a few texts, one of them as long as the model reads."""
    exported = OpenVinoEmbedder(partial)
    probes = _probes(exported)
    if exported.count_tokens(probes) != general.count_tokens(probes):
        raise NotExportableError("it cuts words into pieces differently once exported")
    cosines = np.sum(exported.embed(probes) * general.embed(probes), axis=1)
    if float(cosines.min()) < LEAST_COSINE:
        raise NotExportableError(f"its vectors change when exported: cosine {cosines.min():.4f}")
    # What was compiled for the check belongs to a place that will not be there again.
    shutil.rmtree(partial / COMPILED_FOLDER, ignore_errors=True)


def _probes(embedder: OpenVinoEmbedder) -> list[str]:
    """Return a few texts, none longer than the model reads and one about as long."""
    limit = embedder.identity.max_tokens - embedder.markers
    endless = " ".join(_PROBES * limit)
    return [_cut(embedder, text, limit) for text in (*_PROBES, endless)]


def _cut(embedder: OpenVinoEmbedder, text: str, limit: int) -> str:
    """Return as many of the first words of ``text`` as have ``limit`` tokens at most."""
    words = text.split()[:limit]
    counts = embedder.count_tokens([" ".join(words[:end]) for end in range(len(words) + 1)])
    return " ".join(words[: max(end for end, count in enumerate(counts) if count <= limit)])


def _sync(folder: Path) -> None:
    for path in [*folder.iterdir(), folder]:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
