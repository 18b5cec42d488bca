"""Where sentences begin: a bullet stays outside, a minus does not."""

from __future__ import annotations

import pytest

from indexer.model import Span
from indexer.segment.sentences import clauses, sentences


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


@pytest.mark.parametrize(
    "lines",
    [
        ["The money context", "We currently spend much on services"],
        [
            "Move day case services from Mount Road to the Ashby Health Centre",
            "Reduce costs by half",
        ],
        ["Contracts aligned by end December", "Anticipate approval in early 2017"],
        [
            "Move the ward to Hill House",
            "Smaller overall reduction in beds",
            "But more visits at home",
        ],
        ["Our three aims are:", "Better care for all", "Better health at home"],
        [
            "Elective care in the right setting (including Alliance and primary delivery)",
            "Estate use",
        ],
        ["From this we have the priorities:", "1. Urgent care", "2. Integrated teams"],
    ],
)
def test_the_lines_of_a_slide_are_found_again_and_names_stay_whole(lines: list[str]) -> None:
    slide = " ".join(lines)
    assert [part.of(slide) for part in clauses(slide, Span(0, len(slide)))] == lines
