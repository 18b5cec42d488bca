"""The folder of the documents that gold is about holds these and nothing else."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from eval.gather import gather
from eval.gold import GoldQuestion
from indexer.errors import UsageError

PAPERS = {"board/May.txt": "Agreed in May.", "board/deep/June.txt": "Agreed in June."}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    for file, words in {**PAPERS, "other.txt": "Nobody asks."}.items():
        path = tmp_path / "data" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")
    return tmp_path / "data"


def question(*files: str) -> GoldQuestion:
    digests = tuple(hashlib.sha256(PAPERS[file].encode()).hexdigest() for file in files)
    return GoldQuestion("q", "When?", "when", digests, (), (), (), True, "dev", files=files)


def test_only_the_named_documents_are_gathered_at_their_places(
    source: Path, tmp_path: Path
) -> None:
    gold = [question("board/deep/June.txt"), question("board/May.txt", "board/deep/June.txt")]
    assert gather(gold, source, tmp_path / "out") == sorted(PAPERS)
    found = {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.txt")}
    assert found == set(PAPERS)
    assert (tmp_path / "out" / "board/May.txt").read_text() == "Agreed in May."


def test_gathering_again_mends_what_was_changed(source: Path, tmp_path: Path) -> None:
    gold = [question("board/May.txt")]
    gather(gold, source, tmp_path / "out")
    (tmp_path / "out" / "board/May.txt").write_text("Not agreed.")
    assert gather(gold, source, tmp_path / "out") == ["board/May.txt"]
    assert (tmp_path / "out" / "board/May.txt").read_text() == "Agreed in May."


def test_a_file_with_other_content_is_named(source: Path, tmp_path: Path) -> None:
    (source / "board/May.txt").write_text("Agreed in March.")
    with pytest.raises(UsageError, match=r"lacks 1 of the 2 files.*board/May\.txt"):
        gather([question(*PAPERS)], source, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_with_other_documents_is_refused(source: Path, tmp_path: Path) -> None:
    gold = [question("board/May.txt")]
    gather(gold, source, tmp_path / "out")
    (tmp_path / "out" / "mine.txt").write_text("Mine.")
    with pytest.raises(UsageError, match=r"1 other files, such as mine\.txt"):
        gather(gold, source, tmp_path / "out")


def test_gold_without_files_says_which_question(source: Path, tmp_path: Path) -> None:
    gold = [replace(question("board/May.txt"), files=())]
    with pytest.raises(UsageError, match="'q' does not name the file"):
        gather(gold, source, tmp_path / "out")
