"""The table of steps: the last step is the search itself, and each is measured as the search is."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.ablation.__main__ import main
from eval.ablation.measure import AS_SHOWN, HITS, gold_scores, table
from eval.ablation.recipe import RECIPE, index_of_windows
from eval.ablation.steps import STEPS, candidates
from eval.gold import load_gold
from eval.run import run
from eval.windows import WINDOW
from indexer.model import Filters
from indexer.progress import Silent
from search_api.engine import Engine
from search_api.query import understand
from search_api.ranking.late import read_question
from search_api.search import rank

_GOLD = Path(__file__).parents[3] / "eval" / "gold" / "seeds.jsonl"
_ASKED = 6


@pytest.fixture(scope="module")
def engine(sample_index: Path) -> Engine:
    return Engine.open(sample_index)


def test_the_last_step_is_the_search(engine: Engine) -> None:
    query = understand("When does BCT consultation start?", engine.store.acronyms())
    reading = read_question(engine.store, engine.embedder, query)
    last = list(STEPS.values())[-1]
    found = last(candidates(engine.store, reading, 100))
    assert found == rank(engine.store, reading, depth=100, filters=Filters())


def test_hits_are_counted_as_a_run_counts_them(engine: Engine) -> None:
    gold = [one for one in load_gold(_GOLD, part="dev") if one.answerable][:_ASKED]
    scores = gold_scores(gold, engine.store, engine.embedder, Silent())
    assert list(scores) == [*STEPS, AS_SHOWN]
    outcomes = run(engine, {"seeds": gold}).outcomes
    last = scores[AS_SHOWN]
    for k in HITS:
        found = [any(hit.rank <= k and hit.holds for hit in one.ranking) for one in outcomes]
        assert last[f"hit@{k}"].value == pytest.approx(sum(found) / len(found))
    written = table({"seeds": scores}, [f"hit@{k}" for k in HITS]).splitlines()
    assert len(written) == 2 + len(STEPS) + 1
    assert written[0] == "| | seeds hit@1 | seeds hit@3 | seeds hit@10 |"


def test_the_usual_recipe_is_asked_over_windows(
    engine: Engine, sample_index: Path, tmp_path: Path
) -> None:
    gold = [one for one in load_gold(_GOLD, part="dev") if one.answerable][:_ASKED]
    for _ in range(2):  # the second time nothing is left to embed
        store = index_of_windows(sample_index, tmp_path / "windows", engine.embedder, Silent())
    passages = store.passages(range(store.count()))
    assert {one.id for one in store.documents()} == {one.id for one in engine.store.documents()}
    assert max(len(one.text) for one in passages) <= WINDOW
    assert len(list((tmp_path / "windows" / "builds").iterdir())) == 1
    scores = gold_scores(gold, store, engine.embedder, Silent(), RECIPE, as_shown=False)
    assert list(scores) == list(RECIPE)
    assert all(0 < one["hit@10"].value <= 1 for one in scores.values())


def test_nothing_to_ask_and_no_index_are_told() -> None:
    nothing = CliRunner().invoke(main, [])
    assert nothing.exit_code == 2
    assert "Give --gold FILE INDEX" in nothing.output
    absent = CliRunner().invoke(main, ["--gold", str(_GOLD), "no-such-index"])
    assert absent.exit_code == 1
    assert "There is no index in no-such-index." in absent.output
