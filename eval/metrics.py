"""The measures: what each question scores, and the scores of a set of questions.

Rankings are measured by ir-measures, chosen over ranx because it hands the counting to trec_eval's
own code (no JIT to warm up, no numba to keep in step with Python) and gives values by question.
Measures that it does not have are ours. A question that failed or went unanswered scores 0.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ir_measures
from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG

from eval.bootstrap import Score, percentile, ratio
from eval.gold import GoldQuestion
from eval.judge import words
from eval.outcome import Answered, Outcome
from eval.selective import area_under_risk_coverage

RANKING = {
    "hit@1": Success @ 1,
    "hit@3": Success @ 3,
    "hit@10": Success @ 10,
    "mrr@10": RR @ 10,
    "ndcg@10": nDCG @ 10,
}
RECALL_AT = (3, 10)
FAILED = 0.0
"""What a question scores whose search or answer failed, or that was wrongly refused."""


@dataclass(frozen=True, slots=True)
class Share:
    """A question's part of a measure: ``of`` is 0 where the measure does not apply to it."""

    got: float
    of: float = 1.0


MEASURES = {
    **dict.fromkeys(RANKING, "answerable questions"),
    **{f"recall@{k}": "answerable questions: share of evidence quotes found" for k in RECALL_AT},
    "answer_accuracy": "answerable questions: accepted answer, or share of items or versions",
    "versions_shown": "timeline questions: share of versions shown apart",
    "citation_precision": "answerable questions: share of citations that stand on evidence",
    "grounding": "answered questions: share of the answer's words borne out by one citation",
    "quote_exactness": "citations: the quote equals the document's text at its offsets",
    "page_exactness": "citations: the pages named are those that the quote is on",
    "abstention_precision": "refusals that were right",
    "abstention_recall": "unanswerable questions refused",
    "false_refusal_rate": "answerable questions refused",
    "time_right": "questions as of a time: the version right then, and no other, was answered",
    "time_stale": "questions as of a time: the answer is real and of another time",
    "false_change": "questions of one record at one time: answered as changed or disputed",
    "right": "all questions: accuracy where answerable, refusal where not",
    "failed": "all questions: the search or the answer broke off",
}
CURVES = {
    "aurc": "all questions: area under the risk-coverage curve; less is better",
    "aurc_best": "the least area that the same answers could have, were they ordered perfectly",
}
LATENCIES = {
    "search_ms_p50": ("search", 50.0),
    "search_ms_p99": ("search", 99.0),
    "answer_ms_p50": ("answer", 50.0),
    "answer_ms_p99": ("answer", 99.0),
}


def score_questions(outcomes: Sequence[Outcome]) -> list[dict[str, Share]]:
    """Return for each outcome its share of every measure that applies to it."""
    rankings = ranking_scores(outcomes)
    return [
        {
            **_retrieval(outcome, rankings),
            **_answering(outcome),
            **_abstaining(outcome),
            **_timing(outcome),
        }
        for outcome in outcomes
    ]


def summarise(
    outcomes: Sequence[Outcome], shares: Sequence[Mapping[str, Share]]
) -> dict[str, Score]:
    """Return every measure over a set of questions; measures that apply to none are left out."""
    scores: dict[str, Score | None] = {}
    nothing = Share(0.0, 0.0)
    for name in MEASURES:
        column = [share.get(name, nothing) for share in shares]
        scores[name] = ratio([s.got for s in column], [s.of for s in column])
    if any(o.answered is not None and o.answered.score is not None for o in outcomes):
        confidence, losses = confidences(outcomes), [loss(outcome) for outcome in outcomes]
        scores["aurc"] = area_under_risk_coverage(confidence, losses)
        scores["aurc_best"] = area_under_risk_coverage([-x for x in losses], losses)
    for name, (step, percent) in LATENCIES.items():
        scores[name] = percentile(latencies(outcomes, step), percent)
    return {name: score for name, score in scores.items() if score is not None}


def latencies(outcomes: Sequence[Outcome], step: str) -> list[float]:
    """Return the milliseconds of the searches or answers that ended."""
    if step == "search":
        return [o.search_ms for o in outcomes if o.search_ms is not None]
    return [o.answered.took_ms for o in outcomes if o.answered is not None]


def qrels(outcomes: Sequence[Outcome]) -> list[Qrel]:
    """Return the relevance judgements, in an order that does not change."""
    return [Qrel(o.question.id, p, 1) for o in outcomes for p in sorted(o.relevant)]


def trec_run(outcomes: Sequence[Outcome]) -> list[ScoredDoc]:
    """Return the rankings as a TREC run.

    The score is made from the rank: trec_eval sorts by score and breaks ties by id, which would
    measure another order than the one that the user saw.
    """
    return [
        ScoredDoc(o.question.id, hit.passage_id, 1.0 / hit.rank)
        for o in outcomes
        for hit in o.ranking
    ]


def ranking_scores(outcomes: Sequence[Outcome]) -> dict[tuple[str, str], float]:
    """Return (question, measure) → value by ir-measures; what is missing there scores FAILED."""
    judged, ranked = qrels(outcomes), trec_run(outcomes)
    names = {str(measure): name for name, measure in RANKING.items()}
    scores = {(outcome.question.id, name): FAILED for outcome in outcomes for name in RANKING}
    if judged and ranked:
        for metric in ir_measures.iter_calc(list(RANKING.values()), judged, ranked):
            scores[metric.query_id, names[str(metric.measure)]] = float(metric.value)
    return scores


def evidence_recall(outcome: Outcome, k: int) -> float:
    """Return the share of the question's evidence quotes that the first k passages hold."""
    found = {number for hit in outcome.ranking if hit.rank <= k for number in hit.holds}
    return len(found) / len(outcome.question.evidence)


def _retrieval(outcome: Outcome, scores: Mapping[tuple[str, str], float]) -> dict[str, Share]:
    if not outcome.question.answerable:
        return {}
    shares = {name: Share(scores[outcome.question.id, name]) for name in RANKING}
    for k in RECALL_AT:
        shares[f"recall@{k}"] = Share(evidence_recall(outcome, k))
    return shares


def _answering(outcome: Outcome) -> dict[str, Share]:
    answered, question = outcome.answered, outcome.question
    shares: dict[str, Share] = {}
    if answered is not None and answered.citations:
        n = float(len(answered.citations))
        shares["quote_exactness"] = Share(sum(c.exact for c in answered.citations), n)
        known = [c.page_right for c in answered.citations if c.page_right is not None]
        shares["page_exactness"] = Share(float(sum(known)), float(len(known)))
    if answered is not None and not answered.refused:
        shares["grounding"] = Share(answered.grounding)
    if question.answerable:
        shares["answer_accuracy"] = Share(accuracy(outcome))
        shares["citation_precision"] = Share(citation_precision(outcome))
        if question.kind == "timeline":
            shares["versions_shown"] = Share(versions_shown(outcome))
    return shares


def _abstaining(outcome: Outcome) -> dict[str, Share]:
    answerable = outcome.question.answerable
    refused = outcome.answered is not None and outcome.answered.refused
    shares = {"failed": Share(float(outcome.error is not None))}
    if refused:
        shares["abstention_precision"] = Share(float(not answerable))
    if answerable:
        shares["false_refusal_rate"] = Share(float(refused))
        shares["right"] = Share(accuracy(outcome))
    else:
        shares["abstention_recall"] = Share(float(refused))
        shares["right"] = Share(float(refused))
    return shares


def _timing(outcome: Outcome) -> dict[str, Share]:
    question = outcome.question
    if outcome.answered is not None and _of_one_time(question):
        claimed = outcome.answered.status in {"changed", "disputed"}
        return {"false_change": Share(float(claimed))}
    if not question.answerable or not (question.as_of or question.stale):
        return {}
    fit = accuracy(outcome)
    dated = outcome.answered is not None and _of_another_time(question, outcome.answered)
    return {
        "time_right": Share(FAILED if dated else fit),
        "time_stale": Share(float(dated and _real(outcome.answered))),
    }


def _of_one_time(question: GoldQuestion) -> bool:
    """Say whether nothing that answers a question was ever said otherwise, as far as gold knows."""
    history = question.kind == "timeline" or question.as_of or question.stale
    return not history and (len(question.documents) == 1 or not question.answerable)


def _of_another_time(question: GoldQuestion, answered: Answered) -> bool:
    spoken = _padded(answered.answer or "")
    named = any(_padded(form) in spoken for form in question.stale)
    return named or any(citation.later for citation in answered.citations)


def _real(answered: Answered | None) -> bool:
    return bool(answered and answered.citations and all(c.exact for c in answered.citations))


def loss(outcome: Outcome) -> float:
    """Return what it costs to let this question's answer through: 1 less its accuracy.

    An answer to an unanswerable question costs 1, and so does one that was withheld or broke off:
    nobody knows what it would have been, and it must not look good.
    """
    return 1.0 - (accuracy(outcome) if outcome.question.answerable else FAILED)


def confidences(outcomes: Sequence[Outcome]) -> list[float]:
    """Return how sure each answer is of itself; what broke off is the least sure."""
    scores = [o.answered.score if o.answered is not None else None for o in outcomes]
    return [-math.inf if score is None else score for score in scores]


def accuracy(outcome: Outcome) -> float:
    """Return how right the short answer is: 1 or 0, or the share of a list's items or versions."""
    if outcome.answered is None or outcome.answered.refused:
        return FAILED
    if outcome.question.kind == "timeline":
        return versions_shown(outcome)
    return answer_accuracy(outcome.question, outcome.answered.answer or "")


def answer_accuracy(question: GoldQuestion, answer: str) -> float:
    """Return 1 where an accepted answer stands in the answer, or the share of items that do."""
    spoken = _padded(answer)
    if question.items:
        present = sum(any(_padded(form) in spoken for form in item) for item in question.items)
        return present / len(question.items)
    return float(any(_padded(form) in spoken for form in question.answers))


def versions_shown(outcome: Outcome) -> float:
    """Return the share of the evidence's documents that have a timeline entry of their own."""
    if outcome.answered is None:
        return FAILED
    wanted = {evidence.document for evidence in outcome.question.evidence}
    return len(wanted & outcome.answered.versions_shown) / len(wanted)


def citation_precision(outcome: Outcome) -> float:
    """Return the share of citations that stand on evidence; an answer without any scores 0."""
    if outcome.answered is None or not outcome.answered.citations:
        return FAILED
    verdicts = outcome.answered.citations
    return sum(v.supports for v in verdicts) / len(verdicts)


def _padded(text: str) -> str:
    # Blanks at both ends, so that "11" does not stand in "2011".
    return f" {' '.join(words(text))} "
