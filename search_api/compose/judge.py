"""What of a reply may be shown: the sentences that are borne out, and enough of them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Sequence

from indexer.model import Role
from search_api.compose.check import Fault, Quotation
from search_api.compose.client import NoReplyError
from search_api.compose.reply import sentences_in
from search_api.results import Answer, AnswerStatus, Composed, ComposedSentence

_log = logging.getLogger(__name__)
_MOST_SENTENCES = 8
_LONGEST_SENTENCE = 600
_LONGEST_REPLY = 20_000
_TO_A_MACHINE = re.compile(
    r"\b(?:ignore|disregard|forget|override)\b[^.\n]{0,40}\b(?:instruction|prompt|rule|message)s?\b"
    r"|\bsystem (?:prompt|message)\b|\byou are (?:now )?an? (?:ai|assistant|language model)\b"
    r"|<\|?\w{0,20}(?:im_start|im_end|system|assistant)\w{0,20}\|?>|\[/?INST\]|^\s*(?:assistant|system):",
    re.IGNORECASE | re.MULTILINE,
)


def may_be_composed(answer: Answer) -> str | None:
    """Return why an answer must stay as it is, or None where it may be put into sentences."""
    if answer.status is AnswerStatus.NOT_FOUND or not answer.citations:
        return "the documents do not say"
    if answer.status is not AnswerStatus.ANSWERED and not answer.timeline:
        return "the versions that differ are not told apart"
    if any(_TO_A_MACHINE.search(citation.quote) for citation in answer.citations):
        return "a quotation speaks to a machine"
    return None


def composed_from(answer: Answer, content: str, model: str) -> Composed:
    """Return what may be shown of a reply. Raises NoReplyError where nothing may.

    The citation of the extracted answer must be among those of the sentences kept and, where the
    record changed or bodies differ, every version that nothing supersedes.
    """
    if len(content) > _LONGEST_REPLY:
        raise NoReplyError("the reply is far too long")
    written = sentences_in(content)
    kept = _borne_out(answer, written)
    cited = {n for sentence in kept for n in sentence.citations}
    missing = _must_be_cited(answer) - cited
    if missing:
        raise NoReplyError(
            f"of its {len(written)} sentences {len(kept)} are borne out, and none of them cites "
            f"{', '.join(f'[{n}]' for n in sorted(missing))}"
        )
    ordered = _by_version(answer, kept)
    return Composed(_laid_out(answer, ordered), model, ordered, len(written) - len(kept))


def _borne_out(answer: Answer, written: Iterable[ComposedSentence]) -> list[ComposedSentence]:
    quotations = {
        c.n: Quotation(c.quote, c.lead_in, only_exact=c.role is Role.TABLE)
        for c in answer.citations
    }
    versions = _versions(answer)
    kept: list[ComposedSentence] = []
    for sentence in written:
        fault = _fault(sentence, quotations)
        if fault is None and len({versions[n] for n in sentence.citations}) > 1:
            fault = Fault.VERSIONS
        if fault is None and len(kept) == _MOST_SENTENCES:
            fault = Fault.LONG
        if fault is None:
            kept.append(sentence)
        else:
            _log.info("A composed sentence was removed: %s.", fault)
    return kept


def _versions(answer: Answer) -> dict[int, int]:
    """Return for each citation the place of its version in the timeline, counted on behind it.

    A citation of the only version's document speaks of that version; any other is one by itself.
    An answer with one version has one place for all.
    """
    if answer.status is AnswerStatus.ANSWERED:
        return {citation.n: 0 for citation in answer.citations}
    places = {version.citation: place for place, version in enumerate(answer.timeline)}
    documents = {c.n: c.document.id for c in answer.citations}
    dated = [documents[version.citation] for version in answer.timeline]
    return {
        n: places[n] if n in places else _only(document, dated, len(dated) + n)
        for n, document in documents.items()
    }


def _only(document: str, dated: Sequence[str], otherwise: int) -> int:
    return dated.index(document) if dated.count(document) == 1 else otherwise


def _fault(sentence: ComposedSentence, quotations: dict[int, Quotation]) -> Fault | None:
    """Return what is wrong with a sentence: each quotation cited must bear it out alone."""
    if not sentence.citations or not quotations.keys() >= set(sentence.citations):
        return Fault.CITATION
    if len(sentence.text) > _LONGEST_SENTENCE:
        return Fault.LONG
    faults = (quotations[n].fault(sentence.text) for n in sentence.citations)
    return next((fault for fault in faults if fault), None)


def _must_be_cited(answer: Answer) -> set[int]:
    if answer.status is AnswerStatus.ANSWERED:
        return {answer.citations[0].n}
    standing = {version.citation for version in answer.timeline if not version.superseded}
    return standing | {answer.timeline[0].citation}


def _by_version(
    answer: Answer, sentences: Sequence[ComposedSentence]
) -> tuple[ComposedSentence, ...]:
    """Return sentences in the order of the timeline, newest first; others as they were written."""
    versions = _versions(answer)
    return tuple(sorted(sentences, key=lambda sentence: versions[sentence.citations[0]]))


def _laid_out(answer: Answer, sentences: Sequence[ComposedSentence]) -> str:
    """Return the sentences with their citations; each version on a line, with its date."""
    if answer.status is AnswerStatus.ANSWERED:
        return " ".join(map(with_citations, sentences))
    lines: dict[str, list[str]] = {}
    for sentence in sentences:
        who = _whose(answer, sentence)
        lines.setdefault(who, []).append(with_citations(sentence))
    return "\n".join(f"{who}: {' '.join(said)}" for who, said in lines.items())


def with_citations(sentence: ComposedSentence) -> str:
    """Return a sentence as it is read: its citations stand before its full stop."""
    numbers = "".join(f"[{n}]" for n in sentence.citations)
    text = sentence.text
    end = re.search(r"[.!?]*$", text)
    stop = end.group() if end else ""
    return f"{text.removesuffix(stop)} {numbers}{stop}"


def superseded(answer: Answer, sentence: ComposedSentence) -> bool:
    """Say whether a sentence is of a version in whose place a later one stands."""
    place = _versions(answer)[sentence.citations[0]]
    return place < len(answer.timeline) and answer.timeline[place].superseded


def _whose(answer: Answer, sentence: ComposedSentence) -> str:
    (document,) = (c.document for c in answer.citations if c.n == sentence.citations[0])
    mark = " (superseded)" if superseded(answer, sentence) else ""
    return f"{document.date.edtf or 'date not known'}, {document.body or 'body not known'}{mark}"
