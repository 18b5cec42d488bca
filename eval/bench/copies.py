"""Whole documents in any number, for an index that can be asked: real ones, then copies of them.

A copy keeps all places of its original: pages, blocks, passages, sentences, tokens. Half of its
longer words and numbers are others of the same length, its passages' vectors lie between the
original's and another passage's with a little noise, a share of their tokens are another passage's,
and its date is of another year. So the engine finds in it what it finds in documents, and no two
copies say the same. Any document can be made by itself, again and alike.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

import numpy as np

from indexer.embed.protocol import Vectors
from indexer.embed.tokens import TokenCodes
from indexer.embed.vectors import unit_length
from indexer.model import BuildInfo, Dating, Document, Passage, VectorSearch
from indexer.store.format import SEGMENTS, current_folder, read_meta
from indexer.store.local import LocalWriter
from indexer.store.protocols import DocumentRecord, Entry
from indexer.store.segment import SegmentSource, read_entries

_SEED = 20260202
_NOISE = 0.3
_LEAST_SHARE, _MOST_SHARE = 0.55, 0.95
_REPLACED = 0.5
_WORD = re.compile(r"[a-z]{4,}|[A-Z][a-z]{3,}|\d+")
_YEARS = 25


class Copies:
    """Documents of so many passages at the least, the real ones of some indexes first."""

    def __init__(self, indexes: Sequence[Path], passages: int) -> None:
        self._originals = list(_originals(indexes))
        self._vectors = np.concatenate([each.vectors for each in self._originals])
        self._tokens = [codes for each in self._originals for codes in each.tokens]
        self._words = _by_length(self._originals)
        self._counts = [len(each.passages) for each in self._originals]
        reached = np.cumsum(list(islice(cycle(self._counts), passages + len(self._counts))))
        self.documents = int(np.searchsorted(reached, passages)) + 1

    def entries(self) -> list[Entry]:
        """Return the documents as a build takes them."""
        return [self._entry(number) for number in range(self.documents)]

    def record(self, number: int) -> DocumentRecord:
        """Return a document, the same whenever it is asked for."""
        copy, place = divmod(number, len(self._originals))
        original = self._originals[place]
        return original if copy == 0 else self._copied(original, copy, number)

    def _entry(self, number: int) -> Entry:
        copy, place = divmod(number, len(self._originals))
        original = self._originals[place]
        return Entry(
            key=f"{copy} {original.document.id}",
            name=f"{copy} {original.document.file} {original.document.id}",
            characters=len(original.parsed.text),
            make=lambda: self.record(number),
        )

    def _copied(self, original: DocumentRecord, copy: int, number: int) -> DocumentRecord:
        draw = np.random.default_rng((_SEED, number))
        document = _renamed(original.document, copy)
        text = self._reworded(original.parsed.text, draw)
        others = draw.integers(0, len(self._tokens), len(original.passages))
        shares = draw.uniform(_LEAST_SHARE, _MOST_SHARE, len(others)).astype(np.float32)
        tokens = [
            _mixed(own, self._tokens[other], share, draw)
            for own, other, share in zip(original.tokens, others, shares.tolist(), strict=True)
        ]
        return replace(
            original,
            document=document,
            parsed=replace(original.parsed, text=text),
            passages=[_moved(each, document.id, text) for each in original.passages],
            vectors=self._between(original.vectors, self._vectors[others], shares[:, None], draw),
            tokens=tokens,
            acronyms=[replace(each, document_id=document.id) for each in original.acronyms],
        )

    def _reworded(self, text: str, draw: np.random.Generator) -> str:
        """Return the text with half of its longer words and its numbers changed, none in length."""
        chances = iter(draw.random(2 * len(text) + 2).tolist())

        def other(match: re.Match[str]) -> str:
            if next(chances) >= _REPLACED:
                return match[0]
            alike = self._words[_kind(match[0])]
            return alike[int(next(chances) * len(alike))]

        return _WORD.sub(other, text)

    def _between(
        self, ones: Vectors, others: Vectors, shares: Vectors, draw: np.random.Generator
    ) -> Vectors:
        noise = draw.standard_normal(ones.shape) * (_NOISE / np.sqrt(ones.shape[1]))
        return unit_length((shares * ones + (1 - shares) * others + noise).astype(np.float32))


def build(index: Path, indexes: Sequence[Path], passages: int) -> BuildInfo:
    """Publish a build of such documents, which a server can open; its model is the indexes'."""
    copies = Copies(indexes, passages)
    source = read_meta(current_folder(indexes[0]))
    planned = BuildInfo(
        id="copies",
        format=source.format,
        model=source.model,
        settings=source.settings,
        corpus_sha256="",
        documents=0,
        passages=0,
        vectors=VectorSearch(),
    )
    writer = LocalWriter(index, planned)
    writer.fill(copies.entries())
    return writer.publish(planned)


def _originals(indexes: Sequence[Path]) -> Iterator[DocumentRecord]:
    """Yield every document of the indexes once."""
    seen = set[str]()
    for index in indexes:
        folder = current_folder(index)
        info = read_meta(folder)
        for segment in info.segments:
            own = folder / SEGMENTS / segment.name
            with closing(SegmentSource(own, info.model.dimensions)) as source:
                for _, document, _ in read_entries(own):
                    if document is not None and document not in seen:
                        seen.add(document)
                        yield source.record(document)


def _by_length(originals: Sequence[DocumentRecord]) -> dict[tuple[int, int], list[str]]:
    """Return the different words and numbers of all texts, by what may stand for each other."""
    found: dict[tuple[int, int], dict[str, None]] = {}
    for each in originals:
        for match in _WORD.finditer(each.parsed.text):
            found.setdefault(_kind(match[0]), {})[match[0]] = None
    return {kind: list(words) for kind, words in found.items()}


def _kind(word: str) -> tuple[int, int]:
    return len(word), 0 if word[0].isdigit() else 1 if word[0].isupper() else 2


def _renamed(document: Document, copy: int) -> Document:
    name = hashlib.sha256(f"{document.id} {copy}".encode()).hexdigest()
    date = document.date
    if date.edtf and date.edtf[:4].isdigit():
        year = 2000 + (int(date.edtf[:4]) + copy) % _YEARS
        date = Dating(f"{year}{date.edtf[4:]}" if "/" not in date.edtf else f"{year}", date.basis)
    return replace(
        document,
        id=name[:16],
        sha256=name,
        file=f"copy {copy}/{document.file}",
        date=date,
        duplicates=(),
        also_in=(),
    )


def _moved(passage: Passage, document_id: str, text: str) -> Passage:
    span = passage.span
    return replace(
        passage,
        id=f"{document_id}-{span.start}-{span.end}",
        document_id=document_id,
        text=span.of(text),
    )


def _mixed(
    own: TokenCodes, other: TokenCodes, share: float, draw: np.random.Generator
) -> TokenCodes:
    """Return the tokens of ``own``, but for a share of which the signs are the other's."""
    if not len(own.starts) or not len(other.starts):
        return own
    signs = own.signs.copy()
    places = np.flatnonzero(draw.random(len(signs)) >= share)
    signs[places] = other.signs[draw.integers(0, len(other.signs), len(places))]
    return TokenCodes(signs, own.starts)
