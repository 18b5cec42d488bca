"""A pattern that is only looked for where a word that it needs is there: most text has none."""

from __future__ import annotations

import re


class Cue:
    """A pattern, without regard to case, and signs of which each text that it fits has one."""

    __slots__ = ("_pattern", "_signs")

    def __init__(self, signs: tuple[str, ...], pattern: str) -> None:
        """``signs`` are pieces of text in small letters."""
        self._signs = signs
        self._pattern = re.compile(pattern, re.IGNORECASE)

    def search(self, text: str) -> re.Match[str] | None:
        """Return where the pattern first fits in ``text``."""
        folded = text.casefold()
        for sign in self._signs:
            if sign in folded:
                return self._pattern.search(text)
        return None
