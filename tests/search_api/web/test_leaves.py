"""A document is cut into leaves that are small, in order, and together all of it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import NotFoundError
from indexer.model import Block, BlockKind, Page, Span
from search_api.web.leaves import (
    MOST_CHARACTERS,
    MOST_PAGES,
    headings_of,
    leaf_at,
    leaf_of_page,
    leaves_of,
    open_at,
    open_mark,
)

LENGTHS = st.lists(st.integers(0, 3 * MOST_CHARACTERS), min_size=1, max_size=30)


def cut(lengths: list[int], block: int = 700) -> tuple[int, list[Page], list[Block]]:
    pages, start = [], 0
    for number, length in enumerate(lengths, start=1):
        pages.append(Page(number, Span(start, start + length)))
        start += length
    starts = range(0, start, block)
    blocks = [Block(BlockKind.PARAGRAPH, Span(b, min(b + block, start))) for b in starts]
    return start, pages, blocks


@given(LENGTHS, st.sampled_from([700, 100_000]))
def test_leaves_cover_the_text_in_order_and_are_small(lengths: list[int], block: int) -> None:
    length, pages, blocks = cut(lengths, block)
    leaves = leaves_of(length, pages, blocks)
    assert leaves[0].start == 0
    assert leaves[-1].end == length
    assert all(one.end == other.start for one, other in pairwise(leaves))
    assert all(leaf.end - leaf.start <= MOST_CHARACTERS for leaf in leaves)
    for leaf in leaves:
        inside = [page for page in pages if page.span.overlaps(leaf)]
        assert len(inside) <= MOST_PAGES + 1


@given(LENGTHS, st.data())
def test_every_character_is_found_on_its_leaf(lengths: list[int], data: st.DataObject) -> None:
    length, pages, blocks = cut(lengths)
    leaves = leaves_of(length, pages, blocks)
    if not length:
        return
    offset = data.draw(st.integers(0, length - 1))
    leaf = leaves[leaf_at(leaves, offset) - 1]
    assert leaf.start <= offset < leaf.end


def test_a_pack_of_five_hundred_pages_is_sent_in_parts() -> None:
    length, pages, blocks = cut([2500] * 500)
    leaves = leaves_of(length, pages, blocks)
    assert 60 < len(leaves) < 200
    assert leaf_of_page(leaves, pages, 1) == 1
    last = leaves[leaf_of_page(leaves, pages, 500) - 1]
    assert last.start <= pages[-1].span.start < last.end
    with pytest.raises(NotFoundError, match="no page 501"):
        leaf_of_page(leaves, pages, 501)


def test_a_mark_opens_all_the_leaves_that_it_stands_on() -> None:
    length, pages, blocks = cut([10_000] * 20)
    leaves = leaves_of(length, pages, blocks)
    opened = open_mark(leaves, Span(9_000, 21_000))
    assert opened.span.start <= 9_000
    assert opened.span.end >= 21_000
    assert not opened.cut
    whole = open_mark(leaves, Span(0, length))
    assert whole.cut
    assert whole.span.end < length


def test_a_part_that_is_not_there_is_said_so() -> None:
    assert open_at([Span(0, 5)], 1).of == 1
    with pytest.raises(NotFoundError, match="no part 2"):
        open_at([Span(0, 5)], 2)


def test_headings_know_their_leaf_and_the_lesser_are_left_out() -> None:
    text = "A title\n" * 900
    blocks = [
        Block(BlockKind.HEADING, Span(8 * n, 8 * n + 7), level=1 if n % 3 == 0 else 2)
        for n in range(900)
    ]
    leaves = [Span(0, 4000), Span(4000, len(text))]
    found = headings_of(text, blocks, leaves)
    assert {heading.level for heading in found} == {1}
    assert found[0].id == "h-0"
    assert found[0].text == "A title"
    assert (found[0].leaf, found[-1].leaf) == (1, 2)
