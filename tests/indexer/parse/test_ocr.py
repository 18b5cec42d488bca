"""Pages that are pictures, read by the real tesseract."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
from pypdf import PdfWriter
from reportlab.lib.utils import ImageReader

from indexer.errors import UnreadableFileError
from indexer.model import ParsedDocument
from indexer.parse import ocr, parse
from indexer.parse.isolate import parse_all
from indexer.parse.ocr import named
from indexer.parse.programs import find_tesseract
from tests.indexer.parse import builders

needs_tesseract = pytest.mark.skipif(
    find_tesseract() is None, reason="tesseract is not installed: nothing to recognise text with"
)


def scan(source: Path, target: Path, *, stamp: str = "", dots: int = 200) -> Path:
    """Write ``target``, whose pages are pictures of those of ``source``, with a stamp as text."""
    drawing = builders.canvas(target)
    document = pdfium.PdfDocument(source)
    for page in document:
        size = page.get_size()
        picture = page.render(scale=dots / 72, grayscale=True).to_pil()
        drawing.setPageSize(size)
        drawing.drawImage(ImageReader(picture), 0, 0, *size)
        drawing.drawString(480, 10, stamp)
        drawing.showPage()
    document.close()
    drawing.save()
    return target


def _mixed(folder: Path) -> Path:
    """Write two pages of text, and then a picture of a page in columns."""
    writer = PdfWriter()
    writer.append(builders.minutes_pdf(folder / "text.pdf"))
    writer.append(scan(builders.columns_pdf(folder / "columns.pdf"), folder / "scan.pdf"))
    writer.write(folder / "mixed.pdf")
    return folder / "mixed.pdf"


@needs_tesseract
def test_a_scan_says_what_the_page_says(tmp_path: Path) -> None:
    source = builders.columns_pdf(tmp_path / "columns.pdf")
    document = parse(scan(source, tmp_path / "scan.pdf"))
    original = parse(source)
    assert document.text.lower() == original.text.lower()
    assert [block.kind for block in document.blocks] == [block.kind for block in original.blocks]
    [page] = document.pages
    assert page.ocr is not None
    assert 0.9 < page.ocr <= 1
    [warning] = document.warnings
    assert warning.startswith(f"Page 1 was read by OCR, mean confidence {page.ocr:.0%}.")


@needs_tesseract
def test_only_the_pages_without_text_are_recognised(tmp_path: Path) -> None:
    document = parse(_mixed(tmp_path))
    sure = [page.ocr for page in document.pages]
    assert sure[:2] == [None, None]
    assert sure[2] is not None
    assert "RESOLVED that the report be noted." in document.pages[0].span.of(document.text)
    assert "Right ends." in document.pages[2].span.of(document.text)
    assert [w for w in document.warnings if w.startswith("Page 3 was read by OCR")]


@needs_tesseract
def test_a_stamp_stays_as_it_is_written_and_is_said_once(tmp_path: Path) -> None:
    source = builders.columns_pdf(tmp_path / "columns.pdf")
    document = parse(scan(source, tmp_path / "scan.pdf", stamp="Page 27 of pack"))
    assert document.text.count("Page 27 of pack") == 1
    assert "Left begins. The board heard that the plan" in document.text


@needs_tesseract
def test_a_picture_without_words_is_refused_and_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match="could not make out words") as caught:
        parse(builders.picture_pdf(tmp_path / "picture.pdf"))
    assert "scan it anew" in caught.value.remedy


@needs_tesseract
def test_a_long_scan_gets_more_time_than_a_file_of_its_size(tmp_path: Path) -> None:
    """Each page takes a second or so; the file would be cut off after two of them."""
    writer = PdfWriter()
    scanned = scan(builders.columns_pdf(tmp_path / "columns.pdf"), tmp_path / "scan.pdf")
    for _ in range(4):
        writer.append(scanned)
    writer.write(tmp_path / "long.pdf")
    paths = [tmp_path / "long.pdf"]
    [(_, outcome)] = parse_all(paths, workers=1, seconds=2, memory_bytes=2 << 30)
    assert isinstance(outcome, ParsedDocument)
    assert all(page.ocr for page in outcome.pages)


def test_without_tesseract_a_scan_is_refused_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "find_tesseract", lambda: None)
    with pytest.raises(UnreadableFileError, match=r"no text \(1 page\): it needs OCR") as caught:
        parse(builders.picture_pdf(tmp_path / "picture.pdf"))
    assert "apt-get install tesseract-ocr" in caught.value.remedy


def test_without_tesseract_the_pages_without_text_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "find_tesseract", lambda: None)
    document = parse(_mixed(tmp_path))
    assert [page.ocr for page in document.pages] == [None, None, None]
    [warning] = document.warnings
    assert warning.startswith("No text on page 3: pictures only. Install tesseract")


def test_a_tesseract_that_fails_costs_its_pages_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ocr, "find_tesseract", lambda: "/bin/false")
    document = parse(_mixed(tmp_path))
    assert [page.ocr for page in document.pages] == [None, None, None]
    assert "No text on page 3" in document.warnings[0]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ([2], "page 2"),
        ([4, 2, 3], "pages 2–4"),
        ([1, 2, 5], "pages 1–2 and 5"),
        (range(1, 60, 2), "pages 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23 and more"),
    ],
)
def test_pages_are_named_in_runs(numbers: list[int], said: str) -> None:
    assert named(numbers) == said
