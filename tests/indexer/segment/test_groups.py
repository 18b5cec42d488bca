"""A row that stands over others is said in the context of a passage that begins beneath it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from indexer.context import context_of
from indexer.model import Dating, Document, Kind, Span, Status
from indexer.segment import segment
from indexer.segment.groups import group_over
from tests.indexer.segment.records import record

TABLE = (
    "|# Line | 2024-25 | 2025-26",
    "| Base budget | 1,429.5 | 1,531.0",
    "| SPENDING | |",
    "| Pay | 10.3 | 11.2",
    "| Prices | 4.1 | 3.9",
    "| SAVINGS AND INCOME",
    "| Transformation | -30.8 | -12.2",
)
UNKNOWN = Dating(None, "not known")


def _document(kind: Kind) -> Document:
    return Document(
        id="d", title="Budget", body=None, committee=None, area=None, kind=kind,
        status=Status.UNKNOWN, date=UNKNOWN, published=UNKNOWN, file="budget.pdf",
        media_type="application/pdf", pages=1, source_url=None, sha256="0",
    )  # fmt: skip


def _words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


@pytest.mark.parametrize(
    ("row", "group"),
    [
        ("Base budget", None),
        ("SPENDING", None),
        ("Pay", "SPENDING | |"),
        ("Prices", "SPENDING | |"),
        ("Transformation", "SAVINGS AND INCOME"),
    ],
)
def test_the_row_over_a_row_is_the_nearest_with_its_first_cell_alone(
    row: str, group: str | None
) -> None:
    parsed = record(*TABLE)
    found = group_over(parsed, parsed.text.index(row))
    assert (found.of(parsed.text) if found else None) == group


def test_no_row_is_over_one_of_another_table_or_of_none() -> None:
    parsed = record(*TABLE, "A word between them.", "|# Who | When", "| Pat | May")
    assert group_over(parsed, parsed.text.index("A word")) is None
    assert group_over(parsed, parsed.text.index("Pat")) is None


def test_a_table_without_headings_has_no_groups() -> None:
    parsed = record("| Members", "| Pat | May")
    assert group_over(parsed, parsed.text.index("Pat")) is None


def test_headings_said_anew_end_a_group() -> None:
    parsed = record(*TABLE[:4], *TABLE[:1], "| Prices | 4.1 | 3.9")
    assert group_over(parsed, parsed.text.index("Prices")) is None


def test_each_passage_beneath_a_group_says_it_last_and_quotes_what_it_did() -> None:
    parsed = record(*TABLE)
    passages = segment("d", parsed, Kind.REPORT, _words, 8)
    contexts = {p.text: context_of(_document(Kind.REPORT), parsed, p) for p in passages}
    inside = [text for text in contexts if text.startswith(("Prices", "Transformation"))]
    assert inside
    for text in inside:
        group = "SPENDING" if text.startswith("Prices") else "SAVINGS AND INCOME"
        assert contexts[text].split("\n")[-1] == group
        assert text in parsed.text
    assert not contexts[passages[0].text].endswith("SPENDING")


def test_the_names_of_those_present_are_no_groups() -> None:
    rows = ("|# Attendees | Officials", "| Pat Hall |", "| Sam Low | Kit Rowe")
    parsed = record(*rows)
    for passage in segment("d", parsed, Kind.MINUTES, _words, 6):
        assert not context_of(_document(Kind.MINUTES), parsed, passage).endswith("Pat Hall")


def test_a_span_of_the_group_is_the_texts_own() -> None:
    parsed = record(*TABLE)
    found = group_over(parsed, parsed.text.index("Pay"))
    assert found == Span(parsed.text.index("SPENDING"), parsed.text.index("\nPay"))
