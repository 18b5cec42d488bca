"""How well a sentence can answer a kind of question, by its form and its role."""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.calendar_words import MONTH, SEASON, WEEKDAYS
from indexer.model import Role
from indexer.number_words import COUNTING
from indexer.stopwords import WORD
from search_api.asked.kinds import QuestionKind

_ROUND = frozenset({15, 20, 30, 40, 50})
_NUMBERS = "|".join(word for word, number in COUNTING.items() if number <= 12 or number in _ROUND)
_TIME = re.compile(
    rf"(?:\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? )?\b(?:(?:{MONTH})(?: \d{{1,2}}\b)?|{SEASON}|"
    r"(?:19|20)\d{2}|tomorrow|yesterday|tonight|"
    r"(?:next|last|this|each|every|following) (?:day|week|month|year|summer|meeting|quarter|"
    rf"february|march)|\d+ (?:days|weeks|months|years)|{'|'.join(list(WEEKDAYS)[:5])})\b",
    re.IGNORECASE,
)
_LAW = re.compile(
    r"\b(?:Acts?|Regulations?|Directives?|Orders?|Bills?|Rules|Bye-?[Ll]aws)(?: \([^)]{1,40}\))*,? "
    r"(?:of )?(?:19|20)\d\d\b"
)
"""“Protection of Freedoms Act 2012” is the name of a law, and tells no time."""
_OF_LAWS = frozenset(("act", "acts", "law", "bill", "regulations", "directive", "order", "rules"))
_CONDITION = re.compile(
    r"\b(?:when|once|until|after|before|as soon as|soon|following|by the end of|subject to|"
    r"not yet|already|in due course)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    r"[£€$]\s?[-–−]?\d[\d,.]*(?: ?(?:m|k|bn|bil|million|billion|thousand)\b)?|"
    r"\b\d[\d,.]* ?(?:m|k|bn|bil|million|billion|thousand|per ?cent|p)\b|\d[\d,.]* ?%|"
    r"\b(?:unpaid|free of charge|at no (?:cost|charge)|no (?:charge|fee))\b",
    re.IGNORECASE,
)
_IN_MONEY = re.compile(r"[£€$%]|\b0{3}s?\b|\bbudget\b|\bcosts?\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d[\d,.]*\d|\d")
_QUANTITY = re.compile(
    rf"\d[\d,.]*|\b(?:{_NUMBERS}|hundred|half|dozen|once|twice|both|only|no)\b",
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
    r"\b(?:because|due to|owing to|so that|in order to|since|given|"
    r"as (?:it|they|the|this|these|those|there|he|she|we|no|a)|"
    r"therefore|(?<!no )reasons?|to (?:ensure|enable|allow|avoid|strengthen|provide|improve|have)|"
    r"as a (?:result|consequence)|result(?:ing|ed|s)|meant that|would not|could not|attribut\w+|"
    r"caused|explained by|led to|(?:was|were) not|did not|unable)\b",
    re.IGNORECASE,
)
_OUTCOME = re.compile(
    r"\b(?:motion|amendment|proposal|recommendation|petition)s? (?:was |were |is |be )?"
    r"(?:lost|carried|defeated|passed|withdrawn|agreed|approved|rejected)|"
    r"\b(?:RESOLVED|AGREED|NOTED)\b|\b(?:for|against|abstain(?:ed)?) \(\d+\)|"
    r"\b(?:was|were) (?:unanimously )?(?:agreed|resolved|approved|adopted|defeated|carried|lost)\b|"
    r"\b(?:voted (?:for|against|in favour)|resolves? to|agreed (?:to|that)|lost|defeated)\b",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(
    r"\([A-Z][A-Za-z& ]{1,10}\)|\b[A-Z]{2,6} \([A-Z]|\b\w+ (?:means|stands for)\b"
)
_OF_A_DISCUSSION = re.compile(
    r"[^\n:;]*\b(?:discussion|debate|comments?|points?|questions|observations|responses?|noted|"
    r"highlighted|emphasised|raised)\b[^\n:;]{0,60}[:;]",
    re.IGNORECASE,
)
"""What introduces all that was said: each of it stands by itself."""
_BOTH = re.compile(
    r"\b(?:both|namely|these (?:are|were)|includ(?:es?|ed|ing)|such as|consist\w* of|through)\b"
    r"[^.;]* and\b",
    re.IGNORECASE,
)
"""Two things named in a sentence are few for a list, and all the same one."""
_FORMS = {
    QuestionKind.HOW_MUCH: _MONEY,
    QuestionKind.HOW_MANY: _QUANTITY,
    QuestionKind.WHO: _PERSON,
    QuestionKind.WHERE: _PLACE,
    QuestionKind.WHY: _CAUSE,
}
_ROLES = {
    QuestionKind.DECISION: {Role.RESOLUTION: 0.9, Role.ACTION: 0.6},
    QuestionKind.ACTION: {Role.ACTION: 1.0, Role.RESOLUTION: 0.9},
    QuestionKind.OPINION: {Role.COMMENT: 1.0, Role.RESPONSE: 0.5},
}
BY_ROLE = frozenset(_ROLES)
"""Kinds of question that are answered by who speaks more than by a form of words."""
_FORMS_KEPT = 32768
"""Sentences that were asked for their dates, sums, …, of about 300 bytes each."""
NEUTRAL = 0.5
"""What a form is worth that says nothing of whether the text answers."""
FIT = 0.8
"""From here on a text has the form of an answer."""


def fitness(
    kind: QuestionKind,
    text: str,
    role: Role,
    *,
    is_list: bool,
    lead: str | None = None,
    known: frozenset[str] = frozenset(),
) -> float:
    """Return from 0 (cannot answer) to 1 (has the form of an answer); 0.5 says nothing.

    ``known`` are the question's own words in lower case: a date or a name that it gives itself is
    no answer to it. ``lead`` is what stands over a list's item or a table's row.
    """
    if kind in _FORMS or kind is QuestionKind.WHEN:
        return _by_form(kind, text, known, in_money=role is Role.TABLE and _is_money(lead))
    if kind is QuestionKind.MEANING:
        return _explaining(text, known)
    if kind is QuestionKind.LIST:
        return _listing(text, is_list=is_list)
    if kind in _ROLES:
        return _by_role(kind, text, role, is_list=is_list)
    return NEUTRAL


def _by_form(kind: QuestionKind, text: str, known: frozenset[str], *, in_money: bool) -> float:
    if kind is QuestionKind.WHEN:
        return (
            1.0
            if brings(_TIME, without_laws(text, known), known)
            else FIT
            if _has(_CONDITION, text)
            else 0.0
        )
    form = _FIGURE if in_money and kind is QuestionKind.HOW_MUCH else _FORMS[kind]
    return 1.0 if brings(form, text, known) else 0.0


def without_laws(text: str, known: frozenset[str]) -> str:
    """Return a text in which laws stand without their years, unless a law is asked about."""
    return text if known & _OF_LAWS else _LAW.sub(" ", text)


def _listing(text: str, *, is_list: bool) -> float:
    """Tell a list of things from one of all that was said in a discussion, and from a sentence."""
    if is_list and not _OF_A_DISCUSSION.match(text):
        return 1.0
    return 0.6 if is_list or text.count(",") > 1 or _BOTH.search(text) else 0.3


def _explaining(text: str, known: frozenset[str]) -> float:
    """Tell a text that explains what is asked about from one that explains something else."""
    explained = [match[0] for match in _EXPLAINED.finditer(text)]
    own = any(word.lower() in known for found in explained for word in WORD.findall(found))
    return 1.0 if own else 0.5 if explained else 0.3


def _by_role(kind: QuestionKind, text: str, role: Role, *, is_list: bool) -> float:
    if kind is QuestionKind.DECISION and _has(_OUTCOME, text):
        return 1.0
    return max(_ROLES[kind].get(role, 0.2), NEUTRAL if is_list else 0.0)


def _is_money(lead: str | None) -> bool:
    """Say whether a table's headings give its figures as money."""
    return lead is not None and _IN_MONEY.search(lead) is not None


def brings(form: re.Pattern[str], text: str, known: frozenset[str]) -> bool:
    """Say whether a text has the form with a word that is not among those known."""
    return any(not words or not words <= known for words in _of_form(form, text))


@lru_cache(maxsize=_FORMS_KEPT)
def _has(form: re.Pattern[str], text: str) -> bool:
    return form.search(text) is not None


@lru_cache(maxsize=_FORMS_KEPT)
def _of_form(form: re.Pattern[str], text: str) -> tuple[frozenset[str], ...]:
    """Return the words of each part of a text that has the form, in lower case."""
    return tuple(
        frozenset(word.lower() for word in WORD.findall(match[0])) for match in form.finditer(text)
    )
