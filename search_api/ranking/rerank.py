"""The first passages read again by a cross-encoder, where the operator names one; none is shipped.

A cross-encoder reads question and passage together: Nogueira and Cho, "Passage re-ranking with
BERT" (2019). Any of sentence-transformers' will do that gives one score, such as those trained on
MS MARCO.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from indexer.embed.protocol import Vectors
from indexer.embed.source import cached
from indexer.errors import UsageError
from indexer.store.protocols import Scored, StoreReader

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

FIRST = 20
"""So many first passages are read again; those behind keep their order."""
_SHARE = 0.5
"""What the cross-encoder counts for beside the ranking that it is given."""
_QUESTION_SHARE = 3
"""A question of more than the model's length divided by this leaves a passage too little room."""
_WEIGHTS = ("*.safetensors", "pytorch_model*.bin")


class Reranker(Protocol):
    """Says how well passages answer a question; safe to use from several threads."""

    @property
    def name(self) -> str:
        """The model's name and the first digits of its weights' SHA-256."""

    def scores(self, question: str, texts: Sequence[str]) -> Vectors | None:
        """Return a score for each text, shape (len(texts),), greater for better.

        None where the question is too long to be read beside a passage.
        """


class CrossEncoderReranker:
    """A ``Reranker`` on sentence-transformers."""

    def __init__(self, folder: Path, name: str) -> None:
        """Load the model. Raises UsageError where it cannot be used to rank."""
        # Only here: torch takes seconds to import, and most run without a reranker.
        from sentence_transformers import CrossEncoder

        try:
            model = CrossEncoder(str(folder), device="cpu", local_files_only=True)
        except Exception as error:
            raise UsageError(
                f"The reranker '{name}' cannot be opened: {error}",
                "Save it with CrossEncoder(...).save_pretrained(FOLDER), or unset "
                "MINUTEBOOK_RERANKER.",
            ) from error
        if model.num_labels != 1:
            raise UsageError(
                f"The reranker '{name}' gives {model.num_labels} scores for a passage, not one.",
                "Name a cross-encoder that was trained to rank, or unset MINUTEBOOK_RERANKER.",
            )
        self._model: CrossEncoder = model
        self._lock = Lock()
        self._name = f"{name} ({_fingerprint(folder)})"

    @property
    def name(self) -> str:
        """The model's name and the first digits of its weights' SHA-256."""
        return self._name

    def scores(self, question: str, texts: Sequence[str]) -> Vectors | None:
        """Return a score for each text, or None for a question that is too long."""
        tokenizer: Any = self._model.tokenizer
        longest = self._model.max_seq_length or tokenizer.model_max_length
        if len(tokenizer(question)["input_ids"]) > longest / _QUESTION_SHARE:
            return None
        with self._lock:
            found = self._model.predict(
                [(question, text) for text in texts], show_progress_bar=False
            )
        return np.asarray(found, np.float32)


@cache
def open_reranker(model: str) -> Reranker:
    """Open a cross-encoder by folder, or by its name in the hub's cache; each is loaded once.

    Nothing is downloaded. Raises UsageError where it is not on this machine or cannot be used.
    """
    folder = Path(model).expanduser()
    found = folder if (folder / "config.json").is_file() else cached(model, "config.json")
    if found is None:
        raise UsageError(
            f"The reranker '{model}' is not on this machine, and nothing is downloaded.",
            "Set MINUTEBOOK_RERANKER to the folder of a cross-encoder, or unset it.",
        )
    return CrossEncoderReranker(found, model)


def reranked(
    store: StoreReader, question: str, ranking: list[Scored], reranker: Reranker | None
) -> list[Scored]:
    """Return the ranking with its first passages in the order of both, their scores among them."""
    first, rest = ranking[:FIRST], ranking[FIRST:]
    if reranker is None or len(first) < 2:
        return ranking
    numbers = [one.number for one in first]
    passages = zip(store.contexts(numbers), store.passages(numbers), strict=True)
    read = reranker.scores(question, [f"{context}\n{one.text}" for context, one in passages])
    if read is None:
        return ranking
    before = np.array([one.score for one in first], np.float32)
    both = (1 - _SHARE) * _stretched(before) + _SHARE * _stretched(read)
    order = sorted(range(len(first)), key=lambda place: (-both[place], place))
    # The places keep their scores: what is behind stands on the same scale.
    return [
        Scored(first[place].number, kept.score) for place, kept in zip(order, first, strict=True)
    ] + rest


def _stretched(scores: Vectors) -> Vectors:
    reach = float(scores.max() - scores.min())
    return np.asarray((scores - scores.min()) / reach if reach else np.zeros_like(scores))


def _fingerprint(folder: Path) -> str:
    digest = hashlib.sha256()
    for file in sorted(file for pattern in _WEIGHTS for file in folder.glob(pattern)):
        with file.open("rb") as opened:
            digest.update(hashlib.file_digest(opened, "sha256").digest())
    return digest.hexdigest()[:12]
