"""The rows of a table that was read line by line: a label, and the figures on the lines after it.

A table without ruled lines comes out of a PDF as "Drug Offences", "634 686", "Weapons Offences",
"184 140": neither line says anything by itself. So does a vote: "Against (6)", and the names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.model import Span

_MOST_WORDS, _LONGEST = 10, 240
"""The words of a label or a line of figures, and the characters of a row, at most."""
_MONTH = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|\d+(?:st|nd|rd|th)", re.IGNORECASE
)
_COUNTED_LABEL = re.compile(r"[A-Z][\w’' ]{1,30} \(\d{1,4}\)")
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]{2,}")
_HEADS = re.compile(r"(?:(?:19|20)\d\d(?:[-/–]\d\d(?:\d\d)?)?|Q[1-4]|[A-Z][a-z]{2}-\d\d)(?:\s+|$)")


@dataclass(frozen=True, slots=True)
class Row:
    """A label with what stands on the lines after it, and the line of years over it, if any."""

    span: Span
    heads: Span | None


def rows_in(text: str, units: Sequence[Span]) -> Iterator[Row]:
    """Yield the rows that the units of a passage make, in order."""
    heads: Span | None = None
    label: Span | None = None
    row: Span | None = None
    for unit in [*units, Span(len(text), len(text))]:
        words = unit.of(text)
        if label is not None and _continues(text, label, row, unit):
            row = Span(label.start, unit.end)
            continue
        if row is not None:
            yield Row(row, heads)
        if is_heads(words):
            heads, label, row = unit, None, None
        else:
            label, row = (unit, None) if _is_label(words) else (None, None)


def _continues(text: str, label: Span, row: Span | None, unit: Span) -> bool:
    if unit.end - label.start > _LONGEST or text[label.end : unit.start].strip():
        return row is not None and unit.end - label.start <= _LONGEST and _holds(unit.of(text))
    if _COUNTED_LABEL.fullmatch(label.of(text)):
        return row is None and not unit.of(text).endswith(".")
    return _holds(unit.of(text))


def _is_label(words: str) -> bool:
    short = len(words.split()) <= _MOST_WORDS and "|" not in words
    return short and not words.endswith((".", ":", ";", "?", ",")) and not _holds(words)


def _holds(words: str) -> bool:
    """Say whether a line holds figures or dates, with hardly a word beside them."""
    if not any(letter.isdigit() for letter in words) or "|" in words:
        return False
    if _COUNTED_LABEL.fullmatch(words) or len(words.split()) > _MOST_WORDS:
        return False
    named = [word for word in _WORD.findall(words) if not _MONTH.fullmatch(word)]
    return len(named) <= 1 and not words.endswith(".")


def is_heads(words: str) -> bool:
    """Say whether a line is only the years or quarters that stand over columns."""
    return len(words.split()) > 1 and _HEADS.sub("", words).strip() == ""
