"""Documents in any number for the benchmark: real ones first, then recombinations of them.

Texts, vectors and tokens come from indexes that are there already. A recombined passage is made of
sentences of two real ones, its vector lies between theirs with a little noise, and its tokens are
the first one's: search costs what it costs on real text, and no text has to be embedded.
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


@dataclass(frozen=True, slots=True)
class Piece:
    """A real passage with what an index keeps of it."""

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


def documents(pieces: Sequence[Piece], passages: int) -> Iterator[DocumentRecord]:
    """Yield documents of twenty passages each, real ones as long as there are, then recombined.

    The body is one of two, the area one of fifty; one passage of them all is an action.
    """
    draw = np.random.default_rng(_SEED)
    for first in range(0, passages, PASSAGES_OF_A_DOCUMENT):
        last = min(first + PASSAGES_OF_A_DOCUMENT, passages)
        own = [
            pieces[n] if n < len(pieces) else _recombined(pieces, draw) for n in range(first, last)
        ]
        yield document(first // PASSAGES_OF_A_DOCUMENT, own)


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


def _recombined(pieces: Sequence[Piece], draw: np.random.Generator) -> Piece:
    one, other = (pieces[n] for n in draw.integers(0, len(pieces), 2))
    share = draw.uniform(0.55, 0.95)
    noise = draw.standard_normal(len(one.vector)) * (_NOISE / np.sqrt(len(one.vector)))
    vector = share * one.vector + (1 - share) * other.vector + noise
    head, tail = one.text.split(". "), other.text.split(". ")
    kept = [*head[: round(share * len(head)) or 1], *tail[round(share * len(tail)) :]]
    text = ". ".join(kept)
    return Piece(text, one.context, unit_length(vector.astype(np.float32)), one.tokens)
