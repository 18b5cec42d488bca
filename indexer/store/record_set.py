"""The records of all segments of a build as one: ordinals and numbers run through them in order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.errors import IndexDamagedError, NotFoundError
from indexer.model import Acronym, Block, Document, Page, Passage
from indexer.store.filters import Facts
from indexer.store.format import RECORDS
from indexer.store.listing import Listed
from indexer.store.numbering import Extent, Numbering, tag_of
from indexer.store.records import Records, not_found


class RecordSet:
    """Reads every segment's file, each held open to the end; safe from several threads."""

    def __init__(self, folders: Sequence[Path]) -> None:
        """Open the files. Raises IndexDamagedError, ValueError where two segments contradict."""
        self._files: list[Records] = []
        try:
            for folder in folders:
                self._files.append(Records(folder / RECORDS))
            ids = [records.ids() for records in self._files]
            self._counts = [records.passage_counts() for records in self._files]
        except IndexDamagedError:
            self.close()
            raise
        self._segment_of = {each: place for place, own in enumerate(ids) for each in own}
        self.numbering = Numbering(
            [
                Extent(tag_of(own[0] if own else ""), len(own), sum(counts))
                for own, counts in zip(ids, self._counts, strict=True)
            ]
        )

    def documents(self) -> list[Document]:
        """Return every document by ordinal."""
        return [document for records in self._files for document in records.documents()]

    def document(self, document_id: str) -> Document:
        """Return one document. Raises NotFoundError, as all that name one."""
        return self._file_of(document_id).document(document_id)

    def facts(self) -> list[Facts]:
        """Return what filters look at, by ordinal."""
        return [facts for records in self._files for facts in records.facts()]

    def listed(self) -> list[Listed]:
        """Return what documents are listed by, by ordinal."""
        return [listed for records in self._files for listed in records.listed()]

    def passage_counts(self) -> list[int]:
        """Return how many passages each document has, by ordinal."""
        return [count for counts in self._counts for count in counts]

    def role_codes(self) -> NDArray[np.int8]:
        """Return each passage's role as its place in ROLES, by number."""
        return np.concatenate([records.role_codes() for records in self._files])

    def text(self, document_id: str) -> str:
        """Return a document's text."""
        return self._file_of(document_id).text(document_id)

    def pages(self, document_id: str) -> list[Page]:
        """Return a document's pages."""
        return self._file_of(document_id).pages(document_id)

    def blocks(self, document_id: str) -> list[Block]:
        """Return a document's blocks."""
        return self._file_of(document_id).blocks(document_id)

    def document_passages(self, document_id: str) -> list[Passage]:
        """Return a document's passages in order."""
        return self._file_of(document_id).document_passages(document_id)

    def passage(self, passage_id: str) -> Passage:
        """Return one passage. Raises NotFoundError."""
        for records in self._files:
            try:
                return records.passage(passage_id)
            except NotFoundError:
                continue
        raise not_found("passage", passage_id)

    def numbered_passages(self, numbers: Iterable[int]) -> list[Passage]:
        """Return passages by number, in the order asked for. Raises NotFoundError."""
        wanted = list(numbers)
        found: dict[int, Passage] = {}
        for records, first, own in self.divided(wanted):
            passages = records.numbered_passages([number - first for number in own])
            found.update(zip(own, passages, strict=True))
        return [found[number] for number in wanted]

    def numbered_contexts(self, numbers: Iterable[int]) -> list[str]:
        """Return passages' contexts by number, in the order asked for. Raises NotFoundError."""
        wanted = list(numbers)
        found: dict[int, str] = {}
        for records, first, own in self.divided(wanted):
            contexts = records.numbered_contexts([number - first for number in own])
            found.update(zip(own, contexts, strict=True))
        return [found[number] for number in wanted]

    def acronyms(self) -> list[Acronym]:
        """Return every acronym, by document and place."""
        return [acronym for records in self._files for acronym in records.acronyms()]

    def divided(self, numbers: Sequence[int]) -> list[tuple[Records, int, list[int]]]:
        """Return each file that is asked for, its first number and which of the numbers it has.

        Raises NotFoundError for a number that there is not.
        """
        starts = self.numbering.passages
        wanted = sorted(set(numbers))
        if wanted and not 0 <= wanted[0] <= wanted[-1] < starts[-1]:
            wrong = wanted[0] if wanted[0] < 0 else wanted[-1]
            raise not_found("passage with the number", wrong)
        places = np.searchsorted(starts, np.asarray(wanted, np.int64), side="right") - 1
        groups: dict[int, list[int]] = {}
        for place, number in zip(places.tolist(), wanted, strict=True):
            groups.setdefault(place, []).append(number)
        return [(self._files[place], int(starts[place]), own) for place, own in groups.items()]

    def close(self) -> None:
        """Close the files."""
        for records in self._files:
            records.close()

    def _file_of(self, document_id: str) -> Records:
        place = self._segment_of.get(document_id)
        if place is None:
            raise not_found("document", document_id)
        return self._files[place]
