"""A language model's reply as sentences, each with the quotations that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sentencex import segment

from search_api.results import ComposedSentence

_THINKING = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
_CITATION = re.compile(r"\[([0-9]{1,3}(?:\s?[,;]\s?[0-9]{1,3}){0,9})\]")
_CITED_AFTER_END = re.compile(
    rf"(?P<end>[.!?]+[\"”’)]*)(?P<cited>(?:\s?{_CITATION.pattern}){{1,9}})"
)


def sentences_in(content: str) -> list[ComposedSentence]:
    """Return the sentences of a reply, in order; one without citation has none.

    A citation belongs to the sentence that it ends, whether it stands before or after the full
    stop. Nothing is judged here.
    """
    lines = _THINKING.sub("", content).splitlines()
    return [found for line in lines for found in _of_line(line)]


def _of_line(line: str) -> Iterator[ComposedSentence]:
    inside = _CITED_AFTER_END.sub(
        lambda m: f" {m['cited'].strip()}{m['end']}", _BULLET.sub("", line)
    )
    for sentence in segment("en", inside.replace("**", "")):
        cited = [int(n) for group in _CITATION.findall(sentence) for n in re.split(r"[,;]", group)]
        text = _without_citations(sentence)
        if text or cited:
            yield ComposedSentence(text, tuple(dict.fromkeys(cited)))


def _without_citations(sentence: str) -> str:
    words = " ".join(_CITATION.sub(" ", sentence).split())
    return re.sub(r" (?=[.,;:!?])", "", words)
