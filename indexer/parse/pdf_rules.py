"""The ruled lines of a PDF page: strokes, thin bars, and the sides of boxes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import pypdfium2.raw as pdfium_c

from indexer.parse import pdf_calls
from indexer.parse.pdf_calls import Box, BoxReader, Matrix

_THIN = 3.0
_LONG = 6.0
_DEEPEST = 4
_ONE_SHAPE = frozenset({1, 2, 3, 5})
"""Numbers of segments that draw one line or box; four may also be two lines."""
_MOST_CORNERS = 5
_MOST_SEGMENTS = 4000
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


class Rule(NamedTuple):
    """A straight line: ``at`` its fixed coordinate, from ``start`` to ``end`` along the other."""

    at: float
    start: float
    end: float


def read_rules(
    page: int, turn: Callable[[Box], Box] | None, size: tuple[float, float]
) -> tuple[list[Rule], list[Rule]]:
    """Return the page's lines across and down, on the upright page of ``size``.

    A box as large as the page is its background and not counted.
    """
    across: list[Rule] = []
    down: list[Rule] = []
    for box in _Drawing(page).boxes():
        x0, y0, x1, y1 = turn(box) if turn else box
        wide, high = x1 - x0, y1 - y0
        if wide > 0.95 * size[0] and high > 0.95 * size[1]:
            continue
        if high <= _THIN and wide >= _LONG:
            across.append(Rule((y0 + y1) / 2, x0, x1))
        elif wide <= _THIN and high >= _LONG:
            down.append(Rule((x0 + x1) / 2, y0, y1))
        elif wide >= _LONG and high >= _LONG:
            across += [Rule(y0, x0, x1), Rule(y1, x0, x1)]
            down += [Rule(x0, y0, y1), Rule(x1, y0, y1)]
    return across, down


class _Drawing:
    """The paths that a page draws, in the forms within it too."""

    def __init__(self, page: int) -> None:
        self.page = page
        self.reader = BoxReader()

    def boxes(self) -> Iterator[Box]:
        """Yield the box of each straight piece of each path."""
        yield from self._among(pdf_calls.objects_of(self.page), _SAME, 1)

    def _among(self, items: Iterable[tuple[int, int]], outer: Matrix, depth: int) -> Iterator[Box]:
        for item, kind in items:
            if kind == pdfium_c.FPDF_PAGEOBJ_PATH:
                whole = self.reader.item(item)
                if whole and (whole[2] - whole[0] >= _LONG or whole[3] - whole[1] >= _LONG):
                    for box in self._path(item, whole):
                        yield _moved(box, outer)
            elif kind == pdfium_c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                inner = _product(self.reader.matrix(item), outer)
                yield from self._among(pdf_calls.objects_within(item), inner, depth + 1)

    def _path(self, item: int, whole: Box) -> Iterable[Box]:
        """Return a path's ``whole`` box, or the boxes of its parts where one path draws several."""
        if pdf_calls.is_unseen(item):
            return ()
        segments = pdf_calls.count_segments(item)
        if segments in _ONE_SHAPE or min(whole[2] - whole[0], whole[3] - whole[1]) <= _THIN:
            return (whole,)
        return self._parts(item, segments) if segments <= _MOST_SEGMENTS else ()

    def _parts(self, item: int, segments: int) -> Iterator[Box]:
        matrix = self.reader.matrix(item)
        points: list[tuple[float, float]] = []
        for index in range(segments):
            segment = pdf_calls.segment_at(item, index)
            kind = pdf_calls.segment_type(segment)
            if kind == pdfium_c.FPDF_SEGMENT_MOVETO:
                yield from _around(points, matrix)
                points = []
            points.append(self.reader.point(segment))
        yield from _around(points, matrix)


def _around(points: list[tuple[float, float]], matrix: Matrix) -> Iterator[Box]:
    """Yield the box about points; a shape of more corners than a box has is no line."""
    if 2 <= len(points) <= _MOST_CORNERS:
        xs, ys = zip(*points, strict=True)
        yield _moved((min(xs), min(ys), max(xs), max(ys)), matrix)


def _moved(box: Box, matrix: Matrix) -> Box:
    if matrix is _SAME:
        return box
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (box[0], box[2]) for y in (box[1], box[3])]
    ys = [b * x + d * y + f for x in (box[0], box[2]) for y in (box[1], box[3])]
    return min(xs), min(ys), max(xs), max(ys)


def _product(first: Matrix, second: Matrix) -> Matrix:
    """Return the matrix that does ``first`` and then ``second``."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (
        a * p + b * r, a * q + b * s,
        c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip
