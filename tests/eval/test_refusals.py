"""The fit of the refusals: it finds what tells, and says so of questions that it has not seen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from eval.gold import GoldQuestion, load_gold
from eval.refusals import Case, auc, cases_of, fitted, report, unseen
from eval.split import part_of_document
from search_api.answer.evidence import FEATURES
from search_api.answer.refusal import WEIGHTS
from search_api.engine import Engine
from tests.search_api.records import Record, engine_over

ROOT = Path(__file__).parents[2]


def _cases(count: int = 120) -> list[Case]:
    random = np.random.default_rng(7)
    cases = []
    for number in range(count):
        answerable = number % 2 == 0
        noise = random.normal(size=len(FEATURES))
        noise[0] += 2.0 * answerable
        tenth = number // 2 % 10
        cases.append(Case("abc"[number // 2 % 3], tenth, answerable, 1.0, tuple(noise), 0.0))
    return cases


def test_the_fit_finds_the_feature_that_tells() -> None:
    weights = fitted(_cases())[1:]
    assert int(np.argmax(np.abs(weights))) == 0
    assert weights[0] > 0


def test_unseen_questions_are_told_apart_and_chance_is_chance() -> None:
    cases = _cases()
    sums = unseen(cases, [case.tenth for case in cases])
    yes = np.array([case.answerable for case in cases])
    assert auc(sums[yes], sums[~yes]) > 0.85
    assert auc(np.zeros(5), np.zeros(7)) == pytest.approx(0.5)


def test_the_report_ends_with_what_stands_in_the_code() -> None:
    *_, last = report(_cases(), 0.08)
    assert last.startswith("WEIGHTS = (")
    assert "NEEDED = " in last
    assert len(WEIGHTS) == len(FEATURES)


def test_an_answerable_question_is_also_read_without_its_documents(tmp_path: Path) -> None:
    records = [
        Record("2017-01-10", "Fernby Council", "The clinic in Fernby would open in June 2017."),
        Record("2017-02-10", "Ashby Council", "Ashby would review its buses in July 2017."),
    ]
    with engine_over(tmp_path, records) as engine:
        [gold] = _gold(tmp_path, engine)
        with_it, without = cases_of(engine, "set", [gold])
    assert with_it.answerable
    assert not without.answerable
    assert without.weight < with_it.weight
    assert dict(zip(FEATURES, without.features, strict=True))["missing name"] == 1.0


def _gold(folder: Path, engine: Engine) -> list[GoldQuestion]:
    sha256 = engine.store.documents()[0].sha256
    quote = "The clinic in Fernby would open in June 2017."
    path = folder / "gold.jsonl"
    path.write_text(
        '{"id": "a", "question": "When will the clinic in Fernby open?", "kind": "when", '
        f'"documents": ["{sha256}"], "evidence": [{{"document": "{sha256}", "quote": "{quote}"}}], '
        '"answers": ["June 2017"], "answerable": true, "part": "dev"}\n',
        encoding="utf-8",
    )
    return load_gold(path)


@pytest.mark.parametrize("name", ["seeds", "shared", "boards"])
def test_near_misses_are_for_learning_and_of_dev_documents(name: str) -> None:
    questions = load_gold(ROOT / "eval" / "gold" / "near" / f"{name}.jsonl")
    assert len(questions) >= 20
    assert all(question.part == "dev" and not question.answerable for question in questions)
    if name != "seeds":
        parts = {part_of_document(one) for question in questions for one in question.documents}
        assert parts == {"dev"}


def test_ids_of_near_misses_are_their_own() -> None:
    folder = ROOT / "eval" / "gold"
    load_gold(*sorted(folder.glob("*.jsonl")), *sorted((folder / "near").glob("*.jsonl")))
