"""Small documents with passages and vectors, written in a line."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from indexer.embed.protocol import Vectors
from indexer.embed.tokens import TokenCodes
from indexer.model import (
    Acronym,
    Block,
    BlockKind,
    BuildInfo,
    Dating,
    Document,
    Kind,
    ModelIdentity,
    Page,
    ParsedDocument,
    Passage,
    Role,
    SkippedFile,
    Span,
    Status,
    Successor,
)
from indexer.store.protocols import DocumentRecord
from indexer.store.vectors import as_kept

DIMENSIONS = 8


def plan(build_id: str = "build-1", dimensions: int = DIMENSIONS) -> BuildInfo:
    return BuildInfo(
        id=build_id,
        format=0,
        model=ModelIdentity("a-model", "f00d", dimensions, 256, "openvino", "f32"),
        settings={"passage_tokens": 176, "parser": "1"},
        corpus_sha256="c0ffee",
        documents=0,
        passages=0,
        skipped=(SkippedFile("bad — file.pdf", "it is encrypted", "Give its password."),),
    )


def unit(seed: object, dimensions: int = DIMENSIONS) -> Vectors:
    """Return a vector of length 1 that depends on ``seed`` alone, as precise as stores keep it."""
    number = int.from_bytes(hashlib.sha256(repr(seed).encode()).digest()[:8])
    vector = np.random.default_rng(number).standard_normal(dimensions)
    return as_kept(np.asarray(vector / np.linalg.norm(vector), np.float32))


def token_codes(seed: object, count: int, dimensions: int = DIMENSIONS) -> TokenCodes:
    """Return ``count`` tokens that depend on ``seed`` alone, the first of them in the context."""
    drawn = [unit((seed, place), dimensions) for place in range(count)]
    states = np.stack(drawn) if drawn else np.zeros((0, dimensions), np.float32)
    return TokenCodes(np.packbits(states > 0, axis=1), np.arange(-1, count - 1, dtype=np.int32))


def document(
    name: str,
    *,
    body: str | None = "Leicester City Council",
    committee: str | None = "Health and Wellbeing Scrutiny Commission",
    area: str | None = "Leicester",
    kind: Kind = Kind.MINUTES,
    date: str | None = "2016-03-07",
    pages: int = 1,
    body_names: tuple[str, ...] = (),
    successors: tuple[Successor, ...] = (),
) -> Document:
    return Document(
        id=f"id-{name}",
        title=f"Minutes {name}",
        body=body,
        committee=committee,
        area=area,
        kind=kind,
        status=Status.APPROVED,
        date=Dating(date, "stated" if date else "unknown"),
        published=Dating("2016-04", "inferred"),
        file=f"{name}.pdf",
        media_type="application/pdf",
        pages=pages,
        source_url=f"https://example.org/{name}",
        sha256=hashlib.sha256(name.encode()).hexdigest(),
        duplicates=(f"copy of {name}.pdf",),
        warnings=("page 2 has no text",),
        inferred=("kind",),
        body_names=body_names,
        successors=successors,
    )


def record(
    of: Document,
    texts: Sequence[str],
    *,
    roles: Sequence[Role] = (),
    contexts: Sequence[str] = (),
) -> DocumentRecord:
    """Return a document on one page whose passages are ``texts``, a line each."""
    passages, start = [], 0
    for number, text in enumerate(texts):
        span = Span(start, start + len(text))
        passages.append(
            Passage(
                id=f"{of.id}-{number}",
                document_id=of.id,
                text=text,
                span=span,
                role=roles[number % len(roles)] if roles else Role.TEXT,
                section=("Item 1", "Detail"),
                pages=(1, 1),
                units=(span,),
            )
        )
        start = span.end + 1
    whole = "\n".join(texts)
    vectors = [unit((of.id, number)) for number in range(len(texts))]
    return DocumentRecord(
        document=of,
        parsed=ParsedDocument(
            text=whole,
            pages=(Page(1, Span(0, len(whole)), "i"),),
            blocks=tuple(Block(BlockKind.PARAGRAPH, passage.span) for passage in passages),
            media_type=of.media_type,
        ),
        passages=passages,
        contexts=list(contexts) or [of.title] * len(texts),
        vectors=np.stack(vectors) if vectors else np.zeros((0, DIMENSIONS), np.float32),
        tokens=[token_codes((of.id, number), number + 2) for number in range(len(texts))],
        acronyms=[Acronym("CCG", "Clinical Commissioning Group", of.id, of.body)],
    )


def council() -> list[DocumentRecord]:
    """Return four documents of different bodies, kinds, dates and roles."""
    return [
        record(
            document("a-scrutiny"),
            [
                "Members asked about waiting times at the walk-in centre.",
                "Officers replied that waiting times had fallen.",
                "RESOLVED: that the report be noted.",
            ],
            roles=[Role.COMMENT, Role.RESPONSE, Role.RESOLUTION],
        ),
        record(
            document(
                "b-board",
                body="NHS Leicester City CCG",
                committee="Governing Body",
                kind=Kind.SLIDES,
                date="2018",
            ),
            ["Waiting lists by specialty.", "The walk-in centre will move in spring."],
            roles=[Role.SLIDE],
        ),
        record(
            document("c-undated", body=None, committee=None, area=None, date=None),
            ["A note on ambulance handovers."],
        ),
        record(
            document("d-plan", body="Rutland County Council", area="Rutland", date="2019-06/2020"),
            ["Better Care Fund.", "Ambulance response times were discussed at length."],
            roles=[Role.REPORT, Role.COMMENT],
        ),
    ]
