"""A run from end to end over an engine that does as it is told, and what it leaves behind."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import ir_measures
import pytest
from click.testing import CliRunner
from ir_measures import RR

import eval.cli
from eval.gold import Evidence, GoldQuestion
from eval.outcome import Run
from eval.report import Report, write
from eval.run import as_asked, run
from indexer.errors import UsageError
from indexer.model import Filters
from indexer.progress import Terminal
from search_api.results import Answer, Repeat, SearchResult
from tests.eval.builders import (
    FakeEngine,
    FakeStore,
    answered,
    citation,
    question,
    sha,
    unanswerable,
)

STORE = FakeStore(
    {
        "a": "The plan was presented.\nIt was agreed: the plan be noted.\nThe meeting ended.",
        "b": "Nothing of note.",
    }
)
GOLD = [
    question(id="found", question="What was decided?"),
    question(id="broken", question="What breaks?", kind="why", part="test"),
    unanswerable(id="near-miss", question="What did it cost?", kind="how_much"),
    question(id="stale", question="What was it in 2016?", as_of="2016"),
]
QUOTE = citation(STORE, "a", "the plan be noted")


def engine(**changes: object) -> FakeEngine:
    answers: dict[str, Answer | Exception] = {
        "What was decided?": answered("the plan be noted", QUOTE),
        "What breaks?": ValueError("the model is tired"),
    }
    fake = FakeEngine(STORE, lambda _: ["a-0", "a-1", "a-2", "b-0"], answers)
    for name, value in changes.items():
        setattr(fake, name, value)
    return fake


def finished() -> Run:
    return run(engine(), {"gold": GOLD}, about={"part": "all"})


def test_every_question_has_an_outcome_and_a_failure_is_recorded() -> None:
    found, broken, near_miss, stale = finished().outcomes
    assert found.relevant == {"a-1"}
    assert [hit.holds for hit in found.ranking] == [(), (0,), (), ()]
    assert found.answered is not None
    assert (found.answered.status, found.answered.grounding) == ("answered", 1)
    assert broken.error == "ValueError: the model is tired"
    assert broken.search_ms is not None
    assert broken.answered is None
    assert near_miss.answered is not None
    assert near_miss.answered.refused
    assert stale.error is None


def test_filters_reach_the_engine_beside_as_of() -> None:
    narrow = Filters(body=("Anytown",), start="2015")
    asked = question(question="What was agreed?", as_of="2016", filters=narrow)
    together = Filters(body=("Anytown",), start="2015", as_of="2016")
    assert as_asked(asked, in_words=False) == ("What was agreed?", together)
    assert as_asked(asked, in_words=True) == ("As of 2016, what was agreed?", narrow)


def test_as_of_reaches_the_engine() -> None:
    fake = engine()
    run(fake, {"gold": GOLD})
    assert Filters(as_of="2016") in fake.asked


def test_a_reversed_engine_scores_lower() -> None:
    good = Report(run(engine(rank=lambda _: ["a-1", "a-0", "a-2"]), {"gold": GOLD}))
    bad = Report(run(engine(rank=lambda _: ["a-2", "a-0", "a-1"]), {"gold": GOLD}))
    assert good.overall["mrr@10"].value == 1
    assert bad.overall["mrr@10"].value == pytest.approx(1 / 3)


def test_an_engine_whose_offsets_are_shifted_is_caught() -> None:
    shifted = engine()
    shifted.answers["What was decided?"] = answered(
        "the plan be noted", citation(STORE, "a", "the plan be noted", shift=1)
    )
    assert Report(finished()).overall["quote_exactness"].value == 1
    assert Report(run(shifted, {"gold": GOLD})).overall["quote_exactness"].value == 0


def test_gold_for_other_documents_is_refused_and_no_questions_too() -> None:
    stranger = question(documents=(sha("z"),), evidence=(Evidence(sha("z"), "x"),))
    with pytest.raises(UsageError, match="none of the documents"):
        run(engine(), {"gold": [stranger]})
    with pytest.raises(UsageError, match="no question of the part"):
        run(engine(), {"gold": []})


def test_evidence_that_the_index_lacks_scores_zero_and_is_named() -> None:
    lost = question(id="lost", evidence=(Evidence(sha("a"), "the plan be burnt"),))
    report = Report(run(engine(), {"gold": [GOLD[0], lost]}))
    assert report.overall["hit@10"].value == 1 / 2
    assert report.as_json()["unplaced"] == {"lost": 1}
    assert "Evidence missing from the index: 1 of 2 questions" in report.table()


def test_the_table_keeps_kinds_parts_and_failures_apart() -> None:
    table = Report(finished()).table()
    assert table.startswith("4 questions, k = 10")
    for word in ("decision", "how_much", "dev", "test", "unanswerable", "hit@1", "95% interval"):
        assert word in table
    assert "Failed, scoring 0: 1 of 4 questions\n  broken: ValueError: the model is tired" in table


def test_the_files_of_a_run(tmp_path: Path) -> None:
    report = Report(finished())
    folder = tmp_path / "runs" / "first"
    write(report, folder)
    results = json.loads((folder / "results.json").read_text())
    assert results["questions"] == 4
    assert results["overall"]["hit@3"] == {"value": 1, "low": 1, "high": 1, "n": 3}
    assert results["by_part"]["test"]["failed"]["value"] == 1
    assert results["failed"] == {"broken": "ValueError: the model is tired"}
    assert set(results["overall"]) <= set(results["measures"])
    with (folder / "questions.csv").open(newline="") as file:
        rows = {row["id"]: row for row in csv.DictReader(file)}
    assert list(rows) == ["found", "broken", "near-miss", "stale"]
    assert rows["found"]["mrr@10"] == "0.5"
    assert rows["near-miss"]["mrr@10"] == ""
    assert rows["broken"]["error"] == "ValueError: the model is tired"


def test_other_tools_read_the_same_figures_from_the_trec_files(tmp_path: Path) -> None:
    report = Report(finished())
    write(report, tmp_path)
    qrels = list(ir_measures.read_trec_qrels(str(tmp_path / "qrels.trec")))
    ranking = list(ir_measures.read_trec_run(str(tmp_path / "run.trec")))
    assert [q.query_id for q in qrels] == ["found", "broken", "stale"]
    mean = ir_measures.calc_aggregate([RR @ 10], qrels, ranking)[RR @ 10]
    assert mean == pytest.approx(report.overall["mrr@10"].value)
    assert (tmp_path / "run.trec").read_text().splitlines()[1] == "found Q0 a-1 2 0.5 minutebook"


def test_a_folder_that_cannot_be_written_is_a_plain_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"cannot be written.*--out"):
        write(Report(finished()), tmp_path / "file" / "run")


def test_progress_goes_by_question(capsys: pytest.CaptureFixture[str]) -> None:
    run(engine(), {"gold": GOLD}, progress=Terminal())
    assert "Asking: 4 of 4 questions" in capsys.readouterr().err


def as_line(asked: GoldQuestion) -> str:
    return json.dumps(
        {
            "id": asked.id,
            "question": asked.question,
            "kind": asked.kind,
            "documents": asked.documents,
            "evidence": [{"document": e.document, "quote": e.quote} for e in asked.evidence],
            "answers": asked.answers,
            "answerable": asked.answerable,
            "part": asked.part,
        }
    )


@pytest.fixture
def gold_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    @contextmanager
    def lend(_: Path) -> Iterator[FakeEngine]:
        yield engine()

    monkeypatch.setattr(eval.cli, "_engine", lend)
    path = tmp_path / "mine.jsonl"
    path.write_text("\n".join(as_line(asked) for asked in GOLD))
    return path


def command(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(eval.cli.cli, [str(word) for word in words], catch_exceptions=False)
    return result.exit_code, result.output


def test_the_run_command_prints_and_writes(gold_file: Path, tmp_path: Path) -> None:
    code, printed = command("run", "--gold", gold_file, "--out", tmp_path / "r", "--part", "all")
    assert code == 0
    assert "4 questions, k = 10" in printed
    assert (tmp_path / "r" / "run.trec").exists()
    about = json.loads((tmp_path / "r" / "results.json").read_text())["about"]
    assert about["index"]["build"] == "build"
    assert list(about["gold"]) == ["mine.jsonl"]


def test_dev_is_the_default_and_json_is_json(gold_file: Path) -> None:
    code, printed = command("run", "--gold", gold_file, "--json")
    results = json.loads(printed)
    assert (code, results["questions"], list(results["by_part"])) == (0, 3, ["dev"])


def test_the_check_command_fails_on_a_quote_that_is_not_there(gold_file: Path) -> None:
    assert command("check", "--gold", gold_file) == (0, "4 questions, 0 problems\n")
    text = gold_file.read_text().replace("the plan be noted", "the plan be burnt", 1)
    gold_file.write_text(text)
    code, printed = command("check", "--gold", gold_file)
    assert code == 1
    assert "found: the quote 'the plan be burnt'" in printed


def test_evidence_that_is_told_under_a_hit_is_found() -> None:
    plain = engine().search("What was decided?")
    by_id = {hit.passage.id: hit for hit in plain.hits}
    under = Repeat(by_id["a-1"].passage, by_id["a-1"].document)

    def folded(question: str, **_: object) -> SearchResult:
        assert question == "What was decided?"
        return replace(plain, hits=(replace(by_id["b-0"], rank=1, repeats=(under,)),))

    (outcome,) = run(engine(search=folded), {"gold": GOLD[:1]}).outcomes
    (ranked,) = outcome.ranking
    assert (ranked.passage_id, ranked.rank, ranked.holds) == ("a-1", 1, (0,))


@pytest.mark.parametrize(
    ("words", "as_of", "asked"),
    [
        ("When does it start?", "2016-08", "As of August 2016, when does it start?"),
        ("BCT starts when?", "2016", "As of 2016, BCT starts when?"),
        (
            "When was it due, as things stood in May 2016?",
            "2016-05",
            "When was it due, as things stood in May 2016?",
        ),
    ],
)
def test_a_time_can_be_asked_in_words(words: str, as_of: str, asked: str) -> None:
    timed = question(question=words, as_of=as_of)
    assert as_asked(timed, in_words=True) == (asked, Filters())
    assert as_asked(timed, in_words=False) == (words, Filters(as_of=as_of))
    untimed = question(question=words)
    assert as_asked(untimed, in_words=True) == (words, Filters())
