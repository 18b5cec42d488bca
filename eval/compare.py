"""Two runs over the same questions, side by side: differences, and what was gained and lost.

A difference is of pairs: the same question in both runs. Its interval is a paired bootstrap's, its
p-value a paired randomisation test's, which swaps a question's two outcomes at random: both as
Smucker, Allan and Carterette recommend ("A comparison of statistical significance tests for
information retrieval evaluation", CIKM 2007). Many measures are tested at once and nothing is
corrected for that: choose the one that decides before looking.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.bootstrap import SEED, Score, resamples, score
from eval.gold import KINDS, GoldQuestion
from eval.kept import load_run
from eval.metrics import LATENCIES, MEASURES, Share, latencies, score_questions
from eval.outcome import Outcome, Run
from indexer.errors import UsageError

PERMUTATIONS = 10_000
CHANGES = ("right", "hit@10", "mrr@10", "answer_accuracy")
"""The measures whose gains and losses are told question by question."""
_CHUNK = 1000
_SHOWN = 5

Floats = NDArray[np.float64]
Shares = Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class Difference:
    """B less A in one measure over the same questions; ``p`` is None where nothing is tested."""

    a: float
    b: float
    change: Score
    p: float | None


@dataclass(frozen=True, slots=True)
class Change:
    """One question that scores otherwise in B than in A."""

    question: GoldQuestion
    a: float
    b: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs of the same gold: all that differs between them."""

    a: Run
    b: Run
    overall: dict[str, Difference]
    by_kind: dict[str, dict[str, Difference]]
    changes: dict[str, list[Change]]
    """For each of CHANGES the questions that changed, the greatest losses first."""


def compare_folders(a: Path, b: Path) -> Comparison:
    """Compare the runs in two folders. Raises UsageError where they cannot be compared."""
    (header_a, run_a), (header_b, run_b) = load_run(a), load_run(b)
    gold_a, gold_b = header_a.identity.get("gold"), header_b.identity.get("gold")
    if gold_a != gold_b:
        raise UsageError(
            f"The runs in {a} and {b} are over different gold: {_files(gold_a)} and "
            f"{_files(gold_b)}, not the same in content.",
            "Run both over the same gold files.",
        )
    return compare(run_a, run_b)


def compare(a: Run, b: Run) -> Comparison:
    """Compare two runs over the same questions. Raises UsageError where a question lacks."""
    _same_questions(a, b)
    outcomes_b = {outcome.question.id: outcome for outcome in b.outcomes}
    paired = [(one, outcomes_b[one.question.id]) for one in a.outcomes]
    shares_a = score_questions([one for one, _ in paired])
    shares_b = score_questions([other for _, other in paired])
    everything = range(len(paired))
    of_kind = {
        kind: [n for n in everything if paired[n][0].question.kind == kind] for kind in KINDS
    }
    return Comparison(
        a=a,
        b=b,
        overall={
            **_differences(shares_a, shares_b, everything),
            **_latencies([one for one, _ in paired], [other for _, other in paired]),
        },
        by_kind={
            kind: _differences(shares_a, shares_b, members)
            for kind, members in of_kind.items()
            if members
        },
        changes={
            name: _changes(name, [one for one, _ in paired], shares_a, shares_b) for name in CHANGES
        },
    )


def difference(a: Sequence[Share], b: Sequence[Share]) -> Difference | None:
    """Return the difference of two runs in one measure; None where it applies to neither.

    A measure is a sum over a sum, and questions are drawn, or swapped, with both of their sums.
    """
    table = np.array([[x.got, x.of, y.got, y.of] for x, y in zip(a, b, strict=True)], float)
    if not len(table) or not table[:, 1].sum() or not table[:, 3].sum():
        return None
    observed = _change(table.sum(axis=0))
    with np.errstate(invalid="ignore", divide="ignore"):
        drawn = _change(table[resamples(len(table))].sum(axis=1))
    drawn = drawn[np.isfinite(drawn)]
    applies = int(np.count_nonzero((table[:, 1] > 0) | (table[:, 3] > 0)))
    return Difference(
        a=float(table[:, 0].sum() / table[:, 1].sum()),
        b=float(table[:, 2].sum() / table[:, 3].sum()),
        change=score(float(observed), drawn, applies),
        p=_p_value(table),
    )


def _change(sums: Floats) -> Floats:
    """Return B's ratio less A's; the last axis holds A's two sums and then B's."""
    return np.asarray(sums[..., 2] / sums[..., 3] - sums[..., 0] / sums[..., 1])


def _p_value(table: Floats) -> float | None:
    """Return how often swapping outcomes at random gives a difference as great as the observed.

    None where the runs' denominators differ, as when one refuses more: then swaps mostly move
    denominators, any such change is "significant", and the interval alone says something.
    """
    if (table[:, 1] != table[:, 3]).any():
        return None
    changes = table[:, 2] - table[:, 0]
    changes = changes[changes != 0]  # A swap of equals changes nothing.
    chance = np.random.default_rng(SEED)
    extreme = 0
    for _ in range(PERMUTATIONS // _CHUNK):
        signs = chance.choice([-1.0, 1.0], size=(_CHUNK, len(changes)))
        extreme += int((np.abs(signs @ changes) >= abs(changes.sum()) - 1e-9).sum())
    return (extreme + 1) / (PERMUTATIONS + 1)


def _differences(
    a: Sequence[Shares], b: Sequence[Shares], members: Sequence[int]
) -> dict[str, Difference]:
    nothing = Share(0.0, 0.0)
    found = {
        name: difference(
            [a[n].get(name, nothing) for n in members], [b[n].get(name, nothing) for n in members]
        )
        for name in MEASURES
    }
    return {name: each for name, each in found.items() if each is not None}


def _latencies(a: Sequence[Outcome], b: Sequence[Outcome]) -> dict[str, Difference]:
    """Return the difference of the percentiles, over the questions that ended in both runs."""
    found = {}
    for name, (step, percent) in LATENCIES.items():
        times = [
            (one[0], other[0])
            for x, y in zip(a, b, strict=True)
            if (one := latencies([x], step)) and (other := latencies([y], step))
        ]
        if times:
            table = np.array(times)
            before, after = np.percentile(table, percent, axis=0)
            drawn = np.percentile(table[resamples(len(table))], percent, axis=1)
            change = score(float(after - before), drawn[:, 1] - drawn[:, 0], len(table))
            found[name] = Difference(float(before), float(after), change, None)
    return found


def _changes(
    name: str, a: Sequence[Outcome], shares_a: Sequence[Shares], shares_b: Sequence[Shares]
) -> list[Change]:
    """Return the questions that score otherwise, the greatest losses first."""
    changes = [
        Change(outcome.question, _value(before[name]), _value(after[name]))
        for outcome, before, after in zip(a, shares_a, shares_b, strict=True)
        if name in before and name in after
    ]
    moved = [change for change in changes if change.a != change.b]
    return sorted(moved, key=lambda change: (change.b - change.a, change.question.id))


def _value(share: Share) -> float:
    return share.got / share.of if share.of else 0.0


def _same_questions(a: Run, b: Run) -> None:
    ids_a = [outcome.question.id for outcome in a.outcomes]
    ids_b = [outcome.question.id for outcome in b.outcomes]
    for name, lacking in (("first", set(ids_b) - set(ids_a)), ("second", set(ids_a) - set(ids_b))):
        if lacking:
            shown = ", ".join(sorted(lacking)[:_SHOWN])
            more = ", …" if len(lacking) > _SHOWN else ""
            raise UsageError(
                f"The {name} run lacks {len(lacking)} of the other's questions: {shown}{more}.",
                "Run both over the same gold files and the same --part.",
            )


def _files(gold: object) -> str:
    return ", ".join(gold) if isinstance(gold, dict) else "unknown"
