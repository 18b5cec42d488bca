"""One way of writing sums, numbers, shares, years of account, days, times and ordinals.

“£40m”, “£40 million” and “40,000,000” become ``n40000000``; “2016/17” and “2016–2017” ``fy201617``;
“5%” and “five per cent” ``pct5``; “6 March 2018” and “06/03/2018” ``d20180306``; “2.30 p.m.” and
“14:30” ``t1430``; “1st” and “first” ``ord1``. The forms stand in a field of their own in the word
index, so that a table is no longer for its figures, and in no quotation.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from indexer.dates import find_days
from indexer.model import Span
from indexer.number_words import COUNTING, ORDINALS, SCALES

_WORDS = {word: Decimal(value) for word, value in COUNTING.items()}
_ORDINALS = {word: value for word, value in ORDINALS.items() if value <= 12}
_FIRST_DIGIT = r"\d(?<![\w.,/-]\d)"
_OTHER_FIGURES = r"(?:\d{0,2}(?:,\d{3})+(?:\.\d+)?|\d{0,11}(?:\.\d+)?)"
_FIGURES = rf"(?P<value>{_FIRST_DIGIT}{_OTHER_FIGURES})"
_COUNTED = rf"(?<![\w.,/-])(?P<value>(?:{'|'.join(_WORDS)})\b)"
_SCALE = rf"(?P<scale>{'|'.join(sorted(SCALES, key=len, reverse=True))})s?\b"
_SHARE = r" ?(?:%|per ?cent\b)"
_END = r"(?![\w%/]|[.,-]\d)"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# A pattern that begins with a digit, a blank or a sign is looked for from one to the next of them;
# one that begins with a word or with what may not stand before it at every letter, which takes
# twenty times as long. So what may not stand before a digit is asked after it, figures and words
# have patterns of their own, and words are looked for only where what follows them stands.
_PERCENT, _PERCENT_IN_WORDS = _compiled(_FIGURES + _SHARE), _compiled(_COUNTED + _SHARE)
_SUM = _compiled(
    rf"(?P<value>{_FIRST_DIGIT}(?=\d{{4}}|\d*,|\d*(?:\.\d+)?[ -]?[ktmb]){_OTHER_FIGURES})"
    rf"(?:(?: |-)?{_SCALE})?{_END}"
)
_SUM_IN_WORDS = _compiled(rf"{_COUNTED}(?: |-){_SCALE}{_END}")
_ORDINAL = _compiled(r"(?P<number>\d(?<!\w\d)\d?)(?:st|nd|rd|th)\b")
_ORDINAL_IN_WORDS = _compiled(rf"\b(?P<word>{'|'.join(_ORDINALS)})\b")
_FINANCIAL_YEAR = re.compile(
    r"(?P<first>[12](?<![\w/-][12])(?:(?<=1)9|(?<=2)0)\d\d) ?[/–-] ?"
    r"(?:(?P<century>19|20))?(?P<second>\d\d)(?![\w/-])"
)
_TIME = _compiled(
    r"(?P<hour>\d(?<![\w.:]\d)\d?)(?:(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.? ?m\b"
    r"|:(?P<minute24>[0-5]\d)(?![\w:]))"
)
_ANY_DIGIT = re.compile(r"\d")
_MAY_BE_A_SHARE_IN_WORDS = _compiled(r"[ %](?<=[a-z][ %])(?:(?<=%)|%|per ?cent\b)")
_MAY_BE_A_SUM_IN_WORDS = re.compile(rf"[ -]{_SCALE}")
_MAY_BE_A_TIME_OR_AN_ORDINAL = re.compile(r"\d(?::\d| ?[ap]\.? ?m\b|(?:st|nd|rd|th)\b)")
"""These two are for folded texts."""
_FORM = re.compile(r"n\d+(?:p\d+)?|fy\d{6}|pct\d+(?:p\d+)?|d\d{8}|t\d{4}|ord\d{1,2}")
_HOURS, _HOURS_OF_A_HALF = range(24), range(1, 13)
_LINES_KEPT = 4096
_PLAIN_DIGITS = 5
"""A bare number of so many digits may also be written with commas; shorter ones may be years."""


@dataclass(frozen=True, slots=True)
class Form:
    """A normal form, and where what it is a form of stands."""

    form: str
    span: Span


_Reader = Callable[[str, str], Iterator[Form]]


def normal_forms(text: str) -> list[Form]:
    """Return the normal forms of a text, in the order of their kinds, none inside another."""
    folded = _folded(text)
    readers = _readers(text, folded)
    forms: list[Form] = []
    taken: list[tuple[int, int]] = []
    for kind in readers:
        found = [one for read in kind for one in read(text, folded)]
        if len(kind) > 1:
            found.sort(key=_start)
        for one in found:
            ends = one.span.start, one.span.end
            place = bisect_left(taken, ends)
            if _is_free(taken, place, ends):
                taken.insert(place, ends)
                forms.append(one)
    return forms


def forms_in(text: str) -> str:
    """Return the normal forms of a text for the word index, a blank between them."""
    return " ".join(one.form for one in normal_forms(text))


@lru_cache(maxsize=_LINES_KEPT)
def forms_in_line(line: str) -> str:
    """Return the same of a line that stands over many passages."""
    return forms_in(line)


def is_form(word: str) -> bool:
    """Say whether a word of a query is a normal form."""
    return _FORM.fullmatch(word) is not None


def is_mostly_written_alike(form: str) -> bool:
    """Say whether a form's words mostly tell it: years of account, ordinals and days."""
    return form.startswith(("fy", "ord", "d"))


def _folded(text: str) -> str:
    """Return the text in small letters, by what patterns without case take for the same."""
    return text.casefold().replace("ı", "i")


def _readers(text: str, folded: str) -> Sequence[tuple[_Reader, ...]]:
    """Return the readers that can find something, of each kind."""
    if not _ANY_DIGIT.search(text):
        return _READERS_OF_WORDS
    return _READERS if _MAY_BE_A_TIME_OR_AN_ORDINAL.search(folded) else _READERS_BUT_RARE


def _holds(text: str, words: Iterable[str]) -> bool:
    # A loop, for `any` over a generator takes four times as long.
    for word in words:  # noqa: SIM110
        if word in text:
            return True
    return False


def _start(form: Form) -> int:
    return form.span.start


def _is_free(taken: list[tuple[int, int]], place: int, ends: tuple[int, int]) -> bool:
    """Say whether a span overlaps none of the ``taken``, among which its place is ``place``."""
    return (place == 0 or taken[place - 1][1] <= ends[0]) and (
        place == len(taken) or ends[1] <= taken[place][0]
    )


def _days(text: str, _: str) -> Iterator[Form]:
    for one in find_days(text):
        yield Form(f"d{one.edtf.replace('-', '')}", one.span)


def _financial_years(text: str, _: str) -> Iterator[Form]:
    for match in _FINANCIAL_YEAR.finditer(text):
        first, second = match["first"], match["second"]
        if (int(first) + 1) % 100 == int(second):
            yield Form(f"fy{first}{second}", Span(*match.span()))


def _percentages(text: str, folded: str) -> Iterator[Form]:
    if "%" in folded or "cent" in folded:
        yield from _shares(_PERCENT.finditer(text))


def _percentages_in_words(text: str, folded: str) -> Iterator[Form]:
    if ("%" in folded or "cent" in folded) and _MAY_BE_A_SHARE_IN_WORDS.search(text):
        yield from _shares(_PERCENT_IN_WORDS.finditer(text))


def _shares(matches: Iterable[re.Match[str]]) -> Iterator[Form]:
    for match in matches:
        yield Form(f"pct{_written(_value(match))}", Span(*match.span()))


def _sums(text: str, _: str) -> Iterator[Form]:
    for match in _SUM.finditer(text):
        if match["scale"] or "," in match["value"] or _is_long(match["value"]):
            yield _sum(match)


def _sums_in_words(text: str, folded: str) -> Iterator[Form]:
    if _MAY_BE_A_SUM_IN_WORDS.search(folded):
        yield from map(_sum, _SUM_IN_WORDS.finditer(text))


def _sum(match: re.Match[str]) -> Form:
    scale = match["scale"]
    value = _value(match) * (SCALES[scale.lower()] if scale else 1)
    return Form(f"n{_written(value)}", Span(*match.span()))


def _is_long(figures: str) -> bool:
    return len(figures.split(".", maxsplit=1)[0]) >= _PLAIN_DIGITS


def _times(text: str, _: str) -> Iterator[Form]:
    for match in _TIME.finditer(text):
        hours, half = int(match["hour"]), match["half"]
        if hours in (_HOURS_OF_A_HALF if half else _HOURS):
            if half:
                hours = hours % 12 + (12 if half.lower() == "p" else 0)
            minute = match["minute"] or match["minute24"] or "00"
            yield Form(f"t{hours:02}{minute}", Span(*match.span()))


def _ordinals(text: str, _: str) -> Iterator[Form]:
    for match in _ORDINAL.finditer(text):
        yield Form(f"ord{int(match['number'])}", Span(*match.span()))


def _ordinals_in_words(text: str, folded: str) -> Iterator[Form]:
    if _holds(folded, _ORDINALS):
        for match in _ORDINAL_IN_WORDS.finditer(text):
            yield Form(f"ord{_ORDINALS[match['word'].lower()]}", Span(*match.span()))


_READERS: tuple[tuple[_Reader, ...], ...] = (
    (_days,),
    (_financial_years,),
    (_percentages, _percentages_in_words),
    (_times,),
    (_sums, _sums_in_words),
    (_ordinals, _ordinals_in_words),
)
"""Of each kind of form the readers, which take a text, as it is and folded."""
_READERS_BUT_RARE = tuple(
    tuple(each for each in kind if each not in (_times, _ordinals)) for kind in _READERS
)
_READERS_OF_WORDS: tuple[tuple[_Reader, ...], ...] = (
    (_percentages_in_words,),
    (_sums_in_words,),
    (_ordinals_in_words,),
)


def _value(match: re.Match[str]) -> Decimal:
    figures = match["value"].lower().replace(",", "")
    return _WORDS[figures] if figures in _WORDS else Decimal(figures)


def _written(value: Decimal) -> str:
    """Return a number in letters and digits alone: the index parts words at any other sign."""
    return f"{value.normalize():f}".replace(".", "p")
