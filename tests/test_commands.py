"""The commands as a person types them: what they print, their exit codes, their bad inputs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

_ROOT = Path(__file__).parents[1]
_EXAMPLE = "when does BCT consultation start?"


def _run(*words: str | Path, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "minutebook", *map(str, words)],
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        input=stdin,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def _json(*words: str | Path) -> dict[str, Any]:
    done = _run(*words)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _text(index: Path, document_id: str) -> str:
    from indexer.store.local import open_reader

    store = open_reader(index)
    try:
        return store.text(document_id)
    finally:
        store.close()


def test_the_example_question_shows_all_three_statements(sample_index: Path) -> None:
    answer = _json("ask", _EXAMPLE, "--index", sample_index, "--json")
    assert answer["status"] == "changed"
    dates = {citation["document"]["date"] for citation in answer["citations"]}
    assert {"2016-04/2016-06", "2016-09-13", "2018-02/2018-08"} <= dates
    quotes = " ".join(citation["quote"] for citation in answer["citations"])
    for words in ("business case had been approved", "early 2017", "funding was"):
        assert words in quotes
    versions = [version["date"] for version in answer["timeline"]]
    assert versions == sorted(versions, reverse=True)
    assert [version["superseded"] for version in answer["timeline"]] == [False, True, True]
    for citation in answer["citations"]:
        text = _text(sample_index, citation["document"]["id"])
        assert text[citation["start"] : citation["end"]] == citation["quote"]
        assert citation["document"]["body"]
        assert citation["document"]["date_basis"]


def test_as_of_leaves_out_what_was_said_later(sample_index: Path) -> None:
    answer = _json("ask", _EXAMPLE, "--index", sample_index, "--as-of", "2016-10", "--json")
    dates = {citation["document"]["date"] for citation in answer["citations"]}
    assert "2018-02/2018-08" not in dates
    assert "2016-09-13" in dates


def test_a_person_reads_the_answer_with_dates_and_bodies(sample_index: Path) -> None:
    done = _run("ask", _EXAMPLE, "--index", sample_index)
    assert done.returncode == 0
    for words in ("13 September 2016", "Rutland County Council", "(superseded)", "[1]", "[3]"):
        assert words in done.stdout


def test_search_gives_k_passages_best_first(sample_index: Path) -> None:
    found = _json("search", "bed reductions", "--index", sample_index, "-k", "3", "--json")
    assert [hit["rank"] for hit in found["hits"]] == [1, 2, 3]
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    assert found["total"] == found["index"]["passages"]


def test_filters_act_inside_the_search(sample_index: Path) -> None:
    found = _json(
        "search", "plan", "--index", sample_index, "--body", "rutland county",
        "--role", "resolution", "-k", "50", "--json",
    )  # fmt: skip
    assert found["total"] == len(found["hits"]) > 0
    assert {hit["document"]["body"] for hit in found["hits"]} == {"Rutland County Council"}
    assert {hit["passage"]["role"] for hit in found["hits"]} == {"resolution"}


def test_what_the_documents_do_not_say_is_not_found(sample_index: Path) -> None:
    answer = _json("ask", "Who won the 1966 world cup?", "--index", sample_index, "--json")
    assert (answer["status"], answer["answer"], answer["citations"]) == ("not_found", None, [])
    assert answer["hits"]
    assert answer["reason"]


def test_a_batch_answers_line_by_line_and_a_bad_line_harms_no_other(sample_index: Path) -> None:
    lines = [
        {"id": "a", "question": _EXAMPLE, "as_of": "2016-10"},
        {"id": "b", "question": ""},
        "not json",
        {"id": 4, "question": "bed reductions", "filters": {"body": ["Rutland County"]}},
        {"id": "e", "question": "x", "colour": "red"},
        {"id": True, "question": "bed reductions"},
        {"id": "g", "question": "bed reductions", "filters": None},
    ]
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    done = _run("ask", "--batch", "-", "--index", sample_index, stdin=text)
    assert done.returncode == 1
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b", None, 4, "e", None, "g"]
    refused = [False, True, True, False, True, True, False]
    assert ["error" in answer for answer in answers] == refused
    assert "colour" in answers[4]["error"]
    bodies = {hit["document"]["body"] for hit in answers[3]["hits"]}
    assert bodies == {"Rutland County Council"}


def test_a_batch_that_is_not_all_text_answers_the_rest(sample_index: Path, tmp_path: Path) -> None:
    batch = tmp_path / "batch.jsonl"
    nested = b'{"id": "d", "question": ' + b"[" * 200_000
    batch.write_bytes(
        b'\xef\xbb\xbf{"id": "a", "question": "bed reductions"}\n'
        b'{"id": "b", "question": "caf\xe9"}\n'
        b'{"id": "c", "question": "half \\ud800 of it"}\n' + nested + b"\n"
        b'{"id": "f", "question": "bed reductions"}\n'
    )
    done = _run("search", "--batch", batch, "--index", sample_index, "--offset", "2", "-k", "1")
    assert done.returncode == 1
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["id"] for line in lines] == ["a", None, "c", None, "f"]
    assert ["error" in line for line in lines] == [False, True, True, True, False]
    assert "UTF-8" in lines[1]["error"]
    assert "JSON" in lines[2]["error"]
    assert lines[0]["hits"][0]["rank"] == 3
    assert "Traceback" not in done.stderr


def test_misuse_is_told_and_ends_with_2(sample_index: Path, tmp_path: Path) -> None:
    for arguments, said in (
        (("search", "plan", "--body", "", "--index", sample_index), "body"),
        (("search", "plan", "--batch", "-", "--index", sample_index), "batch"),
        (("ask", "plan", "--as-of", "2015-03/2014", "--index", sample_index), "as_of"),
        (("ask", "plan", "--to", "2015", "--to", "2016", "--index", sample_index), "2 times"),
        (("check", "--index", tmp_path / "none"), "There is no index"),
        (("index", tmp_path, "--index", "/proc/none"), "cannot be made"),
    ):
        (tmp_path / "minutes.txt").write_text("Minutes of the board.", encoding="utf-8")
        done = _run(*arguments, stdin="")
        assert done.returncode == 2, arguments
        assert said in done.stderr
        assert "Traceback" not in done.stderr


def test_an_index_in_its_corpus_is_no_document_and_linked_folders_are_told(tmp_path: Path) -> None:
    corpus, elsewhere = tmp_path / "corpus", tmp_path / "elsewhere"
    elsewhere.mkdir()
    corpus.mkdir()
    (corpus / "minutes.txt").write_text("The board met on 3 May 2016.", encoding="utf-8")
    (corpus / "linked").symlink_to(elsewhere)
    for _ in range(2):
        done = _run("index", corpus, "--index", corpus / "index.txt")
        assert done.returncode == 1
        assert "it is a link to a folder" in done.stdout + done.stderr
    listed = _json("documents", "--index", corpus / "index.txt", "--json")
    assert [document["file"] for document in listed["documents"]] == ["minutes.txt"]
    assert [each["file"] for each in listed["skipped"]] == ["linked"]


def test_documents_lists_dates_with_their_basis(sample_index: Path) -> None:
    listed = _json("documents", "--index", sample_index, "--json")
    assert len(listed["documents"]) == 5
    assert all(document["date_basis"] for document in listed["documents"])
    assert "bounded from the text" in _run("documents", "--index", sample_index).stdout


def test_check_finds_the_index_sound(sample_index: Path) -> None:
    done = _run("check", "--index", sample_index)
    assert (done.returncode, "is sound" in done.stdout) == (0, True)


def test_index_reports_skipped_files_and_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("The Board agreed the plan.", encoding="utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"no pdf at all")
    done = _run("index", tmp_path, "--index", tmp_path / ".index")
    assert done.returncode == 1
    assert "  bad.pdf\n" in done.stdout
    assert "is not a PDF" in done.stdout
    assert "1 documents" in done.stdout


@pytest.mark.parametrize(
    ("words", "what"),
    [
        (["ask"], "No question was given"),
        (["ask", ""], "empty"),
        (["ask", "a" * 10_000], "10,000 characters"),
        (["ask", "when?", "-k", "0"], "k is 0"),
        (["search", "beds", "--from", "last summer"], "cannot be read"),
        (["search", "beds", "--role", "king"], "king"),
        (["index", "{tmp}/empty"], "holds no documents"),
        (["index", "{tmp}/nowhere"], "no folder"),
        (["ask", "beds", "--index", "{tmp}/nothing"], "minutebook index"),
        (["frobnicate"], "frobnicate"),
    ],
)
def test_bad_input_ends_with_2_and_says_what_to_do(
    sample_index: Path, tmp_path: Path, words: list[str], what: str
) -> None:
    (tmp_path / "empty").mkdir()
    given = [word.format(tmp=tmp_path) if "{tmp}" in word else word for word in words]
    if words[0] != "frobnicate" and "--index" not in given:
        index = tmp_path / "index" if words[0] == "index" else sample_index
        given += ["--index", str(index)]
    done = _run(*given)
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert what in done.stderr
    assert "Traceback" not in done.stderr


def test_asking_loads_neither_torch_nor_a_pdf_library(sample_index: Path) -> None:
    code = (
        "import sys, minutebook\n"
        "try:\n    minutebook.main()\n"
        "except SystemExit as end:\n    assert not end.code, end.code\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'pypdf', 'pypdfium2', "
        "'fastapi', 'lxml'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "ask", _EXAMPLE, "--index", str(sample_index)],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip().endswith("[]")
