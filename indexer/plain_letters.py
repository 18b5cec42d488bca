"""Letters without their accents, so that “Pleanala” finds “Pleanála” and “Ynys Mon” “Ynys Môn”.

Who asks often has no accents at hand, and what was scanned has lost some: one record may write a
name both ways.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_RANGES = ((0x00C0, 0x0250), (0x1E00, 0x1F00))
"""Latin letters with marks: Latin-1, Latin Extended-A and -B, Latin Extended Additional."""
_STROKES = {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ħ": "h", "Ħ": "H"}
"""Letters whose mark Unicode does not take apart."""


def _marked() -> Iterator[tuple[str, str]]:
    for first, last in _RANGES:
        for letter in map(chr, range(first, last)):
            apart = unicodedata.normalize("NFKD", letter)
            plain, marks = apart[0], apart[1:]
            if plain.isascii() and marks and all(map(unicodedata.combining, marks)):
                yield letter, plain


_PLAIN = str.maketrans({**dict(_marked()), **_STROKES})


def plain_letters(text: str) -> str:
    """Return a text of the same length with accents left out; “æ” and “ß” stay as they are."""
    return text if text.isascii() else text.translate(_PLAIN)
