"""Figures as values: money, shares, counts and times of day, however they are written.

"£40m", "£40 million" and "forty million pounds" are one value; "40m" alone may be metres and is
none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from indexer.model import Span
from indexer.number_words import NUMBERS, SCALES

_SCALES = {"hundred": 100, **SCALES, "trillion": 10**12}
_UNITS = {
    "%": "%",
    "percent": "%",
    "pound": "£",
    "euro": "€",
    "dollar": "$",
    "pence": "p",
    "p": "p",
}
_SPELT = "|".join(sorted(NUMBERS, key=len, reverse=True))
_LARGE = "hundred|thousand|million|billion|trillion"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_UNIT = r"(?:\s?(?P<unit>%|per\s?cent\b|pence\b|p\b|pounds?\b|euros?\b|dollars?\b))?"

_TIME = re.compile(
    r"(?<![\w.:£€$])(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?\s?(?P<half>[ap])(?:m\b|\.m\.)"
    r"|(?<![\w.:£€$])(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?![\d:])",
    re.IGNORECASE,
)
_DIGITS = re.compile(
    rf"(?<![\w.,])(?P<sign>[-−–](?=[£€$]?\d))?(?P<currency>[£€$])?(?P<number>{_NUMBER})"
    rf"(?P<ordinal>(?:st|nd|rd|th)\b)?(?:\s?(?P<scale>{_LARGE}|mn|bn|m|k)\b)?{_UNIT}(?!\w)",
    re.IGNORECASE,
)
_WORDS = re.compile(
    rf"\b(?P<spelt>(?:{_SPELT})(?:(?:[\s-]+and)?[\s-]+(?:{_SPELT}|{_LARGE}))*)\b{_UNIT}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A value and where it stands; equal ``value`` is the same value."""

    span: Span
    value: str


def figures_in(text: str) -> Iterator[Figure]:
    """Yield the figures of a text, in order, none inside another."""
    found = sorted(
        [
            *((match, _time) for match in _TIME.finditer(text)),
            *((match, _digits) for match in _DIGITS.finditer(text)),
            *((match, _words) for match in _WORDS.finditer(text)),
        ],
        key=lambda pair: (pair[0].start(), -pair[0].end()),
    )
    done = 0
    for match, value in found:
        if match.start() >= done:
            done = match.end()
            yield Figure(Span(match.start(), done), value(match))


def _time(match: re.Match[str]) -> str:
    if match["hour24"]:
        hour, minute = int(match["hour24"]), int(match["minute24"])
    else:
        late = match["half"].lower() == "p"
        hour, minute = int(match["hour"]) % 12 + 12 * late, int(match["minute"] or 0)
    return f"at {hour:02}:{minute:02}"


def _digits(match: re.Match[str]) -> str:
    scale = (match["scale"] or "").lower()
    unit = match["currency"] or _unit(match["unit"])
    if scale in ("m", "k") and unit not in ("£", "€", "$"):
        return f"{match['number']}{scale}"
    number = Decimal(match["number"].replace(",", "")) * _SCALES.get(scale, 1)
    sign = "-" if match["sign"] else ""
    return f"{sign}{unit}{_plain(number)}{'th' if match['ordinal'] else ''}"


def _words(match: re.Match[str]) -> str:
    total = current = 0
    for word in re.findall(r"[a-z]+", match["spelt"].lower()):
        if word in NUMBERS:
            current += NUMBERS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in _SCALES:
            total, current = total + max(current, 1) * _SCALES[word], 0
    return f"{_unit(match['unit'])}{_plain(Decimal(total + current))}"


def _unit(words: str | None) -> str:
    plain = re.sub(r"\s", "", words or "").lower()
    return _UNITS.get(plain) or _UNITS.get(plain.rstrip("s"), "")


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
