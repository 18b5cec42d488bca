"""PDF files: refused with a reason, or read page by page into lines, rows and furniture."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from indexer.errors import UnreadableFileError
from indexer.model import ParsedDocument
from indexer.normalise import normalise_block
from indexer.parse.assemble import assemble
from indexer.parse.contents import contents_lines
from indexer.parse.furniture import (
    is_page_number,
    page_number_lines,
    printers_marks,
    repeated_lines,
)
from indexer.parse.limits import check_characters, check_pages
from indexer.parse.lines import Line, Measure, lines_to_pages
from indexer.parse.ocr import Recogniser, named
from indexer.parse.outline import read_outline
from indexer.parse.pdf_layout import Part, read_parts
from indexer.parse.pdf_lines import continued_parts, page_lines, typical_spacing
from indexer.parse.pdf_words import count_letters, read_sheet
from indexer.parse.titles import sensible_title

MEDIA_TYPE = "application/pdf"

_BREAK_GAP = 0.25
_LONGEST_LABEL = 40
_NOTE = 60
_COUNTS = re.compile(r"\bpage\s+\d+", re.I)
_AGAIN = "Download the file again or ask its publisher for a whole copy."


@dataclass(frozen=True, slots=True)
class _Structure:
    """What the file says of itself: its title, and the label printed on each page."""

    title: str | None
    labels: tuple[str, ...]


def parse_pdf(path: Path) -> ParsedDocument:
    """Read a PDF file page by page.

    Raises ``UnreadableFileError``, each with its own reason and remedy, for a file that is empty,
    encrypted, damaged, without pages, or whose pages are pictures or blank.
    """
    _check_start(path)
    document = _open(path)
    try:
        count = len(document)
        check_pages(count)
        if count == 0:
            raise UnreadableFileError("The PDF has no pages.", _AGAIN)
        structure = _structure(document)
        ocr = Recogniser()
        sheets, broken = _read(document, ocr)
        outline = read_outline(document)
    finally:
        document.close()
    _check_text(sheets, ocr, broken, count)
    landscape = [width > 1.1 * height for width, height, _ in sheets]
    parts = [part for _, _, part in sheets]
    spacing = typical_spacing(parts)
    continued = continued_parts(parts)
    lines = [
        page_lines(
            page,
            spacing[i],
            height=sheets[i][1],
            landscape=landscape[i],
            continued=continued[i],
        )
        for i, page in enumerate(parts)
    ]
    pages = lines_to_pages(_with_furniture(lines), Measure(1.0, _BREAK_GAP))
    if len(structure.labels) == len(pages):
        for page, label in zip(pages, structure.labels, strict=True):
            page.label = normalise_block(label)[:_LONGEST_LABEL] or None
    for number, confidence in ocr.confidence.items():
        pages[number - 1].ocr = confidence
    parsed = assemble(
        pages,
        media_type=MEDIA_TYPE,
        title=structure.title,
        warnings=[*ocr.warnings(), *_warnings(broken, path)],
    )
    return replace(parsed, outline=outline)


def _with_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Mark what only serves to find one's way: running heads and feet, page numbers, contents."""
    texts = [["" if line.block else line.text for line in page] for page in pages]
    found = _without_first(repeated_lines(texts), texts) | page_number_lines(texts)
    found |= printers_marks(texts)
    for number, page in enumerate(pages):
        found |= {(number, i) for i in contents_lines([line.text for line in page])}
    return [
        [
            replace(line, furniture=True, title=False, block=None)
            if (number, index) in found
            else line
            for index, line in enumerate(page)
        ]
        for number, page in enumerate(pages)
    ]


def _without_first(
    found: set[tuple[int, int]], texts: Sequence[Sequence[str]]
) -> set[tuple[int, int]]:
    """Keep what is said first: a running head there may be the title, a long foot a note."""
    seen: set[str] = set()
    kept: set[tuple[int, int]] = set()
    for page, index in sorted(found):
        text = texts[page][index]
        foot = index >= len(texts[page]) / 2
        tells = not foot or (len(text) > _NOTE and not _COUNTS.search(text))
        key = re.sub(r"\d+", "#", text)
        if tells and key not in seen and not is_page_number(text):
            kept.add((page, index))
        seen.add(key)
    return found - kept


def _check_start(path: Path) -> None:
    with path.open("rb") as file:
        start = file.read(1024)
    if not start.strip(b"\x00\t\n\f\r "):
        raise UnreadableFileError("The file is empty.", _AGAIN)
    if b"%PDF-" not in start:
        raise UnreadableFileError(
            "The file is named .pdf but is not a PDF.",
            "Give it the ending of its real format, or download it again: "
            "a web page with an error message may have been saved in its place.",
        )


def _open(path: Path) -> Any:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError:
        reason = pdfium_c.FPDF_GetLastError()
    if reason == pdfium_c.FPDF_ERR_PASSWORD:
        raise _locked()
    if reason == pdfium_c.FPDF_ERR_SECURITY:
        raise UnreadableFileError(
            "The PDF is protected in a way that cannot be opened.",
            "Save a copy without protection and index that.",
        )
    raise UnreadableFileError("The PDF is damaged or was cut short.", _AGAIN)


def _locked() -> UnreadableFileError:
    return UnreadableFileError(
        "The PDF is locked with a password.", "Save a copy without a password and index that."
    )


def _structure(document: Any) -> _Structure:
    """Read title and page labels; a file without labels has none for any page."""
    title = _said(document.get_metadata_value, "Title")
    labels = tuple(_said(document.get_page_label, index) for index in range(len(document)))
    return _Structure(sensible_title(title or None), labels if any(labels) else ())


def _said(ask: Callable[[Any], str], what: object) -> str:
    """Return a text that PDFium gives of the file, nothing where its characters are broken."""
    try:
        return ask(what)
    except UnicodeDecodeError:
        return ""


_SheetParts = tuple[float, float, list[Part]]


def _read(document: Any, ocr: Recogniser) -> tuple[list[_SheetParts], list[int]]:
    """Read every page, those that are pictures by ``ocr``; also return the broken ones' numbers."""
    sheets: list[_SheetParts] = []
    broken: list[int] = []
    characters = 0
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except pdfium.PdfiumError:
            broken.append(number)
            sheets.append((1.0, 1.0, []))
            continue
        sheet = ocr.read(number, page, read_sheet(page))
        characters += count_letters(sheet.words)
        check_characters(characters)
        sheets.append((sheet.width, sheet.height, read_parts(sheet)))
        page.close()
    return sheets, broken


def _check_text(
    sheets: Sequence[_SheetParts], ocr: Recogniser, broken: Sequence[int], count: int
) -> None:
    if any(parts for _, _, parts in sheets):
        return
    if len(broken) == count:
        raise UnreadableFileError("None of the PDF's pages can be read: it is damaged.", _AGAIN)
    if ocr.unread:
        raise UnreadableFileError(*ocr.nothing(_count(count)))
    raise UnreadableFileError(
        f"The PDF's pages are blank ({_count(count)}).",
        "Check that it is the right file, or remove it.",
    )


def _warnings(broken: Sequence[int], path: Path) -> list[str]:
    warnings = []
    if broken:
        warnings.append(f"Damaged and left out: {named(broken)}. {_AGAIN}")
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2048))
        if b"%%EOF" not in file.read():
            warnings.append(f"The file has no proper end; pages may be missing. {_AGAIN}")
    return warnings


def _count(pages: int) -> str:
    return "1 page" if pages == 1 else f"{pages} pages"
