"""Whether a token of a composed sentence is borne out by a token of its quotation, and in order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from search_api.compose.tokens import Sort, Token, name_key, tokens_of
from search_api.compose.words import Force, meaning_of, only_tells

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_PARTS_OF_A_YEAR = {name: f"{n:02}" for n, name in enumerate(_MONTHS, start=1)} | {
    "spr": "21",
    "sum": "22",
    "aut": "23",
    "win": "24",
}
_PARTS = re.compile(r"[,;:|•()\n–—]")
_SAYS_THAT = re.compile(r"\bthat\b|:(?=\s)", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[,;:()–—]|\b(?:and|but|or|while|whereas|which|who|whose|because|as|since|although|though)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[,(–—].*[,)–—]\s+(?:\w+\s+){0,2}", re.DOTALL)
_JOINS = re.compile(r"\s+(?:(?:in|of|at|on|for|the|a|an)\s+)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """A text and what it says."""

    text: str
    tokens: tuple[Token, ...]
    introduction: int = 0
    """How many characters introduce the rest."""

    @classmethod
    def of(cls, text: str, introduction: int = 0) -> Said:
        """Read a text, of which so many characters introduce the rest.

        "In response to comments it was noted that:" says in the end that the rest was noted, and
        the rest may stand without it; "Members were concerned that:" must be told.
        """
        tokens = tokens_of(text)
        acts = [
            n
            for n, token in enumerate(tokens)
            if token.force is Force.ACT and token.span.end <= introduction
        ]
        for n in acts:
            tokens[n] = replace(tokens[n], force=None)
        if acts and not only_tells(tokens[acts[-1]].word):
            last = tokens[acts[-1]]  # "made the following comments" is "commented"
            done = f"{last.key.removesuffix('-ed')}-ed"
            tokens[acts[-1]] = replace(last, force=Force.ACT, key=done)
        return cls(text, tuple(tokens), introduction)

    def with_force(self, force: Force) -> list[Token]:
        """Return the tokens of one force."""
        return [token for token in self.tokens if token.force is force]


def bears(said: Token, quoted: Token) -> bool:
    """Say whether the quotation's token bears out the sentence's: the same, or finer in time."""
    if said.sort in (Sort.DATE, Sort.FIGURE):
        if quoted.sort is not said.sort or said.bound != quoted.bound:
            return False
        return said.key == quoted.key or (said.sort is Sort.DATE and _holds(said.key, quoted.key))
    if quoted.sort in (Sort.DATE, Sort.FIGURE):
        return False
    if said.sort is Sort.NAME:
        same = said.key == name_key(quoted.word)
        return same and (quoted.sort is Sort.WORD or said.bound == quoted.bound)
    return said.key in (quoted.key, meaning_of(quoted.word))


def _holds(wide: str, fine: str) -> bool:
    """Say whether a date, or a month or season without its year, holds a finer date."""
    (wide_part, wide_rest), (fine_part, fine_rest) = _parted(wide), _parted(fine)
    if wide_part != fine_part or "/" in fine_rest:
        return False
    code = _PARTS_OF_A_YEAR.get(wide_rest)
    return fine_rest.startswith(f"{wide_rest}-") or fine_rest[4:7] == f"-{code}"


def _parted(key: str) -> tuple[str, str]:
    """Return a date's "early", "mid" or "late", and the date."""
    part, _, rest = key.rpartition(" ")
    return part, rest


def in_order(sentence: Said, quoted: Said) -> bool:
    """Say whether the quotation says the same in this order, and nothing that weighs is left out.

    Left out may be words at either end, and between, words that are no date, figure, name or word
    of force. Two neighbours may change places ("the clinic in Fernby", "the Fernby clinic"); a date
    may go to the front from the end, and to the end from the front, beside its neighbour.
    """
    said, text = sentence.tokens, sentence.text
    if _Alignment(said, text, quoted).found():
        return True
    last = len(quoted.tokens) - 1
    if len(said) < 2 or last < 1:
        return False
    if _is_moved(said[0], quoted.tokens[last]):
        return _Alignment(said[1:], text, quoted, also=said[0]).found(end=last - 1)
    if _is_moved(said[-1], quoted.tokens[0]):
        return _Alignment(said[:-1], text, quoted, also=said[-1]).found(begin=1)
    return False


def _is_moved(said: Token, quoted: Token) -> bool:
    return said.sort is Sort.DATE and bears(said, quoted)


class _Alignment:
    """Looks for the places of a sentence's tokens in one quotation."""

    def __init__(
        self, said: Sequence[Token], text: str, quoted: Said, also: Token | None = None
    ) -> None:
        self._said = said
        self._said_text = text
        self._quoted = quoted.tokens
        self._text = quoted.text
        self._introduction = quoted.introduction
        self._bears = [[bears(one, other) for other in self._quoted] for one in said]
        kept = [*said, also] if also else said
        self._blocks = [
            one.weighs and not any(bears(other, one) for other in kept) for one in self._quoted
        ]
        self._dead: set[tuple[int, int]] = set()

    def found(self, begin: int | None = None, end: int | None = None) -> bool:
        """Say whether there are such places, from ``begin`` and to ``end`` where these are set."""
        if not self._said:
            return False
        starts = range(len(self._quoted)) if begin is None else [begin]
        return any(self._from(start, end) for start in starts)

    def _from(self, start: int, end: int | None) -> bool:
        """Say whether the first token stands at ``start`` and the others can follow."""
        self._dead.clear()
        return self._may_begin(start) and self._at(0, start, end)

    def _may_begin(self, start: int) -> bool:
        """Say whether nothing goes lost before: whose act it is, how much, the rest of a name."""
        before = self._quoted[:start]
        if any(one.force is Force.ACT and self._blocks[n] for n, one in enumerate(before)):
            return False
        if _SAYS_THAT.search(self._text, self._introduction, self._quoted[start].span.start):
            return False
        return not before or not self._clings(start - 1, start)

    def _at(self, place: int, where: int, end: int | None) -> bool:
        """Say whether the token at ``place`` stands at ``where`` and the others can follow."""
        if self._bears[place][where] and self._rest(place + 1, where, end):
            return True
        return self._swapped(place, where) and self._rest(place + 2, where + 1, end)

    def _rest(self, place: int, last: int, end: int | None) -> bool:
        """Say whether the tokens from ``place`` on stand after ``last``."""
        if place == len(self._said):
            return self._may_end(last, end)
        if (place, last) in self._dead:
            return False
        for where in range(last + 1, len(self._quoted)):
            if self._joined(place, last, where) and self._at(place, where, end):
                return True
            if self._blocks[where]:
                break
        self._dead.add((place, last))
        return False

    def _joined(self, place: int, last: int, where: int) -> bool:
        """Say whether what the sentence says next may follow on what it said last.

        An aside may be left out, a clause not: "parking was discussed and charges were increased"
        does not say that parking was increased. Nor does "adult beds 40, child beds 60" say "40
        child beds".
        """
        quoted = self._text[self._quoted[last].span.end : self._quoted[where].span.start]
        if where > last + 1 and _CLAUSE.search(quoted) and not _ASIDE.fullmatch(quoted):
            return False
        before, after = self._said[place - 1], self._said[place]
        said = self._said_text[before.span.end : after.span.start]
        figures = Sort.FIGURE in (before.sort, after.sort)
        return not (figures and _PARTS.search(quoted) and not _PARTS.search(said))

    def _swapped(self, place: int, where: int) -> bool:
        """Say whether two neighbours of the quotation stand the other way round in the sentence."""
        if place + 1 >= len(self._said) or where + 1 >= len(self._quoted):
            return False
        one, other = self._quoted[where], self._quoted[where + 1]
        if one.weighs and other.weighs:
            return False
        between = self._text[one.span.end : other.span.start]
        return (
            self._bears[place][where + 1]
            and self._bears[place + 1][where]
            and _JOINS.fullmatch(between) is not None
        )

    def _may_end(self, last: int, end: int | None) -> bool:
        if end is not None and last != end:
            return False
        return last + 1 >= len(self._quoted) or not self._clings(last + 1, last)

    def _clings(self, outer: int, inner: int) -> bool:
        """Say whether a token that is left out limits its neighbour, or is of the same name."""
        one, other = self._quoted[outer], self._quoted[inner]
        if not self._blocks[outer]:
            return False
        if one.force is Force.LIMIT:
            return True
        first, second = sorted((one.span, other.span), key=lambda span: span.start)
        return one.sort is other.sort is Sort.NAME and self._text[first.end : second.start] == " "
