"""Where sentences begin and end in a block, and clauses in a slide that has no full stops."""

from __future__ import annotations

import re
from itertools import pairwise

from sentencex import get_sentence_boundaries

from indexer.calendar_words import MONTH
from indexer.model import Span
from indexer.parse.markers import read_marker

_COUNTING = r"\(?(?:[a-zA-Z]|[ivxIVX]{1,5}|\d{1,3})[.)]|\d{1,2}(?:\.\d{1,2})+\.?"
_COUNT = re.compile(rf"(?:{_COUNTING})\s+")
_MINUS = r"[–—-](?=\s+[£€$(]?\.?\d)"
_MARKER = re.compile(rf"(?!{_MINUS})(?:[·•▪◦●○■□‣⁃*–—-]|o(?= [A-Z])|{_COUNTING})\s+")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:Mr|Mrs|Ms|Mx|Dr|Prof|Cllrs?|Clir|ClIr|Cmhlr|Cmhir|Hon|Rev|Fr|Supt|Sgt|Insp|Dep|"
    r"Ald|Messrs|Nos?|para|ref|approx|incl|(?:[A-Z]\.)*[A-Z])\.$"
)
_OPENS_SENTENCE = re.compile(
    r"(?:The|This|That|These|Those|It|In|At|On|As|For|If|There|He|She|They|We|A|An|Members|"
    r"Officers|Following|However|To)\b"
)
_OPENS_CLAUSE = re.compile(
    r"(?<=[A-Za-z0-9)+%.?!:]) (?=(?P<word>[A-Z][a-z]+|\d+[.)] )\S*(?P<named> [A-Z][a-z])?)"
)
_IN_CAPITALS = re.compile(r"(?:\d+-)?[A-Z]")
_SENTENCE_END = re.compile(r"[a-z)’'\"]{2}[.!?](?:\s|$)")
_JOINING = frozenset(
    "a an the and or of to in on at by for from with our your their its his her this that these "
    "those as is are was were be into over under per via between than new mr mrs ms dr no & nhs "
    "st".split()
)
_OPENERS = frozenset(
    """A About Accelerate Achieve Across Additional Adopt Agree Align All Allow Also An And
    Anticipate Any Apply Appoint As Assess At Avoid Better Both Bring Build But By Carry Changes
    Close Commission Complete Consider Consolidate Consult Continue Create Current Cut Deliver
    Delivering Deploy Design Detailed Develop Developing Due Each Embed Enable Enabling Encourage
    Engage Enhance Ensure Ensuring Establish Evaluate Every Evolve Expand Explore Extend Fewer Focus
    Focusing For From Further Future Greater Help How However Identify If Implement Improve
    Improving In Increase Increasing Initial Integrate Introduce Invest It Join Keep Larger Launch
    Lead Less Likely Maintain Make Making Manage Many Maximise Minimise Monitor More Most Move
    Moving No Not Offer On Optimise Or Our Over Overall Possible Potential Prepare Prevent
    Prioritise Produce Promote Promoting Proposals Protect Provide Providing Publish Raise Recruit
    Redesign Reduce Reducing Refresh Release Relocate Remove Replace Reshape Respond Retain Review
    Save Secure Securing Seek Set Shift Significant Simplify Smaller So Some Standardise Start Stop
    Streamline Strengthen Strengthening Subject Submit Support Supporting Sustain Tackle Take Target
    Test That The Their There These They This Through To Train Transfer Transform Translate
    Understand Update Upgrade Use Using We What When Where Which Who Why Will With Without Work
    Working""".split()
)
"""Words that begin what a slide says, and hardly a part of a name."""
_MONTHS = re.compile(rf"(?:{MONTH})", re.IGNORECASE)
_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()
_LONGEST_QUOTATION = 6000
_FEWEST_WORDS = 3
_FEWEST_TITLE_WORDS = 2


def sentences(text: str, span: Span) -> list[Span]:
    """Return the spans of the sentences of ``text`` within ``span``, trimmed of white space."""
    block = span.of(text)
    marker = _MARKER.match(block)
    offset = span.start + (marker.end() if marker and marker.end() < len(block) else 0)
    found = [
        trimmed(text, Span(offset + part["start_index"], offset + part["end_index"]))
        for part in get_sentence_boundaries("en", text[offset : span.end])
    ]
    return _joined_where_broken(text, [part for part in found if part.end > part.start])


def with_count(text: str, start: int, sentence: Span) -> Span:
    """Return the first sentence of a list's part with the letter or number that counts it, if any.

    The part begins at ``start``. A bullet counts nothing: it stays outside.
    """
    return Span(start, sentence.end) if _COUNT.fullmatch(text, start, sentence.start) else sentence


def _joined_where_broken(text: str, parts: list[Span]) -> list[Span]:
    """Undo cuts after an abbreviation: "Cllr. | Smith", "Ms. | J. | Jones", "e.g. | beds"."""
    joined: list[Span] = []
    for part in parts:
        if joined and _is_broken(text, joined[-1], part):
            joined[-1] = Span(joined[-1].start, part.end)
        else:
            joined.append(part)
    return joined


def _is_broken(text: str, before: Span, part: Span) -> bool:
    """Say whether one sentence was cut in two: no sentence begins with a small letter."""
    if text[part.start].islower():
        return True
    tail = text[max(before.start, before.end - 12) : before.end]
    return bool(_ABBREVIATED.search(tail)) and not _OPENS_SENTENCE.match(text, part.start)


def clauses(text: str, span: Span) -> list[Span]:
    """Return the spans of the lines of a slide whose line ends are lost.

    A clause begins at a capitalised word after a small one that is no joining word, and has at
    least three words (the first, a title, two). "The money context We currently spend" gives two.
    After a capitalised word, which a name may go on from, only a word begins one that names do not
    hold: "from Mount Road to the Health Centre Reduce costs" gives two as well.
    """
    block = span.of(text)
    cuts = [0]
    for gap in _OPENS_CLAUSE.finditer(block):
        before = block[cuts[-1] : gap.start()].split()
        fewest = _FEWEST_WORDS if len(cuts) > 1 else _FEWEST_TITLE_WORDS
        if len(before) < fewest:
            continue
        if before[-1].lower() in _JOINING or not _may_open(before[-1], gap):
            continue
        if block.count("(", cuts[-1], gap.start()) > block.count(")", cuts[-1], gap.start()):
            continue
        cuts.append(gap.end())
    cuts.append(len(block))
    parts = [trimmed(text, Span(span.start + a, span.start + b)) for a, b in pairwise(cuts)]
    return [part for part in parts if part.end > part.start]


def _may_open(before: str, gap: re.Match[str]) -> bool:
    """Say whether the word behind a gap may begin a clause, and is no part of a name or date."""
    if before[-1] in ".?!:":
        return True
    if _MONTHS.fullmatch(gap["word"]):
        return False
    return not _IN_CAPITALS.match(before) or (gap["word"] in _OPENERS and not gap["named"])


def trimmed(text: str, span: Span) -> Span:
    """Return the span without white space at its ends."""
    piece = span.of(text)
    if piece and not (piece[0].isspace() or piece[-1].isspace()):
        return span
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, max(start, span.start + len(piece.rstrip())))


def lacks_full_stops(text: str, span: Span) -> bool:
    """Say whether a block is a run of phrases: long, and without sentences' ends."""
    block = span.of(text)
    return len(block) > 160 and len(_SENTENCE_END.findall(block)) <= len(block) / 400


def quotation_closes(text: str, at: int) -> bool:
    """Say whether a quotation that is open at ``at`` is closed before another one opens."""
    closes = text.find("”", at, at + _LONGEST_QUOTATION)
    return closes >= 0 and text.find("“", at, closes) < 0


def marker_of(block: str) -> tuple[str, int | None]:
    """Return the style of list marker that a block begins with, and the place that it counts.

    "5) …" gives ("number)", 5), "(b) …" ("letter()", 2), "• …" ("glyph•", None).
    """
    marker = read_marker(block)
    if marker is None:
        return "", None
    style = "".join(c for c in block[: marker.length] if not (c.isalnum() or c.isspace()))
    return marker.family + style, _count(marker.family, marker.sign)


def _count(family: str, sign: str) -> int | None:
    if family.lower() == "roman":
        return _ROMAN.index(sign.lower()) + 1 if sign.lower() in _ROMAN else None
    if family.lower() == "letter":
        return ord(sign.lower()) - ord("a") + 1
    return int(sign) if sign.isdecimal() else None


def marker_length(block: str) -> int:
    """Return how many characters the list marker of a block takes, its space included."""
    marker = read_marker(block)
    return marker.length if marker else 0
