"""Web pages: what the document says, in order, and what the site put around it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from indexer.model import BlockKind, ParsedDocument
from indexer.parse import parse
from tests.indexer.parse.test_real import blocks_of

ITEM, ROW, FURNITURE = BlockKind.ITEM, BlockKind.ROW, BlockKind.FURNITURE


def _page(tmp_path: Path, body: str) -> ParsedDocument:
    path = tmp_path / "page.html"
    path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    return parse(path)


def _texts(document: ParsedDocument) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks]


@pytest.mark.parametrize(
    ("opening", "expected"),
    [
        ("<ol>", ["1. x", "2. y"]),
        ('<ol start="9">', ["9. x", "10. y"]),
        ('<ol type="a" start="26">', ["z. x", "aa. y"]),
        ('<ol type="I" start="4">', ["IV. x", "V. y"]),
        ('<ol style="list-style-type: lower-roman">', ["i. x", "ii. y"]),
        ('<ol style="list-style: none">', ["x", "y"]),
        ("<ol reversed>", ["2. x", "1. y"]),
        ('<ol start="many">', ["1. x", "2. y"]),
        ("<ul>", ["x", "y"]),
    ],
)
def test_items_have_the_numbers_that_a_browser_shows(
    opening: str, expected: list[str], tmp_path: Path
) -> None:
    assert _texts(_page(tmp_path, f"{opening}<li>x</li><li>y</li>")) == expected


def test_numbers_go_on_behind_an_inner_list_and_after_a_value(tmp_path: Path) -> None:
    body = (
        "<ol><li>a<ol type=a><li>b<li>c</ol></li><li value=7>d</li><li><p>e</p><p>f</p></li></ol>"
    )
    assert _texts(_page(tmp_path, body)) == ["1. a", "a. b", "b. c", "7. d", "8. e", "f"]


def test_a_typed_number_is_not_said_twice(tmp_path: Path) -> None:
    assert _texts(_page(tmp_path, "<ol><li>2.1 A plan is agreed.</ol>")) == [
        "2.1 A plan is agreed."
    ]


def test_merged_cells_are_said_again_and_rows_know_their_header(tmp_path: Path) -> None:
    document = _page(
        tmp_path,
        "<table><thead><tr><th>Scheme<th>Year<th>Cost</thead><tbody>"
        "<tr><th rowspan=2>Beds<td>2017<td>£1m<tr><td>2018<td>£2m"
        "<tr><td colspan=2>Total<td>£3m<tr><td colspan=3>All figures are estimates.</table>",
    )
    assert blocks_of(document, ROW) == [
        "Scheme | Year | Cost",
        "Beds | 2017 | £1m",
        "Beds | 2018 | £2m",
        "Total | Total | £3m",
        "All figures are estimates.",
    ]
    headers = [b.header.of(document.text) if b.header else "" for b in document.blocks]
    assert headers == ["", *["Scheme | Year | Cost"] * 4]


def test_cells_that_cover_the_same_place_do_not_move_the_others(tmp_path: Path) -> None:
    body = (
        "<table><tr><td rowspan=3>A<td rowspan=2>B<td>1<tr><td>2<tr><td>C<td>3"
        "<tr><td>D<td>E<td rowspan=99999>4<tr><td>F<td colspan=0>G</table>"
    )
    assert blocks_of(_page(tmp_path, body), ROW) == [
        "A | B | 1",
        "A | B | 2",
        "A | C | 3",
        "D | E | 4",
        "F | G | 4",
    ]


def test_a_list_in_a_cell_keeps_the_cell_in_its_row(tmp_path: Path) -> None:
    body = (
        "<table><tr><td>Hill<td><ul><li>beds<li>staff</ul><tr><td>Moor<td>none<sup>2</sup></table>"
    )
    assert blocks_of(_page(tmp_path, body), ROW) == ["Hill | • beds • staff", "Moor | none²"]


def test_a_raised_figure_is_no_part_of_the_number_before_it(tmp_path: Path) -> None:
    body = "<p>It cost £40<sup>1</sup> on the 2<sup>nd</sup> of May, for 10 m<sup>2</sup>.</p>"
    assert _page(tmp_path, body).text == "It cost £40¹ on the 2nd of May, for 10 m²."


@pytest.mark.parametrize(
    "unseen",
    [
        "<div style='display: none'>{}</div>",
        "<p style='visibility:hidden'>{}</p>",
        "<span hidden>{}</span>",
        "<i aria-hidden='true'>{}</i>",
        "<span class='govuk-visually-hidden'>{}</span>",
        "<template><p>{}</p></template>",
        "<noscript>{}</noscript>",
        "<!-- {} -->",
        "<button>{}</button>",
        "<select><option>{}</select>",
    ],
)
def test_what_nobody_sees_is_not_read(unseen: str, tmp_path: Path) -> None:
    body = f"<p>The board met and heard a report.</p>{unseen.format('secret')}<p>It agreed.</p>"
    assert "secret" not in _page(tmp_path, body).text


@pytest.mark.parametrize(
    "around",
    [
        "<form id='aspnetForm'>{}</form>",
        "<div aria-hidden='true'>{}</div>",
        "<div class='page-with-sidebar menu'>{}</div>",
        "<aside>{}</aside>",
    ],
)
def test_what_holds_most_of_the_page_is_the_document(around: str, tmp_path: Path) -> None:
    said = "<p>The board heard that no beds would close.</p>"
    assert blocks_of(_page(tmp_path, around.format(said)), BlockKind.PARAGRAPH)


def test_broken_nesting_loses_nothing(tmp_path: Path) -> None:
    body = "<p>one<div>two</p> <b>three<p>four</b> five</div><ul><li>six</ul><td>seven</td>eight"
    words = " ".join(_texts(_page(tmp_path, body))).split()
    assert words == ["one", "two", "three", "four", "five", "six", "seven", "eight"]


def test_words_nested_beyond_all_measure_are_kept(tmp_path: Path) -> None:
    body = "<div><b>" * 3000 + "deep down"
    assert "deep down" in _page(tmp_path, body).text


def test_lines_of_preformatted_text_and_line_ends(tmp_path: Path) -> None:
    body = (
        "<pre>RESOLVED\n(a) to write\n(b) to ask</pre><p>That:<br>(1) it be so;<br>(2) no more.</p>"
    )
    expected = ["RESOLVED", "(a) to write", "(b) to ask", "That:", "(1) it be so;", "(2) no more."]
    assert _texts(_page(tmp_path, body)) == expected


def test_terms_and_their_meanings_are_lines(tmp_path: Path) -> None:
    body = "<dl><dt>Decision date:<dd>1 May 2019<dt>Status<dd>Approved<dt>x<dd><p>long</p></dl>"
    expected = ["Decision date: 1 May 2019", "Status | Approved", "x", "long"]
    assert _texts(_page(tmp_path, body)) == expected


def test_lists_of_files_under_their_caption_are_furniture(tmp_path: Path) -> None:
    body = (
        "<p>The plan was agreed.</p><h3>Accompanying documents:</h3><ul><li>"
        "<a href='a.pdf'>Plan</a> PDF 2 MB<li><a href='b.docx?x=1'>Costs</a></ul>"
        "<p>The meeting closed.</p><h3>Additional documents</h3><p>None were tabled.</p>"
    )
    document = _page(tmp_path, body)
    assert blocks_of(document, FURNITURE) == ["Accompanying documents:", "Plan PDF 2 MB", "Costs"]
    assert blocks_of(document, BlockKind.HEADING) == ["Additional documents"]


@pytest.mark.parametrize(
    "piece",
    ["<div>x", "<b>x", "<ul><li>x", "<table><tr><td>x", "<tr><td>x<td rowspan=9>y<td colspan=3>z",
     "<p class='a-title'>x</p>", "<a href='x.pdf'>y</a> ", "<dt>x<dd>y", "a<br>", "<p>1.</p>",
     "<p>Supporting documents:</p><a href=x.pdf>x</a>", "<<", "<header>x", "<table><tr><th>a<th>b"],
)  # fmt: skip
def test_pages_take_time_in_proportion(piece: str, tmp_path: Path) -> None:
    begun = time.process_time()
    _page(tmp_path, "<p>The board met.</p>" + piece * (100_000 // len(piece)))
    assert time.process_time() - begun < 6
