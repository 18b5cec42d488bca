"""Table rows that hold running text: read by sentences, each under what the row is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from indexer.model import Span
from indexer.segment.sentences import sentences, trimmed

LONGEST_ROW = 600
"""The most characters of a row that is one thing to be found and quoted."""
_LONGEST_LABEL = 200


def parts_of(text: str, cells: Sequence[Span]) -> Iterator[tuple[Span, Span | None, bool]]:
    """Yield the parts of a row: each with its label, and whether a cell begins with it.

    A short first cell is the label of all that follows; the first part is given together with it,
    and has no other.
    """
    filled = [cell for cell in (trimmed(text, each) for each in cells) if cell.end > cell.start]
    has_label = len(filled) > 1 and filled[0].end - filled[0].start <= _LONGEST_LABEL
    label = filled[0] if has_label else None
    for number, cell in enumerate(filled[1:] if label else filled):
        for place, part in enumerate(sentences(text, cell)):
            if label and number == place == 0:
                yield Span(label.start, part.end), None, True
            else:
                yield part, label, place == 0
