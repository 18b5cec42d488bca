"""One composed sentence against one quotation: is it borne out, and if not, what is at fault."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from search_api.compose.alignment import in_order
from search_api.compose.bearing import Said, bears
from search_api.compose.tokens import Sort
from search_api.compose.units import introduced, units_of
from search_api.compose.words import PAST, PRESENT, Force
from search_api.english import words_of


class Fault(StrEnum):
    """Why a sentence is removed."""

    CITATION = "it has no citation, or cites what is not there"
    SIGNS = "it has signs that its quotation has not"
    QUOTED = "what stands in quotation marks is not in its quotation"
    FIGURE = "a figure is not in its quotation"
    DATE = "a date is not in its quotation"
    NAME = "a name is not in its quotation"
    WORD = "a word is not in its quotation"
    DENIAL = "it does not deny what its quotation denies, or the other way round"
    FORCE = "it is surer than its quotation, or says as a fact what somebody said"
    TIME = "it speaks of another time than its quotation"
    ORDER = "it joins what its quotation does not join"
    EMPTY = "it says nothing"
    VERSIONS = "it joins statements of different dates"
    LONG = "it is too long, or there are too many sentences"


_PLAIN_SIGNS = frozenset(".,;:'\"’‘“”()-–—?%£€$&/")
_PAIRS = (("“", "”"), ('"', '"'), ("‘", "’"))
_SINGLE = re.compile(r"(?<!\w)'(?=\w)(?P<words>.*?)(?<=[\w.,?!])'(?!\w)")
_NO_FAULT_OF_WORDS = {Sort.FIGURE: Fault.FIGURE, Sort.DATE: Fault.DATE, Sort.NAME: Fault.NAME}
_ALL_KEPT = (Force.REVERSAL, Force.CONDITION)
_KIND_KEPT = (Force.POSSIBILITY, Force.EXPECTATION, Force.OBLIGATION, Force.ACT)
_SUPPOSING = frozenset(
    {Force.FUTURE, Force.POSSIBILITY, Force.EXPECTATION, Force.OBLIGATION, Force.CONDITION}
)


class Quotation:
    """A quotation made ready to be checked against, sentence by sentence.

    A composed sentence is drawn from one sentence or item of it: what joins two may say neither.
    """

    def __init__(self, quote: str, lead_in: str | None = None, *, only_exact: bool = False) -> None:
        """Read a quotation; ``only_exact`` bears out its own words alone, as a table does.

        What a figure of a table belongs to is said by its place.
        """
        self.quote = quote
        self._plain = _plain(quote)
        units = units_of(quote)
        alone = [] if lead_in else [quote, *(unit.text for unit in units if not unit.intro)]
        self._exact = {_bare(text) for text in alone}
        self._windows = (
            [] if only_exact else [Said.of(*introduced(unit, lead_in)) for unit in units]
        )

    def fault(self, sentence: str) -> Fault | None:
        """Return why the quotation does not bear out a sentence, or None where it does.

        The quotation's own sentences, word for word, are borne out, unless something introduces
        them: without "The following were refused:" an item says the opposite.
        """
        fault = _fault_of_signs(sentence, self.quote) or self._fault_of_quoting(sentence)
        if fault or _bare(sentence) in self._exact:
            return fault
        said = Said.of(sentence)
        if not said.tokens:
            return Fault.EMPTY
        faults = [_fault(said, window) for window in self._windows]
        if None in faults:
            return None
        return max((fault for fault in faults if fault), key=list(Fault).index, default=Fault.ORDER)

    def _fault_of_quoting(self, sentence: str) -> Fault | None:
        quoted = _in_quotation_marks(sentence)
        if quoted is None:
            return Fault.QUOTED
        for words in quoted:
            exact = re.escape(_plain(words).rstrip(".,"))
            if not exact or not re.search(rf"(?<!\w){exact}(?!\w)", self._plain):
                return Fault.QUOTED
        return None


def _fault(said: Said, window: Said) -> Fault | None:
    return (
        _fault_of_words(said, window)
        or _fault_of_denial(said, window)
        or _fault_of_force(said, window)
        or _fault_of_time(said, window)
        or (None if in_order(said, window) else Fault.ORDER)
    )


def _fault_of_words(said: Said, window: Said) -> Fault | None:
    for token in said.tokens:
        if token.force is Force.NEGATION:
            continue
        if not any(bears(token, quoted) for quoted in window.tokens):
            return _NO_FAULT_OF_WORDS.get(token.sort, Fault.WORD)
    return None


def _fault_of_denial(said: Said, window: Said) -> Fault | None:
    mine, theirs = (len(text.with_force(Force.NEGATION)) for text in (said, window))
    return Fault.DENIAL if mine != theirs else None


def _fault_of_force(said: Said, window: Said) -> Fault | None:
    if ("?" in said.text) != ("?" in window.text):
        return Fault.FORCE
    for force in (*_ALL_KEPT, *_KIND_KEPT):
        mine, theirs = ({token.key for token in text.with_force(force)} for text in (said, window))
        if (theirs and not mine) or (force in _ALL_KEPT and mine != theirs):
            return Fault.FORCE
    supposes = any(token.force in _SUPPOSING for token in said.tokens)
    return Fault.FORCE if window.with_force(Force.FUTURE) and not supposes else None


def _fault_of_time(said: Said, window: Said) -> Fault | None:
    mine, theirs = ({word.lower() for word in words_of(text.text)} for text in (said, window))
    gained = [times for times in (PAST, PRESENT) if mine & times and not theirs & times]
    return Fault.TIME if gained else None


def _fault_of_signs(sentence: str, quote: str) -> Fault | None:
    """Refuse signs that are neither usual in prose nor in the quotation, and all hidden ones."""
    for sign in sentence:
        if unicodedata.category(sign)[0] == "C":
            return Fault.SIGNS
        if not (sign.isalnum() or sign.isspace() or sign in _PLAIN_SIGNS or sign in quote):
            return Fault.SIGNS
    return None


def _in_quotation_marks(sentence: str) -> list[str] | None:
    """Return what stands in quotation marks; None where they do not pair."""
    found: list[str] = []
    for opening, closing in _PAIRS:
        parts = re.findall(rf"{opening}([^{opening}{closing}]*){closing}", sentence)
        marks = sentence.count(opening)
        if len(parts) * (1 if opening != closing else 2) != marks:
            return None
        if closing == "”" and sentence.count(closing) != marks:
            return None
        found += parts
    return found + [match["words"] for match in _SINGLE.finditer(sentence)]


def _plain(text: str) -> str:
    """Return a text with one space for any white space, and straight quotation marks."""
    straight = text.translate(str.maketrans("“”‘’", "\"\"''"))
    return " ".join(straight.split())


def _bare(text: str) -> str:
    return _plain(text).rstrip(".;")
