"""What kind of answer a question wants, and which of its words the record must hold."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from indexer.stopwords import STOP_WORDS
from search_api.english import stem, words_of

_NUMBER = re.compile(r"\d")

_ASKING = frozenset(
    """list name give state long often happen happened take taken place made make given kind sort
    stand stands mean means meaning reason reasons date year month time number amount document
    documents record records""".split()
)


class QuestionKind(StrEnum):
    """What a question asks for; it decides which sentences can answer."""

    WHEN = "when"
    WHO = "who"
    HOW_MUCH = "how_much"
    HOW_MANY = "how_many"
    WHERE = "where"
    WHY = "why"
    LIST = "list"
    DECISION = "decision"
    ACTION = "action"
    OPINION = "opinion"
    MEANING = "meaning"
    OTHER = "other"


_KINDS = (
    (
        QuestionKind.MEANING,
        r"\bstands? for\b|\bwhat (?:does|do|did|\w+ does) .*\bmean\b|\bmeaning of\b|"
        r"\bwhat (?:is|are) (?:an? |the )?[\"“‘']?(?-i:[A-Z]{2,}[A-Z &]*)s?[\"”’']?\?*$",
    ),
    (QuestionKind.WHY, r"\bwhy\b|\bfor what reasons?\b|\bwhat (?:was|were|is|are) the reasons?\b"),
    (
        QuestionKind.HOW_MUCH,
        r"\bhow much\b|\bwhat (?:\w+ ){0,2}(?:sum|amount|budget|cost|price|saving|deficit|"
        r"percentage|proportion|share|rate|value)\b|\bhow (?:big|large|high) (?:a|an|is|was)\b",
    ),
    (QuestionKind.HOW_MANY, r"\bhow many\b|\bwhat number of\b|\bhow (?:long|often|old|far)\b"),
    (
        QuestionKind.WHEN,
        r"\bwhen\b|\bdeadline\b|\b(?:what|which|on what|by what|in which|in what) (?:\w+ )?"
        r"(?:date|day|month|year|time|season|deadline)\b|\bhow soon\b|\bby when\b",
    ),
    (
        QuestionKind.OPINION,
        r"\b(?:concern(?:s|ed)?|worr(?:y|ies|ied)|think|thought|view|views|opinion|feel|felt|"
        r"complain\w*|criticis\w*|unhappy|comment(?:s|ed)?|react(?:ed|ion)?|object\w*)\b",
    ),
    (
        QuestionKind.ACTION,
        r"\bwho (?:must|has to|is to|was to|will|should)\b|\bactions?\b|"
        r"\b(?:asked|agreed|supposed|meant|required) to (?:do|send|submit|report|provide)\b",
    ),
    (
        QuestionKind.DECISION,
        r"\b(?:agree[ds]?|resolve[ds]?|decide[ds]?|decisions?|resolutions?|approve[ds]?|vote[ds]?|"
        r"carried|endorse[ds]?|note[ds]?)\b",
    ),
    (
        QuestionKind.WHO,
        r"\bwho(?:m|se)?\b|\bwhich (?:\w+ )?(?:person|officer|councillor|member|"
        r"director|company|firm|consultants?|organisation)\b",
    ),
    (
        QuestionKind.WHERE,
        r"\bwhere\b|\b(?:at|in|to) which (?:\w+ )?(?:site|place|town|hospital|"
        r"location)s?\b|\bwhich (?:\w+ )?(?:sites?|places?|towns?|hospitals?|locations?|venue)\b",
    ),
    (
        QuestionKind.LIST,
        r"\bwhat (?:are|were)\b|\blist\b|\bname the\b|"
        r"\b(?:what|which) (?:[\w-]+ ){0,3}(?!(?:does|was|is|has|this|its|says|us|as|needs)\b)"
        r"[\w-]{3,}s\b",
    ),
)
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _KINDS)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart. Stems are of its content words; particulars must not be missed."""

    kind: QuestionKind
    stems: tuple[str, ...]
    particulars: tuple[str, ...]
    """Stems of names, acronyms and numbers: what makes a question this one and not another."""


def take_apart(question: str) -> Asked:
    """Return the kind of a question and the words by which to know its answer."""
    words = words_of(question)
    content = [word for word in words if word.lower() not in STOP_WORDS | _ASKING]
    named = [word for word in words[1:] if _is_particular(word)]
    named += [word for word in words[:1] if _NUMBER.search(word) or _is_acronym(word)]
    return Asked(
        kind=_kind(question),
        stems=tuple(dict.fromkeys(stem(word) for word in content)),
        particulars=tuple(dict.fromkeys(stem(word) for word in named)),
    )


def _kind(question: str) -> QuestionKind:
    for kind, pattern in _COMPILED:
        if pattern.search(question):
            return kind
    return QuestionKind.OTHER


def _is_particular(word: str) -> bool:
    return (word[0].isupper() or bool(_NUMBER.search(word))) and word.lower() not in STOP_WORDS


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()
