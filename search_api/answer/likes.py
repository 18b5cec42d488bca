"""Words for one thing, in a question and in a record: "chairs", "Chairman"; "cost", "price"."""

from __future__ import annotations

import re

from search_api.asked.thesaurus import said_of
from search_api.english import stem as stem_word
from search_api.english import stems_of, words_of

_LIKE = (
    "start begin began begun commence launch",
    "end finish complete conclude close",
    "open opening reopen",
    "close closed closure shut",
    "submission submit submitted resubmission",
    "cost price",
    "build built construct construction",
    "move relocate transfer",
    "chair chairman chairwoman chairperson",
    "lead leader led",
    "approve approval",
    "pay paid payment repay repayment",
    "attend attendee",
    "decide decided decision",
    "elect elected election",
    "appoint appointed appointment",
    "resign resigned resignation",
    "retire retired retirement",
    "refuse refused refusal reject rejection",
    "extend extended extension",
    "reduce reduced reduction",
    "complain complained complaint",
    "respond responded response respondent",
    "grow grew growth",
    "lose lost loss",
    "choose chose chosen choice",
    "buy bought purchase",
    "die died death",
    "arrive arrival",
    "recruit recruitment",
    "spend spent spending",
    "hold held",
    "sell sold",
    "send sent",
    "public formal",
)
_USUAL = {
    "Britain": "UK",
    "British": "UK",
    "UK": "United Kingdom",
    "Lib": "Liberal",
    "Dem": "Democrat",
    "Tory": "Conservative",
    "Met": "Metropolitan",
    "govt": "government",
    "dept": "department",
    "CEO": "chief executive",
    "MP": "member of parliament",
}
"""What anybody takes a word to stand for, so written, and no record explains."""
_GROUPS = [frozenset(stem_word(word) for word in group.split()) for group in _LIKE]


def usual_in(question: str) -> dict[str, frozenset[str]]:
    """Return for the stems of a question's usual short forms the stems of what they stand for.

    The Met is the Metropolitan Police, and whoever met somebody is not.
    """
    plain = (re.sub(r"[’']s?$", "", word) for word in words_of(question))
    written = {word: word.removesuffix("s") for word in plain}
    return {
        stem_word(word): frozenset(stems_of(_USUAL[short])) - {stem_word("of")}
        for word, short in written.items()
        if short in _USUAL
    }


def with_like(words: str) -> set[str]:
    """Return the stems of some words, and of those that mean the same."""
    stems = set(stems_of(words))
    stems |= said_of(stems)
    return stems.union(*(group for group in _GROUPS if stems & group))
