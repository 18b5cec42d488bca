"""What a system's rankings are worth: judged and counted as ``minutebook eval run`` does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.bench.peers.records import Recorded
from eval.bootstrap import ratio
from eval.compare import difference
from eval.gold import GoldQuestion
from eval.judge import Judge, Located
from eval.metrics import Share, score_questions
from eval.outcome import Outcome, Ranked
from indexer.model import Passage
from indexer.store.protocols import DocumentRecord

MEASURES = ("hit@1", "hit@3", "hit@10", "mrr@10")
Ranking = Sequence[Sequence[str]]


class Jury:
    """Judges rankings of one material's passages."""

    def __init__(self, records: Sequence[DocumentRecord]) -> None:
        self._judge = Judge(Recorded(records))
        self._passages = {one.id: one for record in records for one in record.passages}
        self._files = {record.document.id: record.document.sha256 for record in records}
        self._same = _same_words(self._passages)

    def outcomes(
        self, gold: Mapping[str, Sequence[GoldQuestion]], rankings: Mapping[str, Ranking]
    ) -> list[Outcome]:
        """Return what became of every question (by its id in ``rankings``) of every gold set."""
        return [
            self._outcome(name, question, rankings[question.id])
            for name, questions in gold.items()
            for question in questions
        ]

    def _outcome(self, gold: str, question: GoldQuestion, ranking: Ranking) -> Outcome:
        located = self._judge.locate(question)
        return Outcome(
            question=question,
            gold=gold,
            relevant=frozenset().union(*(place.passages for place in located)),
            unplaced=sum(not place.places for place in located),
            ranking=tuple(self._ranked(ids, n, located) for n, ids in enumerate(ranking, start=1)),
        )

    def _ranked(self, ids: Sequence[str], rank: int, located: Sequence[Located]) -> Ranked:
        """Record a place; it is right where any passage of those words is evidence."""
        shown = list(ids) if len(ids) > 1 else self._same[ids[0]]
        right = [one for one in shown if any(one in place.passages for place in located)]
        chosen = (right or shown)[0]
        holds = tuple(
            n for n, place in enumerate(located) if any(one in place.passages for one in shown)
        )
        sha256 = self._files[self._passages[chosen].document_id]
        return Ranked(chosen, sha256, rank, 1.0 / rank, holds)


def _same_words(passages: Mapping[str, Passage]) -> dict[str, list[str]]:
    """Return by id the passages of the very same words, its own first; case and space aside.

    A system that finds the words in a copy has found them.
    """
    by_words: dict[str, list[str]] = {}
    words = {name: "".join(passage.text.split()).casefold() for name, passage in passages.items()}
    for name, said in words.items():
        by_words.setdefault(said, []).append(name)
    return {
        name: [name, *(one for one in by_words[said] if one != name)]
        for name, said in words.items()
    }


def summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the measures with their intervals, by part and gold set, as JSON."""
    shares = score_questions(outcomes)
    found: dict[str, Any] = {}
    for part in ("dev", "test"):
        own = [n for n, one in enumerate(outcomes) if one.question.part == part]
        found[part] = {"all": _scores([shares[n] for n in own])}
        if part == "dev":
            for gold in dict.fromkeys(one.gold for one in outcomes):
                of_gold = [shares[n] for n in own if outcomes[n].gold == gold]
                found[part][gold] = _scores(of_gold)
    return found


def against(ours: Sequence[Outcome], theirs: Sequence[Outcome]) -> dict[str, Any]:
    """Return how far ours are ahead in each measure over all questions, with interval and p."""
    a, b = score_questions(theirs), score_questions(ours)
    nothing = Share(0.0, 0.0)
    found = {}
    for name in MEASURES:
        change = difference([x.get(name, nothing) for x in a], [x.get(name, nothing) for x in b])
        if change is not None:
            found[name] = {**asdict(change.change), "p": change.p}
    return found


def _scores(shares: Sequence[Mapping[str, Share]]) -> dict[str, Any]:
    nothing = Share(0.0, 0.0)
    found = {}
    for name in MEASURES:
        column = [share.get(name, nothing) for share in shares]
        score = ratio([one.got for one in column], [one.of for one in column])
        if score is not None:
            found[name] = asdict(score)
    return found
