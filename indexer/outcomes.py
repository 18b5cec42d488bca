"""What became of each file of a corpus: none is lost without a word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from indexer.corpus import Corpus
from indexer.model import Document, SkippedFile
from indexer.store.files import Outcome, Result

__all__ = ["Outcome", "Result", "outcome_lines", "outcomes_json", "outcomes_of"]

_MOST_NAMED = 10
_DETAIL = re.compile(r"\s*\([^()]*\)")
_NUMBER = re.compile(r"\d[\d,.]*(?<![.,])")


def outcomes_of(
    corpus: Corpus, skipped: Iterable[SkippedFile], documents: Iterable[Document]
) -> list[Outcome]:
    """Return one outcome for each file of ``corpus``, in the order of their names."""
    reasons = {item.file: item for item in skipped}
    warnings: dict[str, list[str]] = {}
    for document in documents:
        warnings.setdefault(document.file, []).extend(document.warnings)
    found = [_skipped(item) for item in reasons.values()]
    for source in corpus.sources:
        if source.file not in reasons:
            found.append(_read(source.file, warnings.get(source.file)))
        found += [
            Outcome(file, Result.SAME, (source.file,))
            for file in source.duplicates
            if file not in reasons
        ]
    return sorted(found, key=lambda outcome: outcome.file)


def outcome_lines(outcomes: Sequence[Outcome]) -> list[str]:
    """Return a table of how many files there are of each outcome, and the files below it."""
    counts = [(result, [o for o in outcomes if o.result is result]) for result in Result]
    lines = [f"Files: {len(outcomes)}"]
    lines += [f"{len(found):7} {result}" for result, found in counts if found]
    skipped = _by_sort(o for o in outcomes if o.result is Result.SKIPPED)
    for sort, members in skipped:
        lines.append(f"{len(members):12} {sort}")
    for sort, members in skipped:
        lines += ["", f"Skipped: {sort}. {members[0].remedy}"]
        lines += _named(o.file if o.reasons == (sort,) else _line(o) for o in members)
    warned = [_line(o) for o in outcomes if o.result is Result.WARNED]
    if warned:
        lines += ["", "Read with warnings:", *_named(warned)]
    return lines


def outcomes_json(outcomes: Sequence[Outcome]) -> dict[str, object]:
    """Return the same for scripts: how many of each, how often each reason, and every file."""
    skipped = _by_sort(o for o in outcomes if o.result is Result.SKIPPED)
    return {
        "counts": {
            result.value: sum(outcome.result is result for outcome in outcomes) for result in Result
        },
        "reasons": {sort: len(members) for sort, members in skipped},
        "files": [
            {"file": outcome.file, "outcome": outcome.result.value, "reasons": outcome.reasons}
            for outcome in outcomes
        ],
    }


def _skipped(item: SkippedFile) -> Outcome:
    return Outcome(item.file, Result.SKIPPED, (item.reason,), item.remedy)


def _read(file: str, warnings: list[str] | None) -> Outcome:
    """Return the outcome of a file that was read; without documents of its own it adds nothing."""
    if warnings is None:
        return Outcome(file, Result.SAME, ("all of it stands in other files",))
    said = tuple(dict.fromkeys(warnings))
    return Outcome(file, Result.WARNED if said else Result.READ, said)


def _by_sort(outcomes: Iterable[Outcome]) -> list[tuple[str, list[Outcome]]]:
    """Return the sorts of reasons, the most frequent first, each with its files."""
    ordered = sorted(outcomes, key=_sort)
    groups = [list(members) for _, members in groupby(ordered, _sort)]
    groups.sort(key=lambda members: (-len(members), _sort(members[0])))
    return [
        (", ".join(members[0].reasons) if len(members) == 1 else _sort(members[0]), members)
        for members in groups
    ]


def _sort(outcome: Outcome) -> str:
    """Return the reason without the details that differ from file to file."""
    return ", ".join(_NUMBER.sub("N", _DETAIL.sub("", reason)) for reason in outcome.reasons)


def _line(outcome: Outcome) -> str:
    return f"{outcome.file}: {' '.join(outcome.reasons)}"


def _named(lines: Iterable[str]) -> list[str]:
    """Return the lines indented; a long list is folded."""
    every = list(lines)
    more = len(every) - _MOST_NAMED
    fold = [f"  … and {more} more; --json lists all"] if more > 0 else []
    return [f"  {line}" for line in every[:_MOST_NAMED]] + fold
