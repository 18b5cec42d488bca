"""Questions of how something changed: “has the date slipped?”, “how did the cost grow?”.

What they want is every version of a date, a sum or a number; the words of change are in no answer.
"""

from __future__ import annotations

import re
from dataclasses import replace

from search_api.asked.kinds import QuestionKind
from search_api.asked.question import Asked
from search_api.english import stem

_CHANGED = (
    r"slip\w*|chang\w*|mov(?:e|ed|ing)|shift\w*|delay\w*|postpon\w*|put back|brought forward|"
    r"differ\w*|develop\w*|evolv\w*"
)
_GREW = (
    r"ris(?:e|en|ing)|rose|grow\w*|grew|increas\w*|fall\w*|fell|reduc\w*|decreas\w*|"
    r"go(?:ne)? (?:up|down)|went (?:up|down)"
)
_KINDS = (
    (
        QuestionKind.WHEN,
        r"\b(?:dates?|deadlines?|timetable|timescales?|timing|schedule|start|opening|launch)\b",
        _CHANGED,
    ),
    (QuestionKind.HOW_MANY, r"\bnumber of\b", rf"{_CHANGED}|{_GREW}"),
    (
        QuestionKind.HOW_MUCH,
        r"\b(?:costs?|price|sum|amount|estimate|deficit|shortfall|savings?)\b",
        rf"{_CHANGED}|{_GREW}",
    ),
)
_ASKS = r"^(?:has|have|had|did|does|is|was|how|in what way)\b"
_PATTERNS = tuple(
    (kind, re.compile(rf"{_ASKS}.*{thing}.*\b(?:{change})\b", re.IGNORECASE))
    for kind, thing, change in _KINDS
)
_WORDS = re.compile(
    rf"\b(?:{_CHANGED}|{_GREW}|over time|dates?|timetable|timing|schedule)\b", re.IGNORECASE
)


def as_of_values(asked: Asked, question: str) -> Asked:
    """Return what a question of change asks for: the values that changed; others as they are."""
    kind = next((kind for kind, pattern in _PATTERNS if pattern.search(question)), None)
    if kind is None:
        return asked
    words = {stem(word) for found in _WORDS.findall(question) for word in found.split()}
    stems = tuple(one for one in asked.stems if one not in words)
    return replace(asked, kind=kind, stems=stems) if stems else asked
