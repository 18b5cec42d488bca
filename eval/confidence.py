"""How right answers are at each level of confidence, and with each reason: tables of kept runs.

Run ``python -m eval.confidence RUN...``; dev apart from test. An answer to an unanswerable question
is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from eval.bootstrap import Score, ratio
from eval.gold import PARTS
from eval.kept import load_run
from eval.metrics import loss
from eval.outcome import Outcome
from indexer.errors import MinutebookError
from search_api.results import Level

_NUMBER = re.compile(r"^\w+ (?=(?:bodies|documents) say|earlier versions?)|(?<=say the same)\b.*")
"""How many there are, and which, would make of each reason as many as there are answers."""
_LEVELS = tuple(str(level) for level in Level)


def answers_of(folders: Iterable[Path]) -> list[Outcome]:
    """Return what was answered in runs, refusals left out. Raises UsageError where one is none."""
    outcomes = [one for folder in folders for one in load_run(folder)[1].outcomes]
    return [one for one in outcomes if one.answered is not None and not one.answered.refused]


def table_of(answers: Sequence[Outcome]) -> Iterable[str]:
    """Yield the lines of a table: a row for each level, by part, all gold sets before each."""
    yield "| | level | answers | right | of all right ones | unanswerable |"
    yield "|---|---|---|---|---|---|"
    for part in PARTS:
        own = [one for one in answers if one.question.part == part]
        if own:
            yield from _rows(part, own)
            for gold in dict.fromkeys(one.gold for one in own):
                yield from _rows(f"{part}, {gold}", [one for one in own if one.gold == gold])


def _rows(name: str, answers: Sequence[Outcome]) -> Iterable[str]:
    total = sum(map(_right, answers))
    for level in _LEVELS:
        at = [one for one in answers if _level(one) == level]
        if at:
            share = sum(map(_right, at)) / total if total else 0.0
            near = sum(not one.question.answerable for one in at)
            yield f"| {name} | {level} | {len(at)} | {_said(at)} | {share:.2f} | {near} |"


def reasons_of(answers: Sequence[Outcome]) -> Iterable[str]:
    """Yield the lines of a table: for each reason, how right answers are with and without it."""
    yield "| reason | with it | right | without it | right |"
    yield "|---|---|---|---|---|"
    for reason in sorted({each for one in answers for each in _reasons(one)}):
        told = [one for one in answers if reason in _reasons(one)]
        others = [one for one in answers if reason not in _reasons(one)]
        yield f"| {reason} | {len(told)} | {_said(told)} | {len(others)} | {_said(others)} |"


def _reasons(one: Outcome) -> set[str]:
    """Return an answer's reasons, without how many bodies or documents they speak of."""
    return {_NUMBER.sub("", reason) for reason in (one.answered.reasons if one.answered else ())}


def _level(one: Outcome) -> str | None:
    return one.answered.confidence if one.answered else None


def _right(one: Outcome) -> float:
    return 1.0 - loss(one)


def _said(answers: Sequence[Outcome]) -> str:
    score: Score | None = ratio([_right(one) for one in answers], [1.0] * len(answers))
    return f"{score.value:.2f} [{score.low:.2f}, {score.high:.2f}]" if score else "–"


@click.command()
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--reasons", is_flag=True, help="Tell each reason of the dev questions besides.")
def main(runs: tuple[Path, ...], reasons: bool) -> None:
    """Print the tables of RUNS, folders that ``minutebook eval run`` wrote."""
    try:
        answers = answers_of(runs)
    except MinutebookError as error:
        raise click.ClickException(str(error)) from None
    click.echo("\n".join(table_of(answers)))
    if reasons:
        dev = [one for one in answers if one.question.part == "dev"]
        click.echo("\n" + "\n".join(reasons_of(dev)))


if __name__ == "__main__":
    main()
