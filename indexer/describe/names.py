"""Which body and committee a document is of, and the area served, where its own titles say so.

Only the titles of the cover and the file's name are read. A body in the list of those present, in
an address or in a sentence is as often somebody else's: it stays out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.bodies import Bodies
from indexer.describe.councils import one_spelling
from indexer.describe.head import MEETING_LINE, Head, in_title_case, name_words
from indexer.describe.named import NOT_NAMES, Named
from indexer.describe.statement import statement_of

_NAME = rf"(?!(?:{NOT_NAMES})\b)[A-ZÀ-Ý][\w’'.-]+"
_JOINED = rf"{_NAME}(?:(?: |, | and |, and | & | of | upon | on | for | in | the ){_NAME}){{0,7}}"
_PLACE = rf"{_NAME}(?:(?: |, | and |, and | & | of | upon | on | in the |-){_NAME}){{0,5}}?"
_COMMON = (
    "Board|Committee|Commission|Panel|Council|Strategy|Plan|Update|Annual|Public|Local|Trust|"
    "Health|"
    "Quality|Performance|Response|Review|Survey|Work|Programme|Long|Five"
)
_PROPER = rf"(?!(?:{_COMMON})\b){_NAME}"
_LONG_PLACE = rf"{_PROPER}(?:(?: |, | and |, and | & | upon | on | in the |-){_PROPER}){{0,5}}"
_BODY = re.compile(
    rf"\b(?P<name>(?P<place>{_PLACE}) (?:City and County|City (?:&|and) County|County|City|"
    r"Metropolitan Borough|Borough|District|Town|Metropolitan|"
    r"Unitary)? ?Council\b(?! Tax)(?! Chamber)"
    rf"|(?:London Borough|Royal Borough|City) of (?P<borough>{_LONG_PLACE})(?: Council)?"
    rf"|(?:NHS )?(?P<group>{_PLACE}) (?:Clinical Commissioning Groups?|CCGs?\b|"
    rf"Primary Care Trust|PCT\b|"
    r"Integrated Care (?:Board|System|Partnership)|IC[BSP]\b|"
    r"Sustainability (?:and|&) Transformation Partnership)"
    rf"|{_JOINED} Health Board\b|{_JOINED} NHS (?:Foundation )?Trust|{_JOINED} (?:Partnership|"
    rf"Hospitals?|Healthcare) Trust"
    rf"|Healthwatch (?P<watch>{_LONG_PLACE})"
    r"|NHS (?:England|Improvement|Digital|Scotland|Wales)\b|Care Quality Commission|"
    r"Public Health England)"
)
_NHS_ALONE = re.compile(rf"^(?P<name>NHS {_LONG_PLACE})$")
_SUB = "Sub-?[- ]?[Cc]ommittee"
_DISTRICT = rf"(?:Municipal|Metropolitan) District of {_NAME}(?: ?[-–] ?{_NAME}| {_NAME})*"
_COMMITTEE = re.compile(
    rf"\b((?:{_JOINED} )?(?:Health (?:and|&) Well-?[Bb]eing (?:Board|Scrutiny \w+)|"
    r"Governing Body|Board of Directors|Trust Board))\b"
    rf"|\b({_JOINED} (?:{_SUB} (?:of|for) the {_DISTRICT}|{_SUB}|Committee|Commission|Panel|Board|"
    r"SPC|Cabinet|Forum|User Group|Working Group|Steering Group|Partnership Group|Governing Body|"
    r"Taskforce))\b(?! of )"
    rf"|\b({_DISTRICT})"
    r"|\b(Cabinet|Governing Body|Board of Directors|Trust Board)(?= ?(?:$|[-–,:]))"
)
_GENERIC_BODIES = re.compile(
    r"(?:(?:the|full|city|county|borough|district|town|budget|parents.?|youth|national|joint) ?)+"
    r"councils?|.*\b(?:community|parish|civic|youth|parents.?|arts|sports|research|tourist) "
    r"(?:council|trust)|.*\bcouncil chamber.*|"
    r"(?:city|london borough|royal borough) of",
    re.IGNORECASE,
)
_GENERIC_COMMITTEES = re.compile(
    r"(?:the|in|sub|public|nhs|public trust|select|joint|each|this|advisory|independent|project|"
    r"management|local|sector) ?"
    r"-?(?:committee|board|panel|commission|forum|partnership)|(?:integrated care|health) board|"
    r".*\b(?:charity|electoral|european|care quality|boundary|law) commission|"
    r".*\bclipboard",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:(?:The|Minutes|Proceedings|Agenda|Report|Notes|Special|Annual|Monthly|Adjourned|Ordinary|"
    r"Full|Draft|Meetings?|Inaugural|Extraordinary|Joint Meeting)\b ?"
    r"(?:(?:of|at|to|for|from) )?(?:the )?)+"
)
_FEW = 4
_ELSEWHERE = re.compile(
    r"\b(?:held|convened|venue|location|present|presented by|prepared by|author|from|contact|"
    r"hosted|copyright|to be held)\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"\b(?:room|chambers?|offices?|house|hall|floor|street|road|organisation|employer)\b",
    re.IGNORECASE,
)


def body_of(head: Head, file: str, bodies: Bodies) -> Named | None:
    """Return the body that the titles or the file's name give, as the table of bodies has it."""
    lines = list(_lines(head, file))
    for line, where in lines:
        if listed := bodies.mentioned(line):
            return Named(listed.name, f"named in {where}: “{_quoted(line)}” (table of bodies)")
    for line, where in lines:
        names = _bodies_in(line)
        if len(names) == 1:
            return Named(one_spelling(names.pop()), f"named in {where}: “{_quoted(line)}”")
    return None


def _bodies_in(line: str) -> set[str]:
    """Return the bodies that a line names as its own; two are a joint matter, and nobody's."""
    found = {
        _OPENING.sub("", match["name"]).strip(" ,-–")
        for match in (*_BODY.finditer(line), *_NHS_ALONE.finditer(line))
        if _says_whose(line, match)
    }
    return {name for name in found if " " in name and not _GENERIC_BODIES.fullmatch(name)}


def _says_whose(line: str, match: re.Match[str]) -> bool:
    """Say whether a line is the body's own heading and not a title about it."""
    before, after = line[: match.start()].split(), line[match.end() :].split()
    return not before or len(before + after) <= _FEW or MEETING_LINE.search(line) is not None


def committee_of(head: Head, file: str, body: str | None) -> Named | None:
    """Return the committee, board or panel that the titles or the file's name give."""
    for line, where in _lines(head, file):
        for match in _COMMITTEE.finditer(line):
            name = _OPENING.sub("", next(filter(None, match.groups()))).strip(" ,-–")
            if body and name != body and name.startswith(f"{body} "):
                name = name.removeprefix(f"{body} ").removeprefix("’s ").strip()
            if _is_committee(name, body):
                return Named(_joined(name), f"named in {where}: “{_quoted(line)}”")
    return None


def _joined(name: str) -> str:
    """Write the two places of a district as one: “Ash - Elm” and “Ash-Elm” are the same."""
    before, of, district = name.partition("District of ")
    return before + of + re.sub(r"(?<=\w) ?[-–] ?(?=\w)", "-", district)


def _is_committee(name: str, body: str | None) -> bool:
    if not name or _GENERIC_COMMITTEES.fullmatch(name):
        return False
    return body is None or name.casefold() not in body.casefold()


def area_served(body: str | None, bodies: Bodies) -> Named | None:
    """Return the area that the table of bodies gives one, else the place in its own name."""
    listed = bodies.named(body)
    if listed and listed.area:
        return Named(listed.area, "table of bodies")
    place = area_of(body)
    return Named(place, "the place in the body's name") if place else None


def area_of(body: str | None) -> str | None:
    """Return the place in the name of a body that serves that place and no other."""
    match = _BODY.fullmatch(body or "")
    if match is None:
        return None
    place = match["place"] or match["borough"] or match["group"] or match["watch"]
    return place.removeprefix("NHS ") if place else None


def _lines(head: Head, file: str) -> Iterator[tuple[str, str]]:
    """Yield the places that may name the body, the surest first, and what to call each."""
    yield name_words(file), "the file's name"
    for line in (*filter(None, [statement_of(head)]), *head.titles):
        yield in_title_case(_before_the_venue(line)), "the text"


def _before_the_venue(line: str) -> str:
    """Leave out where a meeting was held and who presented: other bodies' names stand there."""
    found = _ELSEWHERE.search(line)
    kept = line[: found.start()].strip() if found else line
    return "" if _ADDRESS.search(kept) else kept


def _quoted(line: str) -> str:
    words = " ".join(line.split())
    return words if len(words) <= 80 else f"{words[:80].rsplit(' ', 1)[0]} …"
