"""Which documents are one source: the same words in files of other bytes, or again inside a pack.

Only the very same words count, page furniture and white space aside. A copy that differs in one
name or figure is another version, and both are kept: which of them is right is not ours to say.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.corpus import Source, is_copys_name
from indexer.describe.folder import UNHEARD, Voice
from indexer.manifest import Entry
from indexer.model import BlockKind, Document, ParsedDocument, Place
from indexer.packs import Paper

_OF_A_PAGE = re.compile(
    r"(?:page )?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?|agenda item(?: no\.?| number)?:? ?\d{1,3}[a-z]?|"
    r"(?:public )?(?:document|reports?|agenda) pack|this page is intentionally left blank",
    re.I,
)
_FEWEST_LETTERS = 40


@dataclass(frozen=True, slots=True)
class Copy:
    """One place where a text stands: a paper of a file, or the whole of it."""

    source: Source
    place: int
    pages: tuple[int, int]
    whole: bool
    words: str
    """The fingerprint of the text and its format: equal for what is one source."""
    characters: int = 0
    """How long the text is."""
    voice: Voice = UNHEARD
    """What the text says of bodies."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The copy that is indexed, and the others of the same words."""

    copy: Copy
    others: tuple[Copy, ...] = ()

    def named_in(self, document: Document) -> Document:
        """Return the document with every other place of its text."""
        whole = [other for other in self.others if other.whole and self.copy.whole]
        same = [file for other in whole for file in _files(other.source)]
        return replace(
            document,
            duplicates=tuple(sorted({*document.duplicates, *same})),
            also_in=tuple(
                Place(file, other.source.sha256, other.pages)
                for other in self.others
                for file in _files(other.source)
            ),
        )


def copies_in(source: Source, papers: Sequence[Paper], voices: Sequence[Voice]) -> list[Copy]:
    """Return the papers of one file, each with what it says of bodies, as places of their texts."""
    return [
        Copy(
            source,
            place,
            paper.pages,
            paper.whole,
            _fingerprint(paper.parsed, source),
            len(paper.parsed.text),
            voice,
        )
        for place, (paper, voice) in enumerate(zip(papers, voices, strict=True))
    ]


def standing(copies: Iterable[Copy]) -> list[Standing]:
    """Return one copy of each text, in the order of files and pages, with its others.

    Of several the one stands that the manifest names, else a whole file rather than a paper of a
    pack, else one whose name is not a copy's, else the first by name and page.
    """
    same: dict[str, list[Copy]] = {}
    for copy in copies:
        same.setdefault(copy.words, []).append(copy)
    chosen = [sorted(group, key=_preference) for group in same.values()]
    return sorted(
        (Standing(first, tuple(sorted(others, key=_order))) for first, *others in chosen),
        key=lambda each: _order(each.copy),
    )


def _preference(copy: Copy) -> tuple[bool, bool, bool, str, int]:
    file = copy.source.file
    unstated = copy.source.entry == Entry(file)
    return unstated, not copy.whole, is_copys_name(file), file, copy.place


def _order(copy: Copy) -> tuple[str, int]:
    return copy.source.file, copy.place


def _files(source: Source) -> tuple[str, ...]:
    return source.file, *source.duplicates


def _fingerprint(parsed: ParsedDocument, source: Source) -> str:
    """Return the hash of the document's own words.

    A text of a few words says too little to be known again: it is the same as its own bytes only.
    """
    total = hashlib.sha256(parsed.media_type.encode())
    letters = 0
    for block in parsed.blocks:
        text = block.span.of(parsed.text)
        if block.kind is BlockKind.FURNITURE or _OF_A_PAGE.fullmatch(text):
            continue
        words = "".join(text.split())
        letters += len(words)
        total.update(words.encode())
    if letters < _FEWEST_LETTERS:
        total.update(f"\0{source.sha256} {parsed.pages[0].number}".encode())
    return total.hexdigest()
