"""One way of writing sums, numbers, shares, years of account, days, times and ordinals.

“£40m”, “£40 million” and “40,000,000” become ``n40000000``; “2016/17” and “2016–2017” ``fy201617``;
“5%” and “five per cent” ``pct5``; “6 March 2018” and “06/03/2018” ``d20180306``; “2.30 p.m.” and
“14:30” ``t1430``; “1st” and “first” ``ord1``. The forms stand in a field of their own in the word
index, so that a table is no longer for its figures, and in no quotation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import chain

from indexer.dates import find_dates
from indexer.model import Span

_SMALL = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()
_WORDS = {word: Decimal(value) for value, word in enumerate(_SMALL, start=1)} | {
    word: Decimal(value)
    for value, word in zip(
        range(30, 100, 10), "thirty forty fifty sixty seventy eighty ninety".split(), strict=True
    )
}
_ORDINALS = {
    word: value
    for value, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split(),
        start=1,
    )
}
_SCALES = {
    scale: Decimal(value)
    for value, scales in (
        (10**3, ("k", "thousand")),
        (10**6, ("m", "mn", "mil", "million")),
        (10**9, ("bn", "bil", "billion")),
    )
    for scale in scales
}
_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d+)?"
_VALUE = rf"(?<![\w.,/-])(?P<value>{_FIGURES}|(?:{'|'.join(_WORDS)})\b)"
_PERCENT = re.compile(rf"{_VALUE} ?(?:%|per ?cent\b)", re.IGNORECASE)
_SUM = re.compile(
    rf"{_VALUE}(?:(?: |-)?(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})s?\b)?"
    r"(?![\w%/]|[.,-]\d)",
    re.IGNORECASE,
)
_FINANCIAL_YEAR = re.compile(
    r"(?<![\w/-])(?P<first>(?:19|20)\d\d) ?[/–-] ?(?:(?P<century>19|20))?(?P<second>\d\d)(?![\w/-])"
)
_TIME = re.compile(
    r"(?<![\w.:])(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.? ?m\b"
    r"|(?<![\w.:])(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?![\w:])",
    re.IGNORECASE,
)
_MAY_BE_A_SHARE = re.compile(r"%|cent\b", re.IGNORECASE)
_MAY_BE_A_TIME = re.compile(r"\d ?[ap]\.? ?m\b|\d:\d", re.IGNORECASE)
"""What is looked for first because it is found, or not, far sooner."""
_ORDINAL = re.compile(
    rf"\b(?:(?P<number>\d{{1,2}})(?:st|nd|rd|th)|(?P<word>{'|'.join(_ORDINALS)}))\b", re.IGNORECASE
)
_FORM = re.compile(r"n\d+(?:p\d+)?|fy\d{6}|pct\d+(?:p\d+)?|d\d{8}|t\d{4}|ord\d{1,2}")
_LINES_KEPT = 4096
_PLAIN_DIGITS = 5
"""A bare number of so many digits may also be written with commas; shorter ones may be years."""


@dataclass(frozen=True, slots=True)
class Form:
    """A normal form, and where what it is a form of stands."""

    form: str
    span: Span


def normal_forms(text: str) -> list[Form]:
    """Return the normal forms of a text, in the order of their kinds, none inside another."""
    taken: list[Form] = []
    for one in chain.from_iterable(read(text) for read in _READ):
        if not any(one.span.overlaps(other.span) for other in taken):
            taken.append(one)
    return taken


def forms_in(text: str) -> str:
    """Return the normal forms of a text for the word index, a blank between them."""
    if not _MAY_HOLD.search(text):
        return ""
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


def _days(text: str) -> Iterator[Form]:
    for one in find_dates(text):
        if one.precision == "day":
            yield Form(f"d{one.edtf[:10].replace('-', '')}", one.span)


def _financial_years(text: str) -> Iterator[Form]:
    for match in _FINANCIAL_YEAR.finditer(text):
        first, second = match["first"], match["second"]
        if (int(first) + 1) % 100 == int(second):
            yield Form(f"fy{first}{second}", Span(*match.span()))


def _percentages(text: str) -> Iterator[Form]:
    if not _MAY_BE_A_SHARE.search(text):
        return
    for match in _PERCENT.finditer(text):
        yield Form(f"pct{_written(_value(match))}", Span(*match.span()))


def _sums(text: str) -> Iterator[Form]:
    for match in _SUM.finditer(text):
        figures, scale = match["value"], match["scale"]
        if scale or "," in figures or _is_long(figures):
            value = _value(match) * (_SCALES[scale.lower()] if scale else 1)
            yield Form(f"n{_written(value)}", Span(*match.span()))


def _is_long(figures: str) -> bool:
    return figures[0].isdigit() and len(figures.split(".", maxsplit=1)[0]) >= _PLAIN_DIGITS


def _times(text: str) -> Iterator[Form]:
    if not _MAY_BE_A_TIME.search(text):
        return
    for match in _TIME.finditer(text):
        hour, minute = match["hour"] or match["hour24"], match["minute"] or match["minute24"]
        hours = int(hour)
        if match["half"]:
            if not 1 <= hours <= 12:
                continue
            hours = hours % 12 + (12 if match["half"].lower() == "p" else 0)
        yield Form(f"t{hours:02}{minute or '00'}", Span(*match.span()))


def _ordinals(text: str) -> Iterator[Form]:
    for match in _ORDINAL.finditer(text):
        number = match["number"] or _ORDINALS[match["word"].lower()]
        yield Form(f"ord{int(number)}", Span(*match.span()))


_READ: tuple[Callable[[str], Iterator[Form]], ...] = (
    _days,
    _financial_years,
    _percentages,
    _times,
    _sums,
    _ordinals,
)
_MAY_HOLD = re.compile(
    rf"\d|\b(?:{'|'.join(_WORDS)}) (?:per ?cent|{'|'.join(_SCALES)})|\b(?:{'|'.join(_ORDINALS)})\b",
    re.IGNORECASE,
)


def _value(match: re.Match[str]) -> Decimal:
    figures = match["value"].lower().replace(",", "")
    return _WORDS[figures] if figures in _WORDS else Decimal(figures)


def _written(value: Decimal) -> str:
    """Return a number in letters and digits alone: the index parts words at any other sign."""
    return f"{value.normalize():f}".replace(".", "p")
