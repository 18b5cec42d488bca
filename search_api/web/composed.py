"""A language model's sentences as people see them: labelled, and each with whose words and when."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

from search_api.compose.judge import superseded
from search_api.results import Answer, AnswerStatus, ComposedSentence
from search_api.web.plain_dates import plain_date

LABEL = "Written by a language model ({model}) from the quotations below; check it against them."


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences of one version; ``whose`` is empty where there is only one."""

    whose: str
    sentences: tuple[ComposedSentence, ...]


def label(answer: Answer) -> str:
    """Say that the text is composed, and by what; nothing where there is none."""
    return LABEL.format(model=answer.composed.model) if answer.composed else ""


def paragraphs(answer: Answer) -> list[Paragraph]:
    """Lay out the sentences; where the record changed or bodies differ, each by date and body."""
    if answer.composed is None:
        return []
    cited = {citation.n: citation.document for citation in answer.citations}

    def whose(sentence: ComposedSentence) -> str:
        if answer.status is AnswerStatus.ANSWERED:
            return ""
        document = cited[sentence.citations[0]]
        mark = " (superseded)" if superseded(answer, sentence) else ""
        return f"{plain_date(document.date.edtf)}, {document.body or 'body not known'}{mark}"

    grouped = groupby(answer.composed.sentences, key=whose)
    return [Paragraph(who, tuple(sentences)) for who, sentences in grouped]
