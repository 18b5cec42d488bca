"""Embed with sentence-transformers itself, on torch: the path that every model can take."""

from __future__ import annotations

import threading
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from indexer.embed.protocol import Vectors
from indexer.embed.quiet import import_sentence_transformers
from indexer.embed.source import fingerprint
from indexer.embed.tokens import TokenStates, own_tokens, telling
from indexer.embed.vectors import too_long, unit_length
from indexer.errors import UsageError
from indexer.model import ModelIdentity

RUNTIME = "sentence-transformers"
_NO_LIMIT = 100_000
"""Tokenizers without a limit give a huge number for it."""
_BATCH = 16


class SentenceTransformersEmbedder:
    """An ``Embedder`` over a sentence-transformers folder, in float32 on the processor."""

    def __init__(self, folder: Path, *, name: str) -> None:
        """Load the model. Raises UsageError where it does not say how long a text it reads."""
        library = import_sentence_transformers()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self.model: Any = library.SentenceTransformer(
                str(folder), device="cpu", local_files_only=True
            )
        self._lock = threading.Lock()
        self._pooling = _place_of_mean(self.model)
        self._identity = ModelIdentity(
            name=name,
            fingerprint=fingerprint(folder),
            dimensions=int(self.model.get_embedding_dimension()),
            max_tokens=_max_tokens(self.model, name),
            runtime=RUNTIME,
            precision="f32",
        )

    @property
    def identity(self) -> ModelIdentity:
        """Which model this is, and how it is run."""
        return self._identity

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return the number of word pieces of each text, without the model's own markers."""
        return self._lengths(texts, markers=False)

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one vector of length 1 for each text: float32, shape (len(texts), dimensions).

        Raises ValueError for a text longer than ``identity.max_tokens``.
        """
        self._check(texts)
        if not texts:
            return np.zeros((0, self._identity.dimensions), np.float32)
        with self._lock, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            vectors = self.model.encode(
                list(texts), batch_size=_BATCH, show_progress_bar=False, convert_to_numpy=True
            )
        return unit_length(np.asarray(vectors, np.float32))

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
        self._check(texts)
        if not texts:
            return np.zeros((0, self._identity.dimensions), np.float32), []
        with self._lock, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = self.model.encode(
                list(texts), batch_size=_BATCH, show_progress_bar=False, output_value=None
            )
            encoded = self.model.tokenizer(
                list(texts), return_offsets_mapping=True, return_special_tokens_mask=True
            )
        vectors = np.stack(
            [
                self._vector(each, own_tokens(offsets, marks, start))
                for each, offsets, marks, start in zip(
                    found,
                    encoded["offset_mapping"],
                    encoded["special_tokens_mask"],
                    starts,
                    strict=True,
                )
            ]
        )
        states = [
            _states(text, np.asarray(each["token_embeddings"].cpu()), offsets, marks)
            for text, each, offsets, marks in zip(
                texts, found, encoded["offset_mapping"], encoded["special_tokens_mask"], strict=True
            )
        ]
        return unit_length(vectors.astype(np.float32)), states

    def _vector(self, read: Any, own: slice[int, int | None, None]) -> Vectors:
        """Return the vector of a text's own tokens, where the model takes the mean of tokens."""
        import torch

        vector = read["sentence_embedding"]
        if own.start and self._pooling is not None:
            states = read["token_embeddings"][None, own]
            features = {
                "token_embeddings": states,
                "attention_mask": torch.ones(states.shape[:2], dtype=torch.int64),
            }
            with torch.no_grad():
                for module in list(self.model)[self._pooling :]:
                    features = module(features)
            vector = features["sentence_embedding"][0]
        return np.asarray(vector.cpu())

    def _check(self, texts: Sequence[str]) -> None:
        limit = self._identity.max_tokens
        for text, length in zip(texts, self._lengths(texts, markers=True), strict=True):
            if length > limit:
                raise too_long(text, length, limit)

    def _lengths(self, texts: Sequence[str], *, markers: bool) -> list[int]:
        if not texts:
            return []
        with self._lock:
            encoded = self.model.tokenizer(
                list(texts), add_special_tokens=markers, truncation=False, padding=False
            )
        return [len(ids) for ids in encoded["input_ids"]]


def _place_of_mean(model: Any) -> int | None:
    """Return which of a model's modules takes the mean of its tokens, or None where none does."""
    for place, module in enumerate(model):
        if type(module).__name__ == "Pooling":
            return place if pooling_mode(module) == "mean" else None
    return None


def pooling_mode(module: Any) -> str:
    """Return how a Pooling module makes one vector of tokens' states: ``mean``, ``cls``, …."""
    mode = module.pooling_mode
    return str(mode[0] if isinstance(mode, (list, tuple)) and len(mode) == 1 else mode)


def _states(
    text: str, states: Vectors, offsets: Sequence[tuple[int, int]], marks: Sequence[int]
) -> TokenStates:
    """Return the telling ones of a text's tokens; padding stands behind them and is left out."""
    places, starts = telling(text, offsets, marks)
    return TokenStates(unit_length(states[places].astype(np.float32)), starts)


def _max_tokens(model: Any, name: str) -> int:
    limit = model.max_seq_length or model.tokenizer.model_max_length
    if not limit or limit > _NO_LIMIT:
        raise UsageError(
            f"The model '{name}' does not say how long a text it reads.",
            "Set max_seq_length in its sentence_bert_config.json.",
        )
    return int(limit)
