"""A text as the tokens that claim something: dates, figures, names, words of force, other words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from indexer.calendar_words import MONTH, SEASON, SHORT_MONTH
from indexer.dates import DateMention, find_dates
from indexer.model import Span
from indexer.stopwords import WORD
from search_api.compose.figures import figures_in
from search_api.compose.words import FREE, TITLES, Force, force_of, meaning_of


class Sort(StrEnum):
    """What a token is."""

    DATE = "date"
    FIGURE = "figure"
    NAME = "name"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Token:
    """One thing said. ``bound`` is what stands before a date, a figure or a name: by, over, from.

    ``key`` is the same for what means the same; ``word`` is what is written.
    """

    sort: Sort
    key: str
    span: Span
    word: str
    bound: str = ""
    force: Force | None = None

    @property
    def weighs(self) -> bool:
        """Say whether leaving the token out changes what the rest says."""
        return self.sort is not Sort.WORD or self.force is not None


_BOUNDS = (
    (
        "over",
        r"more than|over|above|exceed\w*|in excess of|(?:at|not|no) least|minimum of|"
        r"(?:not|no) (?:less|fewer) than|greater than|upwards of",
    ),
    (
        "under",
        r"(?<!no )(?<!not )(?:less|fewer) than|under|below|at most|up to|(?:not|no) more than|"
        r"maximum of",
    ),
    ("about", r"about|approximately|approx\.?|around|circa|roughly|nearly|almost|an estimated"),
    ("by", r"by|no later than|by the end of"),
    ("end", r"(?:at|in|until|to) the end of|end of|end"),
    ("before", r"before|prior to|in advance of"),
    ("after", r"after|following|post"),
    ("from", r"from|since"),
    ("to", r"to|until|till|up until"),
    ("between", r"between"),
)
_OF_NAMES = (
    ("by", r"by"),
    ("from", r"from"),
    ("to", r"to"),
    ("for", r"for"),
    ("with", r"with"),
    ("against", r"against"),
    ("between", r"between"),
)
_ARTICLES = r"(?:\s+(?:the|a|an|its|their))*\s*$"


def _compiled(bounds: tuple[tuple[str, str], ...]) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(rf"(?<!\w)(?:{words}){_ARTICLES}", re.IGNORECASE))
        for name, words in bounds
    )


_BEFORE_VALUES, _BEFORE_NAMES = _compiled(_BOUNDS), _compiled(_OF_NAMES)
_LOOK_BACK = 40
_UNDATED = re.compile(
    r"\b(?:(?P<part>early|mid|late)[ -])?(?:"
    rf"(?P<month>{MONTH}|{SHORT_MONTH}|Sept)\b|(?P<season>{SEASON}|{SEASON.title()})\b)"
)
_PART = re.compile(r"\s*(early|mid|late)\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?:^|[.!?:;•]|\n)[\s\"“”‘’'(*•\-–—]*$")


def tokens_of(text: str) -> list[Token]:
    """Return what a text says, in order; words that claim nothing are left out."""
    values = list(_values(text))
    taken = [place for token, words in values for place in (token.span, *words)]
    words = [
        Span(match.start(), match.end())
        for match in WORD.finditer(text)
        if not any(match.start() < span.end and span.start < match.end() for span in taken)
    ]
    found = [token for token, _ in values] + list(_words(text, words))
    return sorted(found, key=lambda token: token.span.start)


def _values(text: str) -> Iterator[tuple[Token, tuple[Span, ...]]]:
    """Yield dates and figures, each with the words before it that bound it."""
    dates = list(_dates(text))
    for span, key in dates:
        yield _bounded(text, Sort.DATE, key, span)
    for figure in figures_in(text):
        if not any(figure.span.overlaps(span) for span, _ in dates):
            yield _bounded(text, Sort.FIGURE, figure.value, figure.span)


def _dates(text: str) -> Iterator[tuple[Span, str]]:
    known = list(find_dates(text))
    for mention in known:
        yield mention.span, _date_key(mention, text)
    for match in _UNDATED.finditer(text):
        span = Span(match.start(), match.end())
        if not any(span.overlaps(mention.span) for mention in known):
            name = (match["month"] or match["season"]).lower()[:3]
            yield span, " ".join(part for part in ((match["part"] or "").lower(), name) if part)


def _date_key(mention: DateMention, text: str) -> str:
    part = _PART.match(mention.span.of(text))
    return f"{part[1].lower()} {mention.edtf}" if part else mention.edtf


def _bounded(text: str, sort: Sort, key: str, span: Span) -> tuple[Token, tuple[Span, ...]]:
    found = _bound(text, span.start, _BEFORE_VALUES)
    if found is None:
        return Token(sort, key, span, span.of(text)), ()
    name, words = found
    return Token(sort, key, span, span.of(text), name), (words,)


def _bound(
    text: str, end: int, bounds: tuple[tuple[str, re.Pattern[str]], ...]
) -> tuple[str, Span] | None:
    start = max(0, end - _LOOK_BACK)
    for name, pattern in bounds:
        match = pattern.search(text, start, end)
        if match:
            return name, Span(match.start(), match.end())
    return None


def _words(text: str, spans: list[Span]) -> Iterator[Token]:
    written = [span.of(text) for span in spans]
    for place, (span, word) in enumerate(zip(spans, written, strict=True)):
        following = written[place + 1] if place + 1 < len(written) else ""
        force = force_of(word)
        if word.lower() in FREE and force is None:
            continue
        if force is None and _is_name(text, span, following):
            bound = _bound(text, span.start, _BEFORE_NAMES)
            yield Token(Sort.NAME, name_key(word), span, word, bound[0] if bound else "")
        else:
            yield Token(Sort.WORD, _key(word, force), span, word, force=force)


def _key(word: str, force: Force | None) -> str:
    if force in (Force.NEGATION, Force.FUTURE):
        return str(force)
    return meaning_of(word)


def name_key(word: str) -> str:
    """Return a name's word as it is compared: possession and case aside, letter for letter."""
    plain = re.sub(r"[’']s?$", "", word).casefold()
    return TITLES.get(plain, plain)


def _is_name(text: str, span: Span, following: str) -> bool:
    """Say whether a word is one of a name: a capital that does not merely begin a sentence."""
    word = span.of(text)
    if not word[0].isupper():
        return False
    if not _SENTENCE_END.search(text, max(0, span.start - 12), span.start):
        return True
    is_short = len(word) > 1 and word.isupper()
    return is_short or (following[:1].isupper() and text[span.end : span.end + 1] == " ")
