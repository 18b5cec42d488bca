"""What a figure looks like that fills a table's cell: its sign, its currency, its unit."""

from __future__ import annotations

import re
from functools import lru_cache

SIGNS = "-‐‑‒–—−﹣－+"
"""Hyphens, dashes and the minus sign: accountants write any of them before what is owed."""
CURRENCIES = "£€$"
NIL = frozenset({"-", "–", "—", "−", "n/a", "N/A", "nil", "Nil"})
"""What stands in a cell instead of an amount."""
_LONGEST_FIGURE = 40
_FIGURE = re.compile(
    rf"[{SIGNS}(]*\s?[{CURRENCIES}]?\s?[{SIGNS}(]*\s?[\d,]*\.?\d+\s?(?:%|m|k|bn)?\s?[)*%]*"
)
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?\d{2,4})?")


@lru_cache(maxsize=1 << 15)
def is_figure(text: str) -> bool:
    """Say whether a cell holds an amount and not a year, a name or nothing."""
    if not any(map(str.isdigit, text)) or len(text) > _LONGEST_FIGURE:
        return False
    return bool(_FIGURE.fullmatch(text.strip())) and not _YEAR.fullmatch(text.strip())


def is_amount(text: str) -> bool:
    """Say whether a word is a bare figure with a point or a comma: hardly part of a sentence."""
    if not ("." in text or "," in text):
        return False
    return is_figure(text) and not text[-1].isalpha()
