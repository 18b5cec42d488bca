"""The viewer shows every character once, and marks exactly the characters asked for."""

from dataclasses import fields
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import UsageError
from indexer.model import Block, BlockKind, Page, Span
from search_api.web.cards import Facts
from search_api.web.leaves import Opened
from search_api.web.marks import Run
from search_api.web.pages import page
from search_api.web.viewer import Sheet, lay_out, marked_pages, marked_span
from tests.search_api.web.marks import marks_of

Laid = tuple[str, list[Page], list[Block], Span]

WORDS = st.text(
    alphabet=st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp", "Zs")), min_size=1
)


@st.composite
def documents(draw: st.DrawFn) -> Laid:
    """A text of blocks parted by line ends, cut into pages anywhere, and a span of it."""
    contents = draw(st.lists(WORDS, min_size=1, max_size=8))
    blocks, text = [], ""
    for content in contents:
        text += draw(st.sampled_from(["\n", "\n\n"])) if text else ""
        span = Span(len(text), len(text) + len(content))
        blocks.append(Block(draw(st.sampled_from(BlockKind)), span, draw(st.integers(1, 7))))
        text += content
    cuts = sorted({0, *draw(st.lists(st.integers(0, len(text)), max_size=4)), len(text)})
    pages = [Page(n, Span(a, b)) for n, (a, b) in enumerate(pairwise(cuts), start=1)]
    start = draw(st.integers(0, len(text) - 1))
    return text, pages, blocks, Span(start, draw(st.integers(start + 1, len(text))))


def runs(sheets: list[Sheet]) -> list[Run]:
    return [
        run
        for sheet in sheets
        for group in sheet.groups
        for piece in group.pieces
        for run in piece.runs
    ]


@given(documents())
def test_every_character_is_shown_once_and_in_order(laid: Laid) -> None:
    text, pages, blocks, mark = laid
    assert "".join(run.text for run in runs(lay_out(text, pages, blocks))) == text
    assert "".join(run.text for run in runs(lay_out(text, pages, blocks, mark))) == text


@given(documents())
def test_the_mark_is_exact(laid: Laid) -> None:
    text, pages, blocks, mark = laid
    marked = [run for run in runs(lay_out(text, pages, blocks, mark)) if run.marked]
    assert "".join(run.text for run in marked) == mark.of(text)
    assert [run.first for run in marked] == [True] + [False] * (len(marked) - 1)


@settings(deadline=None)  # the first page fills the templates
@given(documents())
def test_the_mark_is_exact_in_the_page_that_a_browser_gets(laid: Laid) -> None:
    text, pages, blocks, mark = laid
    assert marks_of(_page(lay_out(text, pages, blocks, mark))) == (mark.of(text), 1)


def _page(sheets: list[Sheet]) -> str:
    facts = dict.fromkeys((field.name for field in fields(Facts)), "x")
    facts |= dict.fromkeys(("successors", "warnings"), "")
    words: dict[str, object] = dict.fromkeys(("meeting", "sections", "mark", "pictures"))
    words |= {"facts": facts, "document": {"media_type": "application/pdf"}, "original": True}
    words |= {"opened": Opened(Span(0, 1), 1, 1, 1), "noun": "page", "page_count": len(sheets)}
    words |= {"first_page": 1, "last_page": len(sheets), "shown": "page 1"}
    return bytes(page("document", **words, sheets=sheets, where="page 1", page=1).body).decode()


@given(documents())
def test_the_pages_of_the_mark_are_those_it_overlaps(laid: Laid) -> None:
    text, pages, blocks, mark = laid
    marked = {
        sheet.number
        for sheet in lay_out(text, pages, blocks, mark)
        if any(run.marked for group in sheet.groups for p in group.pieces for run in p.runs)
    }
    assert marked == {page.number for page in marked_pages(pages, mark)}


def test_neighbouring_items_are_one_list() -> None:
    item, paragraph = BlockKind.ITEM, BlockKind.PARAGRAPH
    blocks = [Block(paragraph, Span(0, 1)), Block(item, Span(2, 3)), Block(item, Span(4, 5))]
    [sheet] = lay_out("a\nb\nc", [Page(1, Span(0, 5))], blocks)
    assert [(group.kind, len(group.pieces)) for group in sheet.groups] == [
        (paragraph, 1),
        (item, 2),
    ]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("· one", True),
        ("• one", True),
        ("- one", True),
        ("1. one", True),
        ("a) one", True),
        ("(iv) one", True),
        ("One", False),
        ("A plan", False),
    ],
)
def test_an_item_that_brings_its_bullet_gets_no_other(text: str, own: bool) -> None:
    [sheet] = lay_out(text, [Page(1, Span(0, len(text)))], [Block(BlockKind.ITEM, Span(0, 3))])
    assert sheet.groups[0].pieces[0].own_marker is own


@pytest.mark.parametrize(("start", "end"), [(5, 3), (3, 3), (-1, 3), (0, 11), (None, 3), (3, None)])
def test_a_place_that_is_not_in_the_document_is_refused(start: int | None, end: int | None) -> None:
    with pytest.raises(UsageError):
        marked_span(start, end, 10)


def test_no_place_is_no_mark() -> None:
    assert marked_span(None, None, 10) is None
