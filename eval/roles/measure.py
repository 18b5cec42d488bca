"""Put labels to the documents as a build reads them, and count: precision, recall, F1.

A document is parsed, described and segmented by the code of a build. The unit (and the passage)
that holds the beginning of a label's anchor must have the label's role. What is in no unit, or
whose anchor is no longer found, counts as wrong: it keeps its place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.bootstrap import Score, resamples, score
from eval.places import places, squash
from eval.roles.labels import Label, documents_of
from indexer.corpus import Source, read_corpus
from indexer.describe import describe
from indexer.errors import UsageError
from indexer.model import Passage, Role, Span, Unit
from indexer.parse import parse
from indexer.segment.passages import pack
from indexer.segment.structure import units_of

_BUDGET = 176
_CHARACTERS_A_TOKEN = 4
_HITS, _LABELLED, _TOLD = range(3)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a label says, and what was told: of the unit there, and of the passage there."""

    label: Label
    file: str
    unit: Role | None
    passage: Role | None


@dataclass(frozen=True, slots=True)
class RoleScore:
    """How one role is told. ``labelled`` and ``told`` are what recall and precision rest on."""

    role: Role
    precision: float
    recall: float
    f1: float
    labelled: int
    told: int


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of one set of outcomes. Macro F1 is the mean over the roles labelled."""

    roles: tuple[RoleScore, ...]
    macro_f1: Score
    accuracy: float
    n: int
    documents: int


def judge(
    labels: Sequence[Label], folder: Path, note: Callable[[str], None] = lambda _: None
) -> list[Outcome]:
    """Read each labelled document below ``folder`` and return the outcome of each label.

    Raises UsageError where the folder lacks documents. ``note`` is told each file's name.
    """
    sources = {source.sha256: source for source in read_corpus(folder).sources}
    absent = [sha256 for sha256 in documents_of(labels) if sha256 not in sources]
    if absent:
        raise UsageError(
            f"{folder} lacks {len(absent)} of the labelled documents (SHA-256 {absent[0][:12]}…).",
            "Name the folder that holds them with --documents.",
        )
    outcomes: list[Outcome] = []
    for sha256 in documents_of(labels):
        note(sources[sha256].file)
        outcomes += _outcomes(sources[sha256], [each for each in labels if each.sha256 == sha256])
    return outcomes


def _outcomes(source: Source, labels: Sequence[Label]) -> Iterator[Outcome]:
    parsed = parse(source.path)
    kind = describe(source, parsed).kind
    units = units_of(parsed, kind)
    passages = pack(source.document_id, parsed, units, _tokens, _BUDGET)
    letters = squash(parsed.text)
    for label in labels:
        found = places(label.anchor, letters)
        at = found[label.nth - 1].start if len(found) >= label.nth else -1
        yield Outcome(label, source.file, _role_at(units, at), _role_at(passages, at))


def _tokens(texts: Sequence[str]) -> list[int]:
    """Count tokens without a model: where a long passage is cut does not touch its role."""
    return [len(text) // _CHARACTERS_A_TOKEN + 1 for text in texts]


def _role_at(parts: Sequence[Unit] | Sequence[Passage], at: int) -> Role | None:
    there = Span(at, at + 1) if at >= 0 else None
    return next((part.role for part in parts if there and part.span.overlaps(there)), None)


def figures(outcomes: Sequence[Outcome], told: Callable[[Outcome], Role | None]) -> Figures:
    """Count outcomes; ``told`` picks whose role counts, the unit's or the passage's.

    The interval of macro F1 is a bootstrap's over documents: sentences of one are alike.
    """
    pairs = [(outcome.label.role, told(outcome)) for outcome in outcomes]
    roles = tuple(_role_scores(Counter(pairs)))
    return Figures(
        roles=roles,
        macro_f1=_macro_f1(outcomes, pairs),
        accuracy=sum(right is said for right, said in pairs) / len(pairs),
        n=len(pairs),
        documents=len({outcome.label.sha256 for outcome in outcomes}),
    )


def _role_scores(counts: Counter[tuple[Role, Role | None]]) -> Iterator[RoleScore]:
    for role in Role:
        labelled = sum(n for (right, _), n in counts.items() if right is role)
        said = sum(n for (_, told), n in counts.items() if told is role)
        if labelled:
            hits = counts[role, role]
            yield RoleScore(
                role=role,
                precision=hits / said if said else 0.0,
                recall=hits / labelled,
                f1=2 * hits / (labelled + said),
                labelled=labelled,
                told=said,
            )


def _macro_f1(outcomes: Sequence[Outcome], pairs: Sequence[tuple[Role, Role | None]]) -> Score:
    """Return macro F1 with its interval; a resample scores the roles that it holds labels of."""
    documents = list(dict.fromkeys(outcome.label.sha256 for outcome in outcomes))
    roles = list(Role)
    counts = np.zeros((len(documents), 3, len(roles)))
    for outcome, (right, said) in zip(outcomes, pairs, strict=True):
        count = counts[documents.index(outcome.label.sha256)]
        count[_LABELLED, roles.index(right)] += 1
        if said is not None:
            count[_TOLD, roles.index(said)] += 1
        if said is right:
            count[_HITS, roles.index(right)] += 1
    resampled = [_macro(counts[draw].sum(axis=0)) for draw in resamples(len(documents))]
    return score(_macro(counts.sum(axis=0)), np.array(resampled), len(pairs))


def _macro(counts: NDArray[np.float64]) -> float:
    held = counts[_LABELLED] > 0
    f1 = 2 * counts[_HITS][held] / (counts[_LABELLED][held] + counts[_TOLD][held])
    return float(f1.mean())
