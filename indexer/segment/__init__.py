"""From a parsed document to passages: furniture out, sections, roles, units, passages."""

from __future__ import annotations

from indexer.model import Kind, ParsedDocument, Passage
from indexer.segment.passages import TokenCounter, pack
from indexer.segment.structure import units_of


def segment(
    document_id: str,
    parsed: ParsedDocument,
    kind: Kind,
    count_tokens: TokenCounter,
    budget: int,
) -> list[Passage]:
    """Return the passages of a document in reading order; they do not overlap.

    No passage has more than ``budget`` tokens as ``count_tokens`` counts them.
    """
    return pack(document_id, parsed, units_of(parsed, kind), count_tokens, budget)
