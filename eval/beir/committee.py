"""QMSum's committee meetings: does a search find the turns that answer a question?

Passages hold several turns, and how many is the segmenter's choice, so counting passages would
favour whoever cuts large. A reader's budget is counted instead: of the first 4,000 characters read,
in the order of the ranking, how many belong to the turns that answer, out of as many as could.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.beir.build import body_of, parse
from eval.beir.dataset import BeirDocument, Collection, json_lines
from eval.beir.search import prepared, ranker_of
from eval.bootstrap import Score, ratio
from eval.places import shared
from indexer.embed.protocol import Embedder
from indexer.errors import UsageError
from indexer.model import Filters, Passage, Span
from indexer.normalise import normalise_block
from indexer.progress import Progress
from indexer.store.protocols import StoreReader

BUDGET = 4000
_DEPTH = 200

MEASURES = {
    f"relevant@{BUDGET}": "of the first 4,000 characters read, the share that answers",
    "hit@1": "the first passage lies by half or more in turns that answer",
    "hit@5": "one of the first five does",
    "mrr@10": "1 / the place of the first that does, within ten",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about one meeting, and where in its text the answering turns stand."""

    id: str
    meeting: str
    question: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Committee:
    """The meetings as a collection, and the questions with their places."""

    collection: Collection
    questions: tuple[Asked, ...]


def load(folder: Path) -> Committee:
    """Read ``turns.jsonl`` and ``questions.jsonl``. Raises UsageError with file and line."""
    turns: dict[str, list[str]] = {}
    for row in json_lines(folder / "turns.jsonl"):
        line = normalise_block(f"{row.get('speaker')}: {row.get('text')}")
        turns.setdefault(str(row.get("meeting")), []).append(line)
    documents = tuple(BeirDocument(name, "", "\n".join(lines)) for name, lines in turns.items())
    places = {each.id: [block.span for block in parse(each).blocks] for each in documents}
    questions = tuple(_asked(row, places) for row in json_lines(folder / "questions.jsonl"))
    digest = hashlib.sha256((folder / "turns.jsonl").read_bytes()).hexdigest()
    collection = Collection(folder.resolve().name, documents, {}, {}, digest)
    return Committee(collection, questions)


def search_committee(
    committee: Committee,
    store: StoreReader,
    embedder: Embedder,
    modes: Sequence[str],
    progress: Progress,
) -> dict[str, dict[str, Score]]:
    """Ask each question within its own meeting, in every mode, and score what is read."""
    scores: dict[str, list[dict[str, float]]] = {mode: [] for mode in (*modes, "chance")}
    with progress.task("Searching", len(committee.questions), "questions") as task:
        for asked in committee.questions:
            query = prepared(asked.question, embedder)
            filters = Filters(body=(body_of(asked.meeting),))
            for mode in modes:
                found = ranker_of(mode, store, embedder, query, filters)(_DEPTH)
                passages = store.passages([scored.number for scored in found])
                scores[mode].append(judged(passages, asked.spans))
            length = len(store.text(asked.meeting))
            scores["chance"].append({f"relevant@{BUDGET}": chance(asked.spans, length)})
            task.advance()
    return {mode: _means(rows) for mode, rows in scores.items()}


def judged(passages: Sequence[Passage], spans: Sequence[Span]) -> dict[str, float]:
    """Return what a ranking scores against the places that answer."""
    right = [2 * _common(p.span, spans) >= p.span.end - p.span.start for p in passages[:10]]
    first = next((n for n, hit in enumerate(right, start=1) if hit), None)
    return {
        f"relevant@{BUDGET}": _read(passages, spans) / min(BUDGET, _total(spans)),
        "hit@1": float(any(right[:1])),
        "hit@5": float(any(right[:5])),
        "mrr@10": 1 / first if first else 0.0,
    }


def chance(spans: Sequence[Span], length: int) -> float:
    """Return what reading at random would score: the least that a search must beat."""
    return min(BUDGET, length) * _total(spans) / length / min(BUDGET, _total(spans))


def _read(passages: Sequence[Passage], spans: Sequence[Span]) -> int:
    """Return how many of the first BUDGET characters read belong to the places."""
    left, found = BUDGET, 0
    for passage in passages:
        start = passage.span.start
        part = Span(start, min(passage.span.end, start + left))
        found += _common(part, spans)
        left -= part.end - part.start
        if not left:
            break
    return found


def _common(one: Span, spans: Sequence[Span]) -> int:
    return sum(shared(one, other) for other in spans)


def _total(spans: Sequence[Span]) -> int:
    return sum(span.end - span.start for span in spans)


def _asked(row: Mapping[str, object], places: Mapping[str, Sequence[Span]]) -> Asked:
    meeting, raw = str(row.get("meeting")), row.get("relevant_turn_spans")
    turns = places.get(meeting, [])
    try:
        numbers = {n for first, last in raw for n in range(int(first), int(last) + 1)}  # type: ignore[attr-defined]
        if not numbers:
            raise ValueError
        spans = tuple(turns[number] for number in sorted(numbers))
    except (TypeError, ValueError, IndexError):
        raise UsageError(
            f"questions.jsonl: {row['_id']!r} names turns that {meeting!r} does not have.",
            'Write "relevant_turn_spans": [[first, last]], turns of that meeting counted from 0.',
        ) from None
    return Asked(str(row["_id"]), meeting, str(row.get("question") or ""), spans)


def _means(rows: Sequence[Mapping[str, float]]) -> dict[str, Score]:
    means = {}
    for name in MEASURES:
        values = [row[name] for row in rows if name in row]
        mean = ratio(values, [1.0] * len(values))
        if mean is not None:
            means[name] = mean
    return means
