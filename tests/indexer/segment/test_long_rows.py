"""A row of running text is read by sentences, each under the row's label."""

from __future__ import annotations

from indexer.model import Kind, Span
from indexer.segment.long_rows import parts_of
from indexer.segment.rows import cells_of
from tests.indexer.segment.records import told

LABEL = "Delivery of savings Score 4/10"
SENTENCES = [f"The council planned savings of £{n}.5m in year {n} of the plan." for n in range(12)]
ROW = f"{LABEL} | {' '.join(SENTENCES)} | High"


def test_every_word_of_the_row_is_in_one_part() -> None:
    parts = list(parts_of(ROW, cells_of(ROW, Span(0, len(ROW)))))
    assert parts[0][0].of(ROW) == f"{LABEL} | {SENTENCES[0]}"
    assert [part.of(ROW) for part, _, _ in parts[1:]] == [*SENTENCES[1:], "High"]
    labels = [label.of(ROW) if label else None for _, label, _ in parts]
    assert labels == [None, *[LABEL] * 12]
    assert [breaks for _, _, breaks in parts] == [True, *[False] * 11, True]


def test_short_rows_stay_whole_and_long_ones_do_not() -> None:
    units = told("|# Risk | Evidence | Level", f"| {ROW}", kind=Kind.REPORT)
    assert units[0] == ("table", "Risk | Evidence | Level")
    assert len(units) == 14
    assert {role for role, _ in units} == {"table"}
