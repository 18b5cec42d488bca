"""The plain script: FAISS Flat, tantivy and SQLite, fused by rank (``eval.bench.reference``)."""

from __future__ import annotations

from pathlib import Path

from eval.bench.peers.system import DEPTH, OnTorch, alone
from eval.bench.reference import Reference


class Made(OnTorch):
    """The plain script."""

    def build(self, folder: Path) -> None:
        """Write its three parts."""
        rows = [(piece.id, piece.text, piece.context) for piece in self.pieces]
        Reference.write(folder, [(rows, self.vectors)])

    def open(self, folder: Path) -> None:
        """Open them."""
        self.load_model()
        self._script = Reference(folder)

    def search(self, text: str, k: int) -> list[list[str]]:
        """Join both rankings."""
        rows = self._script.rows(text, self.encoded([text])[0], DEPTH)
        return alone([name for name, _ in rows[:k]])
