"""Each reader against a small file, compared whole: text, pages and blocks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.model import ParsedDocument, Span
from indexer.parse import parse
from tests.indexer.parse import builders, office_builders, samples

GOLDEN = Path(__file__).with_name("golden")


def _text(text: str, encoding: str = "utf-8") -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(text.encode(encoding))
        return path

    return write


def _bytes(page: Path) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(page.read_bytes())
        return path

    return write


CASES: dict[str, Callable[[Path], Path]] = {
    "web_minutes.txt": _text(samples.WEB_MINUTES),
    "lettered.txt": _text(samples.LETTERED),
    "wrapped.txt": _text(samples.WRAPPED),
    "two_pages.txt": _text("First page.\fSecond page.\f"),
    "extracted.md": _text(samples.EXTRACTED),
    "written.md": _text(samples.WRITTEN),
    "web_page.html": _text(samples.WEB_PAGE, "latin-1"),
    "minutes.pdf": builders.minutes_pdf,
    "columns.pdf": builders.columns_pdf,
    "table.pdf": builders.table_pdf,
    "slides.pdf": builders.slides_pdf,
    "minutes.docx": office_builders.minutes_docx,
    "deck.pptx": office_builders.deck_pptx,
}
PAGES = sorted(Path(__file__).with_name("pages").glob("*.html"))
CASES |= {page.name: _bytes(page) for page in PAGES}


@pytest.mark.parametrize("name", CASES)
def test_parsed_as_before(name: str, tmp_path: Path) -> None:
    document = parse(CASES[name](tmp_path / name))
    found = as_json(document)
    golden = GOLDEN / f"{name}.json"
    if not golden.exists():
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(found, encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and has been written: review it, then run again")
    assert found == golden.read_text(encoding="utf-8")


def as_json(document: ParsedDocument) -> str:
    """Write a document so that a person can review it: one line for each page and block."""
    blocks = [
        [block.kind.value, block.level, *_ends(block.span), block.span.of(document.text)]
        + ([_ends(block.header)] if block.header else [])
        for block in document.blocks
    ]
    parts = {
        "media_type": document.media_type,
        "title": document.title,
        "warnings": list(document.warnings),
        "length": len(document.text),
        "pages": [[page.number, *_ends(page.span), page.label] for page in document.pages],
        "blocks": blocks,
    }
    lines = []
    for key, value in parts.items():
        if key in {"pages", "blocks"} and isinstance(value, list):
            rows = ",\n  ".join(json.dumps(row, ensure_ascii=False) for row in value)
            lines.append(f'"{key}": [\n  {rows}\n]')
        else:
            lines.append(f'"{key}": {json.dumps(value, ensure_ascii=False)}')
    return "{" + ",\n".join(lines) + "}\n"


def _ends(span: Span) -> list[int]:
    return [span.start, span.end]
