"""The date of a signature: “Signed ____ Chairman, Date: 14 May 2018”, “Dated this 8th day of May”.

It is when a record was signed, and never when the meeting was. It stands at the end of minutes or
over their heading, on one line or on several, and is as often left blank to be filled in by hand.
"""

from __future__ import annotations

import re

from indexer.calendar_words import WEEKDAY

_LONGEST, _FOLLOWING = 260, 60
_RULE = r"(?:_{3,}|\.{4,}|…{2,}|-{5,})"
_CHAIR = (
    r"(?:chair(?:man|woman|person)?|cathaoirleach|leas-?chathaoirleach|(?:lord |deputy )?mayor|"
    r"provost|president|conven[oe]r)"
)
_SIGNED = r"(?:signed|signature|s[ií]nithe)\b"
_OPENS = re.compile(
    rf"(?:^|[\n|])[^\w\n]*(?:minutes |approved and |confirmed and )?{_SIGNED}"
    rf"|\b{_SIGNED}(?: by [^\n:]{{1,40}})? ?(?::|{_RULE})"
    rf"|{_RULE}\s*\(?{_CHAIR}\b|\b{_CHAIR}\W{{0,4}}{_RULE}",
    re.IGNORECASE,
)
_SIGNER = re.compile(
    r"(?:[\W_]|[A-ZÀ-Þ][^\W_]*|\b(?:and|of|the|to|on|by|for|in|behalf|as|a|true|correct|accurate|record|"
    rf"(?i:{_CHAIR}))\b)*+"
)
"""Names, posts and blanks, and no sentence."""
_ANOTHER_MATTER = re.compile(
    r"\b(?:minutes|meetings?|held|agenda|present|venue|next|apologies|attendance|time)\b",
    re.IGNORECASE,
)
_BROKEN_DAY = r"(?:(?=\S*\d)\S{1,7} (?:day )?(?:of )?)?"
"""A day of which text recognition has left something; the month and the year are read."""
_LABEL = re.compile(
    r"\b(?:dated?|d[áa]ta)\b(?: signed| of sign\w+)?"
    r"(?:[ :|.,–-]*\n+[ :|]*|[ :|.,_…*–-]*)"
    rf"(?:(?:on|this|the) )*(?:(?:{WEEKDAY})[ ,]*)?(?:the )?{_BROKEN_DAY}$",
    re.IGNORECASE,
)
_THIS_DAY = re.compile(r"\bthis (?:the )?$", re.IGNORECASE)
_DAY_OF = re.compile(r"\d{1,2}\W{0,3}[a-z]{0,2} day of\b", re.IGNORECASE)
_DATED_IN_WORDS = re.compile(r"\bdated?:? this (?:the )?[a-z-]+ day of $", re.IGNORECASE)
_OFFICERS = re.compile(
    r"\b(?:clerk|secretary|administrator|director|officer|executive|solicitor|minute[- ]taker)\b",
    re.IGNORECASE,
)
_CHAIRS = re.compile(rf"\b{_CHAIR}\b", re.IGNORECASE)


def signature_before(text: str, start: int) -> str | None:
    """Return the words of the signature to which the date at ``start`` belongs, None if to none."""
    before = text[max(0, start - _LONGEST) : start]
    opened = [found.start() for found in _OPENS.finditer(before)]
    label = _LABEL.search(before)
    if _DATED_IN_WORDS.search(before) or (_THIS_DAY.search(before) and _DAY_OF.match(text, start)):
        return before[opened[-1] if opened else before.rfind("\n") + 1 :]
    if not opened or (label and label.start() < opened[-1]):
        return None
    opening = _OPENS.search(before, opened[-1])
    between = before[opening.end() if opening else 0 : label.start() if label else len(before)]
    if _ANOTHER_MATTER.search(between) or not _SIGNER.fullmatch(between):
        return None
    return before[opened[-1] :] if label or "\n" not in between else None


def chairs(words: str, after: str) -> bool:
    """Say whether a signature may be the chair's: an officer's approves nothing.

    ``words`` are those before its date; ``after`` is what follows the date.
    """
    around = f"{words} {after[:_FOLLOWING]}"
    return _CHAIRS.search(around) is not None or _OFFICERS.search(around) is None
