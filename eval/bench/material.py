"""Documents in any number for the benchmarks: real ones first, then recombinations of them.

Texts, vectors and tokens come from indexes that are there already. A recombined passage is made of
sentences of two real ones, its vector lies between theirs with a little noise, and its tokens are
the first one's: search costs what it costs on real text, and no text has to be embedded. What a
recombination cannot give is new words: a real collection's vocabulary grows with it. Any document
can be made by itself, again and alike, so that a million passages need not be in memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexer.embed.protocol import Vectors
from indexer.embed.tokens import TokenCodes
from indexer.embed.vectors import unit_length
from indexer.model import (
    Block,
    BlockKind,
    Dating,
    Document,
    Kind,
    Page,
    ParsedDocument,
    Passage,
    Role,
    Span,
    Status,
)
from indexer.store.local import open_reader
from indexer.store.protocols import DocumentRecord

PASSAGES_OF_A_DOCUMENT = 20
QUESTIONS = 100
_NOISE = 0.3
_SEED = 20260101
_UNKNOWN = Dating(None, "unknown")
_SENTENCE = ". "


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage with what an index keeps of it."""

    text: str
    context: str
    vector: Vectors
    tokens: TokenCodes


@dataclass(frozen=True, slots=True)
class Question:
    """A real passage that is not indexed, as a question: its first words and its vector."""

    words: str
    vector: Vectors


def read_pieces(indexes: Sequence[Path]) -> tuple[list[Piece], list[Question]]:
    """Return the different passages of the indexes, shuffled, and questions held back from them."""
    pieces: dict[str, Piece] = {}
    for index in indexes:
        with closing(open_reader(index)) as reader:
            numbers = range(reader.count())
            rows = zip(
                reader.passages(numbers),
                reader.contexts(numbers),
                reader.vectors(list(numbers)),
                reader.tokens(numbers),
                strict=True,
            )
            for passage, context, vector, tokens in rows:
                pieces.setdefault(passage.text, Piece(passage.text, context, vector, tokens))
    shuffled = list(pieces.values())
    np.random.default_rng(_SEED).shuffle(shuffled)
    held = [Question(" ".join(p.text.split()[:10]), p.vector) for p in shuffled[:QUESTIONS]]
    return shuffled[QUESTIONS:], held


class Material:
    """So many passages as documents of twenty: real ones as long as there are, then recombined.

    The body is one of two, the area one of fifty; one passage of them all is an action.
    """

    def __init__(self, pieces: Sequence[Piece], passages: int) -> None:
        self._pieces = pieces
        self._sentences = [piece.text.split(_SENTENCE) for piece in pieces]
        self._vectors = np.stack([piece.vector for piece in pieces])
        self._passages = passages
        self.documents = -(-passages // PASSAGES_OF_A_DOCUMENT)

    def characters(self, number: int) -> int:
        """Return the length of a document's text."""
        texts = self._texts(number)
        return sum(map(len, texts)) + len(texts) - 1

    def record(self, number: int) -> DocumentRecord:
        """Return a document, the same whenever it is asked for."""
        ones, _, _ = self._drawn(number)
        own = [self._pieces[n] for n in ones]
        rows = zip(self._texts(number), own, self.vectors(number), strict=True)
        return document(
            number, [Piece(text, p.context, vector, p.tokens) for text, p, vector in rows]
        )

    def records(self) -> Iterator[DocumentRecord]:
        """Yield all documents in order."""
        return map(self.record, range(self.documents))

    def vectors(self, number: int) -> Vectors:
        """Return the vectors of a document's passages, shape (passages, dimensions)."""
        ones, others, shares = self._drawn(number)
        mixed = shares[:, None] * self._vectors[ones]
        mixed += (1 - shares[:, None]) * self._vectors[others]
        noise = np.random.default_rng((_SEED, number, 1)).standard_normal(mixed.shape)
        mixed += noise * (_NOISE / np.sqrt(mixed.shape[1])) * (shares < 1)[:, None]
        return unit_length(mixed.astype(np.float32))

    def _texts(self, number: int) -> list[str]:
        ones, others, shares = self._drawn(number)
        return [
            self._pieces[one].text if share == 1 else self._mixed(one, other, share)
            for one, other, share in zip(ones, others, shares.tolist(), strict=True)
        ]

    def _mixed(self, one: int, other: int, share: float) -> str:
        head, tail = self._sentences[one], self._sentences[other]
        kept = [*head[: round(share * len(head)) or 1], *tail[round(share * len(tail)) :]]
        return _SENTENCE.join(kept)

    def _drawn(self, number: int) -> tuple[list[int], list[int], Vectors]:
        """Return of which two pieces each passage is made, and the first one's share in it."""
        first = number * PASSAGES_OF_A_DOCUMENT
        places = np.arange(first, min(first + PASSAGES_OF_A_DOCUMENT, self._passages))
        draw = np.random.default_rng((_SEED, number))
        ones, others = draw.integers(0, len(self._pieces), (2, len(places)))
        shares = draw.uniform(0.55, 0.95, len(places)).astype(np.float32)
        real = places < len(self._pieces)
        ones, shares = np.where(real, places, ones), np.where(real, np.float32(1), shares)
        return ones.tolist(), others.tolist(), shares


def document(number: int, pieces: Sequence[Piece], version: str = "") -> DocumentRecord:
    """Return one document of these passages; ``version`` sets it apart from others of its name."""
    name = f"d{number:07}{version}"
    spans, at = [], 0
    for piece in pieces:
        spans.append(Span(at, at + len(piece.text)))
        at += len(piece.text) + 1
    text = "\n".join(piece.text for piece in pieces)
    return DocumentRecord(
        document=_described(number, name),
        parsed=ParsedDocument(
            text=text,
            pages=(Page(1, Span(0, len(text))),),
            blocks=tuple(Block(BlockKind.PARAGRAPH, span) for span in spans),
            media_type="text/plain",
        ),
        passages=[
            Passage(
                id=f"{name}-{span.start}-{span.end}",
                document_id=name,
                text=piece.text,
                span=span,
                role=Role.ACTION if number == place == 0 else Role.TEXT,
                section=(),
                pages=(1, 1),
                units=(span,),
            )
            for place, (piece, span) in enumerate(zip(pieces, spans, strict=True))
        ],
        contexts=[piece.context for piece in pieces],
        vectors=np.stack([piece.vector for piece in pieces]),
        tokens=[piece.tokens for piece in pieces],
    )


def _described(number: int, name: str) -> Document:
    return Document(
        id=name,
        title=f"Minutes {number}",
        body=f"Council {number % 2}",
        committee=None,
        area=f"Area {number % 50:02}.",
        kind=Kind.MINUTES,
        status=Status.UNKNOWN,
        date=Dating(f"{2000 + number % 25}", "stated"),
        published=_UNKNOWN,
        file=f"{name}.txt",
        media_type="text/plain",
        pages=1,
        source_url=None,
        sha256=name,
    )
