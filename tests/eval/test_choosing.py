"""The fit of the choice: it finds what tells, and labels statements by what they read out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from eval.choosing import Choice, choices_of, chosen, fitted, report, unseen
from eval.gold import load_gold
from search_api.answer.scoring import WEIGHTS
from search_api.answer.statements import Parts
from tests.search_api.records import Record, engine_over

_COUNT = len(Parts._fields)


def _choices(count: int = 90) -> list[Choice]:
    """Statements of noise, of which the right one has more of the second part."""
    random = np.random.default_rng(11)
    found = []
    for number in range(count):
        parts = random.normal(size=(8, _COUNT))
        right = np.zeros(8)
        right[number % 8] = 1.0
        parts[number % 8, 1] += 3.0
        found.append(Choice("abc"[number % 3], parts, right))
    return found


def test_the_fit_finds_the_part_that_tells_and_unseen_questions_gain() -> None:
    choices = _choices()
    weights = fitted(choices)
    assert int(np.argmax(weights)) == 1
    assert abs(np.delete(weights, 1)).max() < weights[1] / 3
    assert unseen(choices).mean() > 0.7
    blind = np.eye(_COUNT)[0]
    assert chosen(choices, blind).mean() < 0.4


def test_questions_without_a_right_statement_teach_nothing() -> None:
    choices = _choices()
    empty = [Choice("a", one.parts, np.zeros(8)) for one in choices]
    assert fitted([*choices, *empty]) == pytest.approx(fitted(choices), rel=0.2)


def test_the_report_ends_with_what_stands_in_the_code() -> None:
    *_, last = report(_choices())
    named = dict(part.split("=") for part in last[len("WEIGHTS = Parts(") : -1].split(", "))
    assert tuple(named) == Parts._fields
    assert sum(map(float, named.values())) == pytest.approx(sum(WEIGHTS), abs=0.01)


def test_a_statement_is_right_where_it_reads_out_the_answer_in_its_document(
    tmp_path: Path,
) -> None:
    records = [
        Record("2017-01-10", "Fernby Council", "The clinic in Fernby would open in June 2017."),
        Record("2017-02-10", "Ashby Council", "The clinic in Ashby would open in June 2017."),
    ]
    with engine_over(tmp_path, records) as engine:
        ours = next(one for one in engine.store.documents() if one.body == "Fernby Council")
        path = tmp_path / "gold.jsonl"
        path.write_text(
            '{"id": "a", "question": "When will the clinic in Fernby open?", "kind": "when", '
            f'"documents": ["{ours.sha256}"], "evidence": [{{"document": "{ours.sha256}", '
            '"quote": "The clinic in Fernby would open in June 2017."}], '
            '"answers": ["June 2017"], "answerable": true, "part": "dev"}\n',
            encoding="utf-8",
        )
        [choice] = choices_of(engine, "set", load_gold(path))
    assert choice.parts.shape == (2, _COUNT)
    assert choice.right.tolist() == [1.0, 0.0]
