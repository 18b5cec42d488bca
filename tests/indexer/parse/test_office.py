"""Office files: refused with a reason, and read through LibreOffice where it is installed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import UnreadableFileError
from indexer.model import BlockKind, ParsedDocument
from indexer.parse import SUPPORTED, office, package, parse
from indexer.parse.isolate import parse_all
from indexer.parse.reading_order import Box, in_reading_order
from indexer.parse.tables import Cell, Row, row_blocks
from indexer.parse.titles import borne_out
from tests.indexer.parse import builders, office_builders
from tests.indexer.parse.test_real import CONVERTED, blocks_of, folder
from tests.indexer.parse.test_refusals import refusal

needs_libreoffice = pytest.mark.skipif(
    office.find_program() is None, reason="LibreOffice is not installed: nothing to convert with"
)


def _bytes(data: bytes) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return write


@pytest.mark.parametrize(
    ("name", "write", "what", "remedy"),
    [
        ("a.docx", _bytes(b""), "is empty", "Download the file again"),
        ("a.docx", _bytes(b"<html>404</html>"), "is not an office document", "error message"),
        ("a.docx", _bytes(b"PK\x03\x04" + b"\0" * 99), "damaged or was cut short", "Download"),
        ("a.docx", office_builders.cut_short(office_builders.minutes_docx), "damaged", "whole"),
        ("a.pptx", office_builders.cut_short(office_builders.deck_pptx), "damaged", "whole"),
        ("a.docx", _bytes(office_builders.ole("EncryptedPackage")), "by a password", "without"),
        ("a.pptx", _bytes(office_builders.ole("EncryptedPackage")), "by a password", "without"),
        ("a.docx", _bytes(office_builders.ole("WordDocument")), "is an older Word", "real format"),
        ("a.docx", _bytes(office_builders.RTF), "is a Rich Text (RTF)", "real format"),
        ("a.docx", office_builders.deck_pptx, "is a presentation (PPTX)", "real format"),
        ("a.pptx", office_builders.minutes_docx, "is a Word document (DOCX)", "real format"),
        ("a.docx", office_builders.zipped(a="b"), "is a ZIP archive", "real format"),
        ("a.docx", office_builders.spoilt, "damaged or was cut short", "whole copy"),
        ("a.docx", office_builders.template, "is a Word template", "as a Word document"),
        ("a.docx", office_builders.bomb, "unpacks to 300 MiB", "without its films"),
        ("a.docx", office_builders.blank_docx, "no text", "right file"),
        ("a.pptx", office_builders.blank_pptx, "has no text (1 slide)", "right file"),
        ("a.pptx", office_builders.no_slides, "has no slides", "Save it anew"),
        ("a.docx", _bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 99), "a picture (PNG)", "real format"),
        ("a.doc", _bytes(b"\0\1\2\3" * 99), "is not an office document", "real format"),
        ("a.doc", _bytes(office_builders.ole("Workbook")), "spreadsheet (XLS)", "real format"),
        (
            "a.odt",
            office_builders.zipped(
                **{
                    "mimetype": "application/vnd.oasis.opendocument.text",
                    "META-INF/manifest.xml": "<manifest:encryption-data/>",
                }
            ),
            "by a password",
            "without a password",
        ),
    ],
)
def test_refused_with_reason_and_remedy(
    name: str, write: Callable[[Path], Path], what: str, remedy: str, tmp_path: Path
) -> None:
    error = refusal(write(tmp_path / name))
    assert what in error.what
    assert remedy in error.remedy


@pytest.mark.parametrize("suffix", sorted(CONVERTED))
def test_without_libreoffice_the_remedy_is_to_install_it(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starts = {
        ".doc": office_builders.ole("WordDocument"),
        ".ppt": office_builders.ole("PowerPoint Document"),
        ".rtf": office_builders.RTF,
    }
    path = tmp_path / f"minutes{suffix}"
    if suffix in starts:
        path.write_bytes(starts[suffix])
    else:
        office_builders.zipped(mimetype=SUPPORTED[suffix])(path)
    monkeypatch.setattr(office, "find_program", lambda: None)
    error = refusal(path)
    assert error.what == f"A {suffix[1:].upper()} file needs LibreOffice to be read."
    assert "apt-get install libreoffice-core" in error.remedy
    assert "DOCX, PPTX or PDF" in error.remedy


def test_a_newer_file_under_an_older_name_needs_no_libreoffice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "find_program", lambda: None)
    assert parse(office_builders.minutes_docx(tmp_path / "a.doc")).media_type == SUPPORTED[".docx"]
    assert parse(office_builders.deck_pptx(tmp_path / "a.ppt")).media_type == SUPPORTED[".pptx"]
    (tmp_path / "page.doc").write_text("<html><body><p>It was noted.</p></body></html>")
    assert parse(tmp_path / "page.doc").media_type == "text/html"
    builders.minutes_pdf(tmp_path / "b.docx")
    assert parse(tmp_path / "b.docx").media_type == "application/pdf"


@needs_libreoffice
def test_libreoffice_reads_within_the_memory_of_a_worker(tmp_path: Path) -> None:
    path = tmp_path / "-minutes of the $board.rtf"
    path.write_bytes(office_builders.RTF)
    [(_, outcome)] = parse_all([path], workers=1, seconds=60, memory_bytes=512 << 20)
    assert isinstance(outcome, ParsedDocument), outcome
    assert outcome.media_type == SUPPORTED[".rtf"]
    assert "The board met on 3 May 2017 and agreed the plan." in outcome.text
    assert list(tmp_path.iterdir()) == [path]


@needs_libreoffice
def test_libreoffice_keeps_slides_and_minutes_apart() -> None:
    boards = folder("boards")
    deck = parse(boards / "files_CLG Activities.ppt")
    assert len(deck.pages) == 3
    assert deck.media_type == SUPPORTED[".ppt"]
    minutes = parse(boards / "files_Minutes of Open Data User Group 12 March_10.odt")
    assert "Actions and Minutes" in blocks_of(minutes, BlockKind.HEADING)
    assert minutes.media_type == SUPPORTED[".odt"]


def _stand_in(path: Path, does: str) -> Path:
    """Write a command that is called like LibreOffice, and does something else."""
    path.write_text(f"#!/bin/sh\n{does}\n")
    path.chmod(0o755)
    return path


def test_a_conversion_that_gives_nothing_is_a_plain_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = _stand_in(tmp_path / "nothing", "exit 0")
    monkeypatch.setattr(office, "find_program", lambda: str(program))
    (tmp_path / "a.rtf").write_bytes(office_builders.RTF)
    error = refusal(tmp_path / "a.rtf")
    assert "could not read the file" in error.what
    assert "without a password" in error.remedy


def test_a_conversion_that_hangs_ends_with_its_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs, traces = tmp_path / "bin", tmp_path / "temporary"
    programs.mkdir()
    traces.mkdir()
    _stand_in(programs / "soffice", f"echo $$ > {tmp_path}/pid; sleep 60 & wait")
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    monkeypatch.setenv("TMPDIR", str(traces))
    (tmp_path / "a.rtf").write_bytes(office_builders.RTF)
    [(_, outcome)] = parse_all([tmp_path / "a.rtf"], workers=1, seconds=2, memory_bytes=2 << 30)
    assert isinstance(outcome, UnreadableFileError)
    assert "longer than 2 seconds" in outcome.what
    number = int((tmp_path / "pid").read_text())
    for _ in range(50):
        if not Path(f"/proc/{number}").exists():
            break
        time.sleep(0.1)
    assert not Path(f"/proc/{number}").exists()
    assert not list(traces.glob("minutebook-*"))


def test_a_long_sentence_in_a_headings_style_heads_nothing(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_heading(
        "3.4 It was agreed that the board would write. " + "It would ask why. " * 5, 2
    )
    for text in ("Apologies", "Any other business"):
        document.add_paragraph(style="List Number").add_run(text).bold = True
        document.add_paragraph("There was nothing to be said of it.")
    document.save(str(tmp_path / "a.docx"))
    headings = blocks_of(parse(tmp_path / "a.docx"), BlockKind.HEADING)
    assert headings == ["1. Apologies", "2. Any other business"]


def test_an_older_file_with_another_in_it_is_what_its_name_says(tmp_path: Path) -> None:
    path = tmp_path / "slides.ppt"
    path.write_bytes(office_builders.ole("WordDocument", "PowerPoint Document"))
    assert package.format_of(path) == "ppt"
    path.rename(tmp_path / "slides.docx")
    assert package.format_of(tmp_path / "slides.docx") == "doc"


def test_boxes_are_read_across_and_then_down() -> None:
    places = {
        "foot": Box(0, 90, 100, 100),
        "right": Box(52, 20, 100, 80),
        "lower left": Box(0, 50, 50, 80),
        "upper left": Box(0, 21, 49, 49),
        "nowhere": None,
    }
    expected = ["upper left", "lower left", "right", "foot", "nowhere"]
    assert in_reading_order(list(places.items())) == expected


def test_columns_with_headings_are_read_one_by_one() -> None:
    places = {
        "cost": Box(52, 10, 100, 18),
        "year": Box(0, 10, 48, 18),
        "figures": Box(52, 20, 100, 90),
        "years": Box(0, 20, 48, 80),
    }
    assert in_reading_order(list(places.items())) == ["year", "years", "cost", "figures"]
    places["year"] = Box(0, 5, 48, 45)
    places["years"] = Box(0, 50, 48, 90)
    places["cost"] = Box(52, 6, 100, 45)
    places["figures"] = Box(52, 50, 100, 90)
    assert in_reading_order(list(places.items())) == ["year", "cost", "years", "figures"]


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        ([["Service", "Cost"], ["Nursing", "£40m"], ["Buses", "£2m"]], True),
        ([["A. Hill", "Chair"], ["B. Moor", "Member"]], False),
        ([["Nursing", "40"], ["Buses", "2"], ["Clinics", "3"]], False),
        ([["Service", "Cost"]], False),
    ],
)
def test_a_first_row_is_a_header_only_where_that_is_plain(
    rows: list[list[str]], header: bool
) -> None:
    blocks = row_blocks([Row(tuple(map(Cell, row))) for row in rows])
    assert [block.header for block in blocks] == [header] + [False] * (len(rows) - 1)


@pytest.mark.parametrize(
    ("title", "believed"),
    [
        ("Minutes of the Board", True),
        ("Agenda of another committee", False),
        ("minutes-final2.docx", False),
        ("PowerPoint Presentation", False),
        ("", False),
        (None, False),
    ],
)
def test_a_title_is_believed_where_the_text_says_it(title: str | None, believed: bool) -> None:
    found = borne_out(title, "MINUTES OF THE BOARD\nheld on 3 May 2017")
    assert found == (title if believed else None)
