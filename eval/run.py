"""Puts gold questions to an engine, here or behind HTTP, and judges what comes back."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from eval.gold import GoldQuestion
from eval.judge import Documents, Judge, Located, grounding
from eval.kept import Journal
from eval.outcome import Answered, Outcome, Ranked, Run
from indexer.errors import MinutebookError, UsageError
from indexer.model import BuildInfo, Filters
from indexer.progress import Progress, Silent
from search_api.asked.time import read_time
from search_api.results import Answer, Hit, SearchResult
from search_api.web.plain_dates import plain_date

EVERYTHING = Filters()


class StoppedError(MinutebookError):
    """The run cannot go on; what is finished is kept."""


class Index(Documents, Protocol):
    """What a run needs of a store."""

    @property
    def info(self) -> BuildInfo:
        """What the build says of itself."""


class Engine(Protocol):
    """What a run needs of ``search_api.engine.Engine``."""

    @property
    def store(self) -> Index:
        """The index that the engine searches."""

    def search(
        self, question: str, *, k: int = 10, offset: int = 0, filters: Filters = EVERYTHING
    ) -> SearchResult:
        """Return ranked passages."""

    def answer(self, question: str, *, k: int = 10, filters: Filters = EVERYTHING) -> Answer:
        """Return an answer or a refusal."""


def run(
    engine: Engine,
    gold: Mapping[str, Sequence[GoldQuestion]],
    k: int = 10,
    progress: Progress | None = None,
    about: dict[str, object] | None = None,
    journal: Journal | None = None,
    *,
    in_words: bool = False,
) -> Run:
    """Ask every question of every gold set (name → questions) and return what happened.

    With ``in_words`` a question's ``as_of`` is put before it in words, and is no filter.

    A question whose search or answer breaks off is recorded with its error, never left out; one
    that the journal holds already is not asked again. Raises StoppedError where nobody answers any
    more.
    """
    judge = Judge(engine.store)
    questions = [(name, question) for name in gold for question in gold[name]]
    _some_document_is_there(judge, [question for _, question in questions])
    outcomes = dict(journal.done) if journal else {}
    left = [(name, question) for name, question in questions if question.id not in outcomes]
    with (progress or Silent()).task("Asking", len(questions), "questions") as task:
        task.advance(len(outcomes))
        try:
            _warm_up(engine, left, k)
            for name, question in left:
                outcome = outcomes[question.id] = _ask(
                    engine, judge, name, question, k, in_words=in_words
                )
                if journal:
                    journal.keep(outcome)
                task.advance()
        except StoppedError as error:
            raise _with_what_is_kept(error, len(outcomes), len(questions), journal) from None
    return Run(tuple(outcomes[question.id] for _, question in questions), k, about or {})


def _with_what_is_kept(
    error: StoppedError, done: int, total: int, journal: Journal | None
) -> StoppedError:
    if journal is None:
        return StoppedError(
            f"{error.what} {done} of {total} questions were finished, and nothing is kept.",
            f"{error.remedy} With --out finished questions are kept.",
        )
    return StoppedError(
        f"{error.what} {done} of {total} questions are finished and kept.",
        f"{error.remedy} Then give the same command again: it goes on from there.",
    )


def _some_document_is_there(judge: Judge, questions: Sequence[GoldQuestion]) -> None:
    if not questions:
        raise UsageError(
            "The gold holds no question of the part asked for.", "Choose another --part."
        )
    if not any(sha256 in judge.by_sha256 for q in questions for sha256 in q.documents):
        raise UsageError(
            "The index holds none of the documents that the gold asks about.",
            "Index the documents that the gold was written for, or choose another --gold.",
        )


def _warm_up(engine: Engine, left: Sequence[tuple[str, GoldQuestion]], k: int) -> None:
    # The first query pays for loading the model; it would be the p99 of a short run.
    for _, question in left[:1]:
        with suppress(Exception):  # The question is asked again, and its error recorded then.
            engine.answer(question.question, k=k)


def as_asked(question: GoldQuestion, *, in_words: bool) -> tuple[str, Filters]:
    """Return what is asked of the engine, and the filters that go with it."""
    words, filters = question.question, question.filters
    if not (in_words and question.as_of):
        return words, replace(filters, as_of=question.as_of)
    own = read_time(words)
    if own is not None and own.as_of:
        return words, filters
    begin = words[0].lower() if words[1:2].islower() else words[0]
    return f"As of {plain_date(question.as_of)}, {begin}{words[1:]}", filters


def _ask(
    engine: Engine,
    judge: Judge,
    name: str,
    question: GoldQuestion,
    k: int,
    *,
    in_words: bool,
) -> Outcome:
    words, filters = as_asked(question, in_words=in_words)
    located: list[Located] | None = None
    ranking: tuple[Ranked, ...] = ()
    search_ms: float | None = None
    answered: Answered | None = None
    error: str | None = None
    try:
        started = time.perf_counter()
        result = engine.search(words, k=k, filters=filters)
        search_ms = (time.perf_counter() - started) * 1000
        # After the search: of a server's passages those are known that a search has shown.
        located = judge.locate(question)
        ranking = tuple(_ranked(hit, n, located) for n, hit in enumerate(result.hits, start=1))
        started = time.perf_counter()
        answer = engine.answer(words, k=k, filters=filters)
        took_ms = (time.perf_counter() - started) * 1000
        answered = _judged(answer, took_ms, judge, located, question.as_of)
    except StoppedError:
        raise
    except Exception as failure:  # Whatever breaks is the engine's failure on this question.
        error = f"{type(failure).__name__}: {failure}"
    if located is None:
        located = judge.locate(question)
    return Outcome(
        question=question,
        gold=name,
        relevant=frozenset().union(*(place.passages for place in located)),
        unplaced=sum(not place.places for place in located),
        ranking=ranking,
        search_ms=search_ms,
        answered=answered,
        error=error,
    )


def _ranked(hit: Hit, rank: int, located: Sequence[Located]) -> Ranked:
    """Record a hit; it is right where a passage of it, or one told under it, is evidence."""
    shown = [(part, hit.document) for part in hit.passages]
    shown += [(repeat.passage, repeat.document) for repeat in hit.repeats]
    right = [one for one in shown if any(one[0].id in place.passages for place in located)]
    passage, document = (right or shown)[0]
    holds = tuple(
        n for n, place in enumerate(located) if any(each.id in place.passages for each, _ in shown)
    )
    return Ranked(passage.id, document.sha256, rank, hit.score, holds)


def _judged(
    answer: Answer,
    took_ms: float,
    judge: Judge,
    located: Sequence[Located],
    as_of: str | None,
) -> Answered:
    sure = answer.confidence
    return Answered(
        status=str(answer.status),
        answer=answer.answer,
        citations=tuple(judge.citation(citation, located, as_of) for citation in answer.citations),
        versions_shown=judge.versions_shown(answer, located),
        grounding=grounding(answer.answer or "", answer.citations),
        took_ms=took_ms,
        score=answer.score,
        confidence=str(sure.level) if sure else None,
        reasons=sure.reasons if sure else (),
        signs=sure.signs if sure else None,
    )
