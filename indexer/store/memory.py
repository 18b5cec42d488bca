"""The records of a build, with those that were read lately kept decoded: a build never changes.

Ranking one question reads some fifty passages and answering it eight documents, and the next
question mostly the same. What is kept takes about 60 MB at the most for each open build.
"""

from __future__ import annotations

from collections.abc import Iterable

from indexer.model import Block, Document, Page, Passage
from indexer.store.lately import Lately
from indexer.store.record_set import RecordSet

_PASSAGE_CHARACTERS = 8_000_000
"""About 8,000 passages; with their spans a passage takes about three times its text."""
_TEXT_CHARACTERS = 10_000_000
_BLOCKS = 60_000
"""Of about 250 bytes each."""
_PAGES = 20_000
_DOCUMENTS = 2_000


class RecordMemory:
    """Reads what questions need of a ``RecordSet``, whose errors it raises; for several threads."""

    def __init__(self, records: RecordSet) -> None:
        self._records = records
        self._passages = Lately[int, Passage](_PASSAGE_CHARACTERS, lambda one: len(one.text))
        self._texts = Lately[str, str](_TEXT_CHARACTERS, len)
        self._blocks = Lately[str, tuple[Block, ...]](_BLOCKS, len)
        self._pages = Lately[str, tuple[Page, ...]](_PAGES, len)
        self._documents = Lately[str, Document](_DOCUMENTS)

    def document(self, document_id: str) -> Document:
        """Return one document."""
        return self._documents.get(document_id, self._records.document)

    def text(self, document_id: str) -> str:
        """Return a document's text."""
        return self._texts.get(document_id, self._records.text)

    def pages(self, document_id: str) -> list[Page]:
        """Return a document's pages."""
        return list(self._pages.get(document_id, lambda one: tuple(self._records.pages(one))))

    def blocks(self, document_id: str) -> list[Block]:
        """Return a document's blocks."""
        return list(self._blocks.get(document_id, lambda one: tuple(self._records.blocks(one))))

    def passages(self, numbers: Iterable[int]) -> list[Passage]:
        """Return passages by number, in the order asked for."""
        return self._passages.many(list(numbers), self._records.numbered_passages)
