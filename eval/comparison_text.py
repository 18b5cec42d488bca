"""A comparison for a terminal: measures with intervals, kinds, and each gain and loss."""

from __future__ import annotations

from collections.abc import Sequence

from eval.compare import CHANGES, PERMUTATIONS, Change, Comparison, Difference
from eval.metrics import LATENCIES

_WIDEST = 72


def table(comparison: Comparison) -> str:
    """Return all that differs between the runs, in lines for a terminal."""
    lines = [f"{len(comparison.a.outcomes)} questions in both runs; differences are B less A", ""]
    lines += _measures(comparison)
    lines += ["", *_kinds(comparison)]
    for name in CHANGES:
        lines += ["", *_changes(name, comparison.changes[name])]
    return "\n".join(lines)


def _measures(comparison: Comparison) -> list[str]:
    lines = [f"{'measure':<22}{'A':>9}{'B':>9}{'B - A':>9}  {'95% interval':<20}{'p':>8}"]
    for name, each in comparison.overall.items():
        interval = f"[{_signed(name, each.change.low)}, {_signed(name, each.change.high)}]"
        p = "–" if each.p is None else f"{each.p:.4f}"
        lines.append(
            f"{name:<22}{_plain(name, each.a):>9}{_plain(name, each.b):>9}"
            f"{_signed(name, each.change.value):>9}  {interval:<20}{p:>8}"
        )
    note = f"p: paired randomisation test, {PERMUTATIONS:,} swaps; not corrected for many measures."
    return [*lines, note]


def _kinds(comparison: Comparison) -> list[str]:
    lines = [f"{'kind':<14}{'n':>5}" + "".join(f"{name:>17}" for name in CHANGES) + "  (B - A)"]
    for kind, measures in comparison.by_kind.items():
        cells = "".join(f"{_cell(name, measures.get(name)):>17}" for name in CHANGES)
        lines.append(f"{kind:<14}{measures['right'].change.n:>5}{cells}")
    return lines


def _cell(name: str, difference: Difference | None) -> str:
    return "–" if difference is None else _signed(name, difference.change.value)


def _changes(name: str, changes: Sequence[Change]) -> list[str]:
    losses = [change for change in changes if change.b < change.a]
    gains = [change for change in reversed(changes) if change.b > change.a]
    lines = [f"{name}: {len(gains)} gained, {len(losses)} lost"]
    lines += [_line("+", change) for change in gains]
    return lines + [_line("-", change) for change in losses]


def _line(sign: str, change: Change) -> str:
    asked = change.question
    words = asked.question
    if len(words) > _WIDEST:
        words = f"{words[: _WIDEST - 1]}…"
    return f"  {sign} {asked.id} ({asked.kind}) {change.a:.2f} → {change.b:.2f}  {words}"


def _plain(name: str, value: float) -> str:
    return f"{value:.1f}" if name in LATENCIES else f"{value:.3f}"


def _signed(name: str, value: float) -> str:
    return f"{value:+.1f}" if name in LATENCIES else f"{value:+.3f}"
