"""What a question counts, and the numbers in a text that count it.

A record writes "Seventeen applications", "a total of 12 beds", "Beds: 24", "Against (6)" or
"Score 4/10": the noun stands after its number or before it, and sometimes only a label does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer.calendar_words import MONTH
from indexer.number_words import COUNTING
from search_api.english import stem

_AMOUNTS = {"no": 0, **COUNTING, "none": 0, "dozen": 12, "hundred": 100}
_MONTH = f"(?:{MONTH})"
_NO_COUNT = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b(?:,? \d{{4}})?"
    rf"|\b{_MONTH},? \d{{1,2}}(?:st|nd|rd|th)?\b(?:,? \d{{4}})?|\b{_MONTH},? \d{{4}}\b"
    r"|\b\d{1,2}(?:[.:]\d\d)?\s?(?:[-–]\s?\d{1,2}(?:[.:]\d\d)?\s?)?[ap]\.?m\b"
    r"|\b(?:19|20)\d\d(?:\s?[-–/]\s?(?:\d{4}|\d\d))?\b(?!,)"
    r"|[£€$]\s?\d[\d,.]*(?: ?(?:m|k|bn|million|billion|thousand)\b)?"
    r"|(?:^|\n)\W*\(?\d{1,2}[.)](?=\s)|\b[A-Z]+\d+\b"
    r"|\b(?:page|item|section|appendix|annex|paragraph|phase|part|category|article|no\.?|version"
    r"|number|report|priority|table|chart|stage|tranche|round) \d[\d./]*",
    re.IGNORECASE,
)
"""Numbers that count nothing: of dates, times of day, sums, items of a list, sections."""
_NUMBER = rf"(?P<count>\d[\d,]*(?:\.\d+)?|{'|'.join(_AMOUNTS)})"
_BEFORE_ITS_NOUN = re.compile(
    rf"(?<![\d.,/£€$-])\b{_NUMBER}\b(?![/%-]\d)(?=(?P<noun>(?: [\w’'-]+){{1,4}}))", re.IGNORECASE
)
_AFTER_ITS_NOUN = re.compile(
    r"(?<![\w’'-])(?P<noun>[\w’'-]+)(?:\s*[:|=(–]\s*|\s+(?:is|was|were|are|at|of|to|came|stood|stands|totall?ed|"
    r"numbered|now|currently|approximately|about|around|over|some)(?=\s))+"
    rf"\s*{_NUMBER}\b(?![/%-]\d)",
    re.IGNORECASE,
)
_MARK = re.compile(r"\b(?P<count>\d{1,3}(?:\.\d+)?) ?(?:/|out of) ?\d{1,3}\b")
_SIDES = (
    (r"oppos\w*|against", r"against"),
    (r"abstain\w*|abstentions?", r"abstain\w*|abstentions?"),
    (r"support(?:ed)?|in favour|vot(?:e[ds]?|ing) for", r"for|in favour"),
    (r"vot(?:e[ds]?|ing)", r"for|against|abstain\w*|abstentions?|in favour"),
)
"""What a question says of a vote, and what stands before the number of those votes."""
_CAST = re.compile(r"\b(\d+) votes?(?: to (\d+))?\b", re.IGNORECASE)
_OF_A_YEAR = re.compile(
    r"\b(?:in|since|by|of|during|from|to|until|for|before|after|and|the|year) $", re.IGNORECASE
)
_ASKS_A_MARK = re.compile(r"\b(?:scores?|marks?|ratings?|rated?|graded?)\b", re.IGNORECASE)
_HOW_MANY = re.compile(
    r"\b(?:how many|numbers? of)(?: more| other)?(?: of (?:the|its|their|these|those|our|all)"
    r"(?: the)?)?(?P<noun>(?: [\w’'-]+){1,8})",
    re.IGNORECASE,
)
_HOW_LONG = re.compile(
    r"\bhow (?:much )?(?:long(?:er)?|old|often|far|time|notice|frequently)\b", re.IGNORECASE
)
_HOW_BIG = re.compile(r"\bhow (?:big|large|wide|tall|heavy|deep)\b", re.IGNORECASE)
_SIZES = frozenset(
    stem(word)
    for word in """kb mb gb tb kilobytes megabytes gigabytes terabytes hectares acres sq square
    metres meters feet foot inches miles km kg tonnes tons litres bedrooms storeys pages""".split()
)
_MEASURES = frozenset("day week month year hour minut mile kilometr metr time".split())
_OCCASIONS = frozenset(stem(word) for word in "times occasions incidents instances cases".split())
_PEOPLE = frozenset(
    stem(word)
    for word in """people persons individuals members residents patients visitors attendees
    delegates participants respondents partners applicants users students children adults
    volunteers staff workers employees men women""".split()
)
_ALIKE = tuple(
    frozenset(map(stem, group.split()))
    for group in (
        "homes houses households dwellings units properties tenancies flats apartments",
        "posts jobs positions vacancies roles",
        "councils authorities boroughs",
        "vehicles cars vans lorries",
        "responses replies respondents submissions representations",
        "crimes offences incidents",
        "firms companies businesses contractors",
        "organisations bodies institutions agencies",
        "places seats",
    )
)
"""What one calls homes another calls units: a record counts the same under either name."""
_PLURALS = frozenset("people children men women staff police".split())
_ENDS_A_NOUN = frozenset(
    "will would are were is was did do does had has have of in at on to for from can could with by "
    "should must may might been be the a an that who which there it they we between under per "
    "still now currently each every".split()
)
_TEXTS_KEPT = 8192
_QUESTIONS_KEPT = 256
_BEGINNING = 3
"""So many letters of a noun are in its stem and in all its forms, but for y and i: “try”, “tri”."""
_STEM = 4
"""So many letters are the same in "applied" and "applications"."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a question counts: stems of the noun, and of the words that stand before it."""

    nouns: frozenset[str]
    kinds: frozenset[str] = frozenset()
    begins: str | None = None
    """The first letters of a verb that stands for a noun: “How many applied?”."""

    def is_noun(self, one: str) -> bool:
        """Say whether a stem is of what is counted."""
        return one in self.nouns or (self.begins is not None and one.startswith(self.begins))

    def may_be_in(self, text: str) -> bool:
        """Say whether a text can name what is counted: most do not, and need not be read for it."""
        lower = text.lower()
        named = self.nouns if self.begins is None else {*self.nouns, self.begins}
        return any(one[:_BEGINNING].removesuffix("i") in lower for one in named)


@lru_cache(maxsize=_QUESTIONS_KEPT)
def counted(question: str) -> Counted:
    """Return what a question counts, in its words up to the first verb or preposition."""
    if _HOW_LONG.search(question):
        return Counted(_MEASURES)
    if _HOW_BIG.search(question):
        return Counted(_SIZES)
    found = _HOW_MANY.search(question)
    if found is None:
        return Counted(frozenset())
    words: list[str] = []
    for word in found["noun"].split():
        if word.lower() in _ENDS_A_NOUN:
            break
        words.append(word)
    return _noun_of(words)


def _noun_of(words: list[str]) -> Counted:
    """Find the noun that is counted: the first plural, or the last word where there is none."""
    plurals = [place for place, word in enumerate(words) if _is_plural(word)]
    if not plurals:
        last = words[-1] if words else ""
        verb = last[:_STEM] if last.endswith("ed") else None
        return Counted(frozenset(map(stem, words[-1:])), frozenset(map(stem, words[:-1])), verb)
    place = plurals[0]
    while place + 1 in plurals:
        place += 1
    noun = stem(words[place])
    alike = _PEOPLE if noun in ("peopl", "person") else frozenset({noun})
    alike = _OCCASIONS if noun in ("time", "occas") else alike
    alike = alike.union(*(group for group in _ALIKE if noun in group))
    return Counted(alike, frozenset(map(stem, words[:place])))


def _is_plural(word: str) -> bool:
    return word.lower() in _PLURALS or (
        len(word) > 2 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    )


def counted_in(question: str, text: str) -> Iterator[tuple[str, float]]:
    """Yield the numbers of what a question counts, each with its stem: in “how many beds” of beds.

    Votes count where it is asked who was for or against, and “4/10” where a mark is asked for.
    """
    what = counted(question)
    plain = _without(text, what)
    patterns = (_BEFORE_ITS_NOUN, _AFTER_ITS_NOUN) if what.may_be_in(text) else ()
    for pattern in patterns:
        for match in pattern.finditer(plain):
            stems = [stem(word) for word in match["noun"].split()]
            noun = next((one for one in stems if what.is_noun(one)), None)
            if noun:
                yield noun, _amount(match["count"])
    if _ASKS_A_MARK.search(question):
        yield from (("mark", _amount(match["count"])) for match in _MARK.finditer(plain))
    yield from (("vote", amount) for amount in _votes(question, plain))


def without_dates(text: str) -> str:
    """Return a text without the numbers that count nothing: of dates, times of day, sums, items."""
    return _without(text, None)


def _without(text: str, what: Counted | None) -> str:
    """Leave out numbers that count nothing, but for “2000” where what is counted follows it."""
    parts, end = [], 0
    for first, last in _not_counts(text):
        if what is not None and _is_counted(text, first, last, what):
            continue
        parts += [text[end:first], " ; "]
        end = last
    return "".join([*parts, text[end:]])


@lru_cache(maxsize=_TEXTS_KEPT)
def _not_counts(text: str) -> tuple[tuple[int, int], ...]:
    return tuple(match.span() for match in _NO_COUNT.finditer(text))


def _is_counted(text: str, first: int, last: int, what: Counted) -> bool:
    """Say whether a number is no year: what is counted follows it, and it dates nothing."""
    if not text[first:last].isdigit():
        return False
    following = re.match(r" ([\w’'-]+)", text[last:])
    counts = following is not None and what.is_noun(stem(following[1]))
    return counts and _OF_A_YEAR.search(text[:first]) is None


def _votes(question: str, plain: str) -> Iterator[float]:
    side = _side_of(question)
    if side is None:
        return
    for match in re.finditer(rf"\b(?:{side}):? ?\(?(\d+)\b", plain, re.IGNORECASE):
        yield _amount(match[1])
    for match in _CAST.finditer(plain):
        yield from (_amount(number) for number in match.groups() if number)


@lru_cache(maxsize=_QUESTIONS_KEPT)
def _side_of(question: str) -> str | None:
    """Return what stands before the number of the votes that a question asks about."""
    return next((said for asks, said in _SIDES if _says(asks, question)), None)


def _says(words: str, question: str) -> bool:
    return re.search(rf"\b(?:{words})\b", question, re.IGNORECASE) is not None


def _amount(written: str) -> float:
    word = written.lower()
    return float(_AMOUNTS[word]) if word in _AMOUNTS else float(word.replace(",", "").rstrip("."))
