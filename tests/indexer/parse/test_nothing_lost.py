"""No word of a PDF page is lost, wherever it stands: drawn pages, and real ones beside poppler."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eval.bench.fidelity import fidelity_of, page_fidelity
from indexer.parse.pdf import parse_pdf
from tests.indexer.parse import builders, table_builders
from tests.indexer.parse.builders import canvas

_PLACES = [60.0 + 75 * n for n in range(7)]
_LINES = st.lists(
    st.lists(
        st.tuples(
            st.sampled_from(_PLACES),
            st.sampled_from([0.0, 9.0, 31.0]),
            st.sampled_from(["figure", "word", "dash"]),
        ),
        min_size=1,
        max_size=6,
        unique_by=lambda piece: piece[0],
    ),
    min_size=4,
    max_size=12,
)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(lines=_LINES)
def test_pieces_scattered_over_lines_are_all_read(
    tmp_path: Path, lines: list[list[tuple[float, float, str]]]
) -> None:
    drawing = canvas(tmp_path / "a.pdf")
    drawing.setFont("Helvetica", 9)
    drawn: Counter[str] = Counter()
    for number, line in enumerate(lines):
        for place, (x, moved, kind) in enumerate(line):
            text = {"figure": f"{number + 1},{place}07", "word": f"w{number}x{place}", "dash": "-"}
            drawing.drawString(x + moved, 740 - 13 * number, text[kind])
            if kind != "dash":
                drawn[text[kind]] += 1
    drawing.save()
    read = Counter(parse_pdf(tmp_path / "a.pdf").text.split())
    assert not drawn - read


def test_what_is_lost_more_and_apart_is_counted() -> None:
    found = page_fidelity("a.pdf", 3, "The Board agreed a plan.", ["The plan Board agreed late"])
    assert (found.theirs, found.lost, found.more, found.apart) == (5, 1, 1, 3)


def test_what_another_order_draws_twice_is_not_missed() -> None:
    found = page_fidelity("a.pdf", 1, "Kent County", ["Kent County", "Kent Kent County County"])
    assert (found.theirs, found.lost, found.apart) == (2, 0, 0)


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")
@pytest.mark.parametrize(
    "build",
    [
        builders.minutes_pdf,
        builders.columns_pdf,
        builders.table_pdf,
        builders.slides_pdf,
        table_builders.unruled_over_two_pages,
        table_builders.ruled_over_two_pages,
    ],
)
def test_poppler_finds_no_word_that_is_not_read(
    tmp_path: Path, build: Callable[[Path], Path]
) -> None:
    pages = list(fidelity_of(build(tmp_path / "a.pdf")))
    assert sum(page.theirs for page in pages) > 10
    assert sum(page.lost for page in pages) == 0
