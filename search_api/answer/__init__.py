"""From hits to an answer in the record's own words, with citations, or a typed refusal."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from indexer.embed.protocol import Embedder
from indexer.model import Filters, pages_of
from indexer.store.protocols import StoreReader
from search_api.answer.asked_change import as_of_values
from search_api.answer.asked_when import at_once, limited, understood
from search_api.answer.beside import joined, read_together, read_with
from search_api.answer.confidence import confidence_in, said_since, sureness
from search_api.answer.explained import Course, explanation_of
from search_api.answer.history import History, history_of, newest_first
from search_api.answer.leading import Leading, leading_of, made_whole
from search_api.answer.lists import LONGEST
from search_api.answer.matter import Matter
from search_api.answer.naming import spells_out
from search_api.answer.outcome import outcome_of
from search_api.answer.over_meetings import told_over_meetings
from search_api.answer.posts import post_asked
from search_api.answer.reading import (
    OMITTED,
    read_on_from,
    read_out,
    self_contained,
    whole_reply,
)
from search_api.answer.record import Read, read_record
from search_api.answer.refusal import Verdict, judge
from search_api.answer.statements import Statement
from search_api.answer.telling import in_order, place_of, spoken, timeline
from search_api.answer.thread import of_one_matter
from search_api.answer.values import VALUED
from search_api.asked.how_it_stands import HowItStands, read_how_it_stands
from search_api.asked.how_it_went_on import follows_a_matter
from search_api.asked.kinds import kind_of
from search_api.asked.over_meetings import OverMeetings, read_over_meetings
from search_api.asked.plainly import plainly
from search_api.asked.question import take_apart
from search_api.asked.time import AskedTime, TimeReading, read_time
from search_api.english import in_full
from search_api.query import check_count
from search_api.ranking.rerank import Reranker
from search_api.results import Answer, AnswerStatus, Citation, SearchResult, Understood
from search_api.search import nearest

_SUPPORT, _SUPPORT_IN_A_CHANGE = 0.92, 0.78
"""The share of its document's best score that a further statement must reach."""
_MOST_BESIDE = 2
_TOPIC_SHARE = 0.5
_MOST_CITATIONS, _MOST_ELSEWHERE = 8, 6


def answer(
    store: StoreReader,
    embedder: Embedder,
    question: str,
    *,
    k: int,
    filters: Filters,
    explain: bool = False,
    reranker: Reranker | None = None,
) -> Answer:
    """Return what the record says, or NOT_FOUND with the k nearest passages.

    Where ``explain`` is set the answer carries how it was reached.
    Raises UsageError for a question or a count that cannot be used.
    """
    started = time.perf_counter()
    check_count(k, 0)
    asked = plainly(question)
    asking = _Asking(store, embedder, question, asked, k, filters, explain, reranker)
    meetings, stands = read_over_meetings(asked), read_how_it_stands(asked)
    if stands is not None:
        found = _how_it_stands(asking, stands)
        if meetings is not None and found.status is not AnswerStatus.CHANGED:
            found = _over_meetings(asking, meetings) or found
    elif meetings is None:
        found = _at_once(asking)
    elif follows_a_matter(asked) or kind_of(meetings.rest) not in VALUED:
        found = _as_it_went_on(asking, meetings)
    else:
        found = _at_once(asking)
        if not _answers_all(meetings, found):
            found = _over_meetings(asking, meetings) or found
    return replace(found, took_ms=(time.perf_counter() - started) * 1000)


def _as_it_went_on(asking: _Asking, meetings: OverMeetings) -> Answer:
    """Return the values that changed, where a question asks for these, else what meetings said."""
    asked = take_apart(asking.asked)
    if as_of_values(asked, asking.asked).kind is not asked.kind:
        found = _at_once(asking)
        if found.status in {AnswerStatus.CHANGED, AnswerStatus.DISPUTED}:
            return found
    return _over_meetings(asking, meetings) or _at_once(asking)


def _answers_all(meetings: OverMeetings, found: Answer) -> bool:
    """Say whether an answer may be to all of a question that names several times.

    What one of the meetings that are named said is not: what is reported later may be.
    """
    if found.status is AnswerStatus.NOT_FOUND:
        return False
    said = found.citations[0].document.date.edtf
    return not said or not any(at_once(said, time) for time in meetings.times)


@dataclass(frozen=True, slots=True)
class _Asking:
    """A question, and what it is put to."""

    store: StoreReader
    embedder: Embedder
    question: str
    asked: str
    """What the question asks, without the words around it."""
    k: int
    filters: Filters
    explain: bool
    reranker: Reranker | None

    def read(self, words: str, when: AskedTime | None, filters: Filters) -> Read:
        """Return what the record has to ``words``, the question or a part of it."""
        return read_record(self.store, self.embedder, words, when, filters, self.reranker)

    def meant(self, read: Read, when: AskedTime | None, matter: Matter) -> Understood:
        """Return what the question was taken for, and what was put in its place."""
        meant = understood(matter.asked, read.query, when, self.filters)
        as_written = in_full(" ".join(self.question.split()))
        asked = " ".join(self.asked.split())
        return replace(meant, read_as=None if asked == as_written else asked)

    def result(self, read: Read, filters: Filters) -> SearchResult:
        """Return the passages that an answer is shown with."""
        return SearchResult(
            query=" ".join(self.question.split()),
            hits=nearest(self.store, read.ranking, self.k, filters),
            total=self.store.count(filters),
            acronyms=read.query.acronyms,
            filters=filters,
            index=self.store.info,
            took_ms=0.0,
            corrections=read.query.corrections,
            reranker=self.reranker.name if self.reranker else None,
        )

    def explained(self, found: Answer, read: Read, told: History | None) -> Answer:
        """Return the answer with how it was reached, where that is asked for."""
        if not self.explain:
            return found
        course = Course(read.reading, read.ranking, read.matter.asked, read.ranked, told)
        return replace(found, explanation=explanation_of(self.store, course, found))


def _how_it_stands(asking: _Asking, stands: HowItStands) -> Answer:
    """Return when a thing happens, as the record told it anew, else what the question asks itself.

    Whether it happens at a certain time is told by any time that the record gives.
    """
    told = [_at_once(replace(asking, asked=when)) for when in stands.when]
    anew = [one for one in told if one.status in {AnswerStatus.CHANGED, AnswerStatus.DISPUTED}]
    if anew:
        return max(anew, key=lambda one: len(one.timeline))
    if stands.at_a_time and told[0].status is not AnswerStatus.NOT_FOUND:
        return told[0]
    return _at_once(asking)


def _over_meetings(asking: _Asking, meetings: OverMeetings) -> Answer | None:
    """Return what several meetings said, or None where fewer than two spoke of it."""
    store, given = asking.store, asking.filters
    over = told_over_meetings(store, asking.embedder, meetings, given, asking.reranker)
    if over is None:
        return None
    read = asking.read(asking.asked, None, given)
    told, result = over.history, asking.result(read, given)
    leading = made_whole(store, over.matter, told.best)
    ground = _Ground(over.matter, leading, over.ranked, over.support)
    found = _answered(store, ground, told, result, latest=False)
    found = replace(found, understood=asking.meant(read, None, over.matter))
    return asking.explained(found, read, told)


def _at_once(asking: _Asking) -> Answer:
    """Return what the record says of one matter: once, as it changed, or not at all."""
    store, when = asking.store, read_time(asking.asked)
    filters = limited(asking.filters, when)
    read = asking.read(when.rest if when else asking.asked, when, filters)
    result = asking.result(read, filters)
    leading = leading_of(store, read.matter, read.ranked) if read.ranked else None
    verdict = judge(store, read, leading)
    told: History | None = None
    if leading is None or verdict.reason is not None:
        found = _refused(verdict, result)
    else:
        told = history_of(read.matter, read.ranked, leading.best)
        latest = when is not None and when.reading is TimeReading.LATEST
        ground = _Ground(read.matter, leading, read.ranked, verdict.support, verdict.apart)
        found = _answered(store, ground, told, result, latest=latest)
        found = _with_elsewhere(store, read, leading.best, found)
    found = replace(found, understood=asking.meant(read, when, read.matter))
    return asking.explained(found, read, told)


def _with_elsewhere(store: StoreReader, read: Read, best: Statement, found: Answer) -> Answer:
    """Return an answer with what meetings that it does not quote said of the same matter."""
    versions = {n for version in found.timeline for n in version.citations}
    told = {citation.document.id for citation in found.citations if citation.n in versions}
    others = [one for one in of_one_matter(store, read, best) if one.hit.document.id not in told]
    newest = newest_first(others[:_MOST_ELSEWHERE])
    whole = [read_on_from(store, self_contained(store, one)) for one in newest]
    shown = [one for one in whole if not _is_quoted(one, found.citations)]
    numbered = enumerate(shown, start=len(found.citations) + 1)
    elsewhere = tuple(_citation(store, n, one) for n, one in numbered)
    return replace(found, elsewhere=elsewhere, confidence=said_since(found, elsewhere))


def _is_quoted(one: Statement, citations: Iterable[Citation]) -> bool:
    document = one.hit.document.id
    return any(document == each.document.id and one.span.overlaps(each.span) for each in citations)


def _refused(verdict: Verdict, result: SearchResult) -> Answer:
    return Answer(
        question=result.query,
        status=AnswerStatus.NOT_FOUND,
        answer=None,
        reason=verdict.reason,
        citations=(),
        timeline=(),
        result=result,
        took_ms=0.0,
        score=verdict.support,
    )


@dataclass(frozen=True, slots=True)
class _Ground:
    """What an answer stands on: its matter, the statement that leads, all others, how surely."""

    matter: Matter
    leading: Leading
    ranked: Sequence[Statement]
    support: float
    apart: tuple[str, ...] = ()


def _answered(
    store: StoreReader, ground: _Ground, told: History, result: SearchResult, *, latest: bool
) -> Answer:
    matter, leading, ranked = ground.matter, ground.leading, ground.ranked
    always = replace(result.filters, as_of=None)
    left_out = result.filters.as_of is not None and store.count(always) > result.total
    shown = in_order(told, latest=latest)
    if shown[0] is not leading.best:
        leading = made_whole(store, matter, shown[0])
    together = _together(store, matter, told, leading, ranked)
    shown = [shown[0], *together[1:], *shown[1:]]
    share = _SUPPORT if told.status is AnswerStatus.ANSWERED else _SUPPORT_IN_A_CHANGE
    said = [*together, *shown[len(together) :]]
    shown = [*shown, *_support(matter, ranked, said, share)][:_MOST_CITATIONS]
    quoted = {place_of(one): self_contained(store, one) for one in shown}
    quoted[place_of(shown[0])] = together[0]
    proof = {at: read_on_from(store, one) for at, one in quoted.items()} if told.in_turn else quoted
    alone = told.status is AnswerStatus.ANSWERED
    aloud = together if alone else list(quoted.values())
    sure = confidence_in(
        matter,
        told,
        aloud,
        ranked,
        support=ground.support,
        left_out=left_out,
        apart=ground.apart,
    )
    return Answer(
        question=result.query,
        status=told.status,
        answer=read_together(together) if alone else spoken(told, quoted, read_out),
        reason=None,
        citations=tuple(_citation(store, n, one) for n, one in enumerate(proof.values(), start=1)),
        timeline=timeline(told, shown, proof),
        result=result,
        took_ms=0.0,
        score=sureness(sure),
        confidence=sure,
    )


def _together(
    store: StoreReader,
    matter: Matter,
    told: History,
    leading: Leading,
    ranked: Sequence[Statement],
) -> list[Statement]:
    """Return what is read out of the leading statement's document, as it is quoted.

    It is the statement, and where the record did not change others that are nearly as good.
    """
    if told.status is not AnswerStatus.ANSWERED:
        return [leading.contained]
    became = outcome_of(store, matter.asked, leading.contained)
    if became is None and leading.reply is not None:
        room = LONGEST - len(read_out(leading.contained)) - len(OMITTED)
        became = whole_reply(store, leading.reply, room)
    if became is not None:
        return joined(store, [leading.contained], became)
    if _says_all(matter, leading):
        return [leading.contained]
    return read_with(store, matter.asked, leading.whole, ranked)


def _says_all(matter: Matter, leading: Leading) -> bool:
    """Say whether nothing need be read out beside: a post's holder is named, a short form spelt."""
    holder = post_asked(matter.question) and matter.values(leading.best).people
    return bool(holder) or spells_out(matter.asked, matter.acronyms, leading.contained.text)


def _support(
    matter: Matter, ranked: Sequence[Statement], shown: Sequence[Statement], share: float
) -> list[Statement]:
    """Return further statements of the passages shown, none over the same words.

    One is taken where it speaks of what is asked and its score is at least ``share`` of that of
    the statement it stands beside: who quotes the record should see what else it says there.
    """
    best = {one.hit.document.id: one for one in reversed(shown)}
    taken = list(shown)
    for one in ranked:
        own = best.get(one.hit.document.id)
        if own is None or one.score < share * own.score or _said(one, taken):
            continue
        beside = sum(other.hit.document.id == one.hit.document.id for other in taken)
        if beside <= _MOST_BESIDE and matter.share(one) >= _TOPIC_SHARE * matter.share(own):
            taken.append(one)
    return taken[len(shown) :]


def _said(one: Statement, taken: Iterable[Statement]) -> bool:
    return any(
        one.hit.document.id == other.hit.document.id and one.span.overlaps(other.span)
        for other in taken
    )


def _citation(store: StoreReader, n: int, statement: Statement) -> Citation:
    passage = statement.hit.passage
    return Citation(
        n=n,
        document=statement.hit.document,
        passage_id=passage.id,
        pages=pages_of(store.pages(passage.document_id), statement.span),
        span=statement.span,
        quote=statement.text,
        role=passage.role,
        lead_in=statement.lead_in,
        ocr=passage.ocr,
    )
