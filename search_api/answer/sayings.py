"""Whether two statements of one matter say the same, or the same sentence says something else.

“The ward would close” and “the ward would not close” have nearly all of their words in common, and
so have “be supported” and “be deferred”, “in Mill Road” and “in Station Street”. What makes them
differ is a denial, what was decided, a condition, a figure or, where a place is asked for, a name.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from indexer.calendar_words import MONTH, SEASON, WEEKDAY
from search_api.asked.kinds import QuestionKind
from search_api.english import stem, stems_of

FRAME, ALIKE = 0.6, 0.75
"""The share of their words that two statements have in common which are one sentence where they are
known to be of one matter, and where nothing but their likeness tells it."""
NOT_COMPARED = frozenset({QuestionKind.OPINION, QuestionKind.WHY, QuestionKind.MEANING})
"""Kinds of question to which several answers may be right at once."""
_TEXTS_KEPT = 4096
_DENIAL = re.compile(
    r"\b(?:not|no longer|never|cannot|neither|nor|without|unable|unlikely)\b|n[’']t\b",
    re.IGNORECASE,
)
_OUTCOMES = re.compile(
    r"\b(?:(?P<yes>support(?:ed)?|approv(?:ed|al)|adopt(?:ed)?|accept(?:ed)?|endors(?:ed)?|"
    r"agreed to|grant(?:ed)?|go(?:ing)? ahead|proceed(?:ed)?|remain(?:ed)? open|retain(?:ed)?|kept)"
    r"|(?P<no>oppos(?:ed)?|reject(?:ed)?|refus(?:ed|al)?|withdr[ae]wn?|abandon(?:ed)?|cancell?ed|"
    r"dropped|scrapped|revoked|rescinded|overturned|clos(?:ed?|ure|ing))"
    r"|(?P<later>deferr(?:ed|al)?|defer|postpon(?:ed?|ement)|paused|suspend(?:ed)?|adjourn(?:ed)?|"
    r"on hold|delay(?:ed)?))\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:subject to|provided that|on condition|conditional|unless|until|pending|if)\b",
    re.IGNORECASE,
)
_FIGURE = re.compile(rf"\d[\d,]*(?:[.:]\d+)*|\b(?:{MONTH}|{WEEKDAY}|{SEASON})\b", re.IGNORECASE)
_DATED = re.compile(
    rf"\bdated\W{{0,2}}(?:the )?(?:\d{{1,2}}\W{{0,3}}(?:st|nd|rd|th)?\W{{0,2}}(?:of )?)?"
    rf"(?:{MONTH}),? ?(?:\d{{4}})?",
    re.IGNORECASE,
)
"""When a report or a letter is of: each meeting has its own."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NAME = re.compile(r"(?<![.:;!?“\"] )(?<!^)\b[A-Z][\w’'-]+")


def same_words(one: str, other: str, share: float) -> bool:
    """Say whether two texts have so great a share of their words in common."""
    mine, theirs = set(stems_of(one)), set(stems_of(other))
    return len(mine & theirs) >= share * max(len(mine), len(theirs), 1)


def of_other_years(one: str, other: str) -> bool:
    """Say whether both texts name years, and other ones: each tells of a year of its own."""
    mine, theirs = set(_YEAR.findall(one)), set(_YEAR.findall(other))
    return bool(mine and theirs) and mine != theirs


def names_in(text: str) -> frozenset[str]:
    """Return the stems of what is written with a capital letter within a sentence."""
    return frozenset(stem(found[0]) for found in _NAME.finditer(" ".join(text.split())))


def says_otherwise(kind: QuestionKind, one: str, other: str) -> bool:
    """Say whether what two statements in like words tell differs, in answer to a kind of question.

    One that tells more than the other, and denies nothing of it, does not differ.
    """
    (denied, outcomes, conditional, figures, names) = _points(one)
    (denied_too, others, conditional_too, amounts, places) = _points(other)
    if denied != denied_too or not _one_holds(figures, amounts):
        return True
    if outcomes and others and (outcomes != others or conditional != conditional_too):
        return True
    return kind is QuestionKind.WHERE and not _one_holds(names, places)


_Words = frozenset[str]


@lru_cache(maxsize=_TEXTS_KEPT)
def _points(text: str) -> tuple[bool, _Words, bool, _Words, _Words]:
    """Return whether a text denies, its outcomes, whether it sets a condition, figures, names."""
    text = _DATED.sub(" ", " ".join(text.split()))
    outcomes = frozenset(found.lastgroup or "" for found in _OUTCOMES.finditer(text))
    counted = Counter(found[0].lower().rstrip(",") for found in _FIGURE.finditer(text))
    figures = frozenset(f"{one} {n}" for one, times in counted.items() for n in range(times))
    names = names_in(text)
    denied, conditional = _DENIAL.search(text), _CONDITION.search(text)
    return denied is not None, outcomes, conditional is not None, figures, names


def _one_holds(one: _Words, other: _Words) -> bool:
    return one <= other or other <= one
