"""How well a sentence can answer a kind of question, by its form and its role."""

from __future__ import annotations

import re

from indexer.model import Role
from search_api.answer.question import QuestionKind

_TIME = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"spring|summer|autumn|winter|(?:19|20)\d{2}|tomorrow|yesterday|tonight|"
    r"(?:next|last|this|each|every|following) (?:day|week|month|year|summer|meeting|quarter|"
    r"february|march)|\d+ (?:days|weeks|months|years)|monday|tuesday|wednesday|thursday|friday)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:when|once|until|after|before|as soon as|soon|following|by the end of|subject to|"
    r"not yet|already|in due course)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[£€$]\s?\d|\b\d[\d,.]* ?(?:m|k|bn|bil|million|billion|thousand|per ?cent|p)\b|\d ?%|"
    r"\b\d[\d,.]*(?:m|bn|billion|bil|million)\b",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|"
    r"forty|fifty|hundred|half|dozen|once|twice|both|only|no)\b",
    re.IGNORECASE,
)
_ORGANISATION = (
    r"Plan|Group|Board|Council|Commission|Trust|Care|Health|Strategy|Partnership|Programme|"
    r"Committee|Panel|Service|Scheme|Report|Fund|England|Director|Officer|Manager"
)
_PERSON = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Lady|Cllr|Councillor|Cmhlr)\b"
    rf"|\b(?!(?:The|This|These|A|In|It|All|Each|Public|NHS|Better|Clinical|{_ORGANISATION})\b)"
    rf"[A-Z][a-z]+ (?:and |[A-Z]\. )?(?!(?:{_ORGANISATION})s?\b)[A-Z][A-Za-z’']+\b"
    rf"(?! (?:{_ORGANISATION})s?\b)"
)
_PLACE = re.compile(r"\b(?:at|in|to|from|near|onto|across|within) (?:the )?[A-Z]")
_CAUSE = re.compile(
    r"\b(?:because|due to|owing to|so that|in order to|as (?:it|they|the|this|a)|since|given|"
    r"therefore|reasons?|to (?:ensure|enable|allow|avoid|strengthen|provide|improve|have)|"
    r"as a (?:result|consequence)|resulting|meant that|would not|could not)\b",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(r"\([A-Z][A-Za-z& ]{1,10}\)|\b[A-Z]{2,6} \([A-Z]|\b(?:means|stands for)\b")
_FORMS = {
    QuestionKind.HOW_MUCH: _MONEY,
    QuestionKind.HOW_MANY: _QUANTITY,
    QuestionKind.WHO: _PERSON,
    QuestionKind.WHERE: _PLACE,
    QuestionKind.WHY: _CAUSE,
}
_ROLES = {
    QuestionKind.DECISION: {Role.RESOLUTION: 1.0, Role.ACTION: 0.6},
    QuestionKind.ACTION: {Role.ACTION: 1.0, Role.RESOLUTION: 0.9},
    QuestionKind.OPINION: {Role.COMMENT: 1.0, Role.RESPONSE: 0.5},
}
_NEUTRAL = 0.5


def fitness(kind: QuestionKind, text: str, role: Role, *, is_list: bool) -> float:
    """Return from 0 (cannot answer) to 1 (has the form of an answer); 0.5 says nothing."""
    if kind is QuestionKind.WHEN:
        return 1.0 if _TIME.search(text) else 0.8 if _CONDITION.search(text) else 0.0
    if kind is QuestionKind.MEANING:
        return 1.0 if _EXPLAINED.search(text) else 0.3
    if kind is QuestionKind.LIST:
        return 1.0 if is_list else 0.6 if text.count(",") > 1 else 0.3
    if kind in _FORMS:
        return 1.0 if _FORMS[kind].search(text) else 0.0
    if kind in _ROLES:
        return max(_ROLES[kind].get(role, 0.2), _NEUTRAL if is_list else 0.0)
    return _NEUTRAL
