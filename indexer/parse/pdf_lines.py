"""From the parts of a PDF page to lines with gaps and margins, as ``indexer.parse.lines`` reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.model import BlockKind
from indexer.parse.assemble import SAME_PLACE, RawBlock
from indexer.parse.lines import Line
from indexer.parse.markers import ends_sentence, is_capitals, starts_lower
from indexer.parse.pdf_bands import words_to_lines
from indexer.parse.pdf_layout import Column, Part, Rows
from indexer.parse.pdf_strips import Strip
from indexer.parse.pdf_tables import Table

_FAR = 9.0
_USUAL = 1.1
_FEWEST = 4
_WIDE = 40
_LONG = 120
_BIG = 1.15
_EDGE = 3
"""The most lines of a running head or foot."""


@dataclass(frozen=True, slots=True)
class Spacing:
    """What is usual on a page: the distance of lines in heights of type, and where they end."""

    lines: float
    right: float


def typical_spacing(pages: Sequence[Sequence[Part]]) -> list[Spacing]:
    """Find each page's spacing from lines whose sentence goes on in the next.

    A page with too few such lines takes the whole file's.
    """
    counts = [Counter(_distances(parts)) for parts in pages]
    usual = _most_common(sum(counts, Counter[float]())) or _USUAL
    rights = [_right_edge(parts) for parts in pages]
    widest = max(rights, default=0.0)
    return [
        Spacing(
            (_most_common(count) if count.total() >= _FEWEST else None) or usual,
            right or widest,
        )
        for count, right in zip(counts, rights, strict=True)
    ]


def page_lines(
    parts: Sequence[Part],
    spacing: Spacing,
    *,
    height: float,
    landscape: bool,
    continued: Part | None = None,
) -> list[Line]:
    """Return the lines of one page in reading order; rows of tables come as whole blocks.

    ``continued`` is the part that goes on with the last table of the page before.
    """
    lines: list[Line] = []
    title = _title(parts, height) if landscape else frozenset[int]()
    before: Part | None = None
    for part in parts:
        if isinstance(part, Column):
            right = part.right if part.closed and len(part.strips) >= _FEWEST else spacing.right
            column = list(_column_lines(part, spacing.lines, right, title))
            if part.closed and isinstance(before, Column) and before.closed:
                column[0] = replace(column[0], gap=0.0)
            lines += column
        elif isinstance(part, Table):
            lines += _table_lines(part, spacing, keep_empty=part is continued or part.headers > 0)
        else:
            lines += _row_lines(part.cells, part.headers, part.columns)
        before = part
    return lines


def continued_parts(pages: Sequence[Sequence[Part]]) -> list[Part | None]:
    """Return for each page the table that goes on from the page before, if one does.

    It stands first on its page, with the columns of the table that stood last on the one before,
    which has a heading, or goes on itself; and it has no heading of its own.
    """
    found: list[Part | None] = []
    open_table: Table | Rows | None = None
    for parts in pages:
        own = [part for part in parts if not isinstance(part, Column) or len(part.strips) > _EDGE]
        first = own[0] if own else None
        goes_on = open_table is not None and _is_same_table(open_table, first)
        found.append(first if goes_on else None)
        last = own[-1] if own else None
        headed = isinstance(last, Table | Rows) and (last.headers or (goes_on and last is first))
        open_table = last if headed and isinstance(last, Table | Rows) else None
    return found


def _is_same_table(above: Table | Rows, part: Part | None) -> bool:
    if not isinstance(part, Table | Rows) or part.headers or not above.columns:
        return False
    return len(part.columns) == len(above.columns) and all(
        abs(one - other) <= SAME_PLACE
        for one, other in zip(above.columns, part.columns, strict=True)
    )


def _table_lines(table: Table, spacing: Spacing, *, keep_empty: bool) -> Iterator[Line]:
    """Yield rows as blocks, and what fills a row's whole width as lines of text."""
    body = table.lead + table.headers
    columns = table.columns
    for number, row in enumerate(table.rows):
        if number == table.lead and table.headers:
            yield from _row_lines(table.rows[number:body], table.headers, columns)
            columns = ()
        within = table.headers and number >= body and max(map(len, row)) < _LONG
        if number in table.prose and not within:
            strips = [Strip(line) for line in words_to_lines(table.prose[number])]
            column = Column(strips, closed=True)
            yield from _column_lines(column, spacing.lines, column.right, frozenset())
        elif not table.lead <= number < body:
            cells = row if keep_empty else tuple(cell for cell in row if cell)
            yield from _row_lines([cells], 0, columns, opens=bool(columns))
            columns = ()


def _row_lines(
    rows: Sequence[Sequence[str]],
    headers: int,
    columns: tuple[float, ...],
    *,
    opens: bool = True,
) -> Iterator[Line]:
    for block in row_blocks(rows, headers):
        if opens:
            block.opens, block.columns, opens = True, columns, False
        yield Line(block.text, _FAR, block=block)


def row_blocks(rows: Sequence[Sequence[str]], headers: int) -> Iterator[RawBlock]:
    """Yield one block for each row; the rows that name the columns become one, column by column."""
    if headers:
        names = [" ".join(row[i] for row in rows[:headers] if row[i]) for i in range(len(rows[0]))]
        yield RawBlock(BlockKind.ROW, _cells(names), header=True)
    for row in rows[headers:]:
        yield RawBlock(BlockKind.ROW, _cells(row))


def _cells(row: Sequence[str]) -> str:
    """Join cells by bars; empty ones keep their place, except at the end or about a lone one."""
    cells = list(row)
    if sum(bool(cell) for cell in cells) == 1:
        return "".join(cells)
    while cells and not cells[-1]:
        cells.pop()
    return " | ".join(cells)


def _column_lines(
    column: Column, usual: float, right: float, title: frozenset[int]
) -> Iterator[Line]:
    last: Strip | None = None
    for strip in column.strips:
        gap = _FAR
        if last is not None:
            gap = max(0.0, _distance(last, strip) / usual - 1)
        margin = max(right, strip.x1)
        yield Line(
            strip.text,
            gap,
            strip.x0,
            strip.x1,
            margin,
            strip.size,
            strip.bold,
            title=id(strip) in title,
        )
        last = strip


def _distance(above: Strip, below: Strip) -> float:
    """Return the distance of two lines, in heights of the lower one's type."""
    distance = above.middle - below.middle
    return _FAR if distance < 0 else distance / max(1.0, min(above.size, below.size))


def _distances(parts: Sequence[Part]) -> Iterator[float]:
    for part in parts:
        if not isinstance(part, Column):
            continue
        for above, below in pairwise(part.strips):
            open_end = not ends_sentence(above.text) and not is_capitals(above.text)
            if open_end and starts_lower(below.text) and above.size / below.size < _BIG:
                distance = _distance(above, below)
                if distance < 3:
                    yield round(distance, 1)


def _most_common(counts: Counter[float]) -> float | None:
    return max(counts, key=lambda value: (counts[value], -value), default=None)


def _right_edge(parts: Sequence[Part]) -> float:
    """Return where full lines of the page end, 0 where it has none of some length."""
    edges = sorted(
        strip.x1
        for part in parts
        if isinstance(part, Column)
        for strip in part.strips
        if len(strip.text) >= _WIDE
    )
    return edges[min(len(edges) - 1, int(0.9 * len(edges)))] if len(edges) >= _FEWEST else 0.0


def _title(parts: Sequence[Part], height: float) -> frozenset[int]:
    """Return the lines of a slide's title: the first big ones, in the upper half of the page."""
    strips = [s for part in parts if isinstance(part, Column) for s in part.strips if s.words]
    if not strips:
        return frozenset()
    biggest = max(strip.size for strip in strips)
    smallest = min(strip.size for strip in strips)
    first = max(strips, key=lambda strip: strip.middle)
    high = [s for s in strips if s.middle > height / 2 and s.size >= 0.9 * biggest]
    if not high or (biggest < _BIG * smallest and len(strips) > 1):
        high = [first] if first.middle > height / 2 and len(first.text) < 100 else []
    title: list[Strip] = []
    for strip in sorted(high, key=lambda s: -s.middle):
        if title and _distance(title[-1], strip) > 2:
            break
        title.append(strip)
    return frozenset(id(strip) for strip in title) if len(title) <= 4 else frozenset()
