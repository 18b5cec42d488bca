"""A run as one HTML page that needs nothing else: figures, plots, what failed, what changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from eval import charts
from eval.compare import CHANGES, Comparison
from eval.metrics import CURVES, LATENCIES, MEASURES, latencies, loss
from eval.outcome import Outcome, Run
from eval.report import Report
from eval.selective import Point
from indexer.errors import UsageError

_BY_KIND = ("right", "answer_accuracy", "hit@10", "ndcg@10", "citation_precision")
_MEANINGS = {**MEASURES, **CURVES, **dict.fromkeys(LATENCIES, "milliseconds")}


def write_page(run: Run, comparison: Comparison | None, path: Path, *, name: str) -> None:
    """Write the page. Raises UsageError where it cannot be written."""
    page = render(run, comparison, name=name)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"The page cannot be written to {path}: {error.strerror or error}.",
            "Choose another file with --to.",
        ) from None


def render(run: Run, comparison: Comparison | None, *, name: str) -> str:
    """Return the page of a run, and of its gains and losses where there is another."""
    report = Report(run)
    before = Report(comparison.a) if comparison else None
    reports = {"this run": report} | ({"the run before": before} if before else {})
    return (
        _templates()
        .get_template("report.html")
        .render(
            name=name,
            report=report,
            about=json.dumps(run.about, ensure_ascii=False, indent=2),
            meanings=_MEANINGS,
            latencies=LATENCIES,
            size=charts,
            by_kind=[p for m in _BY_KIND if (p := charts.dot_plot(m, report.by_kind))],
            risk=charts.risk_plot(
                {key: each.risk_coverage() for key, each in reports.items()},
                {key: operating_point(each.run.outcomes) for key, each in reports.items()},
            ),
            latency=charts.latency_plot(
                {
                    f"{step}, {key}": latencies(each.run.outcomes, step)
                    for key, each in reports.items()
                    for step in ("search", "answer")
                }
            ),
            comparison=comparison,
            changes=[
                (m, comparison.changes[m], charts.bar_plot(m, comparison.changes[m]))
                for m in CHANGES
            ]
            if comparison
            else [],
            wrong=_wrong(report),
        )
    )


def operating_point(outcomes: Sequence[Outcome]) -> Point | None:
    """Return where the answers really given stand: their share, and how often they are wrong."""
    given = [o for o in outcomes if o.answered is not None and not o.answered.refused]
    if not given:
        return None
    return Point(len(given) / len(outcomes), sum(map(loss, given)) / len(given))


def _wrong(report: Report) -> list[tuple[Outcome, float]]:
    scored = zip(report.run.outcomes, report.shares, strict=True)
    found = [(outcome, shares["right"].got) for outcome, shares in scored]
    return sorted(((o, got) for o, got in found if got < 1), key=lambda pair: pair[1])


def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("eval", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
