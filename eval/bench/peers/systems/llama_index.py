"""llama-index: its own vector store and BM25 retriever, both kept on disk, joined by rank."""

from __future__ import annotations

from pathlib import Path

from llama_index.core import MockEmbedding, StorageContext, VectorStoreIndex
from llama_index.core import load_index_from_storage as load_index
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import QueryBundle, TextNode
from llama_index.retrievers.bm25 import BM25Retriever

from eval.bench.peers.system import DEPTH, OnTorch, alone

_VECTORS, _WORDS = "vectors", "words"


class Made(OnTorch):
    """llama-index. No language model writes queries: there is one, the question."""

    def build(self, folder: Path) -> None:
        """Index nodes by vectors and by words, and persist both."""
        nodes = [
            TextNode(id_=piece.id, text=piece.whole, metadata=piece.about, embedding=row)
            for piece, row in zip(self.pieces, self.vectors.tolist(), strict=True)
        ]
        index = VectorStoreIndex(nodes, embed_model=MockEmbedding(self.vectors.shape[1]))
        index.storage_context.persist(str(folder / _VECTORS))
        BM25Retriever(nodes=nodes, similarity_top_k=DEPTH).persist(str(folder / _WORDS))

    def open(self, folder: Path) -> None:
        """Load both."""
        self.load_model()
        storage = StorageContext.from_defaults(persist_dir=str(folder / _VECTORS))
        index = load_index(storage, embed_model=MockEmbedding(1))
        self._retriever = QueryFusionRetriever(
            [
                index.as_retriever(similarity_top_k=DEPTH),
                BM25Retriever.from_persist_dir(str(folder / _WORDS)),
            ],
            llm=MockLLM(),
            mode="reciprocal_rerank",
            num_queries=1,
            similarity_top_k=DEPTH,
            use_async=False,
        )

    def search(self, text: str, k: int) -> list[list[str]]:
        """Ask for both rankings, joined by rank."""
        vector = self.encoded([text])[0].tolist()
        found = self._retriever.retrieve(QueryBundle(text, embedding=vector))
        return alone([hit.node.node_id for hit in found[:k]])
