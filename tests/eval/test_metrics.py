"""Every measure against an example computed by hand, and ir-measures against plain formulas."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from eval.gold import Evidence
from eval.judge import CitationVerdict
from eval.metrics import (
    MEASURES,
    accuracy,
    answer_accuracy,
    evidence_recall,
    ranking_scores,
    score_questions,
    summarise,
    trec_run,
)
from eval.outcome import Answered, Outcome, Ranked
from tests.eval.builders import question, sha, unanswerable

EXACT = CitationVerdict(exact=True, page_right=True, supports=True)
ASTRAY = CitationVerdict(exact=True, page_right=True, supports=False)
SHIFTED = CitationVerdict(exact=False, page_right=False, supports=True)


def outcome(
    ranking: Sequence[str], relevant: Sequence[str], number: int = 1, **changes: object
) -> Outcome:
    hits = [Ranked(p, sha("a"), n, 1.0, ()) for n, p in enumerate(ranking, start=1)]
    fields: dict[str, object] = {
        "question": question(id=f"q{number}"),
        "gold": "gold",
        "relevant": frozenset(relevant),
        "unplaced": 0,
        "ranking": tuple(hits),
        "search_ms": 10.0,
    }
    return Outcome(**{**fields, **changes})  # type: ignore[arg-type]


def reply(text: str | None, *citations: CitationVerdict, shown: Sequence[str] = ()) -> Answered:
    status = "answered" if text else "not_found"
    return Answered(status, text, citations, frozenset(shown), 1.0 if text else 0.0, 20.0)


def values(*outcomes: Outcome) -> dict[str, float]:
    scores = summarise(outcomes, score_questions(outcomes))
    return {name: score.value for name, score in scores.items()}


def test_a_ranking_by_hand() -> None:
    scores = ranking_scores([outcome(["p1", "p2", "p3", "p4"], ["p2", "p4", "p9"])])
    gain = 1 / math.log2(3) + 1 / math.log2(5)
    ideal = 1 / math.log2(2) + 1 / math.log2(3) + 1 / math.log2(4)
    assert scores["q1", "hit@1"] == 0
    assert scores["q1", "hit@3"] == 1
    assert scores["q1", "hit@10"] == 1
    assert scores["q1", "mrr@10"] == 1 / 2
    assert scores["q1", "ndcg@10"] == pytest.approx(gain / ideal)


def test_what_stands_after_the_tenth_place_does_not_count() -> None:
    ranking = [f"p{n}" for n in range(12)]
    scores = ranking_scores([outcome(ranking, ["p10"])])
    assert {scores["q1", name] for name in ("hit@10", "mrr@10", "ndcg@10")} == {0}


def test_the_order_that_the_user_saw_is_measured_though_scores_tie() -> None:
    tied = outcome(["z", "a"], ["z"])
    assert ranking_scores([tied])["q1", "mrr@10"] == 1
    assert [doc.doc_id for doc in trec_run([tied])] == ["z", "a"]


def test_empty_failed_and_unplaced_questions_score_zero_and_stay() -> None:
    good = outcome(["p1"], ["p1"], number=1)
    empty = outcome([], ["p1"], number=2)
    failed = outcome([], ["p1"], number=3, search_ms=None, error="ValueError: no")
    unplaced = outcome(["p1"], [], number=4, unplaced=1)
    scores = values(good, empty, failed, unplaced)
    assert scores["hit@1"] == 1 / 4
    assert scores["ndcg@10"] == 1 / 4
    assert scores["answer_accuracy"] == 0
    assert scores["failed"] == 1 / 4
    alone = values(outcome([], [], search_ms=None, error="ValueError: no"))
    assert (alone["hit@10"], alone["right"]) == (0, 0)


def plain(ranking: Sequence[str], relevant: set[str]) -> dict[str, float]:
    """The second implementation: the textbook formulas, with no library."""
    found = [passage in relevant for passage in ranking[:10]]
    gain = sum(hit / math.log2(n + 2) for n, hit in enumerate(found))
    ideal = sum(1 / math.log2(n + 2) for n in range(min(10, len(relevant))))
    return {
        "hit@1": float(any(found[:1])),
        "hit@3": float(any(found[:3])),
        "hit@10": float(any(found)),
        "mrr@10": next((1 / (n + 1) for n, hit in enumerate(found) if hit), 0.0),
        "ndcg@10": gain / ideal,
    }


def test_ir_measures_agrees_with_the_textbook() -> None:
    chance = random.Random(1)
    pool = [f"p{n:02}" for n in range(40)]
    outcomes = [
        outcome(
            chance.sample(pool, chance.randint(1, 20)),
            chance.sample(pool, chance.randint(1, 15)),
            number=n,
        )
        for n in range(200)
    ]
    scores = ranking_scores(outcomes)
    for one in outcomes:
        expected = plain([hit.passage_id for hit in one.ranking], set(one.relevant))
        for name, value in expected.items():
            assert scores[one.question.id, name] == pytest.approx(value), (one, name)


def test_a_reversed_ranker_is_caught() -> None:
    ranking = [f"p{n}" for n in range(10)]
    good = values(*(outcome(ranking, ["p0", "p1"], number=n) for n in range(20)))
    bad = values(*(outcome(ranking[::-1], ["p0", "p1"], number=n) for n in range(20)))
    assert (good["hit@1"], good["ndcg@10"], good["mrr@10"]) == (1, 1, 1)
    assert (bad["hit@1"], bad["hit@3"]) == (0, 0)
    assert bad["mrr@10"] == pytest.approx(1 / 9)
    assert bad["ndcg@10"] < 0.5


def test_recall_counts_quotes_and_not_passages() -> None:
    two = question(evidence=(Evidence(sha("a"), "x"), Evidence(sha("a"), "y")))
    hits = [Ranked("p1", sha("a"), 1, 1, (0,)), Ranked("p2", sha("a"), 2, 1, (0,))]
    late = Ranked("p4", sha("a"), 4, 1, (1,))
    found = replace(outcome([], ["p1"], question=two), ranking=(*hits, late))
    assert evidence_recall(found, 3) == 1 / 2
    assert evidence_recall(found, 10) == 1
    assert values(found)["recall@3"] == 1 / 2


@pytest.mark.parametrize(
    ("answers", "text", "score"),
    [
        (["30 June 2016"], "It has to be in by 30  JUNE, 2016.", 1),
        (["30 June 2016"], "It has to be in by 30 July 2016.", 0),
        (["£40m", "40 million"], "a sum of £40 million", 1),
        (["11"], "in 2011", 0),
        (["11"], "one of the 11 areas", 1),
        (["noted"], "", 0),
    ],
)
def test_an_accepted_answer_stands_in_the_answer(
    answers: list[str], text: str, score: float
) -> None:
    assert answer_accuracy(question(answers=tuple(answers)), text) == score


def test_a_refusal_scores_zero_whatever_else_it_says() -> None:
    refused = replace(reply("noted"), status="not_found")
    assert accuracy(outcome([], [], answered=refused)) == 0


def test_a_list_scores_the_share_of_its_items() -> None:
    asked = question(items=(("Urgent & emergency care", "urgent care"), ("cancer",), ("dementia",)))
    assert answer_accuracy(asked, "Cancer; urgent care") == pytest.approx(2 / 3)


def test_a_timeline_scores_the_share_of_its_versions() -> None:
    asked = question(
        kind="timeline",
        documents=(sha("a"), sha("b")),
        evidence=(
            Evidence(sha("a"), "x"),
            Evidence(sha("a"), "y"),
            Evidence(sha("b"), "z"),
        ),
    )
    whole = outcome([], [], question=asked, answered=reply("noted", shown=[sha("a"), sha("b")]))
    half = outcome([], [], question=asked, answered=reply("noted", shown=[sha("b"), sha("q")]))
    blended = outcome([], [], question=asked, answered=reply("noted"))
    assert [accuracy(one) for one in (whole, half, blended)] == [1, 1 / 2, 0]
    assert values(half)["versions_shown"] == 1 / 2


def test_citations_by_hand() -> None:
    one = outcome([], [], number=1, answered=reply("noted", EXACT, ASTRAY))
    two = outcome([], [], number=2, answered=reply("noted", EXACT))
    bare = outcome([], [], number=3, answered=reply("noted"))
    scores = values(one, two, bare)
    assert scores["citation_precision"] == pytest.approx((1 / 2 + 1 + 0) / 3)
    assert scores["quote_exactness"] == 1
    assert values(one, outcome([], [], number=2, answered=reply("noted", SHIFTED)))[
        "quote_exactness"
    ] == pytest.approx(2 / 3)


def test_abstention_by_hand() -> None:
    refusals = [
        outcome([], [], number=1, answered=reply("noted")),
        outcome([], [], number=2, answered=reply(None)),
        outcome([], [], number=3, question=unanswerable(id="q3"), answered=reply(None)),
        outcome([], [], number=4, question=unanswerable(id="q4"), answered=reply("noted")),
        outcome([], [], number=5, question=unanswerable(id="q5"), answered=reply(None)),
        outcome([], [], number=6, question=unanswerable(id="q6"), error="x"),
    ]
    scores = values(*refusals)
    assert scores["abstention_precision"] == pytest.approx(2 / 3)
    assert scores["abstention_recall"] == pytest.approx(2 / 4)
    assert scores["false_refusal_rate"] == pytest.approx(1 / 2)
    assert scores["right"] == pytest.approx((1 + 0 + 1 + 0 + 1 + 0) / 6)


def test_time_correctness_by_hand() -> None:
    asked = question(answers=("noted",), stale=("withdrawn",), as_of="2016")
    late = replace(EXACT, later=True)
    shifted = replace(SHIFTED, later=True)
    table = {
        "right": (reply("It was noted.", EXACT), 1, 0),
        "stale": (reply("It was withdrawn.", EXACT), 0, 1),
        "both": (reply("It was noted, and withdrawn.", EXACT), 0, 1),
        "said later": (reply("It was noted.", EXACT, late), 0, 1),
        "stale and misquoted": (reply("It was withdrawn.", shifted), 0, 0),
        "wrong": (reply("It was burnt.", EXACT), 0, 0),
        "refused": (reply(None), 0, 0),
    }
    for case, (answered, right, stale) in table.items():
        scores = values(outcome([], [], question=asked, answered=answered))
        assert (scores["time_right"], scores["time_stale"]) == (right, stale), case
    assert "time_right" not in values(outcome([], [], answered=reply("noted")))


def test_pages_that_are_not_known_are_not_counted() -> None:
    unknown = replace(EXACT, page_right=None)
    assert "page_exactness" not in values(outcome([], [], answered=reply("noted", unknown)))
    mixed = values(outcome([], [], answered=reply("noted", unknown, EXACT, SHIFTED)))
    assert mixed["page_exactness"] == 1 / 2


def test_the_area_under_risk_and_coverage_by_hand() -> None:
    sure = outcome([], [], number=1, answered=replace(reply("noted"), score=0.9))
    wrong = outcome([], [], number=2, answered=replace(reply("burnt"), score=0.5))
    near_miss = unanswerable(id="q3")
    refused = outcome(
        [], [], number=3, question=near_miss, answered=replace(reply(None), score=0.1)
    )
    broken = outcome([], [], number=4, error="x")
    scores = values(sure, wrong, refused, broken)
    assert scores["aurc"] == pytest.approx((0 + 1 / 2 + 2 / 3 + 3 / 4) / 4)
    assert scores["aurc_best"] == scores["aurc"]
    assert "aurc" not in values(outcome([], [], answered=reply("noted")))


def test_latency_counts_what_ended() -> None:
    outcomes = [outcome([], [], number=n, search_ms=float(n)) for n in range(1, 102)]
    failed = outcome([], [], number=200, search_ms=None, error="x")
    scores = summarise([*outcomes, failed], score_questions([*outcomes, failed]))
    assert (scores["search_ms_p50"].value, scores["search_ms_p50"].n) == (51, 101)
    assert scores["search_ms_p99"].value == 100
    assert "answer_ms_p50" not in scores


def test_every_measure_that_is_documented_can_be_scored() -> None:
    asked = question(kind="timeline", as_of="2016")
    full = outcome(["p1"], ["p1"], question=asked, answered=reply("noted", EXACT))
    refused = outcome([], [], question=unanswerable(id="q2"), answered=reply(None))
    assert set(MEASURES) <= set(values(full, refused))


def test_a_change_that_the_record_does_not_know_is_counted() -> None:
    plain, near_miss = question(), unanswerable(id="q2")
    claimed = replace(reply("noted"), status="changed")
    disputed = replace(reply("noted"), status="disputed")
    scores = values(
        outcome([], [], number=1, question=plain, answered=claimed),
        outcome([], [], number=2, question=near_miss, answered=disputed),
        outcome([], [], number=3, question=question(id="q3"), answered=reply("noted")),
        outcome([], [], number=4, question=unanswerable(id="q4"), answered=reply(None)),
    )
    assert scores["false_change"] == 2 / 4
    over_time = question(kind="timeline")
    assert "false_change" not in values(outcome([], [], question=over_time, answered=claimed))
