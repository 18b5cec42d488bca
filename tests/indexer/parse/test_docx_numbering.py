"""Word's automatic numbers: counted as the reader sees them, and part of the text."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import BlockKind
from indexer.parse import parse
from indexer.parse.docx_numbering import Numbering
from indexer.parse.number_forms import letters, roman, web_letters, written
from tests.indexer.parse.docx_builders import (
    NAMES,
    kind,
    level,
    number,
    paragraph,
    start_override,
    write,
)
from tests.indexer.parse.test_real import blocks_of

OUTLINE = kind(
    0,
    level(0, "%1."),
    level(1, "%1.%2"),
    level(2, "(%3)", "lowerLetter"),
    level(3, "%4)", "lowerRoman"),
)


def _texts(path: Path) -> list[str]:
    document = parse(path)
    return [block.span.of(document.text) for block in document.blocks]


def _counted(lists: Sequence[str], places: Sequence[tuple[int, int]]) -> list[str]:
    numbering = Numbering(parse_xml(f"<w:numbering {NAMES}>{''.join(lists)}</w:numbering>"))
    return [numbering.count(str(which), depth).strip() for which, depth in places]


def test_a_resolution_is_quoted_with_its_letter(tmp_path: Path) -> None:
    body = [
        paragraph("Community nursing", (1, 0)),
        paragraph("RESOLVED that:"),
        paragraph("the report be noted;", (1, 2)),
        paragraph("officers write to the trust.", (1, 2)),
        paragraph("Any other business", (1, 0)),
        paragraph("None was raised.", (1, 2)),
    ]
    path = write(tmp_path / "a.docx", body, [OUTLINE, number(1, 0)])
    assert _texts(path) == [
        "1. Community nursing",
        "RESOLVED that:",
        "(a) the report be noted;",
        "(b) officers write to the trust.",
        "2. Any other business",
        "(a) None was raised.",
    ]
    assert blocks_of(parse(path), BlockKind.ITEM)[1] == "(a) the report be noted;"


def test_lists_of_one_kind_count_on_and_an_override_begins_anew() -> None:
    lists = [OUTLINE, number(1, 0), number(2, 0), number(3, 0, start_override(0, 5))]
    places = [(1, 0), (1, 1), (2, 0), (2, 1), (3, 0), (3, 0), (1, 0)]
    assert _counted(lists, places) == ["1.", "1.1", "2.", "2.1", "5.", "6.", "7."]


def test_what_starts_an_inner_number_anew() -> None:
    never = level(1, "%2)", more='<w:lvlRestart w:val="0"/>')
    by_first = level(2, "%1.%2.%3", more='<w:lvlRestart w:val="1"/>')
    lists = [kind(0, level(0, "%1)", "upperRoman"), never, by_first), number(1, 0)]
    places = [(1, 0), (1, 1), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1), (1, 2)]
    expected = ["I)", "1)", "I.1.1", "2)", "I.2.2", "II)", "3)", "II.3.1"]
    assert _counted(lists, places) == expected


def test_an_outer_number_that_was_passed_over_counts_as_said() -> None:
    lists = [OUTLINE, number(1, 0)]
    assert _counted(lists, [(1, 1), (1, 0), (1, 1)]) == ["1.1", "2.", "2.1"]


def test_forms_and_texts_around_them() -> None:
    legal = level(1, "%1.%2", more="<w:isLgl/>")
    told = level(2, "Appendix %3 –", "upperLetter", more='<w:suff w:val="nothing"/>')
    lists = [
        kind(0, level(0, "Part %1", "upperRoman", start=4), legal, told),
        kind(1, level(0, "", "bullet"), level(1, "", "none"), level(2, "Note:", "none")),
        *(number(1, 0), number(2, 1)),
    ]
    places = [(1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2), (9, 0), (1, 8)]
    expected = ["Part IV", "4.1", "Appendix A –", "", "", "Note:", "", ""]
    assert _counted(lists, places) == expected


def test_numbers_come_with_a_style_and_its_depth_is_the_one_that_the_list_reserves(
    tmp_path: Path,
) -> None:
    second = level(1, "%1.%2", more='<w:pStyle w:val="Second"/>')
    first = level(0, "%1", more='<w:pStyle w:val="First"/>')
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/>{above}<w:pPr>'
        f'{numbered}<w:outlineLvl w:val="{outline}"/></w:pPr></w:style>'
        for name, above, numbered, outline in (
            ("First", "", '<w:numPr><w:numId w:val="1"/></w:numPr>', 0),
            ("Second", '<w:basedOn w:val="First"/>', '<w:numPr><w:ilvl w:val="1"/></w:numPr>', 1),
        )
    )
    body = [
        paragraph("Apologies", style="First"),
        paragraph("Late papers", style="Second"),
        paragraph("Without a number", (0, 0), style="Second"),
        paragraph("Tabled papers", style="Second"),
    ]
    path = write(tmp_path / "a.docx", body, [kind(0, first, second), number(1, 0)], styles)
    expected = ["1 Apologies", "1.1 Late papers", "Without a number", "1.2 Tabled papers"]
    assert blocks_of(parse(path), BlockKind.HEADING) == expected


def test_cells_boxes_and_empty_paragraphs_count(tmp_path: Path) -> None:
    def row(*cells: str) -> str:
        return f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"

    box = paragraph("in a box", (1, 0))
    boxed = (
        "<w:p><w:r><w:t>Beside:</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing><w:txbxContent>{box}</w:txbxContent></w:drawing></mc:Choice><mc:Fallback>"
        f"<w:pict><w:txbxContent>{box}</w:txbxContent></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r></w:p>"
    )
    table = (
        f"<w:tbl>{row(paragraph('', (1, 0)), paragraph('Write to the trust'))}"
        f"{row(paragraph('', (1, 0)), paragraph('Chair'))}</w:tbl>"
    )
    body = [paragraph("first", (1, 0)), boxed, table, paragraph("", (1, 0)), paragraph("x", (1, 0))]
    assert _texts(write(tmp_path / "a.docx", body, [OUTLINE, number(1, 0)])) == [
        "1. first",
        "Beside:",
        "2. in a box",
        "3. | Write to the trust",
        "4. | Chair",
        "6. x",
    ]


def test_what_a_tracked_change_takes_away_is_not_counted(tmp_path: Path) -> None:
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr>'
        '<w:del w:id="1" w:author="A"/></w:rPr></w:pPr>{}</w:p>'
    )
    deleted = '<w:del w:id="2" w:author="A"><w:r><w:delText>never said</w:delText></w:r></w:del>'
    body = [
        paragraph("one", (1, 0)),
        gone.format(deleted),
        gone.format("<w:r><w:t xml:space='preserve'>two and </w:t></w:r>"),
        paragraph("no more", (1, 0)),
    ]
    path = write(tmp_path / "a.docx", body, [OUTLINE, number(1, 0)])
    assert _texts(path) == ["1. one", "2. two and no more"]
    assert any("tracked changes" in warning for warning in parse(path).warnings)


@given(st.lists(st.integers(0, 3), max_size=40))
def test_counting_agrees_with_the_place_in_the_tree(depths: list[int]) -> None:
    """Where no depth is passed over, a number is the count of siblings so far, for each depth."""
    tree: list[int] = []
    places, expected = [], []
    for wanted in depths:
        depth = min(wanted, len(tree))
        tree = [*tree[:depth], (tree[depth] if depth < len(tree) else 0) + 1]
        places.append((1, depth))
        figure = [".".join(map(str, tree)), f"({letters(tree[-1])})", f"{roman(tree[-1])})"]
        expected.append([f"{tree[0]}.", *figure][depth] if depth != 1 else figure[0])
    assert _counted([OUTLINE, number(1, 0)], places) == expected


@given(st.integers(1, 3999))
def test_forms_can_be_read_back(count: int) -> None:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    signs = [values[sign] for sign in roman(count)]
    pairs = zip(signs, [*signs[1:], 0], strict=True)
    assert sum(-a if a < b else a for a, b in pairs) == count
    assert sum((ord(c) - 96) * 26**n for n, c in enumerate(reversed(web_letters(count)))) == count


@pytest.mark.parametrize(
    ("count", "form", "expected"),
    [
        (27, "lowerLetter", "aa"),
        (53, "upperLetter", "AAA"),
        (9, "decimalZero", "09"),
        (21, "ordinal", "21st"),
        (112, "ordinal", "112th"),
        (40, "ordinalText", "Fortieth"),
        (52, "ordinalText", "Fifty-second"),
        (12, "ordinalText", "Twelfth"),
        (35, "cardinalText", "Thirty-five"),
        (0, "lowerRoman", "0"),
        (10**9 - 1, "upperRoman", "999999999"),
        (3, "aiueo", "3"),
    ],
)
def test_forms(count: int, form: str, expected: str) -> None:
    assert written(count, form) == expected


def _chain(count: int) -> str:
    styles = (
        f'<w:style w:type="paragraph" w:styleId="s{n}"><w:name w:val="s{n}"/>'
        f'<w:basedOn w:val="s{n + 1}"/></w:style>'
        for n in range(count)
    )
    return "".join(styles)


AWKWARD = {
    "numbered": ([paragraph(f"point {n}", (1, n % 9)) for n in range(2000)], ""),
    "styles": ([paragraph("said", style="s0") for _ in range(600)], _chain(1000)),
    "notes": (
        [
            "<w:tbl><w:tr><w:tc>"
            + "<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id='1'/></w:r></w:p>" * 3000
            + "</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
        ],
        "",
    ),
    "columns": (
        ["<w:tbl>" + "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='999999999'/></w:tcPr><w:p><w:r><w:t>x"
         "</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>" * 1500 + "</w:tbl>"],
        "",
    ),
    "deleted": (
        ["<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>" * 900],
        "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_documents_take_time_in_proportion(name: str, tmp_path: Path) -> None:
    body, styles = AWKWARD[name]
    path = write(tmp_path / "a.docx", body, [OUTLINE, number(1, 0)], styles)
    begun = time.process_time()
    parse(path)
    assert time.process_time() - begun < 4
