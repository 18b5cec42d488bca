"""What a line's first and last characters say: list markers, sentence ends, decision words."""

from __future__ import annotations

import re
from dataclasses import dataclass

_GLYPHS = "·•●○◦▪▫■□‣⁃∙➢➤►▶✓✔❖◆◇\ue000-\uf8ff"
_ROMAN = "(?:x{0,2}(?:ix|iv|v?i{1,3}|v)|x{1,2})"
_FAMILIES: tuple[tuple[str, str], ...] = (
    ("glyph", rf"[{_GLYPHS}]+\s*"),
    ("dash", r"[-–—*](?:\s+|$)"),
    ("o", r"o(?:\s{2,}|[ \t](?=[A-Z“‘\"(£€\d])|$)"),
    ("roman", rf"\({_ROMAN}\)\s*|{_ROMAN}[.)](?:\s+|$)"),
    (
        "ROMAN",
        rf"\({_ROMAN.upper()}\)\s+|{_ROMAN.upper()}\)(?:\s+|$)"
        rf"|(?=[IVX]{{2}}){_ROMAN.upper()}\.(?:\s+|$)",
    ),
    ("letter", r"\([a-z]\)\s*|[a-z][.)](?:\s+|$)"),
    ("LETTER", r"\([A-Z]\)\s+|[A-Z]\)(?:\s+|$)"),
    ("number-letter", r"\d{1,3}\s?\([a-z]\)(?:\s+|$)"),
    (
        "decimal",
        r"(?!\d{1,2}\.[01]\d\.(?:20)?\d\d\b)\d{1,2}(?:\.\d{1,2}){1,3}[.)]?"
        r"(?:\s+(?=[A-Z“‘\"(])(?![AP]\.?M\b)|$)",
    ),
    ("number", r"\d{1,3}[.)](?:\s+|(?=[A-Z“‘\"(])|$)"),
    ("bracketed", r"\(\d{1,3}\)\s+"),
)
_MARKER = re.compile("|".join(f"({pattern})" for _, pattern in _FAMILIES))
"""Any family's marker: the number of the group that matches is the family's."""
_DECISION = re.compile(
    r"(?:It was\s+|And\s+|and\s+)?"
    r"(?:RESOLVED|AGREED|ACTIONS?|NOTED|RECOMMENDED|DECISIONS?|ORDERED)\b"
    r"|(?:It was\s+|And\s+|and\s+)?"
    r"(?:Resolved|Agreed|Recommended|Decisions?)(?:\s+(?:unanimously|that|to)\b|\s*[:;–-]|$)"
    r"|Actions?(?:\s+(?:points?|\d+))?\s*[:–]|(?:Proposed|Seconded|Moved)\s+by\b"
)
_MOVER = re.compile(r"(?:Proposed|Seconded|Moved)\s+by\b")
_LABEL = re.compile(r"[A-Z][A-Z’'/& -]{2,40}\s?:")
_HALF_DAY = re.compile(r"[ap]\.?\s?m\b", re.I)
_TAIL = 40
_ENDS_SENTENCE = re.compile(r"[.!?…]['’”\")\]]*$")
_ENDS_CLAUSE = re.compile(r"[;:]['’”\")\]]*-?$|[;,]\s+(?:and|or)$|:\s*[-–—]$")
_LINKING = re.compile(
    r"(?:,|&|/|\b(?:a|an|and|as|at|by|for|from|in|into|is|of|on|or|per|that|the|their|to|was|were"
    r"|which|who|will|with|Mr|Mrs|Ms|Dr|Cllr|Councillor|Prof|Messrs|No))\.?$"
)
_SMALL_ENDINGS = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b|(?<=[A-Z]{2})s\b")
_SMALL_LETTERS = re.compile("[a-z]{3}")
"""More small letters in a row than any ending has that counts as capitals."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A list marker: its family, how many characters of the line it takes, and what it counts."""

    family: str
    length: int
    sign: str = ""

    @property
    def is_bullet(self) -> bool:
        """Say whether the marker only points, and does not count."""
        return self.family in {"glyph", "dash", "o"}


def read_marker(text: str) -> Marker | None:
    """Return the list marker that the stripped line ``text`` begins with, if it does."""
    match = _MARKER.match(text)
    if match is None or match.lastindex is None:
        return None
    family, _ = _FAMILIES[match.lastindex - 1]
    return Marker(family, match.end(), match.group().strip(" ().\t"))


def plain_marker(text: str) -> str:
    """Return ``text`` with a private-use bullet, which no reader would see, as a plain one."""
    marker = read_marker(text)
    if marker and marker.family == "glyph":
        glyphs = text[: marker.length].strip()
        bullet = "•" if any("\ue000" <= c <= "\uf8ff" for c in glyphs) else glyphs
        return f"{bullet} {text[marker.length :]}".rstrip()
    return text


def is_decision(text: str) -> bool:
    """Say whether a line opens a resolution, an action, a proposer or a seconder."""
    return bool(_DECISION.match(text))


def is_label(text: str) -> bool:
    """Say whether a line opens with a label in capitals: REPLY:, or with who moved a motion."""
    return bool(_LABEL.match(text) or _MOVER.match(text))


def ends_sentence(text: str) -> bool:
    """Say whether ``text`` ends like a sentence."""
    return bool(_ENDS_SENTENCE.search(text[-_TAIL:]))


def ends_clause(text: str) -> bool:
    """Say whether ``text`` ends like a list item or the words that introduce a list."""
    return bool(_ENDS_CLAUSE.search(text[-_TAIL:]))


def ends_linking(text: str) -> bool:
    """Say whether ``text`` ends in a word or mark after which something must follow."""
    tail = text[-_TAIL:]
    return bool(_LINKING.search(tail.lower() if is_capitals(tail) else tail))


def starts_lower(text: str) -> bool:
    """Say whether the first letter or digit of ``text`` cannot open a sentence or a title."""
    if _HALF_DAY.match(text):
        return True
    for character in text:
        if character.isalpha():
            return character.islower()
        if character.isdigit():
            return True
        if character in ",;.)%&+":
            return True
    return False


def split_at_line_ends(text: str) -> list[str]:
    """Part text at its line ends, except where one stands within a sentence."""
    parts: list[str] = []
    for line in (piece.strip() for piece in text.split("\n")):
        if parts and line and parts[-1] and starts_lower(line) and not ends_sentence(parts[-1]):
            parts[-1] += " " + line
        else:
            parts.append(line)
    return [part for part in parts if part]


def is_capitals(text: str) -> bool:
    """Say whether ``text`` is written in capitals: three letters or more, none lower case.

    The small letters of an ordinal (16th) or of a plural abbreviation (CCGs) do not count.
    """
    if _SMALL_LETTERS.search(text):
        return False
    letters = _SMALL_ENDINGS.sub("", text)
    upper = sum(c.isupper() for c in letters)
    return upper >= 3 and not any(c.islower() for c in letters)
