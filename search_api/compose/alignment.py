"""Whether a composed sentence keeps to the order of its quotation, and what it leaves out."""

from __future__ import annotations

from collections.abc import Sequence

from search_api.compose.bearing import Said, bears
from search_api.compose.junctions import (
    are_neighbours,
    may_begin_after,
    may_end_before,
    parts,
    parts_clauses,
    same_preposition,
    says_that,
)
from search_api.compose.tokens import Sort, Token
from search_api.compose.words import Force


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
        if begin is not None:
            return self._from(begin, end)
        starts = filter(self._may_begin, range(len(self._quoted)))
        return any(self._from(start, end) for start in starts)

    def _from(self, start: int, end: int | None) -> bool:
        """Say whether the first token stands at ``start`` and the others can follow."""
        self._dead.clear()
        return self._at(0, start, end)

    def _may_begin(self, start: int) -> bool:
        """Say whether nothing goes lost before: whose act it is, how much, the rest of a name."""
        before = self._quoted[:start]
        if any(one.force is Force.ACT and self._blocks[n] for n, one in enumerate(before)):
            return False
        if says_that(self._text[self._introduction : self._quoted[start].span.start]):
            return False
        if not before or before[-1].span.end <= self._introduction:
            return True
        return not self._clings(start - 1, start) and may_begin_after(
            self._between(start - 1, start)
        )

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
        quoted = self._between(last, where)
        if where > last + 1 and parts_clauses(quoted):
            return False
        before, after = self._said[place - 1], self._said[place]
        said = self._said_text[before.span.end : after.span.start]
        if Sort.FIGURE in (before.sort, after.sort) and parts(quoted) and not parts(said):
            return False
        return after.sort in (Sort.FIGURE, Sort.DATE) or same_preposition(said, quoted)

    def _between(self, one: int, other: int) -> str:
        return self._text[self._quoted[one].span.end : self._quoted[other].span.start]

    def _swapped(self, place: int, where: int) -> bool:
        """Say whether two neighbours of the quotation stand the other way round in the sentence."""
        if place + 1 >= len(self._said) or where + 1 >= len(self._quoted):
            return False
        one, other = self._quoted[where], self._quoted[where + 1]
        if one.weighs and other.weighs:
            return False
        borne_out = self._bears[place][where + 1] and self._bears[place + 1][where]
        return borne_out and are_neighbours(self._between(where, where + 1))

    def _may_end(self, last: int, end: int | None) -> bool:
        if end is not None:
            return last == end
        if last + 1 == len(self._quoted):
            return True
        return not self._clings(last + 1, last) and may_end_before(self._between(last, last + 1))

    def _clings(self, outer: int, inner: int) -> bool:
        """Say whether a token that is left out limits its neighbour, or is of the same name."""
        one, other = self._quoted[outer], self._quoted[inner]
        if not self._blocks[outer]:
            return False
        if one.force is Force.LIMIT:
            return True
        first, second = sorted((one.span, other.span), key=lambda span: span.start)
        return one.sort is other.sort is Sort.NAME and self._text[first.end : second.start] == " "
