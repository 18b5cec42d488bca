"""A question taken apart: what it asks for, and which of its words the record must hold."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.stopwords import STOP_WORDS
from search_api.asked.kinds import QuestionKind, kind_of
from search_api.english import stem, words_of

_NUMBER = re.compile(r"\d")
_FINANCIAL_YEAR = re.compile(r"\b((?:19|20)\d\d)[-–/]\d\d\b")

_ASKING = frozenset(
    """list name give state long often become became came happen happened take taken place made make
    given kind sort stand stands mean means meaning reason reasons date year month time number
    amount document documents record records latest newest currently presently soon going yet
    already""".split()
)

_TITLES = frozenset(
    """mr mrs ms miss dr prof professor sir dame lord lady cllr cllrs councillor councillors chair
    chairman co ltd plc""".split()
)
"""Words in capitals that a record writes in other ways, or leaves out."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question taken apart. Stems are of its content words; particulars must not be missed."""

    kind: QuestionKind
    stems: tuple[str, ...]
    particulars: tuple[str, ...]
    """Stems of names, acronyms and numbers: what makes a question this one and not another."""
    words: frozenset[str] = frozenset()
    """Its words in lower case."""


def take_apart(question: str) -> Asked:
    """Return the kind of a question and the words by which to know its answer."""
    words = words_of(question)
    content = [word for word in words if word.lower() not in STOP_WORDS | _ASKING]
    words_of_names = words_of(_FINANCIAL_YEAR.sub(r"\1", question))
    named = [word for word in words_of_names[1:] if _is_particular(word)]
    named += [word for word in words[:1] if _NUMBER.search(word) or _is_acronym(word)]
    return Asked(
        kind=kind_of(question),
        stems=tuple(dict.fromkeys(stem(word) for word in content)),
        particulars=tuple(dict.fromkeys(stem(word) for word in named)),
        words=frozenset(word.lower() for word in words),
    )


def _is_particular(word: str) -> bool:
    written = word[0].isupper() or bool(_NUMBER.search(word))
    letter = len(word) == 1 and word.isalpha()
    return written and not letter and word.lower() not in STOP_WORDS | _TITLES


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper()
