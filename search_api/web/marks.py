"""Which words of a quotation to mark: those asked for, and the dates where one asks for a date.

The characters stay what they are, in order and all of them: only where they are cut is decided
here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.model import Span
from indexer.relative import dates_in
from indexer.stopwords import WORD
from search_api.english import content_words, stem

_WHEN = re.compile(r"\b(?:when|date|deadline|day|month|year|how (?:long|soon))\b", re.IGNORECASE)
_JOIN = re.compile(r"[\s,/&–-]{1,2}")


@dataclass(frozen=True, slots=True)
class Run:
    """Some characters, marked or not. ``first`` is true of the first marked run only."""

    text: str
    marked: bool = False
    first: bool = False


class Marker:
    """Knows a question and marks quotations for it."""

    def __init__(self, question: str) -> None:
        self._stems = {stem(word) for word in content_words(question)}
        self._when = bool(_WHEN.search(question))

    def runs(self, text: str, said: str | None, answer: str | None = None) -> tuple[Run, ...]:
        """Cut a quotation, ``said`` at that date (EDTF), into marked and unmarked runs.

        Where ``answer`` is a part of it, that part is marked and nothing else.
        """
        return tuple(_cut(text, _joined(text, self._spans(text, said, answer))))

    def _spans(self, text: str, said: str | None, answer: str | None) -> list[Span]:
        part = _found(text, answer) if answer else None
        if part and part.end - part.start < len(text.strip()):
            return [part]
        spans = [Span(*word.span()) for word in WORD.finditer(text) if stem(word[0]) in self._stems]
        if self._when:
            spans += [mention.span for mention in dates_in(text, said)]
        return spans


def _found(text: str, answer: str) -> Span | None:
    pattern = r"\s+".join(re.escape(word) for word in answer.split())
    match = re.search(pattern, text) if pattern else None
    return Span(*match.span()) if match else None


def _joined(text: str, spans: Iterable[Span]) -> list[Span]:
    """Put together spans that overlap, or that only a space or a hyphen parts."""
    joined: list[Span] = []
    for span in sorted(spans):
        last = joined[-1] if joined else None
        if last and (span.start <= last.end or _JOIN.fullmatch(text[last.end : span.start])):
            joined[-1] = Span(last.start, max(last.end, span.end))
        else:
            joined.append(span)
    return joined


def _cut(text: str, spans: Iterable[Span]) -> Iterator[Run]:
    done = 0
    for number, span in enumerate(spans):
        if done < span.start:
            yield Run(text[done : span.start])
        yield Run(span.of(text), marked=True, first=number == 0)
        done = span.end
    if done < len(text):
        yield Run(text[done:])
