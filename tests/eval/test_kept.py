"""Outcomes on disk: nothing finished is lost or asked again, and runs are not mixed up."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.kept import FILE, Header, load_run, open_journal
from eval.outcome import Run
from eval.run import StoppedError, run
from indexer.errors import UsageError
from tests.eval.test_run import GOLD, engine

HEADER = Header({"gold": {"g.jsonl": "1"}, "part": "all", "k": 10, "build": "b"}, 4, 10, {"x": 1})


def asked(folder: Path, stop_at: str | None = None) -> tuple[Run, list[str]]:
    """Run the gold into a folder; return the run and the questions really put."""
    fake = engine()
    put: list[str] = []

    def rank(question: str) -> list[str]:
        if question == stop_at:
            raise StoppedError("The server does not answer.", "Start it.")
        put.append(question)
        return ["a-1"]

    fake.rank = rank
    journal = open_journal(folder, HEADER)
    try:
        return run(fake, {"gold": GOLD}, journal=journal), put
    finally:
        journal.close()


def test_a_run_comes_back_as_it_was(tmp_path: Path) -> None:
    finished, _ = asked(tmp_path)
    header, loaded = load_run(tmp_path)
    assert loaded.outcomes == finished.outcomes
    assert (header.identity, loaded.k, loaded.about) == (HEADER.identity, 10, {"x": 1})


def test_a_run_that_is_broken_off_says_how_to_go_on_and_does(tmp_path: Path) -> None:
    with pytest.raises(StoppedError, match=r"2 of 4 questions are finished and kept.*same command"):
        asked(tmp_path, stop_at=GOLD[2].question)
    with pytest.raises(UsageError, match=r"lacks 2 of its 4 questions.*goes on from there"):
        load_run(tmp_path)
    finished, put = asked(tmp_path)
    assert [outcome.question for outcome in finished.outcomes] == GOLD
    assert GOLD[0].question not in put
    assert GOLD[3].question in put
    _, put = asked(tmp_path)
    assert put == []


def test_without_a_folder_the_error_says_that_nothing_is_kept() -> None:
    fake = engine()

    def rank(_: str) -> list[str]:
        raise StoppedError("Gone.", "Start it.")

    fake.rank = rank
    with pytest.raises(StoppedError, match=r"0 of 4 questions were finished.*--out"):
        run(fake, {"gold": GOLD})


def test_a_line_that_a_crash_cut_short_is_asked_again(tmp_path: Path) -> None:
    asked(tmp_path)
    content = (tmp_path / FILE).read_bytes()
    (tmp_path / FILE).write_bytes(content[:-20])
    finished, put = asked(tmp_path)
    assert (len(finished.outcomes), put) == (4, [GOLD[3].question] * 3)  # warm-up, search, answer
    assert len(load_run(tmp_path)[1].outcomes) == 4


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"gold": {"g.jsonl": "2"}}, "gold"),
        ({"build": "c"}, "build"),
        ({"k": 20}, "number of passages"),
        ({"sources_sha256": "x"}, "state of the code"),
    ],
)
def test_another_run_in_the_folder_is_refused(
    tmp_path: Path, change: dict[str, object], named: str
) -> None:
    asked(tmp_path)
    other = Header({**HEADER.identity, **change}, 4, 10, {})
    with pytest.raises(UsageError, match=rf"differs in: {named}\..*--fresh"):
        open_journal(tmp_path, other)
    open_journal(tmp_path, other, fresh=True).close()
    assert len((tmp_path / FILE).read_text().splitlines()) == 1


def test_bad_files_are_named_with_their_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no run in .*eval run --out"):
        load_run(tmp_path)
    (tmp_path / FILE).write_text("nonsense\n")
    with pytest.raises(UsageError, match=r"outcomes.jsonl:1 does not say what the run is of"):
        load_run(tmp_path)
    asked(tmp_path / "b")
    text = (tmp_path / "b" / FILE).read_text()
    (tmp_path / "b" / FILE).write_text(text.replace('"gold":"gold"', '"gilt":1', 1))
    with pytest.raises(UsageError, match=r"outcomes.jsonl:2 is no outcome of this version"):
        load_run(tmp_path / "b")
