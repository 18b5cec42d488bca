"""Which version of the reading code made something: a fingerprint of the code itself.

A number that somebody must remember to raise would sooner or later be forgotten, and an index or a
cache would go on serving what the older code had read.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_ROOM = Path(__file__).parent
_PARSING = ("parse", "normalise.py", "model.py", "number_words.py")
_MEANING = (
    "packs",
    "segment",
    "describe",
    "acronyms.py",
    "bodies.py",
    "calendar_words.py",
    "context.py",
    "dates.py",
    "normal_forms.py",
    "repeats.py",
)
_EMBEDDING = ("embed/passages.py", "embed/tokens.py", "stopwords.py")


@cache
def parsing_code() -> str:
    """Return the fingerprint of what turns a file into a parsed document."""
    return _fingerprint(_PARSING)


@cache
def reading_code() -> str:
    """Return the fingerprint of all that turns a file into what a build holds of it."""
    return _fingerprint(_PARSING + _MEANING + _EMBEDDING)


@cache
def embedding_code() -> str:
    """Return the fingerprint of what is kept of a text that the model has read."""
    return _fingerprint(_EMBEDDING)


def _fingerprint(parts: tuple[str, ...]) -> str:
    total = hashlib.sha256()
    for part in parts:
        place = _ROOM / part
        files = sorted(place.glob("*.py")) if place.is_dir() else [place]
        for file in files:
            total.update(f"\n{file.name}\n".encode())
            total.update(file.read_bytes())
    return total.hexdigest()[:16]
