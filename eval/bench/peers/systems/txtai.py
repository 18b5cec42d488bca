"""txtai: a hybrid index (FAISS and BM25 with its scores in SQLite), content kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import txtai

from eval.bench.peers.pieces import Vectors
from eval.bench.peers.system import OnTorch, alone

_SETTINGS = {"method": "external", "hybrid": True, "content": True}


class Made(OnTorch):
    """txtai. It reads each of its two rankings ten times as deep as is asked, by itself."""

    def build(self, folder: Path) -> None:
        """Index texts with what is known of them."""
        given = {p.whole: v for p, v in zip(self.pieces, self.vectors, strict=True)}
        # Not from the vectors' rows: it asks for texts in batches of its own.
        index = txtai.Embeddings({**_SETTINGS, "transform": lambda texts: _known(given, texts)})
        index.index((piece.id, {"text": piece.whole, **piece.about}) for piece in self.pieces)
        index.config["transform"] = None
        index.save(str(folder))
        index.close()

    def open(self, folder: Path) -> None:
        """Open it."""
        self.load_model()
        self._index: Any = txtai.Embeddings()
        self._index.load(str(folder))
        self._index.model.transform = self.encoded

    def search(self, text: str, k: int) -> list[list[str]]:
        """Ask for both rankings, weighed half and half."""
        return alone([hit["id"] for hit in self._index.search(text, k)])


def _known(given: dict[str, Vectors], texts: Sequence[str]) -> list[Vectors]:
    return [given[text] for text in texts]
