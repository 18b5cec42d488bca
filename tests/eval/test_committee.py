"""Committee meetings: what is read within a budget, by hand and from end to end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.beir.committee import BUDGET, chance, judged, load
from indexer.errors import UsageError
from indexer.model import Passage, Role, Span
from tests.eval.test_beir import command, embedder, use_embedder  # noqa: F401

READ = f"relevant@{BUDGET}"


def passage(start: int, end: int) -> Passage:
    return Passage(f"d-{start}", "d", "", Span(start, end), Role.TEXT, (), (1, 1))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    turns = [
        ("a", "Chair", "We shall speak of the trams and of nothing else."),
        ("a", "Member", "The tram line will open in spring."),
        ("b", "Chair", "Now to the hospital and its beds."),
        ("b", "Minister", "Forty hospital beds were closed last winter."),
        ("b", "Member", "I thank the minister."),
    ]
    rows = [
        {"_id": f"{n}", "meeting": meeting, "speaker": speaker, "text": text}
        for n, (meeting, speaker, text) in enumerate(turns)
    ]
    path = tmp_path / "talk"
    path.mkdir()
    (path / "turns.jsonl").write_text("\n".join(map(json.dumps, rows)))
    write_question(path, "b", [[0, 1]])
    return path


def write_question(folder: Path, meeting: str, spans: list[list[int]]) -> None:
    question = {"_id": "q", "meeting": meeting, "question": "how many hospital beds were closed?"}
    row = {**question, "relevant_turn_spans": spans}
    (folder / "questions.jsonl").write_text(json.dumps(row))


def test_the_places_of_the_turns_are_those_of_the_text(folder: Path) -> None:
    committee = load(folder)
    (asked,) = committee.questions
    text = committee.collection.documents[1].text
    assert [span.of(text) for span in asked.spans] == [
        "Chair: Now to the hospital and its beds.",
        "Minister: Forty hospital beds were closed last winter.",
    ]


@pytest.mark.parametrize(("meeting", "spans"), [("b", [[0, 9]]), ("c", [[0, 0]]), ("b", [])])
def test_turns_that_are_not_there_are_refused(
    folder: Path, meeting: str, spans: list[list[int]]
) -> None:
    write_question(folder, meeting, spans)
    with pytest.raises(UsageError, match=r"questions.jsonl: 'q' names turns"):
        load(folder)


def test_reading_by_hand() -> None:
    spans = [Span(1000, 2000), Span(5000, 6000)]
    ranking = [passage(0, 1500), passage(5000, 6000), passage(2000, 5000)]
    scores = judged(ranking, spans)
    assert scores[READ] == (500 + 1000) / 2000
    assert (scores["hit@1"], scores["hit@5"], scores["mrr@10"]) == (0, 1, 1 / 2)
    assert judged([], spans) == {READ: 0, "hit@1": 0, "hit@5": 0, "mrr@10": 0}


def test_the_budget_cuts_a_passage_short_and_large_passages_gain_nothing() -> None:
    spans = [Span(0, 10_000)]
    whole, parts = [passage(0, 10_000)], [passage(n, n + 100) for n in range(0, 10_000, 100)]
    assert judged(whole, spans)[READ] == judged(parts, spans)[READ] == 1
    assert judged([passage(20_000, 22_000), *whole], spans)[READ] == 1 / 2


def test_chance_is_the_share_of_the_text_that_answers() -> None:
    assert chance([Span(0, 4000)], 40_000) == pytest.approx(1 / 10)
    assert chance([Span(0, 400)], 40_000) == pytest.approx(1 / 10)
    assert chance([Span(0, 100)], 100) == 1


@pytest.mark.usefixtures("use_embedder")
def test_the_command_searches_within_the_meeting(folder: Path, tmp_path: Path) -> None:
    words = ["committee", folder, "--index", tmp_path / "index", "--json"]
    found = json.loads(command(*words))["modes"]
    assert set(found) == {"dense", "words", "fused", "chance"}
    for mode in ("dense", "words", "fused"):
        assert found[mode]["hit@1"]["value"] == 1
    assert found["chance"][READ]["value"] == 1  # The whole meeting is within the budget.
