"""``python -m eval.refusals``: how well evidence tells what the record answers, and its weights.

A logistic regression over the dev questions of gold files, those answerable against those not, and
against the answerable ones with the documents left out that answer them. What it could tell of
questions that it has not seen is told by leaving out in turn each gold set, and each tenth of the
documents. It prints the lines that stand in ``search_api/answer/refusal.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import click
import numpy as np

from eval.gold import GoldQuestion, load_gold
from eval.reading import Floats, read_as_answered
from indexer.embed.protocol import Vectors
from indexer.errors import MinutebookError
from indexer.model import Filters
from indexer.progress import Terminal
from indexer.store.protocols import Scored, StoreReader
from search_api.answer.evidence import FEATURES, evidence_on
from search_api.answer.leading import leading_of
from search_api.answer.refusal import asks_something, support_of
from search_api.engine import Engine

_LEFT_OUT = 0.35
"""What a question counts whose documents were left out: it is no near miss."""
_PENALTY = 5.0
_REFUSED = (0.05, 0.08, 0.10)
"""Shares of the answerable questions that may be refused, for which it is told what else would."""
_DEEPER = 4
_TENTHS = 10


@dataclass(frozen=True, slots=True)
class Case:
    """A question's evidence; ``weight`` is less than 1 where its documents were left out."""

    set: str
    tenth: int
    answerable: bool
    weight: float
    features: tuple[float, ...]
    support: float


class _Without:
    """A store whose searches do not find the passages of some documents."""

    def __init__(self, store: StoreReader, documents: frozenset[str]) -> None:
        self._store = store
        self._documents = documents

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def nearest(self, vector: Vectors, k: int, filters: Filters = Filters()) -> list[Scored]:
        return self._others(self._store.nearest(vector, _DEEPER * k, filters), k)

    def matching(self, words: str, k: int, filters: Filters = Filters()) -> list[Scored]:
        return self._others(self._store.matching(words, _DEEPER * k, filters), k)

    def _others(self, found: Sequence[Scored], k: int) -> list[Scored]:
        passages = self._store.passages([each.number for each in found])
        pairs = zip(found, passages, strict=True)
        return [each for each, one in pairs if one.document_id not in self._documents][:k]


def cases_of(engine: Engine, name: str, questions: Sequence[GoldQuestion]) -> Iterator[Case]:
    """Yield the evidence on each question, and on the answerable ones without their documents."""
    holding: dict[str, set[str]] = {}
    for document in engine.store.documents():
        for sha256 in (document.sha256, *(place.sha256 for place in document.also_in)):
            holding.setdefault(sha256, set()).add(document.id)
    with Terminal().task(f"Reading {name}", len(questions), "questions") as task:
        for question in questions:
            yield from _case(engine, engine.store, name, question, question.answerable, 1.0)
            own = frozenset().union(*(holding.get(one, set()) for one in question.documents))
            if question.answerable and own:
                others = cast("StoreReader", _Without(engine.store, own))
                yield from _case(engine, others, name, question, False, _LEFT_OUT)
            task.advance()


def _case(
    engine: Engine,
    store: StoreReader,
    name: str,
    question: GoldQuestion,
    answerable: bool,
    weight: float,
) -> Iterator[Case]:
    read = read_as_answered(engine, store, question)
    if read is None:
        return
    if asks_something(read.matter.asked) and read.ranked:
        leading = leading_of(store, read.matter, read.ranked)
        found = evidence_on(store, read, leading)
        tenth = int(min(question.documents), 16) // 2 % _TENTHS
        yield Case(name, tenth, answerable, weight, found.features, support_of(found))


def fitted(cases: Sequence[Case]) -> Floats:
    """Return the constant and the weight of each feature, fitted by Newton's method.

    Features are standardised for the penalty (L2, on all but the constant) and the weights are
    given for them as they are.
    """
    x = np.array([case.features for case in cases])
    mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9
    terms = np.c_[np.ones(len(x)), (x - mean) / spread]
    answerable = np.array([float(case.answerable) for case in cases])
    counts = np.array([case.weight for case in cases])
    penalty = _PENALTY * np.diag([0.0, *np.ones(x.shape[1])])
    weights = np.zeros(terms.shape[1])
    for _ in range(50):
        likely = 1 / (1 + np.exp(-terms @ weights))
        slope = terms.T @ (counts * (answerable - likely)) - penalty @ weights
        curve = (terms * (counts * likely * (1 - likely))[:, None]).T @ terms + penalty
        weights += np.linalg.solve(curve, slope)
    own = weights[1:] / spread
    return np.array([weights[0] - own @ mean, *own])


def unseen(cases: Sequence[Case], groups: Sequence[object]) -> Floats:
    """Return the sum of each case by weights fitted on the cases of all other groups."""
    sums = np.zeros(len(cases))
    for group in set(groups):
        inside = [one == group for one in groups]
        weights = fitted([case for case, own in zip(cases, inside, strict=True) if not own])
        x = np.array([case.features for case, own in zip(cases, inside, strict=True) if own])
        sums[np.array(inside)] = weights[0] + x @ weights[1:]
    return sums


def auc(answerable: Floats, others: Floats) -> float:
    """Return the chance that an answerable question has a greater sum than another."""
    above = (answerable[:, None] > others).mean() + (answerable[:, None] == others).mean() / 2
    return float(above)


def told(cases: Sequence[Case], sums: Floats) -> str:
    """Return in one line how well the sums tell the questions apart, left-out ones aside."""
    yes = np.array([case.answerable for case in cases])
    near = np.array([not case.answerable and case.weight == 1.0 for case in cases])
    parts = [f"AUC {auc(sums[yes], sums[near]):.3f}"]
    for share in _REFUSED:
        needed = np.quantile(sums[yes], share)
        parts.append(f"refused {(sums[near] < needed).mean():.2f} ({share:.2f})")
    return ", ".join(parts)


def lines_of(cases: Sequence[Case], share: float) -> str:
    """Return what stands in the code: the weights, and the sum that refuses ``share``."""
    weights = fitted(cases)[1:]
    mean = fitted(cases)[0]
    yes = np.array([case.answerable for case in cases])
    sums = (unseen(cases, [c.tenth for c in cases]) + unseen(cases, [c.set for c in cases])) / 2
    needed = float(np.quantile(sums[yes], share)) - mean
    values = ", ".join(f"{weight:.2f}" for weight in weights)
    return f"WEIGHTS = ({values})  # {', '.join(FEATURES)}\nNEEDED = {needed:.2f}"


def report(cases: Sequence[Case], share: float) -> Iterable[str]:
    """Yield the lines that are printed."""
    by_set = unseen(cases, [case.set for case in cases])
    by_document = unseen(cases, [case.tenth for case in cases])
    yield f"{len(cases)} cases. Refused: of the unanswerable (of the answerable)."
    yield f"as it is            {told(cases, np.array([case.support for case in cases]))}"
    yield f"by other sets       {told(cases, by_set)}"
    yield f"by other documents  {told(cases, by_document)}"
    yield lines_of(cases, share)


@click.command()
@click.option(
    "--of",
    "given",
    type=(click.Path(path_type=Path, file_okay=False), str),
    multiple=True,
    required=True,
    metavar="INDEX GOLD[,GOLD]",
    help="An index and the gold files about its documents; repeatable.",
)
@click.option("--share", default=0.05, show_default=True, help="Of the answerable, to be refused.")
def main(given: tuple[tuple[Path, str], ...], share: float) -> None:
    """Fit the weights of the evidence on dev questions, and say what they can tell."""
    cases: list[Case] = []
    try:
        for index, files in given:
            questions = load_gold(*(Path(file) for file in files.split(",")), part="dev")
            engine = Engine.open(index)
            with closing(engine.store):
                cases += cases_of(engine, str(index), questions)
    except MinutebookError as error:
        raise click.ClickException(str(error)) from None
    for line in report(cases, share):
        click.echo(line)


if __name__ == "__main__":
    main()
