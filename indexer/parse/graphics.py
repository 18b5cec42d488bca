"""Charts and diagrams in office files, which keep their words in parts of their own."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree
from lxml.etree import _Element as Element

from indexer.model import BlockKind
from indexer.parse.assemble import RawBlock
from indexer.parse.tables import Cell, Row, row_blocks

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_D = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NO_TEXT = frozenset({"pres", "parTrans", "sibTrans"})
_MOST_POINTS = 200


def part_of(reference: Element) -> str:
    """Return the relation that leads from a chart's or diagram's place to its words."""
    return reference.get(f"{_R}dm") or reference.get(f"{_R}id") or ""


def graphic_blocks(data: bytes) -> list[RawBlock]:
    """Return a chart's title and values, or a diagram's texts; nothing where it cannot be read."""
    root = read_xml(data)
    if root is None:
        return []
    if root.tag == f"{_C}chartSpace":
        return _chart(root)
    return _diagram(root)


def read_xml(data: bytes) -> Element | None:
    """Return the root of an XML part, None where it is damaged. Entities stay unread."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None


def _diagram(root: Element) -> list[RawBlock]:
    blocks = []
    for point in root.iter(f"{_D}pt"):
        if point.get("type") not in _NO_TEXT:
            for paragraph in point.iter(f"{_A}p"):
                blocks.append(RawBlock(BlockKind.ITEM, _text(paragraph)))
    return [block for block in blocks if block.text.strip()]


def _chart(root: Element) -> list[RawBlock]:
    """Return the chart as a table: a row for each category, a column for each series."""
    blocks = []
    title = root.find(f"{_C}chart/{_C}title")
    if title is not None and _text(title).strip():
        blocks.append(RawBlock(BlockKind.PARAGRAPH, _text(title)))
    series = list(root.iter(f"{_C}ser"))
    names = [_first(_points(one.find(f"{_C}tx"))) for one in series]
    values = [_points(_either(one, "val", "yVal")) for one in series]
    categories: dict[int, str] = {}
    for one in series:
        categories = categories or _points(_either(one, "cat", "xVal"))
    numbers = sorted(set(categories).union(*values))[:_MOST_POINTS]
    rows = [_row(["", *names], header=any(names))]
    rows += [_row([categories.get(n, ""), *(v.get(n, "") for v in values)]) for n in numbers]
    return blocks + (row_blocks(rows) if numbers else [])


def _row(texts: Iterable[str], *, header: bool = False) -> Row:
    return Row(tuple(Cell(text) for text in texts), header)


def _either(series: Element, one: str, other: str) -> Element | None:
    found = series.find(f"{_C}{one}")
    return found if found is not None else series.find(f"{_C}{other}")


def _points(element: Element | None) -> dict[int, str]:
    """Return the texts or numbers that a reference to a sheet keeps beside it, by their place."""
    points: dict[int, str] = {}
    for point in element.iter(f"{_C}pt") if element is not None else ():
        index, value = point.get("idx", ""), point.find(f"{_C}v")
        if index.isdigit() and value is not None and value.text:
            points.setdefault(int(index), _plain(value.text))
    return points


def _plain(value: str) -> str:
    """Return a number without the tail of digits that its binary form has: 0.1, not 0.1000…01."""
    if len(value) < 12:
        return value
    try:
        return f"{float(value):.4f}".rstrip("0").removesuffix(".")
    except ValueError:
        return value


def _first(points: dict[int, str]) -> str:
    return points[min(points)] if points else ""


def _text(element: Element) -> str:
    return "".join(t.text or "" for t in element.iter(f"{_A}t"))
