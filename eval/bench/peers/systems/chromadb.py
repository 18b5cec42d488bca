"""chromadb on this machine's disk: vectors alone, for it ranks by words only as a service."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import chromadb
from chromadb.config import Settings

from eval.bench.peers.system import OnTorch, alone

_NAME = "passages"


class Made(OnTorch):
    """chromadb."""

    def build(self, folder: Path) -> None:
        """Add texts, vectors and what is known of them."""
        client = _client(folder)
        collection = client.create_collection(
            _NAME, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        most = client.get_max_batch_size()
        for first in range(0, len(self.pieces), most):
            some = self.pieces[first : first + most]
            collection.add(
                ids=[piece.id for piece in some],
                embeddings=self.vectors[first : first + most],
                documents=[piece.whole for piece in some],
                metadatas=[piece.about for piece in some],
            )

    def open(self, folder: Path) -> None:
        """Open it."""
        self.load_model()
        self._collection = _client(folder).get_collection(_NAME, embedding_function=None)

    def search(self, text: str, k: int) -> list[list[str]]:
        """Ask for the nearest."""
        found = self._collection.query(
            query_embeddings=self.encoded([text]), n_results=k, include=["documents", "metadatas"]
        )
        return alone(found["ids"][0])


def _client(folder: Path) -> Any:
    return chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
