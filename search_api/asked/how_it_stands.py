"""Questions of how a matter stands, read as when it happens: that is what the record tells anew.

“What is the latest on the consultation?”, “Has it been delayed?” and “Will it start in 2017?” ask
after a date without asking when. An answer from one meeting would hide what others said of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.calendar_words import SEASON
from indexer.dates import find_dates
from search_api.query import LONGEST_QUESTION

_STATE = (
    r"(?-i:latest|news|position|state(?: of (?:play|things))?|status|situation|progress|update|"
    r"timetable|timescale|timeline|outlook)"
)
_CURRENT = r"(?:latest|current|present|newest|most recent)"
_LATEST = re.compile(
    rf"^(?:so |and )?(?:what(?:[’']s| is| was| are)|(?:is|was) there|have you|any|give me)?\W*"
    rf"(?:(?:the|an?|any) )?(?:{_CURRENT} )?{_STATE} (?:on|about|with|for|of|regarding|concerning) "
    rf"(?P<of>[^?]+?)\W*$"
    rf"|^where (?:are we|are they|do things stand|do matters stand|does it stand|have we got)"
    rf"(?: up)?(?: to)?(?: now)? (?:with|on|about) (?P<with>[^?]+?)\W*$"
    rf"|^how do (?:things|matters) stand (?:with|on) (?P<stand>[^?]+?)\W*$"
    rf"|^what(?:[’']s| is) (?:now |currently )?(?:happening|going on) (?:now )?"
    rf"(?:with|about|to) (?P<happens>[^?]+?)\W*$",
    re.IGNORECASE,
)
_ITS_DATE = re.compile(
    r"^(?:the )?(?:dates?|timing|timetable|timescales?) (?:for|of) ", re.IGNORECASE
)
_AUXILIARY = r"(?:will|would|is|are|was|were|did|does|do|has|have|had|should|shall)"
_WONT = re.compile(rf"^(?:wo(?=n[’']t)|(?P<first>{_AUXILIARY}))(?:n[’']t| not)\b", re.IGNORECASE)
"""“Hasn’t it been delayed?” asks whether it has."""
_MOVED = re.compile(
    rf"^{_AUXILIARY} (?!there\b)(?P<of>[^?,;]+?)(?: (?:been|be|being|now|still|yet|going to|got|"
    rf"running|gone))* (?:delayed|postponed|late|put (?:back|off)|pushed back|brought forward|"
    rf"on (?:track|schedule|time|course)|behind schedule|slipp(?:ed|ing)|happening|going ahead)"
    rf"(?: again| yet| now| still| as planned)*\W*$",
    re.IGNORECASE,
)
_WAITS = re.compile(
    r"^what (?:(?:has|have|had|needs?|needed|is|was) to|must|should|will|would)\b[^?]* before "
    r"(?P<clause>[^?]+?)\W*$"
    r"|^what (?:is|was|are|were|does|do|did) (?P<on>[^?]+?) "
    r"(?:waiting (?:for|on)|dependent (?:up)?on|depend (?:up)?on|held up by|conditional (?:up)?on)"
    r"\W*$",
    re.IGNORECASE,
)
"""“What has to happen before it can start?”: until when, the record says now so and now so."""
_HAPPENS = (
    r"(?:start|beg[iau]n|open|clos|finish|end|complet|launch|tak(?:e|en|ing) place|took place|"
    r"happen|go(?:ing)? ahead|gone? live|went (?:ahead|live)|be held|held|be ready|ready|mov|"
    r"publish|come into (?:force|effect)|built|introduc|roll(?:ed)? out|due|be)(?:n?ed|ing|e|s|es)?"
)
_SOON = (
    r"(?:by |before |in |at |during )?(?:the )?(?:early |late |end of |start of )*"
    rf"(?:(?:this|next|last|the new) (?:year|month|week|{SEASON})|soon)"
)
_WHETHER_THEN = re.compile(
    r"^(?:(?:is|was) it (?:true|right|correct|the case) that "
    rf"|(?P<auxiliary>{_AUXILIARY})(?:n[’']t| not)? (?!there\b))(?P<what>[^?,;]+?\b{_HAPPENS})"
    r"(?:,? (?:by|before|in|on|at|during|after|from|around|this|until)"
    r"(?: (?:the|early|mid|late|end|start|middle|beginning|of))*)?\s*$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"^,?(?: (?:or (?:not|later|so|after(?:wards)?|sooner|earlier)|after all|then|already|"
    r"as (?:\w+ ){0,2}(?:planned|promised|expected|scheduled|said|hoped|intended|agreed)))?\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class HowItStands:
    """A question of how a matter stands: the questions of when that it comes to.

    ``at_a_time`` says that it asks whether it happens at a certain time, which is then no part of
    what the record must hold: what says another time answers, too.
    """

    when: tuple[str, ...]
    at_a_time: bool


def read_how_it_stands(question: str) -> HowItStands | None:
    """Return the questions of when that a question comes to, None where it asks other things."""
    question = _WONT.sub(lambda no: no["first"] or "will", " ".join(question.split()))
    if len(question) > LONGEST_QUESTION:
        return None
    for form in (_LATEST, _MOVED, _WAITS):
        if found := form.match(question):
            return HowItStands(_when(found.groupdict()), at_a_time=False)
    return _whether_then(question)


def _when(found: dict[str, str | None]) -> tuple[str, ...]:
    """Return the questions of when that a clause makes, or a thing that may be or may begin."""
    if clause := found.get("clause"):
        return (f"When is it that {clause}?",)
    thing = _ITS_DATE.sub("", next(filter(None, found.values())))
    return (f"When is {thing}?", f"When does {thing} start?")


def _whether_then(question: str) -> HowItStands | None:
    """Read “Will the clinic open in May 2017, as planned?”."""
    times = [(one.span.start, one.span.end) for one in find_dates(question)]
    times += [] if times else [match.span() for match in re.finditer(_SOON, question, re.I)]
    if len(times) != 1:
        return None
    start, end = times[0]
    before = _WHETHER_THEN.match(question[:start])
    if before is None or not _BEHIND.match(question[end:]):
        return None
    auxiliary = before["auxiliary"].lower() if before["auxiliary"] else "is it that"
    return HowItStands((f"When {auxiliary} {before['what']}?",), at_a_time=True)
