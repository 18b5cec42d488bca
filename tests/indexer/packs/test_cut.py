"""Wherever a text is cut: each part quotes the file, block by block and page by page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.model import BlockKind, ParsedDocument
from indexer.packs.cut import cut
from indexer.packs.find import Start
from indexer.packs.running import without_running_heads
from indexer.parse.assemble import RawBlock, RawPage, assemble

_WORDS = st.lists(
    st.sampled_from(["plan", "bed-", "£2.5m", "—", "(1)", "ward", "café", "𝔸", "Agenda Item 7"]),
    min_size=1,
    max_size=5,
).map(" ".join)
_BLOCKS = st.builds(
    RawBlock,
    st.sampled_from(BlockKind),
    _WORDS,
    continues=st.booleans(),
    header=st.booleans(),
)
_PAGES = st.lists(st.builds(RawPage, st.lists(_BLOCKS, max_size=5)), min_size=1, max_size=8)


@st.composite
def cuts(draw: st.DrawFn) -> tuple[ParsedDocument, list[Start]]:
    parsed = assemble(draw(_PAGES), media_type="application/pdf")
    pages = draw(st.sets(st.integers(1, len(parsed.pages)), min_size=1))
    return parsed, [Start(page, f"paper {page}") for page in sorted(pages)]


@given(cuts())
def test_each_part_quotes_the_file(made: tuple[ParsedDocument, list[Start]]) -> None:
    whole, starts = made
    at = 0
    for start, part in zip(starts, cut(whole, starts), strict=True):
        at = whole.text.index(part.text, at) if part.text else at
        assert part.text == part.text.strip()
        assert part.title == start.title
        assert part.pages[0].number == start.page
        assert part.pages[-1].span.end == len(part.text)
        texts = [block.span.of(whole.text) for block in whole.blocks]
        for block in part.blocks:
            words = block.span.of(part.text)
            assert words
            assert any(words in text for text in texts)
            assert block.header is None or block.header.of(part.text) in texts
        at += len(part.text)


@given(cuts())
def test_no_word_is_lost_or_told_twice(made: tuple[ParsedDocument, list[Start]]) -> None:
    whole, starts = made
    parts = cut(whole, starts)
    first = whole.pages[starts[0].page - 1].span.start
    # A word may run on over the edge: characters are compared.
    expected = "".join(whole.text[first:].split())
    assert "".join("".join(part.text.split()) for part in parts) == expected
    blocks = [block.span.of(part.text) for part in parts for block in part.blocks]
    assert "".join("".join(words.split()) for words in blocks) == expected


@given(cuts())
def test_marking_furniture_moves_nothing(made: tuple[ParsedDocument, list[Start]]) -> None:
    for part in cut(*made):
        marked = without_running_heads(part)
        assert (marked.text, marked.pages) == (part.text, part.pages)
        assert [block.span for block in marked.blocks] == [block.span for block in part.blocks]
