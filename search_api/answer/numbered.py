"""Which of several is meant: version 4, the second phase, tranche 2.

A record of the first phase is the nearest thing to a question of the second, and no answer to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.number_words import COUNTING, ORDINALS

_SORT = (
    r"(?:versions?|editions?|iterations?|phases?|stages?|rounds?|tranches?|waves?|instalments?|"
    r"releases?)"
)
"""What follows one another under one name; who writes “round” may mean what is called a tranche."""
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}
_FEW = "|".join(word for word, number in COUNTING.items() if number <= 12)
_FIRST = "|".join(word for word, number in ORDINALS.items() if number <= 12)
_NUMBERED = re.compile(
    rf"\b{_SORT} (?:no\.? ?|number )?"
    rf"(?P<after>\d{{1,2}}(?![\d,]|\.\d*[1-9])|[iv]+\b|(?:{_FEW})\b)"
    rf"|\b(?:(?P<before>{_FIRST})|(?P<figure>\d{{1,2}})(?:st|nd|rd|th)) {_SORT}\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?P<year>(?:19|20)\d\d)(?: ?[/–-] ?(?P<to>(?:20)?\d\d)\b)?(?!\d)")


def of_another_number(question: str, text: str) -> tuple[str, ...]:
    """Return what a question asks about by its number, if a text names only others of its sort.

    A text that names none may mean the right one.
    """
    named = {number for number, _ in _numbered(text)}
    asked = list(_numbered(question))
    if not named or any(number in named for number, _ in asked):
        return ()
    return tuple(written for _, written in asked)


def never_numbered(question: str, record: str) -> tuple[str, ...]:
    """Return what a question asks about by its number, if a document numbers nothing so.

    The first may stand without: who has only one does not number it.
    """
    asked = [(number, written) for number, written in _numbered(question) if number > 1]
    named = {number for number, _ in _numbered(record)} if asked else set()
    return tuple(written for number, written in asked if number not in named)


def of_another_year(question: str, text: str) -> tuple[str, ...]:
    """Return the years that a question names, if a text names others and none of them.

    “2015/16” is of both; a text that names none may mean the right one.
    """
    asked, named = _years(question), _years(text)
    return tuple(sorted(asked)) if asked and named and not asked & named else ()


def names_years_of(question: str, text: str) -> bool:
    """Say whether a text names every year that a question does, which must name one."""
    asked = _years(question)
    return bool(asked) and asked <= _years(text)


def _years(text: str) -> set[str]:
    years = set[str]()
    for match in _YEAR.finditer(text):
        first = match["year"]
        last = first[: 4 - len(match["to"])] + match["to"] if match["to"] else first
        years |= {str(year) for year in range(int(first), int(last) + 1)}
    return years


def _numbered(text: str) -> Iterator[tuple[int, str]]:
    for match in _NUMBERED.finditer(text):
        after, before = match["after"], match["before"]
        if before or match["figure"]:
            number = ORDINALS[before.lower()] if before else int(match["figure"])
        elif after.isdigit():
            number = int(after)
        else:
            number = COUNTING.get(after.lower()) or _ROMAN.get(after.lower(), 0)
        if number:
            yield number, match[0]
