"""What a run leaves behind: a table to read, and files for other programs.

``results.json`` has every measure with its interval; ``questions.csv`` one line a question;
``run.trec`` and ``qrels.trec`` are the rankings and judgements in TREC's formats.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from eval.bootstrap import LEVEL, RESAMPLES, SEED, Score
from eval.gold import KINDS, PARTS
from eval.metrics import (
    CURVES,
    LATENCIES,
    MEASURES,
    Share,
    confidences,
    loss,
    qrels,
    score_questions,
    summarise,
    trec_run,
)
from eval.outcome import Outcome, Run
from eval.selective import Point, risk_coverage
from indexer.errors import UsageError
from search_api.results import Level

FORMAT = 2
_NARROW = (
    "hit@1", "hit@3", "hit@10", "ndcg@10", "answer_accuracy", "citation_precision",
    "false_refusal_rate", "abstention_recall", "right",
)  # fmt: skip
_SHORT = {
    "answer_accuracy": "accuracy",
    "citation_precision": "cite_prec",
    "false_refusal_rate": "false_ref",
    "abstention_recall": "abst_rec",
}
_BESIDE_ERRORS = 5

LEVELS = tuple(str(level) for level in Level)
Summary = dict[str, Score]


class Report:
    """The scores of a run, overall and by gold file, part, kind and answerability."""

    def __init__(self, run: Run) -> None:
        self.run = run
        self.shares = score_questions(run.outcomes)
        self.overall = self._over(range(len(run.outcomes)))
        self.by_gold = self._by(lambda o: o.gold, list(dict.fromkeys(o.gold for o in run.outcomes)))
        self.by_part = self._by(lambda o: o.question.part, PARTS)
        self.by_kind = self._by(lambda o: o.question.kind, KINDS)
        self.by_answerable = self._by(
            lambda o: "answerable" if o.question.answerable else "unanswerable",
            ("answerable", "unanswerable"),
        )
        self.by_confidence = self._by(_confidence, [*LEVELS, ""])
        self.by_confidence.pop("", None)

    def _by(self, key: Callable[[Outcome], str], values: Sequence[str]) -> dict[str, Summary]:
        members: dict[str, list[int]] = {value: [] for value in values}
        for number, outcome in enumerate(self.run.outcomes):
            members[key(outcome)].append(number)
        return {value: self._over(numbers) for value, numbers in members.items() if numbers}

    def _over(self, numbers: Sequence[int]) -> Summary:
        return summarise([self.run.outcomes[n] for n in numbers], [self.shares[n] for n in numbers])

    def as_json(self) -> dict[str, object]:
        """Return the report as JSON values."""
        return {
            "format": FORMAT,
            "about": self.run.about,
            "k": self.run.k,
            "questions": len(self.run.outcomes),
            "intervals": {"level": LEVEL, "resamples": RESAMPLES, "seed": SEED},
            "measures": {**MEASURES, **CURVES, **dict.fromkeys(LATENCIES, "milliseconds")},
            "overall": _plain(self.overall),
            **{
                name: {value: _plain(summary) for value, summary in groups.items()}
                for name, groups in self._groups().items()
            },
            "risk_coverage": [asdict(point) for point in self.risk_coverage()],
            "failed": {o.question.id: o.error for o in self.run.outcomes if o.error},
            "unplaced": {o.question.id: o.unplaced for o in self.run.outcomes if o.unplaced},
        }

    def risk_coverage(self) -> list[Point]:
        """Return the risk of letting through ever more answers, the surest first."""
        outcomes = self.run.outcomes
        return risk_coverage(confidences(outcomes), [loss(outcome) for outcome in outcomes])

    def _groups(self) -> dict[str, dict[str, Summary]]:
        return {
            "by_gold": self.by_gold,
            "by_part": self.by_part,
            "by_kind": self.by_kind,
            "by_answerable": self.by_answerable,
            "by_confidence": self.by_confidence,
        }

    def table(self) -> str:
        """Return the report for a terminal."""
        lines = [f"{len(self.run.outcomes)} questions, k = {self.run.k}", "", *self._main_table()]
        for title, groups in self._groups().items():
            if len(groups) > 1:
                lines += ["", *_narrow_table(title.removeprefix("by_"), groups)]
        return "\n".join(lines + self._warnings())

    def _main_table(self) -> list[str]:
        lines = [f"{'measure':<22}{'value':>10}  {'95% interval':<20}{'n':>5}"]
        for name, score in self.overall.items():
            interval = f"[{_number(name, score.low)}, {_number(name, score.high)}]"
            lines.append(f"{name:<22}{_number(name, score.value):>10}  {interval:<20}{score.n:>5}")
        return lines

    def _warnings(self) -> list[str]:
        failed = [o for o in self.run.outcomes if o.error]
        unplaced = [o for o in self.run.outcomes if o.unplaced]
        lines = []
        if failed:
            lines += ["", f"Failed, scoring 0: {len(failed)} of {len(self.run.outcomes)} questions"]
            lines += [f"  {o.question.id}: {o.error}" for o in failed[:_BESIDE_ERRORS]]
        if unplaced:
            more = ", …" if len(unplaced) > _BESIDE_ERRORS else ""
            ids = ", ".join(o.question.id for o in unplaced[:_BESIDE_ERRORS])
            lines += [
                "",
                f"Evidence missing from the index: {len(unplaced)} of {len(self.run.outcomes)} "
                f"questions, which may score 0 for that alone: {ids}{more}. "
                "Index the gold's documents; `minutebook eval check` names each quote.",
            ]
        return lines


def _confidence(outcome: Outcome) -> str:
    level = outcome.answered.confidence if outcome.answered else None
    return level if level in LEVELS else ""


def write(report: Report, folder: Path) -> None:
    """Write all files of a run into ``folder``, which is made."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
        (folder / "results.json").write_text(f"{text}\n", encoding="utf-8")
        _write_questions(report, folder / "questions.csv")
        _write_trec(report.run.outcomes, folder)
    except OSError as error:
        raise UsageError(
            f"The run cannot be written to {folder}: {error.strerror or error}.",
            "Choose a folder that can be written with --out.",
        ) from None


def _write_questions(report: Report, path: Path) -> None:
    measures = [*MEASURES]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(
            ["id", "gold", "part", "kind", "answerable", "question", "status", "answer",
             "score", "search_ms", "answer_ms", "error", *measures]
        )  # fmt: skip
        for outcome, shares in zip(report.run.outcomes, report.shares, strict=True):
            rows.writerow([*_what_happened(outcome), *(_value(shares.get(m)) for m in measures)])


def _what_happened(outcome: Outcome) -> list[object]:
    question, answered = outcome.question, outcome.answered
    return [
        question.id,
        outcome.gold,
        question.part,
        question.kind,
        question.answerable,
        question.question,
        answered.status if answered else "",
        (answered.answer or "") if answered else "",
        "" if answered is None or answered.score is None else f"{answered.score:.6g}",
        "" if outcome.search_ms is None else f"{outcome.search_ms:.1f}",
        f"{answered.took_ms:.1f}" if answered else "",
        outcome.error or "",
    ]


def _value(share: Share | None) -> str:
    return "" if share is None or share.of == 0 else f"{share.got / share.of:.6g}"


def _write_trec(outcomes: Sequence[Outcome], folder: Path) -> None:
    with (folder / "qrels.trec").open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{q.query_id} 0 {q.doc_id} {q.relevance}\n" for q in qrels(outcomes))
    with (folder / "run.trec").open("w", encoding="utf-8", newline="\n") as file:
        for doc in trec_run(outcomes):
            rank = round(1 / doc.score)
            file.write(f"{doc.query_id} Q0 {doc.doc_id} {rank} {doc.score:.9g} minutebook\n")


def _plain(summary: Mapping[str, Score]) -> dict[str, object]:
    return {name: asdict(score) for name, score in summary.items()}


def _narrow_table(title: str, groups: Mapping[str, Summary]) -> list[str]:
    head = "".join(f"{_SHORT.get(name, name):>10}" for name in _NARROW)
    lines = [f"{title:<17}{'n':>5}{head}"]
    for value, summary in groups.items():
        cells = "".join(
            f"{_number(name, summary[name].value) if name in summary else '–':>10}"
            for name in _NARROW
        )
        lines.append(f"{value:<17}{summary['failed'].n:>5}{cells}")
    return lines


def _number(name: str, value: float) -> str:
    return f"{value:.1f}" if name in LATENCIES else f"{value:.3f}"
