"""Which words carry the force of a statement: what denies, limits, supposes or reports it."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from search_api.english import stem


class Force(StrEnum):
    """What a word does to the statement that it stands in."""

    NEGATION = "negation"
    REVERSAL = "reversal"
    CONDITION = "condition"
    POSSIBILITY = "possibility"
    EXPECTATION = "expectation"
    OBLIGATION = "obligation"
    FUTURE = "future"
    ACT = "act"
    LIMIT = "limit"


FREE = frozenset(
    """a an the and of in on at to for by with from as that which who whom whose what where it its
    this these those there here their them they he him his she her we our us i you your am is are
    was were be been being has have had having do does did doing also so then than but while
    although though however moreover additionally furthermore meanwhile into about such""".split()
)
"""Words that a sentence may use though its quotation does not: they claim nothing."""

PAST = frozenset("was were had did".split())
PRESENT = frozenset("is are am has have do does".split())

_EXACT = {
    Force.NEGATION: "not no never none nor neither nobody nothing nowhere cannot without",
    Force.CONDITION: """if unless whether provided providing subject depending dependent
    conditional pending when once until till before after""",
    Force.POSSIBILITY: """may might could can possible possibly potential potentially perhaps
    maybe appear appears appeared seem seems seemed apparently""",
    Force.EXPECTATION: "planned draft provisional provisionally indicative likely",
    Force.OBLIGATION: "should must ought need needs needed required",
    Force.FUTURE: "will would shall",
    Force.LIMIT: """some few several most many majority minority part partly partially only half
    third quarter almost nearly mainly mostly largely sometimes often initially temporarily
    temporary interim pilot trial except excluding apart or""",
}
_BY_STEM = {
    Force.REVERSAL: """refuse reject decline oppose fail unable lack cease stop halt cancel withdraw
    prevent avoid against defer postpone delay object unlikely deny doubt withhold dispute abandon
    suspend revoke rescind overturn reverse exclude false untrue incorrect wrong""",
    Force.EXPECTATION: """expect anticipate forecast estimate hope aim intend intention propose
    proposal target""",
    Force.ACT: """agree resolve decide decision approve endorse recommend note ask request query
    question suggest consider say said state report explain advise comment feel felt think thought
    believe argue claim allege concern fear worry express respond reply answer confirm assure inform
    tell told according remind warn raise complain criticise welcome support vote emphasise stress
    highlight""",
}
_TELLING = """note say said state report explain confirm assure inform tell told advise respond
reply response answer"""
_SAME = (
    "start begin commence",
    "end finish",
    "buy purchase",
)

TITLES = {"cllr": "councillor", "dr": "doctor", "prof": "professor"}

_FORCES = {word: force for force, words in _EXACT.items() for word in words.split()}
_STEM_FORCES = {stem(word): force for force, words in _BY_STEM.items() for word in words.split()}
_TELLING_STEMS = {stem(word) for word in _TELLING.split()}
_MEANING = {stem(word): words.split()[0] for words in _SAME for word in words.split()}


@lru_cache(maxsize=8192)
def force_of(word: str) -> Force | None:
    """Return what a word does to its statement, or None for one that only says what it is about."""
    plain = word.lower().replace("’", "'")
    if plain.endswith("n't"):
        return Force.NEGATION
    return _FORCES.get(plain) or _STEM_FORCES.get(stem(plain))


@lru_cache(maxsize=8192)
def only_tells(word: str) -> bool:
    """Say whether an act of speech leaves what was said a fact: noted, reported, and not felt."""
    return stem(word) in _TELLING_STEMS


@lru_cache(maxsize=8192)
def meaning_of(word: str) -> str:
    """Return what makes two words the same: stem and tense, few words that mean the same as one.

    "Approved" is not "approve": what was done is not what is to be done.
    """
    root = stem(word)
    tense = "-ed" if word.lower().endswith("ed") else ""
    return _MEANING.get(root, root) + tense
