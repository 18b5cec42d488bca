"""Where sentences begin: a bullet stays outside, a minus does not."""

from __future__ import annotations

import pytest

from indexer.model import Span
from indexer.segment.sentences import sentences


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("- Nurses were hired.", "Nurses were hired."),
        ("– Nurses were hired.", "Nurses were hired."),
        ("- 757.6 was the balance.", "- 757.6 was the balance."),
        ("– £5m was owed.", "– £5m was owed."),
        ("-757.6 was the balance.", "-757.6 was the balance."),
        ("• 24 beds were closed.", "24 beds were closed."),
    ],
)
def test_a_minus_is_no_bullet(text: str, quoted: str) -> None:
    assert [part.of(text) for part in sentences(text, Span(0, len(text)))] == [quoted]
