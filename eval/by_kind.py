"""Answers of several runs by kind of question, as the Markdown table of docs/answers.md.

Run ``python -m eval.by_kind RUN...``; questions of all runs are put together, dev apart from test.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from eval.bootstrap import Score
from eval.kept import load_run
from eval.metrics import Share, score_questions, summarise
from eval.outcome import Outcome

_COLUMNS = {
    "answer_accuracy": "the short answer holds the accepted one",
    "false_refusal_rate": "refused, though answerable",
    "abstention_recall": "refused, being unanswerable",
    "time_right": "right for its time",
    "false_change": "called a change, wrongly",
}
_PARTS = ("dev", "test")
Scored = tuple[Outcome, Mapping[str, Share]]
"""A question's outcome, and its share of each measure within its own run."""


def scored(folder: Path) -> list[Scored]:
    """Return the outcomes of a run. Raises UsageError where the folder holds none."""
    outcomes = load_run(folder)[1].outcomes
    return list(zip(outcomes, score_questions(outcomes), strict=True))


def table_of(questions: Sequence[Scored]) -> Iterable[str]:
    """Yield the lines of the table: a row for each part and kind, all kinds first."""
    yield f"| | questions | {' | '.join(_COLUMNS.values())} |"
    yield f"|---|---|{'---|' * len(_COLUMNS)}"
    for part in _PARTS:
        own = [one for one in questions if one[0].question.part == part]
        if own:
            yield _row(f"**{part}**", own)
        for kind in sorted({one.question.kind for one, _ in own}):
            yield _row(kind, [one for one in own if one[0].question.kind == kind])


def _row(name: str, questions: Sequence[Scored]) -> str:
    scores = summarise([one for one, _ in questions], [share for _, share in questions])
    cells = [_cell(scores.get(column)) for column in _COLUMNS]
    return f"| {name} | {len(questions)} | {' | '.join(cells)} |"


def _cell(score: Score | None) -> str:
    if score is None:
        return "–"
    return f"{score.value:.2f} [{score.low:.2f}, {score.high:.2f}]"


@click.command()
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
def main(runs: tuple[Path, ...]) -> None:
    """Print the table of RUNS, folders that ``minutebook eval run`` wrote."""
    click.echo("\n".join(table_of([one for folder in runs for one in scored(folder)])))


if __name__ == "__main__":
    main()
