"""Numbers as lists and pages write them: 4, iv, d, fourth."""

from __future__ import annotations

from collections.abc import Callable

from indexer.number_words import NUMBERS, ordinal_of

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST_ROMAN, _MOST_LETTERS, _MOST_WORDS = 32_767, 780, 99
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_WORDS = {number: word for word, number in NUMBERS.items()}


def written(number: int, form: str, digits: int = 1) -> str:
    """Return ``number`` in one of Word's forms, with ``digits`` figures at least.

    A form that is not known, and a number that its form cannot write, gives plain figures.
    """
    writer = _FORMS.get(form)
    plain = str(number).zfill(digits)
    return (writer(number) or plain) if writer else plain


def raise_figures(text: str) -> str:
    """Return a raised number as such: a reader does not take it for part of the one before."""
    return raised(text) if text.strip().isdecimal() else text


def raised(text: str) -> str:
    """Return ``text`` with its figures above the line."""
    return text.translate(_RAISED)


def roman(number: int) -> str:
    """Return a Roman numeral in small letters, "" where there is none."""
    if not 0 < number <= _MOST_ROMAN:
        return ""
    parts = []
    for amount, sign in _ROMAN:
        count, number = divmod(number, amount)
        parts.append(sign * count)
    return "".join(parts)


def letters(number: int) -> str:
    """Return a, b … z, aa, bb … as word processors count on, "" beyond thirty times through."""
    if not 0 < number <= _MOST_LETTERS:
        return ""
    times, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (times + 1)


def web_letters(number: int) -> str:
    """Return a, b … z, aa, ab … as browsers count on, "" for what has no letter."""
    parts = []
    while number > 0:
        number, place = divmod(number - 1, 26)
        parts.append(chr(ord("a") + place))
    return "".join(reversed(parts))


def ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 4th …"""
    if number % 100 in {11, 12, 13}:
        return f"{number}th"
    return str(number) + {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _in_words(number: int) -> str:
    if not 0 <= number <= _MOST_WORDS:
        return ""
    if number in _WORDS:
        return _WORDS[number].capitalize()
    ones = number % 10
    return f"{_WORDS[number - ones]}-{_WORDS[ones]}".capitalize()


def _ordinal_in_words(number: int) -> str:
    head, dash, last = _in_words(number).lower().rpartition("-")
    return f"{head}{dash}{ordinal_of(last)}".capitalize() if last else ""


_FORMS: dict[str, Callable[[int], str]] = {
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "lowerLetter": letters,
    "upperLetter": lambda number: letters(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
    "ordinal": ordinal,
    "cardinalText": _in_words,
    "ordinalText": _ordinal_in_words,
}
