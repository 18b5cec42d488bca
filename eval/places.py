"""Where a quotation stands in a document, whatever the parser made of spaces and hyphens.

Gold quotes come from the source by eye, and a PDF's line breaks, hyphens and cell borders fall
differently for each reader. So letters, digits and a few signs are compared and nothing else; the
places that come back are exact offsets of the document's own text.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from indexer.model import Span

_KEPT_SIGNS = frozenset("£$€%&+")


@dataclass(frozen=True, slots=True)
class Squashed:
    """A text's letters, digits and money signs, each with its offset in the text."""

    letters: str
    offsets: tuple[int, ...]


def squash(text: str) -> Squashed:
    """Return the characters that count when quotations are compared."""
    letters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(text):
        for letter in unicodedata.normalize("NFKC", character).casefold():
            if letter.isalnum() or letter in _KEPT_SIGNS:
                letters.append(letter)
                offsets.append(offset)
    return Squashed("".join(letters), tuple(offsets))


def places(quote: str, text: Squashed) -> list[Span]:
    """Return every place where ``quote`` stands in the text, in order."""
    wanted = squash(quote).letters
    found: list[Span] = []
    at = text.letters.find(wanted) if wanted else -1
    while at >= 0:
        found.append(Span(text.offsets[at], text.offsets[at + len(wanted) - 1] + 1))
        at = text.letters.find(wanted, at + 1)
    return found


def shared(one: Span, other: Span) -> int:
    """Return how many characters two spans have in common."""
    return max(0, min(one.end, other.end) - max(one.start, other.start))
