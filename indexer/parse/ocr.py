"""Pages that are pictures, read by text recognition (OCR) where tesseract is installed.

It is called as a program, one page at a time: its libraries for Python do no more, by way of
files, and would leave the process running when a reader is stopped.
"""

from __future__ import annotations

import csv
import math
import os
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from indexer.parse.limits import more_time
from indexer.parse.pdf_words import Sheet, Word, count_letters
from indexer.parse.programs import find_tesseract

INSTALL = (
    "Install tesseract (Debian: apt-get install tesseract-ocr) and index again, or run text "
    "recognition (OCR) on the file, for example with ocrmypdf, and index the result."
)
_CHECK = "Check a quotation from there against the picture of the page."
_ANEW = "Ask its publisher for a copy with text, or scan it anew at 300 dots an inch."
_DOTS = 300 / 72
_MOST_DOTS = 25_000_000
_FEWEST_LETTERS = 60
"""What a stamp on a scanned page says at most: the number of the page and of the item."""
_MOST_OF_PAGE = 0.5
_SURE_LINE, _SURE_PAGE = 0.4, 0.5
_SECONDS_A_PAGE, _MOST_PAGES, _MOST_FAILURES = 60.0, 500, 3
_COMMAND = "stdin stdout -l eng --psm 3 --dpi 300 tsv".split()
_PARTS = ("block_num", "par_num", "line_num")
_SIMILAR = 1.35


class Recogniser:
    """Reads the pages of one document that are pictures, and remembers how well."""

    def __init__(self) -> None:
        self._program = find_tesseract()
        self._failures = 0
        self.confidence: dict[int, float] = {}
        """Of each page read, by number: how sure its words are on average, from 0 to 1."""
        self.unread: list[int] = []
        """The numbers of pages that are pictures and stay without text."""

    def read(self, number: int, page: Any, sheet: Sheet) -> Sheet:
        """Return the page's ``sheet``, with the words of its picture where it is one."""
        if not _is_picture(page, sheet):
            return sheet
        words = self._recognise(page, sheet)
        if words:
            sure = sum(word.sure * len(word.word.text) for word in words)
            letters = sum(len(word.word.text) for word in words)
            if sure / letters >= _SURE_PAGE:
                self.confidence[number] = round(sure / letters, 2)
                return sheet._replace(words=(*sheet.words, *(word.word for word in words)))
        if not sheet.words:
            self.unread.append(number)
        return sheet

    def nothing(self, pages: str) -> tuple[str, str]:
        """Return what is wrong with a file whose ``pages`` are pictures, and the remedy."""
        what = f"The PDF holds pictures of pages and no text ({pages})"
        if self._program is None:
            return f"{what}: it needs OCR.", INSTALL
        return f"{what}, and OCR could not make out words in them.", _ANEW

    def warnings(self) -> Iterator[str]:
        """Yield what a reader should know of the pages that are pictures."""
        if self.confidence:
            mean = sum(self.confidence.values()) / len(self.confidence)
            were = "was" if len(self.confidence) == 1 else "were"
            yield (
                f"{named(self.confidence).capitalize()} {were} read by OCR, "
                f"mean confidence {mean:.0%}. {_CHECK}"
            )
        if self.unread:
            remedy = INSTALL if self._program is None else _ANEW
            yield f"No text on {named(self.unread)}: pictures only. {remedy}"

    def _recognise(self, page: Any, sheet: Sheet) -> list[_Sure]:
        """Return the words of the picture that do not stand in the page's own text."""
        done = len(self.confidence) + self._failures
        if self._program is None or self._failures >= _MOST_FAILURES or done >= _MOST_PAGES:
            return []
        picture = _picture(page, sheet)
        if picture is None:
            return []
        dots, image = picture
        more_time(2 * _SECONDS_A_PAGE)
        try:
            table = _run(self._program, image)
        except (subprocess.SubprocessError, OSError, UnicodeDecodeError):
            self._failures += 1
            return []
        more_time(_SECONDS_A_PAGE)
        words = _words(table, dots, sheet.height)
        return [word for word in words if not _stands_in(word.word, sheet.words)]


@dataclass(frozen=True, slots=True)
class _Sure:
    """A word and how sure it is, from 0 to 1."""

    word: Word
    sure: float


def named(numbers: Iterable[int]) -> str:
    """Return ``pages 2–4 and 7`` for page numbers; long lists are folded."""
    runs = []
    for _, run in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0]):
        pages = [number for _, number in run]
        runs.append(str(pages[0]) if len(pages) == 1 else f"{pages[0]}–{pages[-1]}")
    if len(runs) == 1:
        return f"page{'s' if '–' in runs[0] else ''} {runs[0]}"
    if len(runs) > 12:
        return f"pages {', '.join(runs[:12])} and more"
    return f"pages {', '.join(runs[:-1])} and {runs[-1]}"


def _is_picture(page: Any, sheet: Sheet) -> bool:
    """Say whether a page shows a picture, and no text of its own beyond a stamp."""
    if count_letters(sheet.words) > _FEWEST_LETTERS:
        return False
    if not sheet.words:
        kinds = [
            pdfium_c.FPDF_PAGEOBJ_IMAGE,
            pdfium_c.FPDF_PAGEOBJ_PATH,
            pdfium_c.FPDF_PAGEOBJ_SHADING,
        ]
        return next(iter(page.get_objects(filter=kinds, max_depth=4)), None) is not None
    images = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=4)
    covered = sum(map(_area, images))
    return covered >= _MOST_OF_PAGE * sheet.width * sheet.height


def _area(image: Any) -> float:
    try:
        x0, y0, x1, y1 = image.get_bounds()
    except pdfium.PdfiumError:
        return 0.0
    return float((x1 - x0) * (y1 - y0))


def _picture(page: Any, sheet: Sheet) -> tuple[float, bytes] | None:
    """Return the page in grey as a PGM file, and how many dots there are to a point."""
    area = sheet.width * sheet.height
    if not math.isfinite(area) or area < 1:
        return None
    dots = min(_DOTS, math.sqrt(_MOST_DOTS / area))
    if min(sheet.width, sheet.height) * dots < 10:
        return None
    try:
        bitmap = page.render(scale=dots, grayscale=True, prefer_bgrx=False)
    except (pdfium.PdfiumError, ValueError):
        return None
    try:
        rows = bitmap.to_numpy().reshape(bitmap.height, -1)[:, : bitmap.width]
        return dots, b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + rows.tobytes()
    finally:
        bitmap.close()


def _run(program: str, image: bytes) -> str:
    """Return what tesseract makes of a picture, as a table of words."""
    done = subprocess.run(
        [program, *_COMMAND],
        input=image,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=_SECONDS_A_PAGE,
        check=True,
        process_group=0,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
    )
    return done.stdout.decode("utf-8")


def _words(table: str, dots: float, height: float) -> list[_Sure]:
    """Return the words of lines that are likely to be print, and not specks or a drawing.

    A line is kept or left out whole: without one of its words it would say something else.
    """
    lines = list(_lines(table))
    sizes = [line.high for line in lines if line.sure >= _SURE_LINE]
    usual = median(sizes) if sizes else 1.0
    found = []
    for line in lines:
        if line.sure < _SURE_LINE:
            continue
        like = usual / _SIMILAR <= line.high <= usual * _SIMILAR
        size = (usual if like else line.high) / dots
        bottom, top = height - (line.top + line.high) / dots, height - line.top / dots
        for text, left, wide, sure in line.words:
            place = left / dots, (left + wide) / dots, bottom, top
            found.append(_Sure(Word(text, *place, size, (bottom + top) / 2), sure))
    return found


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of print in dots from the top: its words with their left edge, width and sureness."""

    top: float
    high: float
    words: Sequence[tuple[str, float, float, float]]

    @property
    def sure(self) -> float:
        """Return how sure the words are on average, long ones counting more."""
        letters = sum(len(text) for text, *_ in self.words)
        return sum(sure * len(text) for text, _, _, sure in self.words) / max(1, letters)


def _lines(table: str) -> Iterator[_Line]:
    rows = csv.DictReader(table.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = [row for row in rows if row["level"] == "5" and (row["text"] or "").strip()]
    for _, members in groupby(words, lambda row: [row[part] for part in _PARTS]):
        line = list(members)
        top = min(float(row["top"]) for row in line)
        bottom = max(float(row["top"]) + float(row["height"]) for row in line)
        yield _Line(
            top,
            bottom - top,
            [
                (row["text"], float(row["left"]), float(row["width"]), float(row["conf"]) / 100)
                for row in line
            ],
        )


def _stands_in(word: Word, own: Sequence[Word]) -> bool:
    """Say whether a word of the picture is one that the page has as text, too."""
    x, y = (word.x0 + word.x1) / 2, word.middle
    return any(w.x0 - 1 <= x <= w.x1 + 1 and w.y0 - 2 <= y <= w.y1 + 2 for w in own)
