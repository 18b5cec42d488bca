"""What a statement gives in answer to a kind of question: times, sums, counts or people.

Two statements about the same thing differ only where both give such a value, and none is shared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from indexer.calendar_words import MONTH, MONTHS
from indexer.dates import bounds
from indexer.number_words import SCALES
from indexer.relative import dates_in
from search_api.answer.counts import counted_in
from search_api.asked.kinds import QuestionKind
from search_api.english import content_words, stem

VALUED = frozenset(
    {QuestionKind.WHEN, QuestionKind.HOW_MUCH, QuestionKind.HOW_MANY, QuestionKind.WHO}
)
"""Kinds of question whose answers can be compared."""

_CONDITION = re.compile(
    r"\b(?:when|once|until|after|before|as soon as|soon after|following|subject to|unless|"
    r"pending|dependent (?:up)?on|sure that|provided that)\b(?P<on>[^.;:]*)",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"\b(?:by|until|before|in|on|from|during|end of|start of|early|mid|late|due)(?: the)?[ -]"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?P<month>{MONTH})\b(?!,? \d{{4}})"
)
_MINUS = r"(?:(?<![\w)%])[-–−](?=[\d£€$]))"
"""A dash that touches a figure and nothing before it; “£3m-£5m” and “2016–17” have none."""
_SUM = re.compile(
    rf"(?P<below>{_MINUS})?"
    r"(?:(?P<sign>[£€$])\s?(?P<minus>[-–−](?=\d))?(?P<signed>\d[\d,]*(?:\.\d+)?) ?"
    r"(?P<of>k|mn?|bn|bil|mil|thousand|million|billion)?\b"
    r"|\b(?P<plain>\d[\d,]*(?:\.\d+)?) ?(?P<many>mn?|bn|bil|mil|million|billion)\b"
    r"|\b(?P<share>\d[\d,]*(?:\.\d+)?) ?(?:%|per ?cent\b))",
    re.IGNORECASE,
)
_ASKS_MONEY = re.compile(r"\b(?:costs?|prices?|spen[dt])\b", re.IGNORECASE)
_ASKS_A_SHARE = re.compile(
    r"\b(?:percentages?|per ?cent|proportion|share|rates?|ris(?:e|en|ing)|rose|grow\w*|grew|cuts?|"
    r"increas\w*|fall\w*|fell|reduc\w*|decreas\w*|chang\w*|how much (?:of|more|less)|interest|"
    r"returns?|g(?:o|one|oing) (?:up|down)|went (?:up|down)|differ\w*|over|under)\b|%",
    re.IGNORECASE,
)
"""Where what is asked may be a percentage, though it is of money."""
_HONORIFIC = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Cllr|Councillor|Revd?)\.?"
)
_PERSON = re.compile(
    rf"\b{_HONORIFIC}(?: {_HONORIFIC})*(?P<titled>(?: [A-Z][\w’'.-]*){{1,3}})"
    r"|\b(?P<first>[A-Z][a-z’'-]+) (?P<last>(?:[A-Z]\.? )?[A-Z][A-Za-z’'-]+)\b"
    r"(?! (?:Services?|Centre|Division|Directorate|Department|Unit|Authority|Programme)\b"
    rf"| \({_HONORIFIC})"
)
_NO_PERSON = frozenset(
    """the this these a an in it its all each public nhs better clinical local plan group board
    council commission trust care health strategy partnership programme committee panel service
    services scheme report fund england director officer manager chief executive chair chairman
    vice deputy lead head city county district borough north south east west hospital house road
    street centre general royal scrutiny wellbeing social mental primary community transformation
    sustainability sustainable leadership team system managing assistant interim acting senior
    medical nursing finance public""".split()
)
_GIVEN_NAMES = frozenset(
    """art bill bob dawn dean don drew faith frank gene grace grant guy holly hope iris ivy jack
    jay joy june april may mark max miles nick norm pat patience penny ray rich rob rose sue
    will""".split()
)
"""Those that are words besides."""
_NO_PERSON_STEMS = frozenset(stem(word) for word in _NO_PERSON)
_WORDS_KEPT = 128
"""Each keeps its whole record in memory, so that they are few: an answer reads some eight."""
_SAME_SUM = 0.02
"""Sums that differ by no more are one sum, rounded."""
_SAME_CONDITION = 0.5


@dataclass(frozen=True, slots=True)
class Values:
    """What a statement gives; ``days`` are first and last days, ``conditions`` sets of stems."""

    days: tuple[tuple[date, date], ...] = ()
    conditions: tuple[frozenset[str], ...] = ()
    amounts: tuple[tuple[str, float], ...] = ()
    people: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.days or self.conditions or self.amounts or self.people)

    def agrees(self, other: Values) -> bool:
        """Say whether one of the values of each may be the same."""
        return (
            any(_overlap(one, two) for one in self.days for two in other.days)
            or any(_alike(one, two) for one in self.conditions for two in other.conditions)
            or any(_equal(one, two) for one in self.amounts for two in other.amounts)
            or bool(self.people & other.people)
        )

    def of_one_kind(self, other: Values) -> bool:
        """Say whether the two can be compared: sums with sums, beds with beds."""
        if self.amounts and other.amounts:
            return bool({unit for unit, _ in self.amounts} & {unit for unit, _ in other.amounts})
        timed = (self.days or self.conditions) and (other.days or other.conditions)
        return bool(timed or (self.people and other.people))


def values_of(kind: QuestionKind, question: str, text: str, said: str | None) -> Values:
    """Return what ``text``, said at ``said`` in EDTF, gives in answer to a question of a kind.

    Times that the question itself names are no answer to it.
    """
    if kind is QuestionKind.WHEN:
        asked = [bounds(mention.edtf) for mention in dates_in(question, None)]
        days = [bounds(mention.edtf) for mention in dates_in(text, said)] or list(_bare(text, said))
        return Values(
            days=tuple(one for one in days if one not in asked),
            conditions=() if days else tuple(_conditions(text)),
        )
    if kind is QuestionKind.HOW_MUCH:
        return Values(amounts=tuple(sums_in(question, text)))
    if kind is QuestionKind.HOW_MANY:
        return Values(amounts=tuple(counted_in(question, text)))
    if kind is QuestionKind.WHO:
        return Values(people=frozenset(people_in(text)))
    return Values()


def _bare(text: str, said: str | None) -> Iterable[tuple[date, date]]:
    """Yield the months without a year as the next after they were said: a slide has no verbs."""
    if said is None:
        return
    after = bounds(said)[1]
    for match in _BARE.finditer(text):
        month = MONTHS[match["month"].lower()]
        year = after.year + (month < after.month)
        yield bounds(f"{year}-{month:02}")


def _conditions(text: str) -> Iterable[frozenset[str]]:
    for match in _CONDITION.finditer(text):
        stems = frozenset(stem(word) for word in content_words(match["on"]) if word)
        if stems:
            yield stems


def sums_in(question: str, text: str) -> Iterable[tuple[str, float]]:
    """Yield the sums of a text with their sign, and shares where money is not asked for."""
    money = _asks_money(question)
    for match in _SUM.finditer(text):
        below = -1.0 if match["below"] or match["minus"] else 1.0
        if match["share"]:
            if not money:
                yield "%", below * _number(match["share"])
            continue
        scale = below * SCALES.get((match["of"] or match["many"] or "").lower(), 1)
        yield match["sign"] or "", _number(match["signed"] or match["plain"]) * scale


def only_shares(question: str, text: str) -> bool:
    """Say whether a text gives percentages alone where money is asked for."""
    shares = any(match["share"] for match in _SUM.finditer(text))
    return shares and _asks_money(question) and not any(sums_in(question, text))


def _asks_money(question: str) -> bool:
    return _ASKS_MONEY.search(question) is not None and not _ASKS_A_SHARE.search(question)


def people_in(text: str, record: str = "") -> Iterable[str]:
    """Yield surnames, in lower case: a person is “Toby Sanders” here and “Mr Sanders” there.

    What begins with a word that ``record`` has in small letters too is none: “Heat Networks”.
    """
    for match in _PERSON.finditer(text):
        words = (match["titled"] or f"{match['first']} {match['last']}").split()
        if match["titled"] is None and not _may_be_a_person(words, record):
            continue
        named = [word for word in words if word.lower().rstrip(".,") not in _NO_PERSON]
        named = named if any(len(word.rstrip(".,")) > 1 for word in named) else []
        if named:
            yield re.sub(r"(?:[’']s)?[.,]*$", "", named[-1]).lower()


def _may_be_a_person(words: Sequence[str], record: str) -> bool:
    if any(stem(word) in _NO_PERSON_STEMS for word in words):
        return False
    return words[0].lower() in _GIVEN_NAMES or not _holds(record, words[0].lower())


@lru_cache(maxsize=_WORDS_KEPT)
def _holds(record: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\b", record) is not None


def _number(written: str) -> float:
    return float(written.replace(",", "").rstrip("."))


def _overlap(one: tuple[date, date], other: tuple[date, date]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _SAME_CONDITION * min(len(one), len(other))


def _equal(one: tuple[str, float], other: tuple[str, float]) -> bool:
    signs = {one[0], other[0]}
    larger = max(abs(one[1]), abs(other[1]))
    same_unit = len(signs) == 1 or "" in signs
    return same_unit and abs(one[1] - other[1]) <= _SAME_SUM * larger
