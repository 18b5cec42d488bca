"""Which title that a file states of itself can be believed."""

from __future__ import annotations

import re

_OFFICE = (".doc", ".docx", ".odt", ".odp", ".ppt", ".pptx", ".rtf", ".xls", ".xlsx", ".pdf")
_EMPTY = frozenset(
    {
        "untitled",
        "title",
        "slide 1",
        "document1",
        "presentation1",
        "powerpoint presentation",
        "no slide title",
        "word document",
    }
)
_HEAD, _SHORTEST = 3000, 8


def sensible_title(title: object) -> str | None:
    """Leave out a title that a program gave: a file's name or nothing."""
    text = str(title).strip() if title else ""
    text = text.removeprefix("Microsoft Word - ").removeprefix("Microsoft PowerPoint - ")
    if text.lower().endswith(_OFFICE) or len(text) < 4 or text.lower() in _EMPTY:
        return None
    return text


def borne_out(title: object, text: str) -> str | None:
    """Return the title if the beginning of ``text`` says all of its words.

    A document keeps the title of the template, or of the earlier one, that it was made from.
    """
    sensible = sensible_title(title)
    if sensible is None or len(sensible) < _SHORTEST:
        return None
    words = set(re.findall(r"\w{4,}", sensible.lower()))
    said = set(re.findall(r"\w{4,}", text[:_HEAD].lower()))
    return sensible if words and words <= said else None
