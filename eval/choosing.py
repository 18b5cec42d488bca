"""``python -m eval.choosing``: how well a statement's score chooses it, and the score's weights.

Every answerable dev question of gold files is read as an answer reads it, and each statement is
judged by whether what would be read out of it holds the accepted answer, in a document that the
question is about. A listwise model (Cao et al., ICML 2007) is fitted to them: the chance of a
statement is its score's share by softmax, and the chance that a right one is taken is made as great
as it can be. What the weights are worth for questions that they have not seen is told by leaving
out each gold set in turn. It prints the line that stands in ``search_api/answer/scoring.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from eval.gold import GoldQuestion, load_gold
from eval.metrics import answer_accuracy
from eval.reading import Floats, read_as_answered
from indexer.errors import MinutebookError
from indexer.progress import Terminal
from search_api.answer.attendance import FAR_ABOVE
from search_api.answer.reading import led_on, read_out, self_contained
from search_api.answer.record import Read
from search_api.answer.scoring import WEIGHTS
from search_api.answer.statements import Parts, Statement
from search_api.engine import Engine

_PENALTY = 3.0
_STEPS = 60
_LONGEST_STEP = 1.0
"""The farthest that a step goes for any part: a whole one of Newton's may go past the top."""
_SUM = sum(WEIGHTS)
"""What the weights add up to: only their proportions choose, and thresholds stand on their sum."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The statements of one question: their parts, shape (statements, parts), and who is right.

    ``right`` has shape (statements,): the share of the accepted answer that each reads out.
    """

    set: str
    parts: Floats
    right: Floats


def choices_of(engine: Engine, name: str, questions: Sequence[GoldQuestion]) -> Iterator[Choice]:
    """Yield the statements of each answerable question that asks for one answer."""
    asked = [one for one in questions if one.answerable and one.kind != "timeline"]
    with Terminal().task(f"Reading {name}", len(asked), "questions") as task:
        for question in asked:
            read = read_as_answered(engine, engine.store, question)
            ranked = [one for one in read.ranked if one.score < FAR_ABOVE] if read else []
            if read and ranked:
                right = [_right(engine, question, read, one) for one in ranked]
                parts = np.array([one.parts for one in ranked], np.float64)
                yield Choice(name, parts, np.array(right, np.float64))
            task.advance()


def _right(engine: Engine, question: GoldQuestion, read: Read, one: Statement) -> float:
    document = one.hit.document
    held = {document.sha256, *(place.sha256 for place in document.also_in)}
    if not held & set(question.documents):
        return 0.0
    whole = led_on(engine.store, read.matter, self_contained(engine.store, one))
    return answer_accuracy(question, read_out(whole))


def fitted(choices: Sequence[Choice]) -> Floats:
    """Return the weight of each part: the greatest likelihood, penalised (L2), of a right choice.

    It is climbed by expectation and Newton's steps; parts are standardised for the penalty.
    """
    told = [one for one in choices if one.right.any()]
    everything = np.concatenate([one.parts for one in told])
    spread = everything.std(axis=0) + 1e-9
    weights = np.zeros(everything.shape[1])
    for _ in range(_STEPS):
        slope = -_PENALTY * weights
        curve = _PENALTY * np.eye(len(weights))
        for one in told:
            terms = one.parts / spread
            taken = _shares(terms @ weights)
            wanted = taken * one.right
            slope += terms.T @ (wanted / wanted.sum() - taken)
            mean = taken @ terms
            curve += (terms * taken[:, None]).T @ terms - np.outer(mean, mean)
        step = np.linalg.solve(curve, slope)
        weights += step / max(1.0, float(np.abs(step).max()) / _LONGEST_STEP)
    return np.asarray(weights / spread)


def _shares(scores: Floats) -> Floats:
    raised = np.exp(scores - scores.max())
    return np.asarray(raised / raised.sum())


def chosen(choices: Sequence[Choice], weights: Floats) -> Floats:
    """Return for each question how right the statement is that the weights put first."""
    return np.array([one.right[int(np.argmax(one.parts @ weights))] for one in choices])


def unseen(choices: Sequence[Choice]) -> Floats:
    """Return what ``chosen`` does, by weights fitted on the other gold sets."""
    right = np.zeros(len(choices))
    for name in {one.set for one in choices}:
        inside = np.array([one.set == name for one in choices])
        weights = fitted([one for one in choices if one.set != name])
        right[inside] = chosen([one for one in choices if one.set == name], weights)
    return right


def report(choices: Sequence[Choice]) -> Iterable[str]:
    """Yield how often the first statement is right, and what stands in the code."""
    best = np.array([one.right.max() for one in choices])
    weights = fitted(choices)
    weights *= _SUM / weights.sum()
    yield f"{len(choices)} questions; right first"
    yield f"as it is       {chosen(choices, np.array(WEIGHTS)).mean():.3f}"
    yield f"by other sets  {unseen(choices).mean():.3f}"
    yield f"at best        {best.mean():.3f}"
    named = ", ".join(f"{n}={w:.3f}" for n, w in zip(Parts._fields, weights, strict=True))
    yield f"WEIGHTS = Parts({named})"


@click.command()
@click.option(
    "--of",
    "given",
    type=(click.Path(path_type=Path, file_okay=False), click.Path(path_type=Path, dir_okay=False)),
    multiple=True,
    required=True,
    metavar="INDEX GOLD",
    help="An index and a gold file about its documents; repeatable.",
)
def main(given: tuple[tuple[Path, Path], ...]) -> None:
    """Fit the weights of a statement's score on dev questions, and say what they choose."""
    choices: list[Choice] = []
    try:
        for index, file in given:
            engine = Engine.open(index)
            with closing(engine.store):
                choices += choices_of(engine, file.stem, load_gold(file, part="dev"))
    except MinutebookError as error:
        raise click.ClickException(str(error)) from None
    for line in report(choices):
        click.echo(line)


if __name__ == "__main__":
    main()
