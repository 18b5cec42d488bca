"""Blocks without end are cut where a sentence ends, and no character is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.model import BlockKind
from indexer.parse.assemble import LONGEST_BLOCK, RawBlock, RawPage, assemble, pieces


@given(st.lists(st.sampled_from(["word", "end.", "(b)", "x" * 3000, "“so.”"]), max_size=60))
def test_pieces_are_the_text(words: list[str]) -> None:
    text = " ".join(words * 20)
    parts = pieces(text)
    assert "".join(parts).replace(" ", "") == text.replace(" ", "")
    assert all(len(part) <= LONGEST_BLOCK for part in parts)


def test_a_long_paragraph_is_cut_at_the_end_of_a_sentence() -> None:
    sentence = "The Board agreed the plan; it was noted. "
    raw = RawBlock(BlockKind.PARAGRAPH, sentence * 1000)
    document = assemble([RawPage([raw])], media_type="text/plain")
    texts = [block.span.of(document.text) for block in document.blocks]
    assert len(texts) > 4
    assert all(text.startswith("The Board") and text.endswith("noted.") for text in texts)
    assert all(block.kind is BlockKind.PARAGRAPH for block in document.blocks)


def test_a_paragraph_over_many_pages_comes_to_an_end() -> None:
    raw = RawBlock(BlockKind.PARAGRAPH, "and so on and so forth " * 200, continues=True)
    document = assemble([RawPage([raw]) for _ in range(20)], media_type="text/plain")
    assert 5 < len(document.blocks) < 20
    assert max(block.span.end - block.span.start for block in document.blocks) < 2 * LONGEST_BLOCK


def test_rows_of_a_long_table_cell_stay_rows_and_the_next_row_keeps_its_heading() -> None:
    rows = [
        RawBlock(BlockKind.ROW, "Item | Cost", header=True, opens=True),
        RawBlock(BlockKind.ROW, "long " * 3000),
        RawBlock(BlockKind.ROW, "Beds | 4"),
    ]
    document = assemble([RawPage(rows)], media_type="text/plain")
    head, *others = document.blocks
    assert {block.kind for block in others} == {BlockKind.ROW}
    assert [block.header for block in others] == [head.span] * len(others)
