"""The council of which a committee is a part, where only the text of its minutes names it.

Minutes of a district, an area committee or a policy committee speak of “the Council” and name it
once in a while. A body named in a sentence is as often another's, so one is believed only of what
is a part of councils, and only where the text names hardly any other.
"""

from __future__ import annotations

import re
from collections import Counter

from indexer.bodies import NO_BODIES, Bodies
from indexer.describe.named import NOT_NAMES, Named
from indexer.model import Kind

_PART = re.compile(
    r"\b(?:Municipal|Metropolitan|Borough) District\b|\bStrategic Policy Committee\b|\bSPC\b|"
    r"\bJoint Policing\b|\bJPC\b|\bScrutiny\b|\bCabinet\b|\bArea Committee\b|"
    r"\b(?:Licensing|Planning|Standards|Highways|Housing) Committee\b"
)
_WORD = rf"(?!(?:{NOT_NAMES}|That|Elected|Former|Municipal|Metropolitan|Town)\b)[A-ZÀ-Ý][\w’'-]+"
_COUNCIL = re.compile(
    rf"\b(?P<name>{_WORD}(?:(?: |-| and | & | upon ){_WORD}){{0,3}}? "
    r"(?:City (?:and|&) County|County|City|Metropolitan Borough|Borough|District) Council)\b"
)
_FEWEST, _SHARE = 3, 2 / 3


def council_of(
    committee: str | None, kind: Kind, text: str, bodies: Bodies = NO_BODIES
) -> Named | None:
    """Return the council that the text of a part's minutes or agenda names before all others.

    A council that was replaced is named now and then by the one after it, hence at least three
    times. ``bodies`` is the corpus folder's table.
    """
    if kind not in (Kind.MINUTES, Kind.AGENDA) or not _PART.search(committee or ""):
        return None
    named = _counted(text)
    if not named:
        return None
    name, count = named.most_common(1)[0]
    if count < _FEWEST or count < _SHARE * named.total():
        return None
    listed = bodies.named(name)
    name = listed.name if listed else name
    return Named(name, f"the council that the text names most, {count} times")


def _counted(text: str) -> Counter[str]:
    """Count the councils; words before a name that is known without them are no part of it."""
    seen = Counter(one_spelling(found["name"]) for found in _COUNCIL.finditer(text))
    counted: Counter[str] = Counter()
    for name, count in seen.items():
        plain = (other for other in seen if name.endswith(f" {other}"))
        counted[min(plain, key=len, default=name)] += count
    return counted


def one_spelling(name: str) -> str:
    """Write “City & County” out: a record has both, and they are one body."""
    return re.sub(r"\bCity & County\b", "City and County", name)
