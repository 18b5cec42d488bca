"""Files parsed in workers: in order, and a bad one is cut off and named."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import UnreadableFileError
from indexer.model import ParsedDocument
from indexer.parse import isolate, parse
from indexer.parse.isolate import parse_all
from indexer.parse.limits import MOST_CHARACTERS, TooLongError, at_most, more_time, seconds_for
from tests.indexer.parse import builders

PLENTY = 2 << 30
_POISON: list[Path] = []


def misbehave(path: Path) -> ParsedDocument | UnreadableFileError:
    """Parse as ever, but let a file's name tell what its reader does; runs in the worker."""
    vars(isolate)["parse"] = _bad_reader
    return REAL(path)


def _bad_reader(path: Path) -> ParsedDocument:
    if _POISON:
        os.kill(os.getpid(), signal.SIGSEGV)
    if path.name.startswith("poisons"):
        _POISON.append(path)
    if path.name.startswith("starts"):
        program = subprocess.Popen(["sleep", "600"], process_group=0)
        path.with_suffix(".pid").write_text(str(program.pid))
        time.sleep(60)
    if path.name.startswith("shouts"):
        os.write(2, b"library: cannot read this\n")
        os.write(1, b"library: nor that\n")
    if path.name.startswith("tells"):
        return replace(parse(path), text="a" * (MOST_CHARACTERS + 1))
    if path.name.startswith("asks"):
        more_time(30)
        time.sleep(5)
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


def test_of_many_in_flight_only_the_bad_ones_are_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolate, "_parse_here", misbehave)
    names = [f"{'kills' if n % 5 == 2 else 'good'}-{n}.pdf" for n in range(15)]
    outcomes = parse_all(_files(tmp_path, *names), workers=3, seconds=60, memory_bytes=PLENTY)
    lost = [path.name for path, outcome in outcomes if isinstance(outcome, UnreadableFileError)]
    assert lost == ["kills-2.pdf", "kills-7.pdf", "kills-12.pdf"]


def test_what_an_earlier_file_did_to_its_worker_costs_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolate, "_parse_here", misbehave)
    paths = _files(tmp_path, "poisons.pdf", "next.pdf", "last.pdf")
    found = dict(parse_all(paths, workers=1, seconds=60, memory_bytes=PLENTY))
    assert all(isinstance(outcome, ParsedDocument) for outcome in found.values())


def test_what_a_file_has_started_ends_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(isolate, "_parse_here", misbehave)
    paths = _files(tmp_path, "starts.pdf")
    [(_, outcome)] = parse_all(paths, workers=1, seconds=3, memory_bytes=PLENTY)
    assert isinstance(outcome, UnreadableFileError)
    pid = int((tmp_path / "starts.pid").read_text())
    with pytest.raises(ProcessLookupError):
        _wait_until_gone(pid)


def _wait_until_gone(pid: int) -> None:
    for _ in range(50):
        os.kill(pid, 0)
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            raise ProcessLookupError
        time.sleep(0.1)


def test_limits_of_output_and_silence_and_more_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(isolate, "_parse_here", misbehave)
    paths = _files(tmp_path, "shouts.pdf", "tells.pdf", "asks.pdf")
    shouts, tells, asks = (
        outcome for _, outcome in parse_all(paths, workers=2, seconds=4, memory_bytes=PLENTY)
    )
    assert isinstance(shouts, ParsedDocument)
    assert isinstance(asks, ParsedDocument)
    assert isinstance(tells, UnreadableFileError)
    assert "more text than the 10,000,000 characters" in tells.what
    assert "Split it" in tells.remedy
    assert capfd.readouterr() == ("", "")


def test_a_small_text_that_takes_long_goes_to_a_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow_here(path: Path) -> ParsedDocument:
        time.sleep(60)
        return parse(path)

    monkeypatch.setattr(isolate, "_SECONDS_HERE", 0.2)
    monkeypatch.setattr(isolate, "parse", slow_here)
    (tmp_path / "a.txt").write_text("It was noted.")
    [(_, outcome)] = parse_all([tmp_path / "a.txt"], workers=1, seconds=60, memory_bytes=PLENTY)
    assert isinstance(outcome, ParsedDocument)


def test_time_is_given_by_size_and_format(tmp_path: Path) -> None:
    small, large, old = (tmp_path / name for name in ("a.pdf", "b.pdf", "c.doc"))
    small.write_bytes(b"x" * 1000)
    large.write_bytes(b"x" * (1 << 20))
    old.write_bytes(b"x" * 1000)
    assert seconds_for(small, 120) == 15
    assert seconds_for(large, 120) == 75
    assert seconds_for(old, 120) == 75
    assert seconds_for(large, 20) == 20
    assert seconds_for(tmp_path / "gone.pdf", 120) == 15


def test_only_the_main_thread_is_cut_off() -> None:
    with pytest.raises(TooLongError), at_most(0.05):
        time.sleep(5)
    passed = []

    def elsewhere() -> None:
        with at_most(0.01):
            time.sleep(0.1)
        passed.append(True)

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert passed == [True]


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
    assert not multiprocessing.active_children()
