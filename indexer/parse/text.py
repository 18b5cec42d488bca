"""Plain text files: bytes to characters, characters to lines, lines to blocks."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from pathlib import Path

from indexer.errors import UnreadableFileError
from indexer.model import ParsedDocument
from indexer.parse.assemble import assemble
from indexer.parse.furniture import page_number_lines, repeated_lines, site_furniture
from indexer.parse.lines import Line, lines_to_pages, text_line

MEDIA_TYPE = "text/plain"

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LINE_END = re.compile("\r\n?|\n|\u2028|\u2029|\u0085|\v")
_BINARY = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 26, 27})
_SAMPLE = 200_000
_MOST_CONTROLS = 0.005
"""Texts taken from PDFs hold a stray control character here and there; binary files many."""


def parse_text(path: Path) -> ParsedDocument:
    """Read a plain text file. A form feed turns the page.

    Raises ``UnreadableFileError`` where the file is empty or holds no text.
    """
    text, warnings = decode(path.read_bytes())
    pages = [page_lines(page) for page in text.split("\f")]
    while len(pages) > 1 and not pages[-1]:
        pages.pop()
    raw = lines_to_pages(mark_edges(pages))
    return assemble(raw, media_type=MEDIA_TYPE, warnings=warnings)


def decode(data: bytes, *, what: str = "a text file") -> tuple[str, list[str]]:
    """Return the characters of ``data`` and a warning where the encoding had to be guessed.

    Raises ``UnreadableFileError`` for an empty file and for one that is not text.
    """
    if not data.strip(b"\x00\t\n\v\f\r "):
        raise UnreadableFileError(
            "The file is empty.", "Check that it was downloaded in full, or remove it."
        )
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode_as(data, encoding, what), []
    wide = _wide_encoding(data)
    if wide:
        return _decode_as(data, wide, what), []
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _BINARY))
    if controls > _MOST_CONTROLS * len(sample):
        raise _not_text(what)
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        return _guess(data, what)


def page_lines(page: str) -> list[Line]:
    """Return the lines of ``page`` that hold anything, each with the count of empty ones above."""
    lines: list[Line] = []
    gap = 0.0
    for text in _LINE_END.split(page.expandtabs()):
        if text.strip():
            lines.append(text_line(text, gap))
            gap = 0.0
        else:
            gap += 1
    return lines


def mark_edges(pages: list[list[Line]]) -> list[list[Line]]:
    """Mark as furniture page numbers, running heads and feet, and what a web page put around.

    Only a text without page breaks is taken for one that was copied from a web page.
    """
    texts = [[line.text for line in page] for page in pages]
    if len(pages) == 1:
        found = {(0, index) for index in site_furniture(texts[0])}
    else:
        found = repeated_lines(texts) | page_number_lines(texts)
    return [
        [
            replace(line, furniture=True) if (number, index) in found else line
            for index, line in enumerate(page)
        ]
        for number, page in enumerate(pages)
    ]


def _decode_as(data: bytes, encoding: str, what: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise _not_text(what) from None


def _wide_encoding(data: bytes) -> str | None:
    """Tell UTF-16 without a mark by its empty bytes, which stand all on one side."""
    sample = data[:_SAMPLE]
    if len(sample) < 4:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) / 2
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _guess(data: bytes, what: str) -> tuple[str, list[str]]:
    """Let charset-normalizer choose; western Windows text is by far the likeliest here."""
    from charset_normalizer import from_bytes

    try:
        text = data.decode("cp1252")
        if _reads_as_english(text):
            return text, ["The file does not say its encoding; read as Windows-1252."]
    except UnicodeDecodeError:
        pass
    best = from_bytes(data).best()
    if best is None:
        raise _not_text(what)
    return str(best), [f"The file does not say its encoding; read as {best.encoding}."]


def _reads_as_english(text: str) -> bool:
    """Say whether accents and signs are as rare as in English, Welsh or Irish text."""
    odd = sum(c > "\x7f" and c not in "£€–—‘’“”•·…éáíóúâêîôûŵŷ\xa0" for c in text)
    letters = sum(c.isalpha() for c in text)
    return letters > 0.5 * len(text.replace(" ", "")) and odd <= 0.02 * len(text)


def _not_text(what: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"The file is named like {what} but does not hold text.",
        "Give it the ending of its real format, or save it again as text in UTF-8.",
    )
