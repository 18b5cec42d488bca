"""What became of each file: a folder with every sort of failure, nothing lost without a word."""

from __future__ import annotations

import os
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from indexer import build
from indexer.build import build_index
from indexer.model import ParsedDocument, Passage
from indexer.outcomes import Outcome, Result, outcome_lines, outcomes_json
from indexer.parse.programs import installed_programs
from indexer.segment import segment
from indexer.store.files import outcomes_in
from indexer.store.local import open_reader
from tests.indexer.parse import builders, hostile, office_builders


def _folder(folder: Path) -> Path:
    """Write files that are read, are copies, or fail each in its own way."""
    folder.mkdir()
    builders.minutes_pdf(folder / "good.pdf")
    (folder / "copy.pdf").write_bytes((folder / "good.pdf").read_bytes())
    (folder / "guessed.txt").write_bytes("The cost was £40 – no less.".encode("cp1252"))
    builders.locked_pdf(folder / "locked.pdf")
    (folder / "plain.pdf").unlink()
    builders.blank_pdf(folder / "blank.pdf")
    (folder / "empty.docx").write_bytes(b"")
    (folder / "empty-too.docx").write_bytes(b"")
    (folder / "wrong.pptx").write_text("no slides at all")
    (folder / "minutes.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "README").write_text("about these files")
    whole = (folder / "good.pdf").read_bytes()
    (folder / "cut.pdf").write_bytes(whole[: len(whole) // 4])
    looping = dict(hostile._content())["form-itself"]
    (folder / "loops.pdf").write_bytes(looping)
    os.mkfifo(folder / "pipe.pdf")
    (folder / os.fsdecode(b"minutes-\xff.txt")).write_text("It was noted.")
    (folder / "sub").mkdir()
    (folder / "sub" / "gone.txt").symlink_to(folder / "nowhere.txt")
    return folder


def test_every_file_has_one_outcome(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "corpus")
    settings = replace(build.Settings(), seconds_per_file=4.0)
    report = build_index(folder, tmp_path / "index", settings=settings)
    listed = [name for _, _, names in os.walk(folder) for name in names]
    assert len(report.outcomes) == len(listed)
    found = {outcome.file: outcome for outcome in report.outcomes}
    assert len(found) == len(listed)
    results = {file: outcome.result for file, outcome in found.items()}
    assert {file for file, result in results.items() if result is not Result.SKIPPED} == {
        *("good.pdf", "copy.pdf", "guessed.txt")
    }
    assert sorted(results[f] for f in ("good.pdf", "copy.pdf")) == [Result.READ, Result.SAME]
    assert results["guessed.txt"] is Result.WARNED
    for file, reason in {
        "locked.pdf": "locked with a password",
        "blank.pdf": "are blank",
        "empty.docx": "is empty",
        "empty-too.docx": "is empty",
        "wrong.pptx": "is not an office document",
        "minutes.xlsx": ".xlsx files are not read",
        "README": "without an extension",
        "cut.pdf": "damaged or was cut short",
        "loops.pdf": "longer than 4 seconds",
        "pipe.pdf": "no regular file",
        "minutes-\\xff.txt": "not in UTF-8",
        "sub/gone.txt": "cannot be opened",
    }.items():
        assert reason in found[file].reasons[0], file
        assert found[file].remedy.endswith(".")
    with closing(open_reader(tmp_path / "index")) as store:
        told = outcomes_in(store.info.skipped, store.documents())
        held = {document.id: document.file for document in store.documents()}
    assert [replace(one, documents=()) for one in told] == list(report.outcomes)
    (good,) = (one for one in told if one.file == "good.pdf")
    (copy,) = (one for one in told if one.file == "copy.pdf")
    assert good.documents == copy.documents
    assert held[good.documents[0]] in ("good.pdf", "copy.pdf")
    again = build_index(folder, tmp_path / "index", settings=settings)
    assert again.unchanged
    assert again.outcomes == report.outcomes


def test_a_program_that_has_come_has_files_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    builders.minutes_pdf(folder / "good.pdf")
    office_builders.minutes_docx(folder / "good.docx")
    first = build_index(folder, tmp_path / "index")
    assert first.info.settings["programs"] == installed_programs()
    monkeypatch.setattr(build, "installed_programs", lambda: "tesseract 99, LibreOffice installed")
    second = build_index(folder, tmp_path / "index")
    assert (second.unchanged, second.parsed, second.embedded) == (False, 2, 0)


def test_a_text_that_holds_things_up_costs_its_document_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hold_up(document_id: str, parsed: ParsedDocument, *others: Any) -> list[Passage]:
        if "endless" in parsed.text:
            time.sleep(60)
        return segment(document_id, parsed, *others)

    monkeypatch.setattr(build, "segment", hold_up)
    monkeypatch.setattr(build, "_seconds_to_divide", lambda _: 3.0)
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "bad.txt").write_text("The Board heard an endless report.")
    (folder / "good.txt").write_text("The Board agreed the plan.")
    report = build_index(folder, tmp_path / "index")
    assert [item.file for item in report.info.skipped] == ["bad.txt"]
    assert report.info.documents == 1
    assert {outcome.file: outcome.result for outcome in report.outcomes} == {
        "bad.txt": Result.SKIPPED,
        "good.txt": Result.READ,
    }


def test_the_table_counts_by_reason_and_folds_long_lists() -> None:
    skipped = [
        Outcome(
            f"{n:02}.pdf", Result.SKIPPED, (f"It took longer than {n} seconds (SIG{n})",), "Go."
        )
        for n in range(12)
    ]
    one = Outcome("z.pdf", Result.SKIPPED, ("It has 100,000 pages",), "Split it.")
    read = Outcome("a.txt", Result.READ)
    warned = Outcome("b.txt", Result.WARNED, ("Page 3 was read by OCR.",))
    lines = outcome_lines([*skipped, one, read, warned])
    assert lines[0] == "Files: 15"
    assert [line.strip() for line in lines[1:6]] == [
        "1 read",
        "1 read with warnings",
        "13 skipped",
        "12 It took longer than N seconds",
        "1 It has 100,000 pages",
    ]
    assert "  00.pdf: It took longer than 0 seconds (SIG0)" in lines
    assert "  … and 2 more; --json lists all" in lines
    assert "Skipped: It has 100,000 pages. Split it." in lines
    assert lines[-1] == "  b.txt: Page 3 was read by OCR."
    wire = outcomes_json([*skipped, one, read, warned])
    assert wire["counts"] == {
        "read": 1,
        "read with warnings": 1,
        "same as another file": 0,
        "skipped": 13,
    }
    files = wire["files"]
    assert isinstance(files, list)
    assert len(files) == 15
