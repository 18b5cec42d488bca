"""Files parsed in workers: in order, and a bad one is cut off and named."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from indexer.errors import UnreadableFileError
from indexer.model import ParsedDocument
from indexer.parse import isolate, parse
from indexer.parse.isolate import parse_all
from tests.indexer.parse import builders

PLENTY = 2 << 30


def misbehave(path: Path) -> ParsedDocument | UnreadableFileError:
    """Parse as ever, but let a file's name tell what its reader does; runs in the worker."""
    vars(isolate)["parse"] = _bad_reader
    return REAL(path)


def _bad_reader(path: Path) -> ParsedDocument:
    if path.name.startswith("hangs"):
        time.sleep(60)
    if path.name.startswith("eats"):
        hoard = [bytearray(64 << 20) for _ in range(200)]
        raise AssertionError(len(hoard))
    if path.name.startswith("kills"):
        os.kill(os.getpid(), signal.SIGKILL)
    return parse(path)


REAL = isolate._parse_here


def _files(folder: Path, *names: str) -> list[Path]:
    for name in names:
        builders.minutes_pdf(folder / name)
    return [folder / name for name in names]


def test_outcomes_come_in_the_given_order(tmp_path: Path) -> None:
    paths = _files(tmp_path, "b.pdf", "a.pdf")
    (tmp_path / "c.txt").write_text("It was noted.")
    (tmp_path / "d.docx").write_bytes(b"PK")
    (tmp_path / "e.html").write_text("<p>It was agreed.</p>")
    paths += [tmp_path / "c.txt", tmp_path / "d.docx", tmp_path / "e.html", tmp_path / "gone.pdf"]
    found = list(parse_all(paths, workers=2, seconds=60, memory_bytes=PLENTY))
    assert [path for path, _ in found] == paths
    kinds = [isinstance(outcome, ParsedDocument) for _, outcome in found]
    assert kinds == [True, True, True, False, True, False]


def test_small_texts_start_no_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolate._Workshop, "_start", lambda *_: pytest.fail("started a worker"))
    (tmp_path / "a.txt").write_text("It was noted.")
    (tmp_path / "b.md").write_text("It was **agreed**.")
    paths = [tmp_path / "a.txt", tmp_path / "b.md"]
    texts = []
    for _, outcome in parse_all(paths, workers=1, seconds=1, memory_bytes=1):
        assert isinstance(outcome, ParsedDocument)
        texts.append(outcome.text)
    assert texts == ["It was noted.", "It was agreed."]


def test_bad_files_are_cut_off_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolate, "_parse_here", misbehave)
    paths = _files(tmp_path, "hangs.pdf", "good.pdf", "eats.pdf", "kills.pdf", "last.pdf")
    found = dict(parse_all(paths, workers=1, seconds=4, memory_bytes=512 << 20))
    assert isinstance(found[paths[1]], ParsedDocument)
    assert isinstance(found[paths[4]], ParsedDocument)
    for path, what, remedy in (
        (paths[0], "longer than 4 seconds", "leave it out"),
        (paths[2], "more memory than is allowed", "smaller parts"),
        (paths[3], "brought its reader down", "leave it out"),
    ):
        error = found[path]
        assert isinstance(error, UnreadableFileError)
        assert what in error.what
        assert remedy in error.remedy


@pytest.mark.parametrize(
    ("raised", "what"),
    [
        (KeyError("/Root"), "something its reader does not know (KeyError)"),
        (MemoryError(), "more memory than is allowed"),
        (RecursionError(), "nested too deeply"),
    ],
)
def test_no_exception_of_a_parser_escapes(
    raised: BaseException, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> ParsedDocument:
        raise raised

    monkeypatch.setattr(isolate, "parse", fail)
    (tmp_path / "a.txt").write_text("It was noted.")
    [(_, outcome)] = parse_all([tmp_path / "a.txt"], workers=1, seconds=1, memory_bytes=1)
    assert isinstance(outcome, UnreadableFileError)
    assert what in outcome.what


def test_a_caller_who_leaves_early_leaves_no_worker(tmp_path: Path) -> None:
    outcomes = parse_all(_files(tmp_path, "a.pdf", "b.pdf"), workers=1, seconds=60,
                         memory_bytes=PLENTY)  # fmt: skip
    next(outcomes)
    close = getattr(outcomes, "close")  # noqa: B009
    close()
    import multiprocessing

    assert not multiprocessing.active_children()
