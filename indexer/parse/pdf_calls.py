"""PDFium's functions that are called for every word or line of a page, without wrappers.

The bindings make an object of each pointer that they return; where a page has hundreds, plain
addresses take a third of the time. Handles are passed as ``address_of`` gives them. What is asked
of many characters or objects is asked of all at once: the loop over them is not Python's own.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from ctypes import c_float, c_int, c_uint, c_ulong, c_void_p
from itertools import repeat
from struct import Struct
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

Box = tuple[float, float, float, float]
"""Left, bottom, right and top, in points."""
Boxes = NDArray[np.float64]
"""Boxes of characters in columns, shape (4, characters): left, top, right and bottom, in points,
the order that PDFium has for characters. Those of none are no numbers."""
Matrix = tuple[float, float, float, float, float, float]


_pointer = c_void_p.from_param
"""Makes of an address what a function takes that declares no arguments."""


def _light(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Return PDFium's function of that name, giving addresses and numbers.

    One that declares no ``arguments`` takes pointers, made once for many calls, and numbers: what
    it is given is not converted anew each time.
    """
    address = ctypes.cast(getattr(pdfium_c, name), c_void_p).value
    assert address is not None
    return ctypes.PYFUNCTYPE(result, *arguments)(address)


count_chars = _light("FPDFText_CountChars", c_int, c_void_p)
unicode_of = _light("FPDFText_GetUnicode", c_uint, c_void_p, c_int)
font_weight = _light("FPDFFont_GetWeight", c_int, c_void_p)
_count_segments = _light("FPDFPath_CountSegments", c_int)
segment_at = _light("FPDFPath_GetPathSegment", c_void_p, c_void_p, c_int)
segment_type = _light("FPDFPathSegment_GetType", c_int, c_void_p)

_angle_of = _light("FPDFText_GetCharAngle", c_float)
_text_object = _light("FPDFText_GetTextObject", c_void_p)
_font_of = _light("FPDFTextObj_GetFont", c_void_p)
_count_objects = _light("FPDFPage_CountObjects", c_int, c_void_p)
_object_at = _light("FPDFPage_GetObject", c_void_p)
_count_form_objects = _light("FPDFFormObj_CountObjects", c_int, c_void_p)
_form_object_at = _light("FPDFFormObj_GetObject", c_void_p, c_void_p, c_ulong)
_type_of = _light("FPDFPageObj_GetType", c_int)
_fill_colour = _light("FPDFPageObj_GetFillColor", c_int)
_draw_mode = _light("FPDFPath_GetDrawMode", c_int)
_get_text = _light("FPDFText_GetText", c_int, c_void_p, c_int, c_int, c_void_p)
_loose_box = _light("FPDFText_GetLooseCharBox", c_int)
_bounds = _light("FPDFPageObj_GetBounds", c_int)
_matrix = _light("FPDFPageObj_GetMatrix", c_int)
_point = _light("FPDFPathSegment_GetPoint", c_int)
_font_name = _light("FPDFFont_GetBaseFontName", c_ulong, c_void_p, c_void_p, c_ulong)

_BOXES = Struct("4f")
_FOUR = _BOXES.unpack_from


def address_of(handle: Any) -> int:
    """Return the address of a handle that the bindings gave."""
    return int(ctypes.cast(handle, c_void_p).value or 0)


def page_text(page: int, count: int) -> str | None:
    """Return the ``count`` characters of a text page, None where they are not one code each."""
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    written = _get_text(page, 0, count, buffer)
    text = buffer.raw[: 2 * max(0, written - 1)].decode("utf-16-le", "surrogatepass")
    return text if len(text) == count and written == count + 1 else None


def char_boxes(page: int, indexes: Sequence[int]) -> Boxes:
    """Return the boxes of characters, as high as their type is."""
    floats = np.empty((len(indexes), 4), np.float32)
    start = floats.ctypes.data
    places = map(_pointer, range(start, start + _BOXES.size * len(indexes), _BOXES.size))
    found = list(map(_loose_box, repeat(_pointer(page)), indexes, places))
    if not all(found):
        floats[np.equal(found, 0)] = np.nan
    return floats.T.astype(np.float64, order="C")


def text_objects(page: int, indexes: Sequence[int]) -> list[int | None]:
    """Return the pieces of text that characters are part of, None for those of none."""
    return list(map(_text_object, repeat(_pointer(page)), indexes))


def text_object(page: int, index: int) -> int | None:
    """Return the piece of text that a character is part of, None where it is of none."""
    found: int | None = _text_object(_pointer(page), index)
    return found


def fonts_of(items: Sequence[int | None]) -> list[int | None]:
    """Return the fonts of pieces of text, None where one has none."""
    return list(map(_font_of, map(_pointer, items)))


def angles(page: int, indexes: Sequence[int]) -> list[float]:
    """Return at which angle each character runs, in radians."""
    return list(map(_angle_of, repeat(_pointer(page)), indexes))


def objects_of(page: int) -> Iterator[tuple[int, int]]:
    """Return the objects of a page, each with its type."""
    count = max(0, _count_objects(page))
    items = list(map(_object_at, repeat(_pointer(page)), range(count)))
    return zip(items, map(_type_of, map(_pointer, items)), strict=True)


def objects_within(form: int) -> Iterator[tuple[int, int]]:
    """Return the objects of a form, each with its type."""
    count = max(0, _count_form_objects(form))
    items = list(map(_form_object_at, repeat(form), range(count)))
    return zip(items, map(_type_of, map(_pointer, items)), strict=True)


class BoxReader:
    """Reads the boxes of objects into memory of its own."""

    def __init__(self) -> None:
        self._floats = (c_float * 6)()
        start = ctypes.addressof(self._floats)
        self._each = [_pointer(start + 4 * i) for i in range(4)]

    def item(self, item: int) -> Box | None:
        """Return the bounds of an object of the page, None where it has no extent."""
        if not _bounds(_pointer(item), *self._each):
            return None
        left, bottom, right, top = _FOUR(self._floats)
        return left, bottom, right, top

    def matrix(self, item: int) -> Matrix:
        """Return how an object is turned, stretched and moved."""
        if not _matrix(_pointer(item), self._each[0]):
            return 1.0, 0.0, 0.0, 1.0, 0.0, 0.0
        a, b, c, d, e, f = self._floats
        return a, b, c, d, e, f

    def point(self, segment: int) -> tuple[float, float]:
        """Return where a segment of a path ends, before the path's own matrix."""
        _point(_pointer(segment), self._each[0], self._each[1])
        return self._floats[0], self._floats[1]


_COLOUR = (c_uint * 4)()
_MODE = (c_int * 2)()
_COLOURS = [_pointer(ctypes.addressof(_COLOUR) + 4 * i) for i in range(4)]
_MODES = [_pointer(ctypes.addressof(_MODE) + 4 * i) for i in range(2)]
_WHITE = 250


def is_unseen(path: int) -> bool:
    """Say whether a path has no outline, and no fill but white paper's."""
    pointer = _pointer(path)
    if not _draw_mode(pointer, *_MODES):
        return False
    fill, stroke = _MODE
    if stroke:
        return False
    return not fill or bool(_fill_colour(pointer, *_COLOURS) and min(_COLOUR[:3]) >= _WHITE)


def count_segments(path: int) -> int:
    """Return how many segments a path has."""
    return int(_count_segments(_pointer(path)))


def font_name(font: int) -> str:
    """Return the font's name, "" where it has none."""
    buffer = ctypes.create_string_buffer(256)
    length = _font_name(font, buffer, 256)
    return buffer.raw[: min(length, 256)].rstrip(b"\0").decode("utf-8", "replace")
