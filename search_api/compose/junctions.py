"""What stands between two words of a quotation, and whether a sentence may be cut or joined there.

Each function is given the text between two tokens: signs, and words that claim nothing.
"""

from __future__ import annotations

import re

_PARTS = re.compile(r"[,;:|•()\n–—]")
_CLAUSE = re.compile(
    r"[,;:()–—]|\b(?:and|but|or|while|whereas|which|who|whose|because|as|since|although|though)\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s*[,(–—].*[,)–—]\s+(?:\w+\s+){0,2}", re.DOTALL)
_SAYS_THAT = re.compile(r"\w[\s,]+that\b|:(?=\s)", re.IGNORECASE)
_NEIGHBOURS = re.compile(r"\s+(?:(?:in|of|at|on|for|the|a|an)\s+)*", re.IGNORECASE)
_OF = re.compile(r"\s+of\b", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\b(?P<word>of|to|for|by|with|from|into|about|in|on|at)(?:\s+(?:the|a|an|its|their|this|these))*"
    r"\s*[\"“‘']?$",
    re.IGNORECASE,
)
_ALIKE = {"on": "in", "at": "in"}


def parts(between: str) -> bool:
    """Say whether a sign stands there that sets two things apart."""
    return _PARTS.search(between) is not None


def parts_clauses(between: str) -> bool:
    """Say whether a clause ends there; an aside between two commas or brackets is none."""
    return _CLAUSE.search(between) is not None and _ASIDE.fullmatch(between) is None


def says_that(before: str) -> bool:
    """Say whether what follows is what somebody says, writes or supposes: "it is said that …"."""
    return _SAYS_THAT.search(before) is not None


def are_neighbours(between: str) -> bool:
    """Say whether two words are so near that they may change places: "the clinic in Fernby"."""
    return _NEIGHBOURS.fullmatch(between) is not None


def may_begin_after(between: str) -> bool:
    """Say whether a sentence may begin after a word that it leaves out.

    It may after a clause, and leave out an adjective, but "the review of the closure began" does
    not say that the closure began.
    """
    return between.isspace() or _CLAUSE.search(between) is not None


def may_end_before(between: str) -> bool:
    """Say whether a sentence may end before a word that it leaves out.

    "They approved the ward closure" does not say that they approved the ward; nor does "approved
    the cost of a study" say that they approved the cost.
    """
    return not (between.isspace() or between == "-" or _OF.match(between))


def same_preposition(said: str, quoted: str) -> bool:
    """Say whether the same preposition, or none, leads to a word of the sentence and of the quote.

    "Approved the review of the closure" does not say "approved the closure".
    """
    return _preposition(said) == _preposition(quoted)


def _preposition(between: str) -> str | None:
    match = _PREPOSITION.search(between)
    return _ALIKE.get(match["word"].lower(), match["word"].lower()) if match else None
