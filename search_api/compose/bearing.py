"""Whether a token of a composed sentence is borne out by a token of its quotation."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer.calendar_words import MONTHS, SEASONS
from search_api.compose.tokens import Sort, Token, name_key, tokens_of
from search_api.compose.words import Force, meaning_of, only_tells

_PARTS_OF_A_YEAR = {name[:3]: f"{number:02}" for name, number in (MONTHS | SEASONS).items()}


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
