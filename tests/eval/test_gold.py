"""A gold file's faults are all reported, by file and line, with the remedy."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from eval.gold import GoldError, load_gold
from indexer.errors import UsageError

SHA = "a" * 64
GOOD: dict[str, Any] = {
    "id": "q1",
    "question": "When?",
    "kind": "when",
    "documents": [SHA],
    "evidence": [{"document": SHA, "quote": "on 30 June 2016"}],
    "answers": ["30 June 2016"],
    "answerable": True,
    "part": "dev",
}


def write(tmp_path: Path, *lines: object, name: str = "gold.jsonl") -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path = tmp_path / name
    path.write_text("\n".join(texts), encoding="utf-8")
    return path


def test_a_sound_file_gives_its_questions_in_order(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD, "", {**GOOD, "id": "q2", "part": "test", "as_of": "2016-08"})
    first, second = load_gold(path)
    assert (first.id, first.evidence[0].quote, first.as_of) == ("q1", "on 30 June 2016", None)
    assert (second.id, second.as_of) == ("q2", "2016-08")
    assert [q.id for q in load_gold(path, part="test")] == ["q2"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"id": ""}, "'id' must be a text"),
        ({"kind": "whence"}, "'kind' is 'whence'. Choose one of: when, who"),
        ({"part": "train"}, "'part' is 'train'. Choose one of: dev, test"),
        ({"documents": []}, "at least one SHA-256"),
        ({"documents": ["minutes.txt"]}, "at least one SHA-256"),
        ({"documents": SHA}, "'documents' must be a list of texts"),
        ({"evidence": "x"}, "'evidence' must be a list of objects"),
        ({"evidence": [{"quote": "x"}]}, "'evidence' must be a list of objects"),
        ({"evidence": [{"document": "b" * 64, "quote": "x"}]}, "'documents' does not name"),
        ({"evidence": [{"document": SHA, "quote": "two  spaces"}]}, "single space"),
        ({"evidence": []}, "answerable but has no evidence"),
        ({"answers": []}, "answerable but has no evidence or no accepted answer"),
        ({"answers": [""]}, "'answers' must be a list of texts"),
        ({"items": [[]]}, "an item without a form"),
        ({"filters": []}, "'filters' must be an object"),
        ({"filters": {"as_of": "2016"}}, "stands among the filters"),
        ({"filters": {"colour": "red"}}, "'filters': “colour” is not known here"),
        ({"filters": {"kind": ["poem"]}}, "'filters': “kind” must be"),
        ({"filters": {"from": "whenever"}}, "'filters': The date for “from” cannot be read"),
        ({"items": "x"}, "'items' must be a list of lists"),
        ({"answerable": "yes"}, "must be true or false"),
        ({"answerable": False}, "unanswerable but has evidence"),
        ({"as_of": "June 2016"}, "'as_of' is 'June 2016'"),
        ({"as_of": "2016-13"}, "'as_of' is '2016-13'"),
        ({"stale": ["30 June 2016"]}, "'stale' holds an accepted answer"),
        ({"stale": [""]}, "'stale' must be a list of texts"),
        ({"files": ["/data/x.pdf"]}, "not below the data folder"),
        ({"files": ["../x.pdf"]}, "not below the data folder"),
        ({"files": ["a.pdf", "b.pdf"]}, "1 documents and 2 files"),
        ({"answer": "x"}, "no field 'answer'. Known fields: answerable, answers"),
    ],
)
def test_a_fault_names_its_line_and_the_remedy(
    tmp_path: Path, change: dict[str, object], words: str
) -> None:
    path = write(tmp_path, GOOD, "", {**GOOD, "id": "q2", **change})
    with pytest.raises(GoldError) as caught:
        load_gold(path)
    assert "gold.jsonl:3: " in str(caught.value)
    assert words in str(caught.value)
    assert caught.value.faults[0].remedy


@pytest.mark.parametrize(
    ("line", "words"),
    [('{"id": ', "not JSON"), ("[1]", "not a JSON object"), ('"text"', "not a JSON object")],
)
def test_lines_that_are_no_objects(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(GoldError, match=words):
        load_gold(write(tmp_path, line))


def test_all_faults_come_at_once_and_survive_pickling(tmp_path: Path) -> None:
    path = write(tmp_path, {**GOOD, "kind": "x"}, "{", {**GOOD, "id": "q3"}, *["?"] * 30)
    with pytest.raises(GoldError) as caught:
        load_gold(path)
    error = caught.value
    assert [fault.line for fault in error.faults] == [1, 2, *range(4, 34)]
    assert "… and 12 more." in str(error)
    assert pickle.loads(pickle.dumps(error)).faults == error.faults


def test_an_id_is_unique_over_all_files(tmp_path: Path) -> None:
    one, two = write(tmp_path, GOOD), write(tmp_path, GOOD, name="other.jsonl")
    with pytest.raises(GoldError, match=r"other.jsonl:1: .*'q1' already stands at gold.jsonl:1"):
        load_gold(one, two)


def test_files_that_cannot_be_used_at_all(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"absent.jsonl cannot be read.*Check --gold"):
        load_gold(tmp_path / "absent.jsonl")
    with pytest.raises(UsageError, match="holds no question"):
        load_gold(write(tmp_path, ""))
    path = tmp_path / "latin.jsonl"
    path.write_bytes(b"{}\n\xe9")
    with pytest.raises(GoldError, match=r"latin.jsonl:2: The line is not UTF-8"):
        load_gold(path)


def test_a_quote_may_hold_a_line_separator_of_unicode(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({**GOOD, "question": "a\u2028b"}, ensure_ascii=False), "utf-8")
    assert load_gold(path)[0].question == "a\u2028b"
