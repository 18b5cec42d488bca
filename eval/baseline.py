"""Frozen runs: what each question once scored, and whether it still does, within noise."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from eval.compare import difference
from eval.kept import Header
from eval.metrics import Share, score_questions
from eval.outcome import Run
from indexer.errors import UsageError

FORMAT = 1
GUARDED = ("hit@10", "mrr@10", "answer_accuracy", "right", "quote_exactness")
_CERTAIN = {"quote_exactness"}
"""These may not fall at all: one wrong quotation is one too many."""
_AGAIN = (
    "Freeze it again: minutebook eval run --part all --out RUN, then minutebook eval freeze RUN."
)

Scores = Mapping[str, Mapping[str, Share]]


@dataclass(frozen=True, slots=True)
class Baseline:
    """What every question of one gold file scored in the frozen run."""

    gold: dict[str, str]
    about: dict[str, object]
    questions: dict[str, dict[str, Share]]


@dataclass(frozen=True, slots=True)
class Loss:
    """A guarded measure that fell, and the questions that it fell by, the greatest losses first."""

    measure: str
    before: float
    after: float
    lost: tuple[str, ...]

    def __str__(self) -> str:
        return (
            f"{self.measure} fell from {self.before:.3f} to {self.after:.3f}, more than its noise; "
            f"lost: {', '.join(self.lost)}"
        )


def freeze(header: Header, run: Run, path: Path) -> Baseline:
    """Write a run's guarded figures. Raises UsageError for a run over one part of the gold."""
    if header.identity.get("part") != "all":
        raise UsageError(
            f"The run is over the {header.identity.get('part')} part and not over all of the gold.",
            _AGAIN,
        )
    baseline = Baseline(_gold(header), _about(header), _guarded(run))
    text = json.dumps(
        {
            "format": FORMAT,
            "gold": baseline.gold,
            "about": baseline.about,
            "questions": {
                question: {name: [share.got, share.of] for name, share in shares.items()}
                for question, shares in baseline.questions.items()
            },
        },
        indent=1,
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_one_line_each(text), encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"The baseline cannot be written to {path}: {error.strerror or error}.",
            "Choose another file with --to.",
        ) from None
    return baseline


def load(path: Path) -> Baseline:
    """Read a baseline. Raises UsageError where there is none that can be read."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["format"] != FORMAT:
            raise ValueError(f"it has format {raw['format']}")
        questions = {
            question: {name: Share(*pair) for name, pair in shares.items()}
            for question, shares in raw["questions"].items()
        }
        return Baseline(raw["gold"], raw["about"], questions)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"The baseline {path} cannot be used: {error}.", _AGAIN) from None


def losses(baseline: Baseline, run: Run) -> list[Loss]:
    """Return the guarded measures that are below the baseline by more than their noise.

    Noise is what drawing other questions of the same sort would do: a measure has fallen where the
    whole 95% interval of the paired difference is below 0. Raises UsageError where the run's
    questions are not the baseline's.
    """
    now = _guarded(run)
    if set(now) != set(baseline.questions):
        strangers = sorted(set(now) ^ set(baseline.questions))
        raise UsageError(
            f"The run and the baseline differ in {len(strangers)} questions, such as "
            f"{strangers[0]}.",
            _AGAIN,
        )
    found = (_loss(name, baseline.questions, now) for name in GUARDED)
    return [loss for loss in found if loss is not None]


def _loss(name: str, before: Scores, after: Scores) -> Loss | None:
    nothing = Share(0.0, 0.0)
    pairs = {q: (before[q].get(name, nothing), after[q].get(name, nothing)) for q in before}
    change = difference([old for old, _ in pairs.values()], [new for _, new in pairs.values()])
    if change is None or change.change.value >= 0:
        return None
    if name not in _CERTAIN and change.change.high >= 0:
        return None
    drops = {q: _drop(old, new) for q, (old, new) in pairs.items()}
    lost = sorted((q for q, drop in drops.items() if drop > 0), key=lambda q: (-drops[q], q))
    return Loss(name, change.a, change.b, tuple(lost))


def _drop(old: Share, new: Share) -> float:
    if not new.of:
        return 0.0
    return (old.got / old.of if old.of else 1.0) - new.got / new.of


def _guarded(run: Run) -> dict[str, dict[str, Share]]:
    return {
        outcome.question.id: {name: shares[name] for name in GUARDED if name in shares}
        for outcome, shares in zip(run.outcomes, score_questions(run.outcomes), strict=True)
    }


def _gold(header: Header) -> dict[str, str]:
    gold = header.identity.get("gold")
    return dict(gold) if isinstance(gold, dict) else {}


def _about(header: Header) -> dict[str, object]:
    """Return what made the figures; the machine that they came from says nothing about them."""
    return {name: header.about.get(name) for name in ("started", "index", "code") if header.about}


def _one_line_each(text: str) -> str:
    """Put each pair of numbers on one line, so that a change to a baseline can be read."""
    return re.sub(r"\[\s+([\d.]+),\s+([\d.]+)\s+\]", r"[\1, \2]", text) + "\n"
