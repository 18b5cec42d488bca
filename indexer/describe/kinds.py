"""What sort of document it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.describe.head import Head, name_words
from indexer.model import Block, BlockKind, Kind, ParsedDocument
from indexer.segment.sentences import lacks_full_stops

_LABEL = re.compile(r"\s*minutes:?\s*", re.IGNORECASE)
_KIND_WORDS = (
    (Kind.PACK, r"\b(?:reports? pack|agenda pack|document pack|public pack)\b"),
    (Kind.MINUTES, r"\bminutes\b"),
    (Kind.SLIDES, r"\b(?:slides?|presentation)\b"),
    (Kind.AGENDA, r"\bagenda\b"),
    (Kind.LETTER, r"\bletter\b"),
    (Kind.PLAN, r"\b(?:plan|strategy)\b"),
    (Kind.REPORT, r"\b(?:report|update|review|statement|paper|appendix|annex)\b"),
)
_RECORD = re.compile(
    r"^\W*(?:(?:draft|unconfirmed|approved) )?minutes\s+of\s+(?!previous|last)\w+"
    r"|^\W*an? (?:\w+ ){0,3}meeting of [^.\n]{3,160}? was held",
    re.IGNORECASE | re.MULTILINE,
)
_ABOUT_MINUTES = re.compile(
    r"\b(?:circulate|approve|agree|confirm|receive|note|sign)\w* (?:the )?(?:\w+ )?minutes\b",
    re.IGNORECASE,
)


def kind_of(file: str, parsed: ParsedDocument, head: Head) -> tuple[Kind, str]:
    """Return the kind and, in a short phrase, how it is known."""
    if any(_LABEL.fullmatch(block.span.of(parsed.text)) for block in parsed.blocks):
        return Kind.MINUTES, "a heading says “minutes”"
    first = "\n".join(block.span.of(parsed.text) for block in head.own[:6])[:600]
    if found := _RECORD.search(first):
        return Kind.MINUTES, f"a first line says “{' '.join(found[0].split())}”"
    if "presentation" in parsed.media_type or "powerpoint" in parsed.media_type:
        return Kind.SLIDES, "the file is a presentation"
    if _looks_like_slides(parsed.text, head.own):
        return Kind.SLIDES, "most of the text is phrases without full stops"
    first = _ABOUT_MINUTES.sub(" ", first[:400])
    for words, where in ((name_words(file), "the file's name"), (first, "the first lines")):
        for kind, pattern in _KIND_WORDS:
            if found := re.search(pattern, words, re.IGNORECASE):
                return kind, f"{where} has the word “{found[0]}”"
    return Kind.OTHER, "nothing says what it is"


def _looks_like_slides(text: str, blocks: Sequence[Block]) -> bool:
    """Say whether most of the text is paragraphs without sentences' ends: a deck, transcribed."""
    phrases = [
        block.span.end - block.span.start
        for block in blocks
        if block.kind is BlockKind.PARAGRAPH and lacks_full_stops(text, block.span)
    ]
    total = sum(block.span.end - block.span.start for block in blocks)
    return len(phrases) >= 3 and sum(phrases) > 0.6 * total
