"""One build opened for questions: the store, the model, and the two things asked of them."""

from __future__ import annotations

from pathlib import Path

from indexer.embed.open import open_recorded
from indexer.embed.protocol import Embedder
from indexer.errors import ModelMismatchError
from indexer.model import Filters
from indexer.store.local import open_reader
from indexer.store.protocols import StoreReader
from indexer.threads import one_for_each_product
from search_api.answer import answer
from search_api.embedding.long_question import WholeReader
from search_api.embedding.together import TogetherReader
from search_api.explain import explained
from search_api.ranking.rerank import Reranker
from search_api.results import Answer, SearchResult
from search_api.search import search


class Engine:
    """Searches and answers over one immutable build; safe to use from several threads."""

    def __init__(
        self,
        store: StoreReader,
        embedder: Embedder,
        reranker: Reranker | None = None,
        *,
        together: bool = True,
    ) -> None:
        """Use an opened build; ``together`` has questions that come at once read in one batch.

        Raises ModelMismatchError.
        """
        one_for_each_product()
        built, given = store.info.model.fingerprint, embedder.identity.fingerprint
        if built != given:
            raise ModelMismatchError(
                f"The index was built with model {built[:12]} and the one here is {given[:12]}.",
                "Run minutebook index to build it again with this model.",
            )
        self.store = store
        self.embedder = embedder
        self.reader = WholeReader(TogetherReader(embedder) if together else embedder)
        self._reranker = reranker

    @classmethod
    def open(cls, index: Path) -> Engine:
        """Open the current build of an index folder; ``store.close()`` ends it.

        Raises IndexNotReadyError, IndexDamagedError or ModelMismatchError.
        """
        store = open_reader(index)
        try:
            return cls(store, open_recorded(store.info.model, index / "models"))
        except BaseException:
            store.close()
            raise

    def search(
        self,
        question: str,
        *,
        k: int = 10,
        offset: int = 0,
        filters: Filters = Filters(),
        explain: bool = False,
    ) -> SearchResult:
        """Return the passages ranked ``offset + 1`` to ``offset + k``. Raises UsageError.

        Where ``explain`` is set the result carries how it was reached.
        """
        found = search(
            self.store,
            self.reader,
            question,
            k=k,
            offset=offset,
            filters=filters,
            reranker=self._reranker,
        )
        if not explain:
            return found
        return explained(self.store, self.reader, found, self._reranker)

    def answer(
        self,
        question: str,
        *,
        k: int = 10,
        filters: Filters = Filters(),
        explain: bool = False,
    ) -> Answer:
        """Return the record's words in answer, or NOT_FOUND with k passages. Raises UsageError.

        Where ``explain`` is set the answer carries how it was reached.
        """
        return answer(
            self.store,
            self.reader,
            question,
            k=k,
            filters=filters,
            explain=explain,
            reranker=self._reranker,
        )
