"""What every system is given: texts with their ids and what is known of them, and their vectors.

A folder holds them as ``pieces.jsonl`` and ``vectors.npy``, so that systems of other environments
can read them: this module needs NumPy alone.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Piece:
    """A text to be found. ``context`` says what it is from; ``whole`` is what is indexed of it."""

    id: str
    text: str
    context: str
    document: str
    title: str
    body: str
    date: str

    @property
    def whole(self) -> str:
        """Return the text under its context."""
        return f"{self.context}\n{self.text}" if self.context else self.text

    @property
    def about(self) -> dict[str, str]:
        """Return what is known of the text's document."""
        return {
            "document": self.document,
            "title": self.title,
            "body": self.body,
            "date": self.date,
        }


def write_pieces(folder: Path, pieces: Sequence[Piece]) -> None:
    """Write the pieces of a folder, which is made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(asdict(piece), ensure_ascii=False) for piece in pieces]
    (folder / "pieces.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_pieces(folder: Path) -> list[Piece]:
    """Return the pieces of a folder."""
    with (folder / "pieces.jsonl").open(encoding="utf-8", newline="\n") as lines:
        return [Piece(**json.loads(line)) for line in lines]


def write_vectors(folder: Path, vectors: Vectors) -> None:
    """Write the vectors of a folder's pieces, shape (pieces, dimensions), each of length 1."""
    np.save(folder / "vectors.npy", vectors)


def read_vectors(folder: Path) -> Vectors:
    """Return the vectors of a folder's pieces."""
    return np.asarray(np.load(folder / "vectors.npy"), np.float32)
