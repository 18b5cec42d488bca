"""PDF files: refused with a reason, or read page by page into lines, rows and furniture."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from indexer.errors import UnreadableFileError
from indexer.model import ParsedDocument
from indexer.parse.assemble import assemble
from indexer.parse.furniture import is_page_number, page_number_lines, repeated_lines
from indexer.parse.lines import Measure, lines_to_pages
from indexer.parse.outline import read_outline
from indexer.parse.pdf_layout import Part, read_parts
from indexer.parse.pdf_lines import page_lines, typical_spacing
from indexer.parse.pdf_words import read_sheet
from indexer.parse.titles import sensible_title

MEDIA_TYPE = "application/pdf"

_BREAK_GAP = 0.25
_MOST_NAMED = 12
_NOTE = 60
_SCAN = "Run text recognition (OCR) on the file, for example with ocrmypdf, and index the result."
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
    structure = _structure(path)
    document = _open(path)
    try:
        count = len(document)
        if count == 0:
            raise UnreadableFileError("The PDF has no pages.", _AGAIN)
        sheets, pictures, broken = _read(document)
        outline = read_outline(document)
    finally:
        document.close()
    _check_text(sheets, pictures, broken, count)
    landscape = [width > 1.1 * height for width, height, _ in sheets]
    parts = [part for _, _, part in sheets]
    spacing = typical_spacing(parts)
    lines = [
        page_lines(page, spacing[i], height=sheets[i][1], landscape=landscape[i])
        for i, page in enumerate(parts)
    ]
    texts = [["" if line.block else line.text for line in page] for page in lines]
    found = _without_first(repeated_lines(texts), texts) | page_number_lines(texts)
    marked = [
        [
            replace(line, furniture=True, title=False) if (number, index) in found else line
            for index, line in enumerate(page)
        ]
        for number, page in enumerate(lines)
    ]
    pages = lines_to_pages(marked, Measure(1.0, _BREAK_GAP))
    if len(structure.labels) == len(pages):
        for page, label in zip(pages, structure.labels, strict=True):
            page.label = label
    parsed = assemble(
        pages,
        media_type=MEDIA_TYPE,
        title=structure.title,
        warnings=_warnings(pictures, broken, path),
    )
    return replace(parsed, outline=outline)


def _without_first(
    found: set[tuple[int, int]], texts: Sequence[Sequence[str]]
) -> set[tuple[int, int]]:
    """Keep what is said first: a running head there may be the title, a long foot a note."""
    seen: set[str] = set()
    kept: set[tuple[int, int]] = set()
    for page, index in sorted(found):
        text = texts[page][index]
        tells = index < len(texts[page]) / 2 or len(text) > _NOTE
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


def _structure(path: Path) -> _Structure:
    """Read title and page labels; a file whose structure pypdf cannot follow goes without.

    Raises ``UnreadableFileError`` where the file is encrypted and asks for a password.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with PdfReader(path, strict=False) as reader:
            if reader.is_encrypted:
                return _Structure(None, ())
            title = reader.metadata.title if reader.metadata else None
            labels = tuple(reader.page_labels) if "/PageLabels" in reader.root_object else ()
            return _Structure(sensible_title(title), labels)
    except (
        PyPdfError,
        ArithmeticError,
        AttributeError,
        LookupError,
        OSError,
        TypeError,
        ValueError,
    ):
        return _Structure(None, ())
    except RecursionError:
        return _Structure(None, ())


_SheetParts = tuple[float, float, list[Part]]


def _read(document: Any) -> tuple[list[_SheetParts], list[int], list[int]]:
    """Read every page; also return the numbers of pages that are pictures, and of broken ones."""
    sheets: list[_SheetParts] = []
    pictures: list[int] = []
    broken: list[int] = []
    for number in range(1, len(document) + 1):
        try:
            page = document[number - 1]
        except pdfium.PdfiumError:
            broken.append(number)
            sheets.append((1.0, 1.0, []))
            continue
        sheet = read_sheet(page)
        if not sheet.words and _has_picture(page):
            pictures.append(number)
        sheets.append((sheet.width, sheet.height, read_parts(sheet)))
        page.close()
    return sheets, pictures, broken


def _has_picture(page: Any) -> bool:
    kinds = [pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_SHADING]
    return next(iter(page.get_objects(filter=kinds, max_depth=4)), None) is not None


def _check_text(
    sheets: Sequence[_SheetParts], pictures: Sequence[int], broken: Sequence[int], count: int
) -> None:
    if any(parts for _, _, parts in sheets):
        return
    if len(broken) == count:
        raise UnreadableFileError("None of the PDF's pages can be read: it is damaged.", _AGAIN)
    if pictures:
        raise UnreadableFileError(
            f"The PDF holds pictures of pages and no text ({_count(count)}): it needs OCR.", _SCAN
        )
    raise UnreadableFileError(
        f"The PDF's pages are blank ({_count(count)}).",
        "Check that it is the right file, or remove it.",
    )


def _warnings(pictures: Sequence[int], broken: Sequence[int], path: Path) -> list[str]:
    warnings = []
    if pictures:
        warnings.append(f"No text on {_named(pictures)}: pictures only. {_SCAN}")
    if broken:
        warnings.append(f"Damaged and left out: {_named(broken)}. {_AGAIN}")
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 2048))
        if b"%%EOF" not in file.read():
            warnings.append(f"The file has no proper end; pages may be missing. {_AGAIN}")
    return warnings


def _named(numbers: Sequence[int]) -> str:
    shown = ", ".join(str(number) for number in numbers[:_MOST_NAMED])
    more = len(numbers) - _MOST_NAMED
    page = "page" if len(numbers) == 1 else "pages"
    return f"{page} {shown}" + (f" and {more} more" if more > 0 else "")


def _count(pages: int) -> str:
    return "1 page" if pages == 1 else f"{pages} pages"
