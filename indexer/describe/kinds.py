"""What sort of document it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.describe.head import Head, name_words
from indexer.model import Block, BlockKind, Kind, ParsedDocument
from indexer.segment.sentences import lacks_full_stops

_LABEL = re.compile(r"\s*minutes:?\s*", re.IGNORECASE)
_AGENDA_LABEL = re.compile(r"\W*a ?g ?e ?n ?d ?a\W*", re.IGNORECASE)
_TOP, _MOST_PAGES = 15, 6
_NO_KIND = re.compile(r"\bblog\b|\bterms of reference\b|\btor\b", re.IGNORECASE)
_RECORD_NAME = re.compile(r"\b(?:minutes|agenda|pack)\b", re.IGNORECASE)
_TERMS = re.compile(
    r"^\W*(?:(?:draft|revised|updated) )*terms of reference\b", re.IGNORECASE | re.MULTILINE
)
"""What has no kind of its own, though the words of another stand in it: “Draft TOR, updated”."""
_KIND_WORDS = (
    (Kind.PACK, r"\b(?:reports? pack|agenda pack|document pack|public pack)\b"),
    (Kind.MINUTES, r"\bminutes\b|\bminutes? ?[-–&] ?actions?\b"),
    (Kind.SLIDES, r"\b(?:slides?|presentation)\b"),
    (Kind.AGENDA, r"\bagenda\b(?! items?\b)"),
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
    found_kind = _by_words(name_words(file), _ABOUT_MINUTES.sub(" ", first[:400]))
    return found_kind or _by_label(parsed, head)


def _by_words(name: str, first: str) -> tuple[Kind, str] | None:
    found = _NO_KIND.search(name) or _TERMS.search(first)
    if found and not _RECORD_NAME.search(name):
        return Kind.OTHER, f"it says “{found[0].strip()}”"
    for words, where in ((name, "the file's name"), (first, "the first lines")):
        for kind, pattern in _KIND_WORDS:
            if found := re.search(pattern, words, re.IGNORECASE):
                return kind, f"{where} has the word “{found[0]}”"
    return None


def _by_label(parsed: ParsedDocument, head: Head) -> tuple[Kind, str]:
    if _has_agenda_label(parsed, head):
        return Kind.AGENDA, "a heading says “agenda”"
    return Kind.OTHER, "nothing says what it is"


def _has_agenda_label(parsed: ParsedDocument, head: Head) -> bool:
    """Say whether “Agenda” stands over the first page of a short document: a deck has a slide."""
    on_first = parsed.pages[0].span.end
    return len(parsed.pages) <= _MOST_PAGES and any(
        block.span.start < on_first and _AGENDA_LABEL.fullmatch(block.span.of(parsed.text))
        for block in head.own[:_TOP]
    )


def _looks_like_slides(text: str, blocks: Sequence[Block]) -> bool:
    """Say whether most of the text is paragraphs without sentences' ends: a deck, transcribed."""
    phrases = [
        block.span.end - block.span.start
        for block in blocks
        if block.kind is BlockKind.PARAGRAPH and lacks_full_stops(text, block.span)
    ]
    total = sum(block.span.end - block.span.start for block in blocks)
    return len(phrases) >= 3 and sum(phrases) > 0.6 * total
