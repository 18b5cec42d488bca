"""haystack-ai: its in-memory store, a pipeline of both retrievers, joined by rank."""

from __future__ import annotations

from pathlib import Path

from haystack import Document, Pipeline
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import (
    InMemoryBM25Retriever,
    InMemoryEmbeddingRetriever,
)
from haystack.document_stores.in_memory import InMemoryDocumentStore

from eval.bench.peers.system import DEPTH, OnTorch, alone

_FILE = "store.json"


class Made(OnTorch):
    """haystack-ai. Its own store keeps all in memory, and is saved as JSON."""

    def build(self, folder: Path) -> None:
        """Write documents and save the store."""
        store = InMemoryDocumentStore()
        store.write_documents(
            [
                Document(id=piece.id, content=piece.whole, meta=piece.about, embedding=row)
                for piece, row in zip(self.pieces, self.vectors.tolist(), strict=True)
            ]
        )
        folder.mkdir(parents=True)
        store.save_to_disk(str(folder / _FILE))

    def open(self, folder: Path) -> None:
        """Load the store and lay the pipeline."""
        self.load_model()
        store = InMemoryDocumentStore.load_from_disk(str(folder / _FILE))
        self._pipeline = Pipeline()
        self._pipeline.add_component("words", InMemoryBM25Retriever(store, top_k=DEPTH))
        self._pipeline.add_component("vectors", InMemoryEmbeddingRetriever(store, top_k=DEPTH))
        joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion")
        self._pipeline.add_component("joined", joiner)
        self._pipeline.connect("words", "joined")
        self._pipeline.connect("vectors", "joined")

    def search(self, text: str, k: int) -> list[list[str]]:
        """Run the pipeline."""
        vector = self.encoded([text])[0].tolist()
        found = self._pipeline.run(
            {
                "words": {"query": text},
                "vectors": {"query_embedding": vector},
                "joined": {"top_k": k},
            }
        )
        return alone([document.id for document in found["joined"]["documents"]])
