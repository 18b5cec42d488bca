"""When the record does not say: the evidence weighed, and the refusal in plain words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.store.protocols import StoreReader
from search_api.answer.evidence import Evidence, evidence_on
from search_api.answer.given import GIVEN
from search_api.answer.leading import Leading
from search_api.answer.naming import stems_around
from search_api.answer.record import Read
from search_api.answer.statements import holds
from search_api.asked.question import Asked
from search_api.english import stem, stems_of, words_of

WEIGHTS = (7.67, 0.85, 0.92, 0.68, -1.11, -2.22, -1.88, 0.65, 2.91, -1.36, -1.12)
"""What each of ``evidence.FEATURES`` counts: a logistic regression over the dev questions, by
``python -m eval.refusals``, which prints these lines. Decision 34 says what it was given."""
NEEDED = 3.85
"""What the sum must reach: so much that about a twentieth of the answerable dev questions fall
below it when those of their documents were left out of the fit."""
_LEAST_SHARE = 0.3
"""The least share of a question's words that a passage must hold which holds no name of it."""
_NEAR_TOPIC = 0.5
"""How near a passage must come to the one topic of a short question: “dental” is .2 from passages
that speak of other things, and a word said in another way .6 and more."""
_COURTESY = frozenset(
    stem(word)
    for word in """hello hi hey hiya thanks thank cheers please help morning afternoon evening good
    bye goodbye sorry ok okay test testing""".split()
)
_SPEAKER = re.compile(
    r"\b(?:did|does|do|has|had|was|is) (?:then )?"
    r"(?:Councillors?|Cllrs?|Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Senator|Deputy|"
    r"Superintendent|Supt|Inspector|Sergeant|Sgt)\.?"
    r"(?P<name>(?: [A-Z]\.?)*(?: [A-Z][\w’'-]+)+) (?:\w+ly )?"
    r"(?:say|said|tell|told|think|ask\w*|argu\w*|claim\w*|suggest\w*|propos\w*|promis\w*|want\w*|"
    r"complain\w*|report\w*|warn\w*|rais\w*|explain\w*|call\w*|mention\w*|describ\w*|object\w*|"
    r"urg\w*|request\w*|confirm\w*|stress\w*|stat\w*|admit\w*|express\w*|worr\w*)\b"
)
"""Whose words are asked for: those of anybody else are no answer, however near."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_NOTHING = -5.0
_JUST_BELOW = -0.01
"""The most that is said to support an answer which is refused."""
_NO_QUESTION = (
    "This does not ask for anything that a record could say. Ask about a decision, a date, a sum, "
    "a person or a place."
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a question is refused, None where it is answered, and how sure an answer would be.

    ``apart`` are names of several words that the leading statement's document holds only in parts.
    """

    reason: str | None
    support: float
    apart: tuple[str, ...] = ()


def judge(store: StoreReader, read: Read, leading: Leading | None) -> Verdict:
    """Say in plain words why the best statement is no answer, or that it may be one."""
    if not asks_something(read.matter.asked):
        return Verdict(_NO_QUESTION, _NOTHING)
    if leading is None:
        return Verdict("No passage is left to search: loosen the filters.", _NOTHING)
    evidence = evidence_on(store, read, leading)
    support = support_of(evidence)
    of_it = evidence.share >= _LEAST_SHARE or _names_held(read.matter.asked, evidence)
    of_it = of_it and evidence.topic >= _NEAR_TOPIC
    of_it = of_it and not evidence.another and not _is_of_another_year(read.matter.asked, evidence)
    of_it = of_it and not _is_of_another_speaker(read, evidence)
    if support >= 0 and of_it and not _gives_nothing(evidence):
        return Verdict(None, support, evidence.apart)
    support = min(support, _JUST_BELOW)
    return Verdict(_reason(read, evidence), support)


def asks_something(asked: Asked) -> bool:
    """Say whether a question holds words that a record could answer to: greetings are none."""
    return any(not one.isdigit() and one not in _COURTESY for one in asked.stems)


def _gives_nothing(evidence: Evidence) -> bool:
    """Say whether a value is asked for, and none of its kind is there to be read out."""
    return evidence.valued and evidence.told == 0 and evidence.given < GIVEN


def _is_of_another_year(asked: Asked, evidence: Evidence) -> bool:
    """Say whether the whole document and its date hold no year of those that are asked about."""
    years = [one for one in asked.particulars if _YEAR.fullmatch(one)]
    return bool(years) and set(years) <= evidence.nowhere


def _is_of_another_speaker(read: Read, evidence: Evidence) -> bool:
    """Say whether a person's words are asked for, and the document does not name that person."""
    asked = _SPEAKER.search(read.matter.question)
    return asked is not None and stem(asked["name"].split()[-1]) in evidence.nowhere


def _names_held(asked: Asked, evidence: Evidence) -> bool:
    names = [one for one in asked.particulars if not any(letter.isdigit() for letter in one)]
    return bool(set(names) - set(evidence.missing))


def support_of(evidence: Evidence) -> float:
    """Return a sum that is 0 where an answer may just be given, and greater for surer ones."""
    weighed = zip(WEIGHTS, evidence.features, strict=True)
    return sum(weight * value for weight, value in weighed) - NEEDED


def _reason(read: Read, evidence: Evidence) -> str:
    question, ranked, aliases = read.matter.question, read.ranked, read.aliases
    passages = {one.hit.passage.id: one for one in ranked}
    everywhere = set().union(*(stems_around(one) for one in passages.values()))
    nowhere = [one for one in evidence.missing if not holds(everywhere, one, aliases)]
    if nowhere:
        return f"The nearest passages do not mention {_named(nowhere, question)}."
    if evidence.missing:
        missing = _named(evidence.missing, question)
        nearest = f"What comes closest to an answer does not mention {missing}"
        if any(_holds_all(stems_around(one), evidence.missing, read) for one in ranked):
            return f"{nearest}, and what does mention it does not say what the question asks for."
        return f"{nearest}."
    if evidence.apart or evidence.another:
        unnamed = dict.fromkeys([*evidence.apart, *evidence.another])
        named = " or ".join(f"“{name}”" for name in unnamed)
        return f"What comes closest to an answer does not name {named}."
    other = evidence.topic < _NEAR_TOPIC
    if not other and (evidence.form < 0 or evidence.valued):
        return "The nearest passages speak of this, and do not say what the question asks for."
    return "The nearest passages speak of other things than the question asks."


def _holds_all(stems: set[str], names: Iterable[str], read: Read) -> bool:
    return all(holds(stems, one, read.aliases) for one in names)


def _named(stems: Iterable[str], question: str) -> str:
    """Return the stems as the question writes them, joined by "or"."""
    wanted = set(stems)
    written = [word for word in words_of(question) if set(stems_of(word)) & wanted]
    return " or ".join(dict.fromkeys(f"“{word}”" for word in written))
