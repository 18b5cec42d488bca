"""A collection's index: the same segmenter, embedder and store as the documents have.

A build stopped half-way goes on where it was: vectors are kept as they are made.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import numpy as np

from eval.beir.dataset import BeirDocument, Collection
from indexer.build import Settings
from indexer.cache import Cache, Embedded
from indexer.code import reading_code
from indexer.context import context_of, embedded_text
from indexer.embed.passages import read_passages
from indexer.embed.protocol import Embedder
from indexer.embed.tokens import no_codes
from indexer.errors import IndexNotReadyError, UsageError
from indexer.model import (
    Block,
    BlockKind,
    BuildInfo,
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
from indexer.normalise import normalise_block
from indexer.plan import planned_build, sole_builder, vectors_key
from indexer.progress import Progress
from indexer.segment import segment
from indexer.store.format import read_current
from indexer.store.local import LocalWriter
from indexer.store.protocols import DocumentRecord

MARKERS = 2
"""Word pieces that the model adds of its own: one before and one after the text."""
_TOGETHER = 128
"""Passages, at the least, embedded in one call: a single short text keeps one core busy and no
other. What was embedded is kept after each call."""
_PIECE = re.compile(r"\S+\s*")
_MARK = "collection"


@dataclass(frozen=True, slots=True)
class Shape:
    """How documents become passages and vectors.

    ``whole``: a document is one passage, whose vector is that of its first window, as the published
    figures have it. ``vectors``: without them only words can be searched, and nothing is embedded.
    """

    whole: bool = False
    vectors: bool = True


@dataclass(frozen=True, slots=True)
class _Prepared:
    document: Document
    parsed: ParsedDocument
    passages: list[Passage]
    contexts: list[str]
    texts: list[str]


def build(
    collection: Collection, index: Path, shape: Shape, embedder: Embedder, progress: Progress
) -> BuildInfo:
    """Index the collection into ``index``, or find that it is there already."""
    with sole_builder(index):
        planned = _plan(collection, shape, embedder)
        current = _current(index)
        # A build with vectors has the same words as one without.
        enough = {planned.id, _plan(collection, Shape(shape.whole), embedder).id}
        if current is not None and current.id in enough:
            return current
        with closing(Cache(index / "cache.sqlite")) as cache:
            return _fill(collection, index, shape, planned, (embedder, cache, progress))


def _fill(
    collection: Collection,
    index: Path,
    shape: Shape,
    planned: BuildInfo,
    tools: tuple[Embedder, Cache, Progress],
) -> BuildInfo:
    embedder, cache, progress = tools
    writer = LocalWriter(index, planned)
    try:
        with progress.task("Indexing", len(collection.documents), "documents") as task:
            for group in _groups(collection.documents, shape, embedder):
                vectors = _embedded(group, shape, embedder, cache)
                for one, (own, tokens) in zip(group, vectors, strict=True):
                    writer.add(
                        DocumentRecord(
                            one.document, one.parsed, one.passages, one.contexts, own, tokens
                        )
                    )
                task.advance(len(group))
        return writer.publish(planned)
    except BaseException:
        writer.discard()
        raise


def parse(document: BeirDocument) -> ParsedDocument:
    """Return the title as a heading and each line of the text as a paragraph."""
    blocks, at, lines = [], 0, _lines(document)
    for number, line in enumerate(lines):
        heading = number == 0 and bool(normalise_block(document.title))
        kind = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
        blocks.append(Block(kind, Span(at, at + len(line))))
        at += len(line) + 1
    text = "\n".join(lines)
    return ParsedDocument(text, (Page(1, Span(0, len(text))),), tuple(blocks), "text/plain")


def first_window(text: str, embedder: Embedder) -> str:
    """Return as many words from the text's beginning as the model reads, itself where it fits."""
    limit = embedder.identity.max_tokens - MARKERS
    words = [match.group() for match in islice(_PIECE.finditer(text), limit)]
    total, kept = 0, 0
    for count in embedder.count_tokens([word.strip() for word in words]):
        total += count
        if total > limit:
            break
        kept += 1
    window = "".join(words[:kept]).rstrip()
    # Words are counted one by one; a model that joins them may count the whole otherwise.
    while kept > 1 and embedder.count_tokens([window])[0] > limit:
        kept -= 1
        window = "".join(words[:kept]).rstrip()
    return window


def _groups(
    documents: Sequence[BeirDocument], shape: Shape, embedder: Embedder
) -> Iterator[list[_Prepared]]:
    """Prepare the documents that have words, in groups large enough to embed at once."""
    group: list[_Prepared] = []
    for document in documents:
        if _lines(document):
            group.append(_prepare(document, shape, embedder))
        if sum(len(one.passages) for one in group) >= _TOGETHER:
            yield group
            group = []
    if group:
        yield group


def _lines(document: BeirDocument) -> list[str]:
    lines = [document.title, *document.text.splitlines()]
    return [line for line in map(normalise_block, lines) if line]


def _prepare(source: BeirDocument, shape: Shape, embedder: Embedder) -> _Prepared:
    parsed = parse(source)
    document = _described(source, parsed)
    # So that a search can be limited to one document; it is no part of what is embedded.
    marked = replace(document, body=body_of(document.id))
    if shape.whole:
        passages, contexts = [_whole(document.id, parsed)], [""]
        texts = [first_window(parsed.text, embedder)] if shape.vectors else [""]
        return _Prepared(marked, parsed, passages, contexts, texts)
    limit = embedder.identity.max_tokens - MARKERS
    budget = min(Settings().passage_tokens, limit)
    passages = segment(document.id, parsed, document.kind, embedder.count_tokens, budget)
    contexts = [context_of(document, parsed, passage) for passage in passages]
    texts = [""] * len(passages)
    if shape.vectors:
        texts = embedded_text(contexts, passages, embedder.count_tokens, limit)
    return _Prepared(marked, parsed, passages, contexts, texts)


def body_of(document_id: str) -> str:
    """Return the name by which a filter finds one document: a part of no other's."""
    return f"<{document_id}>"


def _whole(document_id: str, parsed: ParsedDocument) -> Passage:
    span = Span(0, len(parsed.text))
    return Passage(
        id=f"{document_id}-{span.start}-{span.end}",
        document_id=document_id,
        text=parsed.text,
        span=span,
        role=Role.TEXT,
        section=(),
        pages=(1, 1),
    )


def _embedded(
    prepared: Sequence[_Prepared], shape: Shape, embedder: Embedder, cache: Cache
) -> list[Embedded]:
    """Return each document's vectors and tokens, recalled or made; all made in one call."""
    if not shape.vectors:
        return [_placeholders(len(one.passages), embedder) for one in prepared]
    keys = [vectors_key(embedder.identity, one.texts) for one in prepared]
    recalled = [cache.embedded(key) for key in keys]
    fresh = [n for n, each in enumerate(recalled) if each is None]
    vectors, tokens = read_passages(
        embedder,
        [text for n in fresh for text in prepared[n].texts],
        [passage for n in fresh for passage in prepared[n].passages],
    )
    start = 0
    for n in fresh:
        end = start + len(prepared[n].texts)
        recalled[n] = vectors[start:end], tokens[start:end]
        cache.keep_embedded(keys[n], vectors[start:end], tokens[start:end])
        start = end
    return [each for each in recalled if each is not None]


def _placeholders(count: int, embedder: Embedder) -> Embedded:
    """Return vectors that say nothing, the store wants one for each passage, and no tokens."""
    vectors = np.zeros((count, embedder.identity.dimensions), np.float32)
    vectors[:, 0] = 1
    return vectors, [no_codes(embedder.identity.dimensions)] * count


def _described(source: BeirDocument, parsed: ParsedDocument) -> Document:
    unknown = Dating(None, "unknown")
    return Document(
        id=source.id,
        title=normalise_block(source.title),
        body=None,
        committee=None,
        area=None,
        kind=Kind.OTHER,
        status=Status.UNKNOWN,
        date=unknown,
        published=unknown,
        file=source.id,
        media_type=parsed.media_type,
        pages=1,
        source_url=None,
        sha256=hashlib.sha256(parsed.text.encode()).hexdigest(),
    )


def _plan(collection: Collection, shape: Shape, embedder: Embedder) -> BuildInfo:
    decided: dict[str, str | int] = {
        _MARK: collection.name,
        "passages": "whole" if shape.whole else "segmented",
        "vectors": "model" if shape.vectors else "none",
        "passage_tokens": Settings().passage_tokens,
        "reading_code": reading_code(),
    }
    return planned_build(embedder.identity, decided, collection.sha256)


def _current(index: Path) -> BuildInfo | None:
    """Return the build that is there. Refuses to write over an index of documents."""
    try:
        info = read_current(index)
    except IndexNotReadyError:
        return None
    if _MARK not in info.settings:
        raise UsageError(
            f"{index} holds an index of documents and not of a test collection.",
            "Choose another folder with --index.",
        )
    return info
