"""lancedb: a table with an index of its words, asked in hybrid form; vectors are read flat."""

from __future__ import annotations

from pathlib import Path

import lancedb
import pyarrow as pa
from lancedb.rerankers import RRFReranker

from eval.bench.peers.system import DEPTH, RRF, OnTorch, alone

_NAME = "passages"


class Made(OnTorch):
    """lancedb. Below 100,000 rows its makers advise no index of the vectors."""

    def build(self, folder: Path) -> None:
        """Write the table and index its words."""
        columns = {
            "id": [piece.id for piece in self.pieces],
            "text": [piece.whole for piece in self.pieces],
            **{name: [piece.about[name] for piece in self.pieces] for name in self.pieces[0].about},
            "vector": pa.FixedSizeListArray.from_arrays(
                pa.array(self.vectors.ravel()), self.vectors.shape[1]
            ),
        }
        table = lancedb.connect(str(folder)).create_table(_NAME, pa.table(columns))
        table.create_fts_index("text")
        table.optimize()

    def open(self, folder: Path) -> None:
        """Open it."""
        self.load_model()
        self._table = lancedb.connect(str(folder)).open_table(_NAME)
        self._joined = RRFReranker(K=RRF)

    def search(self, text: str, k: int) -> list[list[str]]:
        """Ask for both rankings, joined by rank."""
        asked = self._table.search(query_type="hybrid").vector(self.encoded([text])[0]).text(text)
        found = asked.distance_type("dot").rerank(self._joined).limit(DEPTH).to_list()
        return alone([hit["id"] for hit in found[:k]])
