"""Whether what is asked about is named: the names and numbers of a question, and who holds them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from indexer.calendar_words import MONTHS, SEASONS
from indexer.dates import bounds, find_dates
from indexer.model import Acronym
from indexer.plain_letters import plain_letters
from indexer.relative import dates_in
from search_api.answer.statements import Statement, fitness_of, holds, surroundings
from search_api.asked.kinds import QuestionKind
from search_api.asked.question import Asked
from search_api.english import stem, stems_of, words_of

_NAME = re.compile(r"[A-Z][\w’'-]+(?: (?:(?:and|of|for|the) )?[A-Z][\w’'-]+)+")
_CAPITAL = r"[A-Z][a-z]+(?:-[A-Z]?[a-z]+)?"
_WORDS_OF_A_NAME = re.compile(rf"\b{_CAPITAL}(?: {_CAPITAL})+\b")
"""“Leicester General”: short forms and “Leicester’s” are no part of it."""
_BETWEEN = 3
"""So many words may stand between two of a name: “Limerick City and County Council”."""
_REACH = 80
"""In so many characters these stand."""
_ENDS = re.compile(r"(?<=[a-z]{3})[.;:!?]\s")
"""“St. Mary’s” goes on."""
_RELATIVE = re.compile(r"\b(?:last|previous|this|next|current|following) year\b", re.IGNORECASE)
_PASSAGES_KEPT = 4096
MONTH_STEMS = frozenset(stem(name) for name in (*MONTHS, *SEASONS))
_SHORT_DATE = re.compile(r"\d[./-](?:\d\d?|[A-Za-z]{3,9})[./-]\d\d\b|[A-Za-z]{3} ?[-’'] ?\d\d\b")
_LONG_NAME = 4
"""Names of so many words are often said without one: “the Trailhead Visitor Centre” of Ashby."""
_NEARLY = 0.2
"""How much less than the best a statement may score that names all, and be preferred to it. On the
dev parts of the gold questions anything from .1 to .5 did equally well, and better than none."""


def stems_around(statement: Statement) -> set[str]:
    """Return the stems of a statement's passage, of what is over it, and of its document's date."""
    passage, document = statement.hit.passage, statement.hit.document
    dated = _months(document.date.edtf) if document.date.edtf else ""
    over = surroundings(statement)
    stems = set(stems_of(f"{passage.text} {over} {dated} {document.file}"))
    told = _years_told(passage.text, document.date.edtf)
    return stems | _initials(over) | told | _dates_in_short(f"{over}\n{passage.text}")


def is_month(one: str) -> bool:
    """Say whether a stem is that of a month or a season.

    Which year is meant counts as a name does: the right matter of another year is a near miss.
    """
    return one in MONTH_STEMS


def missing_from(
    around: set[str], asked: Asked, aliases: dict[str, frozenset[str]]
) -> tuple[str, ...]:
    """Return the stems of names and numbers asked about that are not ``around`` a statement."""
    return tuple(stem for stem in asked.particulars if not holds(around, stem, aliases))


def names_apart(
    question: str, particulars: Collection[str], texts: Sequence[str], place: str
) -> tuple[str, ...]:
    """Return the names of several words in a question that a record holds only word by word.

    “Leicester General” is not named by “Leicester” here and “general practice” there. A place that
    the record is of, by the words of ``place``, need not stand beside the rest: “the Kent Liberal
    Democrats”; nor need what a long name has one word more for.
    """
    known, apart = set(stems_of(place)), []
    for match in _WORDS_OF_A_NAME.finditer(question):
        words = [word for word in match[0].split() if stem(word) in particulars]
        words = [word for word in words if stem(word) not in MONTH_STEMS]
        if len(words) > 2 and stem(words[0]) in known:
            words = words[1:]
        pairs = pairwise(map(stem, words))
        together = [any(_together(*pair, text) for text in texts) for pair in pairs]
        if together.count(False) > (len(words) >= _LONG_NAME):
            apart.append(" ".join(words))
    return tuple(apart)


def _together(one: str, other: str, text: str) -> bool:
    """Say whether two stems are of words that stand near each other, in either order."""
    text = plain_letters(text)
    for match in re.finditer(rf"{beginning(one)}\w*", text, re.IGNORECASE):
        if stem(match[0]) != one:
            continue
        before = _ENDS.split(text[max(0, match.start() - _REACH) : match.start()])[-1]
        after = _ENDS.split(text[match.start() : match.end() + _REACH])[0]
        near = (*words_of(before)[-_BETWEEN - 1 :], *words_of(after)[1 : _BETWEEN + 2])
        if any(stem(word) == other for word in near):
            return True
    return False


def beginning(stem: str) -> str:
    """Return a pattern for the beginning of words of a stem: “derbi” is of Derby.

    It is to be looked for in ``plain_letters``.
    """
    last = "[iy]" if stem.endswith("i") else re.escape(stem[-1])
    return rf"\b{re.escape(stem[:-1])}{last}"


def naming_first(
    ranked: Sequence[Statement], asked: Asked, aliases: dict[str, frozenset[str]]
) -> list[Statement]:
    """Put first the best statement that names all, where it scores nearly as well as the best.

    For a question of what a short form means that is the best one that explains it.
    """
    if asked.kind is QuestionKind.MEANING:
        return sorted(ranked, key=lambda one: fitness_of(asked, one) < 1.0)
    form = fitness_of(asked, ranked[0]) if ranked else 0.0
    for place, one in enumerate(ranked):
        if one.score < ranked[0].score - _NEARLY:
            break
        if fitness_of(asked, one) >= form and not missing_from(stems_around(one), asked, aliases):
            return [one, *ranked[:place], *ranked[place + 1 :]]
    return list(ranked)


def spells_out(asked: Asked, known: Iterable[Acronym], text: str) -> bool:
    """Say whether a text holds what a short form may stand for, where nothing else is asked."""
    if asked.kind is not QuestionKind.MEANING or not set(asked.stems) <= set(asked.particulars):
        return False
    said = _with_and(plain_letters(text.casefold()))
    longs = (one.long for one in known if stem(one.short) in asked.particulars)
    return any(_with_and(plain_letters(long.casefold())) in said for long in longs)


def _with_and(text: str) -> str:
    return " ".join(text.replace("&", " and ").split())


@lru_cache(maxsize=_PASSAGES_KEPT)
def _years_told(text: str, said: str | None) -> frozenset[str]:
    """Return the years that a text names from when it was said: in 2018 "last year" is "2017"."""
    if said is None or not _RELATIVE.search(text):
        return frozenset()
    years = {bounds(mention.edtf) for mention in dates_in(text, said)}
    return frozenset(f"{first.year}" for first, last in years if first.year == last.year)


@lru_cache(maxsize=_PASSAGES_KEPT)
def _dates_in_short(text: str) -> frozenset[str]:
    """Return the stems of months and years that dates such as “31.3.28” and “Nov-24” stand for."""
    if not _SHORT_DATE.search(text):
        return frozenset()
    return frozenset(stems_of(" ".join(_months(one.edtf) for one in find_dates(text))))


def _initials(text: str) -> set[str]:
    """Return the short forms of the names in a text: "hwb" of a Health and Wellbeing Board."""
    found = ("".join(word[0] for word in words_of(match[0])) for match in _NAME.finditer(text))
    return {"".join(c for c in short if c.isupper()).lower() for short in found}


def _months(edtf: str) -> str:
    """Return a date with the names of its months, as a question would write it."""
    first, last = bounds(edtf)
    return f"{edtf} {first:%B} {last:%B} {first.year} {last.year}"
