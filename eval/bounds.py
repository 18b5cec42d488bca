"""``python -m eval.bounds RUN...``: where the levels of confidence should begin and end.

Of a grid of bounds those are best under which the levels tell most of whether an answer is right:
the mean log loss of calling each answer as likely right as its level's are. What they could tell of
questions that were not seen is told by choosing them without each gold set in turn. Only dev
questions are read.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import click

from eval.confidence import answers_of
from eval.metrics import loss
from indexer.errors import MinutebookError
from search_api.answer.confidence import BOUNDS, Bounds, level_of
from search_api.results import Level, Signs

_CLOSE = (0.0, 0.02, 0.04, 0.06)
_CLEAR = (0.06, 0.08, 0.10, 0.12, 0.14)
_NAMES = (2, 3, 4, 99)
_THIN = (0.0, 0.5, 1.0)
GRID = tuple(Bounds(*each) for each in product(_CLOSE, _CLEAR, _NAMES, _THIN))
_LEVELS = (Level.WELL_SUPPORTED, Level.SINGLE_SOURCE, Level.WEAK)


@dataclass(frozen=True, slots=True)
class Case:
    """An answer's gold set, what its confidence is read off, and how right it is, 0 to 1."""

    gold: str
    signs: Signs
    right: float


Judged = tuple[Level, float]
"""An answer's level, and how right it is."""


def judged(cases: Iterable[Case], bounds: Bounds) -> list[Judged]:
    """Return the cases at the levels that bounds put them at."""
    return [(level_of(case.signs, bounds), case.right) for case in cases]


def log_loss(answers: Sequence[Judged]) -> float:
    """Return the mean log loss of calling each answer as likely right as its level's are.

    Half an answer of each sort is added to a level (Krichevsky and Trofimov, 1981), so that none is
    said to be certain.
    """
    total = 0.0
    for level in {level for level, _ in answers}:
        own = [right for each, right in answers if each is level]
        likely = (sum(own) + 0.5) / (len(own) + 1)
        total -= sum(own) * math.log(likely) + (len(own) - sum(own)) * math.log(1 - likely)
    return total / len(answers) if answers else 0.0


def chosen(cases: Sequence[Case]) -> Bounds:
    """Return the bounds of the grid that tell most of these cases."""
    return min(GRID, key=lambda bounds: log_loss(judged(cases, bounds)))


def unseen(cases: Sequence[Case]) -> list[Judged]:
    """Return the cases, each at the level that bounds chosen on the other gold sets put it at."""
    found: list[Judged] = []
    for gold in dict.fromkeys(case.gold for case in cases):
        bounds = chosen([case for case in cases if case.gold != gold])
        found += judged([case for case in cases if case.gold == gold], bounds)
    return found


def told(answers: Sequence[Judged]) -> str:
    """Return in one line how many answers stand at each level, how right, and the log loss."""
    parts = []
    for level in _LEVELS:
        own = [right for each, right in answers if each is level]
        mean = f"{sum(own) / len(own):.3f}" if own else "–"
        parts.append(f"{level} {mean} ({len(own)})")
    return f"{', '.join(parts)}; log loss {log_loss(answers):.4f}"


def report(cases: Sequence[Case]) -> Iterable[str]:
    """Yield the lines that are printed."""
    best = chosen(cases)
    yield f"{len(cases)} answers: how right they are (how many) at each level."
    yield f"as it is             {told(judged(cases, BOUNDS))}"
    yield f"without their set    {told(unseen(cases))}"
    yield f"chosen on all        {told(judged(cases, best))}"
    yield f"{best}"


@click.command()
@click.argument("runs", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
def main(runs: tuple[Path, ...]) -> None:
    """Choose the bounds of the levels on the dev questions of RUNS of several gold sets."""
    try:
        answers = answers_of(runs)
    except MinutebookError as error:
        raise click.ClickException(str(error)) from None
    cases = [
        Case(one.gold, one.answered.signs, 1.0 - loss(one))
        for one in answers
        if one.question.part == "dev" and one.answered and one.answered.signs
    ]
    if not cases:
        raise click.ClickException("No dev answer of these runs keeps its signs: ask them anew.")
    for line in report(cases):
        click.echo(line)


if __name__ == "__main__":
    main()
