"""Draw one page of a PDF with a quotation outlined: a program of its own, run by ``pictures``.

A page is made by strangers and its reader is a large C++ library, so it is drawn in a process that
has little memory, little time, and may write no file. It imports nothing of ours. A request comes
as JSON on standard input, the picture goes as WebP to standard output.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from io import BytesIO
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from PIL import Image, ImageChops, ImageDraw

_MEMORY = 768 << 20
_SECONDS = 20
_WIDTH = 1000
_MOST_HEIGHT = 3000
_MOST_CHARACTERS = 100_000
_MOST_WORDS = 4_000
_LEAST_FOUND = 0.6
_WASH, _EDGE = (255, 232, 150), (140, 82, 0)
_QUALITY = 72


class Box(NamedTuple):
    """A rectangle of the picture, in pixels from its upper left corner."""

    left: float
    top: float
    right: float
    bottom: float


def main() -> None:
    """Answer the one request."""
    _limit()
    wanted = json.load(sys.stdin)
    picture = drawn(wanted["path"], wanted["page"], wanted["quote"], wanted["nth"])
    sys.stdout.buffer.write(picture)


def _limit() -> None:
    with open("/proc/self/statm") as file:  # noqa: PTH123
        mapped = int(file.read().split()[0]) * resource.getpagesize()
    for limit, most in (
        (resource.RLIMIT_AS, mapped + _MEMORY),
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(limit)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(limit, (least, least))
    os.nice(5)


def drawn(path: str, number: int, quote: str, nth: int) -> bytes:
    """Return page ``number`` (from 1) as WebP, with the ``nth`` (from 0) ``quote`` outlined."""
    document = pdfium.PdfDocument(path)
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(_WIDTH / width, _MOST_HEIGHT / height)
    picture = page.render(scale=scale).to_pil().convert("RGB")
    if quote:
        _outline(picture, quote_boxes(page, picture.size, quote, nth))
    output = BytesIO()
    picture.save(output, "WEBP", quality=_QUALITY, method=3)
    return output.getvalue()


def quote_boxes(page: Any, size: tuple[int, int], quote: str, nth: int) -> list[Box]:
    """Return where a quotation stands on a picture of the page, line by line; [] if not found."""
    textpage = page.get_textpage()
    try:
        count = textpage.count_chars()
        if not 0 < count <= _MOST_CHARACTERS:
            return []
        characters = [chr(pdfium_c.FPDFText_GetUnicode(textpage.raw, i)) for i in range(count)]
        found = _exact(characters, quote, nth) or _by_words(characters, quote)
        boxes = [_on_picture(page, size, textpage.get_charbox(i, loose=True)) for i in found]
    finally:
        textpage.close()
    return list(_lines(boxes))


def _squeezed(text: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Yield the letters and digits of a text, as they are compared, each with its place."""
    for place, character in enumerate(text):
        for letter in unicodedata.normalize("NFKD", character).casefold():
            if letter.isalnum():
                yield letter, place


def _exact(characters: Sequence[str], quote: str, nth: int) -> list[int]:
    """Return the places of the quotation's characters where it stands there as it is."""
    letters = list(_squeezed(characters))
    page = "".join(letter for letter, _ in letters)
    wanted = "".join(letter for letter, _ in _squeezed(quote))
    at = found = page.find(wanted) if wanted else -1
    while at >= 0 and nth > 0:
        at, nth = page.find(wanted, at + 1), nth - 1
        found = at if at >= 0 else found
    if found < 0:
        return []
    first, last = letters[found][1], letters[found + len(wanted) - 1][1]
    while last + 1 < len(characters) and quote.endswith(_signs(characters[last + 1])):
        last += 1
        quote = quote[:-1]
    return [i for i in range(first, last + 1) if not characters[i].isspace()]


def _signs(character: str) -> tuple[str, ...]:
    """Return the sign itself; nothing for a letter, a digit or a space, which end a quotation."""
    return () if character.isalnum() or character.isspace() else (character,)


def _by_words(characters: Sequence[str], quote: str) -> list[int]:
    """Return the places of runs of the quotation's words: a table is read in another order."""
    words = list(_words(characters))
    wanted = [word for word, _, _ in _words(quote)]
    if not wanted or len(words) > _MOST_WORDS or len(wanted) > _MOST_WORDS:
        return []
    matcher = SequenceMatcher(None, [word for word, _, _ in words], wanted, autojunk=False)
    runs = [block for block in matcher.get_matching_blocks() if block.size >= min(2, len(wanted))]
    if sum(run.size for run in runs) < _LEAST_FOUND * len(wanted):
        return []
    return [
        place
        for run in runs
        for _, start, end in words[run.a : run.a + run.size]
        for place in range(start, end)
    ]


def _words(text: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Yield each word as it is compared, with the places where it begins and ends."""
    letters: list[tuple[str, int]] = []
    for letter, place in _squeezed(text):
        if letters and any(character.isspace() for character in text[letters[-1][1] : place]):
            yield "".join(one for one, _ in letters), letters[0][1], letters[-1][1] + 1
            letters = []
        letters.append((letter, place))
    if letters:
        yield "".join(one for one, _ in letters), letters[0][1], letters[-1][1] + 1


def _on_picture(page: Any, size: tuple[int, int], box: tuple[float, ...]) -> Box:
    left, bottom, right, top = box
    corners = [_device(page, size, x, y) for x, y in ((left, bottom), (right, top))]
    (x0, y0), (x1, y1) = corners
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _device(page: Any, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    right, down = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDF_PageToDevice(page.raw, 0, 0, *size, 0, x, y, right, down)
    return right.value, down.value


def _lines(boxes: Sequence[Box]) -> Iterator[Box]:
    """Put together the boxes of characters that follow one another in a line."""
    line: Box | None = None
    for box in boxes:
        if line and _goes_on(line, box):
            line = Box(line.left, min(line.top, box.top), box.right, max(line.bottom, box.bottom))
            continue
        if line:
            yield line
        line = box
    if line:
        yield line


def _goes_on(line: Box, box: Box) -> bool:
    height = max(1.0, line.bottom - line.top)
    beside = -height < box.left - line.right < 3 * height
    level = min(line.bottom, box.bottom) - max(line.top, box.top) > 0.4 * min(
        height, max(1.0, box.bottom - box.top)
    )
    return beside and level


def _outline(picture: Image.Image, boxes: Sequence[Box]) -> None:
    pen = ImageDraw.Draw(picture)
    for box in boxes:
        area = (
            max(0, int(box.left) - 3),
            max(0, int(box.top) - 2),
            min(picture.width, int(box.right) + 3),
            min(picture.height, int(box.bottom) + 2),
        )
        if area[0] < area[2] - 1 and area[1] < area[3] - 1:
            part = picture.crop(area)
            picture.paste(ImageChops.multiply(part, Image.new("RGB", part.size, _WASH)), area[:2])
            pen.rectangle((area[0], area[1], area[2] - 1, area[3] - 1), outline=_EDGE, width=2)


if __name__ == "__main__":
    main()
