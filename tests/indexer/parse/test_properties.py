"""What holds for any text and any pages: offsets, normal form, pages without gap."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.model import BlockKind, ParsedDocument
from indexer.normalise import normalise_block, normalise_characters
from indexer.parse.assemble import RawBlock, RawPage, assemble
from indexer.parse.lines import join_lines, lines_to_pages, text_line

TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("aeé\u0301 -\n\t\u00a0\u00ad\u200bﬁ\uf0b7\ud800\r\f•1.)("),
        st.characters(),
    ),
    max_size=30,
)
BLOCKS = st.builds(
    RawBlock,
    st.sampled_from(BlockKind),
    TEXTS,
    st.integers(1, 4),
    st.booleans(),
    st.booleans(),
)
PAGES = st.lists(
    st.builds(RawPage, st.lists(BLOCKS, max_size=6), st.none() | st.just("iv")), max_size=6
)


def check(document: ParsedDocument, pages: int) -> None:
    """Check the promises every parsed document gives."""
    end = 0
    for block in document.blocks:
        assert end <= block.span.start < block.span.end <= len(document.text)
        assert document.text[end : block.span.start].strip("\n") == ""
        end = block.span.end
        text = block.span.of(document.text)
        assert text == normalise_block(text)
        if block.header:
            assert block.kind is BlockKind.ROW
            assert block.header.end <= block.span.start
    assert end == len(document.text)
    assert len(document.pages) == pages
    at = 0
    for number, page in enumerate(document.pages, start=1):
        assert (page.number, page.span.start) == (number, at)
        at = page.span.end
    assert not pages or at == len(document.text)


@given(PAGES)
def test_assembled_documents_keep_their_promises(pages: list[RawPage]) -> None:
    check(assemble(pages, media_type="text/plain"), len(pages))


@given(PAGES)
def test_assembling_loses_no_words(pages: list[RawPage]) -> None:
    document = assemble(pages, media_type="text/plain")
    given_words = "".join(normalise_block(b.text) for page in pages for b in page.blocks)
    assert sorted("".join(document.text.split())) == sorted("".join(given_words.split()))


@given(TEXTS)
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise_block(text)
    assert normalise_block(once) == once
    assert normalise_characters(normalise_characters(text)) == normalise_characters(text)


@settings(max_examples=60)
@given(st.lists(st.lists(st.text(min_size=1, max_size=60), max_size=8), min_size=1, max_size=4))
def test_lines_lose_nothing_but_hyphens(pages: list[list[str]]) -> None:
    lines = [[text_line(text, i % 3) for i, text in enumerate(p) if text.strip()] for p in pages]
    document = assemble(lines_to_pages(lines), media_type="text/plain")
    check(document, len(pages))
    before = {c for page in lines for line in page for c in normalise_block(line.text)}
    assert before - set(document.text) <= {"-", " ", "\u2010"}


def test_broken_words_are_mended_where_the_file_knows_them() -> None:
    known = frozenset({"government", "long-term"})
    assert join_lines(["the govern-", "ment said"], known) == "the government said"
    assert join_lines(["a long-", "term plan"], known) == "a long-term plan"
    assert join_lines(["the follow-", "up visit"], known) == "the follow-up visit"
    assert join_lines(["in 2025-", "26 it fell"], known) == "in 2025-26 it fell"
