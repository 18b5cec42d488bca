"""What counts the items of a list, and what only looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.model import BlockKind
from indexer.parse.markers import read_marker
from indexer.parse.pdf import parse_pdf
from tests.indexer.parse.builders import canvas


@pytest.mark.parametrize("text", ["II. Sharing", "IV. Culture", "(I) One", "V) Five", "iii. three"])
def test_roman_numerals_count(text: str) -> None:
    marker = read_marker(text)
    assert marker is not None
    assert marker.family.lower() == "roman"


@pytest.mark.parametrize(
    "text", ["I. Smith asked", "V. Good", "X. Jones", "IT. Services", "VI Form"]
)
def test_initials_do_not(text: str) -> None:
    assert read_marker(text) is None


def test_roman_items_are_not_read_as_one_line(tmp_path: Path) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    drawing.setFont("Helvetica", 11)
    drawing.drawString(60, 760, "The subjects to which the panel is expected to turn will include:")
    items = ("I. Quality of local data for people in all parts of the district as it stands",
             "II. Sharing between agencies", "III. Barriers within the legal framework",
             "IV. Culture change")  # fmt: skip
    for number, text in enumerate(items):
        drawing.drawString(96, 732 - 14 * number, text)
    drawing.save()
    document = parse_pdf(tmp_path / "a.pdf")
    told = [block.span.of(document.text) for block in document.blocks]
    assert told[1:] == list(items)
    assert document.blocks[-1].kind is BlockKind.ITEM
