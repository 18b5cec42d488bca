"""The labels and forms by which minutes mark what a block is: RESOLVED, ACTION, Present, Reply.

A *label* opens a block and speaks for it and for the list that follows ("RESOLVED:-", "ACTION:",
"Members made the following comments:-"). A *form* is told by the whole sentence: a task with
somebody to do it, a sentence on who was there. Who speaks in other sentences is in ``talk``.
"""

from __future__ import annotations

import re

from indexer.calendar_words import MONTH, WEEKDAY
from indexer.model import Role
from indexer.parse.markers import is_capitals
from indexer.segment.cues import Cue
from indexer.segment.decisions import MEETING, decides

HELD = frozenset({Role.RESOLUTION, Role.ACTION, Role.ATTENDANCE})
TALK = frozenset({Role.COMMENT, Role.RESPONSE})
LISTED = TALK | {Role.RESOLUTION}
WITHIN = frozenset({Role.ACTION, Role.RESOLUTION, Role.RESPONSE})
CALLED = frozenset({Role.RESOLUTION, Role.ATTENDANCE})

_NUMBER = r"(?:\(?\d{1,3}(?:[./]\d{1,3}){0,3}[.):]* *|\(?[a-z]{1,3}[.)] +)?"
_RESOLUTION = re.compile(
    rf"^{_NUMBER}(?:"
    r"(?:[Aa]nd )?(?:it was |IT WAS )?(?:(?:[Uu]nanimously|UNANIMOUSLY|therefore|THEREFORE) )?"
    r"(?:AGREED|RESOLVED|NOTED|DECIDED|ORDERED|DETERMINED|RATIFIED|PENDERFYNWYD)\b"
    r"|(?:[Aa]nd )?[Rr]esolved\b|(?:Agreed|Noted|Approved|Endorsed|Ratified)\s*[:–—-]"
    r"|Resolutions?\b ?(?:\d+ ?)?(?:[:–—-]|$)|RESOLUTIONS?\b|RECOMMENDED\b"
    r"|RECOMMENDATIONS? AGREED|(?:DECISIONS?|Decisions?)(?: (?:made|taken|"
    r"no\.? ?\d+))? ?(?:[:–—-]|$)"
    r"|[“\"]\s?That\b|(?:Outcome|OUTCOME) ?:|(?:(?i:for|against|abstain(?:ed|ing)?|abstentions?))"
    r"(?: (?i:the (?:\w+ )?(?:motion|proposal|amendment|recommendations?))| (?:Councillor|"
    r"Cllr\.?) [^:.]{2,40})?"
    r" ?(?:\(\d+\)|: ?\d+|:)?\W*$"
    r"|[Ii]t was (?:then |therefore |also |further )*(?:unanimously )?(?:[Rr]esolved|[Dd]ecided)\b"
    rf"|On (?:the proposal of|being put|a show of hands|a vote)\b|(?i:{MEETING}) ?:-?$"
    r")"
)
_ACTION = re.compile(
    rf"^{_NUMBER}(?:(?:Outstanding |Agreed |New |Further )?(?:ACTIONS?|Actions?))\b"
    r"(?: (?:from|arising)[^:]{0,50}(?=:))? ?"
    r"(?:(?:No\.? ?)?\d+(?:[./]\d+)* ?)?(?:(?:by|for|on) ?)?(?:[:–—-]|POINTS?\b|points?\b|(?:by|"
    r"for|on) [A-Z]|$)"
)
_WHO = (
    r"(?:present|in attendance|attendance|attendees|attending|apologies|absent|substitutes?|"
    r"observers?|invitees|presenters?)"
)
_ATTENDANCE = re.compile(
    rf"^(?:[\w’'&-]+ ){{0,4}}{_WHO}(?: (?:in (?:the )?chair|at the meeting|for absence|members?|"
    r"from members|via \w+|by invitation|for items?[^:]{0,30}))?(?: ?\([^)]*\))? ?(?:[:;]|$)"
    r"|^(?:apolog(?:y|ies)|officials in attendance|present in the chair)\b"
    r"|^present ?[-–—] |^in the chair\b|^(?:senior |council )?officials(?: \([^)]*\))? ?:?$",
    re.IGNORECASE,
)
_PART_OF_THE_TABLE = re.compile(
    r"^(?:Chair(?:man|person|woman)?|(?:\w+ )?Panel|Secretariat|Secretary|Minute[- ]?taker|"
    r"Minutes taken by|Minutes|Clerk|Note[- ]?taker|Notes by|Guests?|Members|Officers|Officials|"
    r"Councillors?|Voting members|Non-voting members|Facilitator|Quorum)\s?: ?[A-Z]"
)
_ANSWER = re.compile(
    r"^(?:(?:REPLY|RESPONSE|ANSWER)(?: ?[:.–—-]| (?=[A-Z][a-z]|I\b)|$)|(?:Reply|Response|Answer)"
    r"(?: (?:by|from|of) [^:]{3,80})? ?(?:[:–—]|$)|A ?:)"
)
_QUESTION = re.compile(
    rf"^{_NUMBER}(?:(?:Public |Written |Supplementary |PUBLIC |Members’ )?(?:QUESTIONS?|Questions?)"
    r"(?: (?:No\.? ?)?\d+)?(?: (?:submitted|asked|put|raised))? "
    r"(?:by|from|to|BY|FROM|SUBMITTED BY)\b|(?:QUESTION|Question|Q)(?: \d+)? ?:|"
    r"[‘“\"']?[I|!1l] (?:will|wish to|would like to) ask\b)"
)
_MADE = (
    r"(?:made|raised|asked|expressed|had|offered|commented|highlighted|discussed|covered|noted|"
    r"emerged|arose|brought up|put|relating|posed|given|set out)"
)
_POINTS = (
    r"(?:comments?|questions?|points?|concerns?|queries|observations|issues|matters|views|"
    r"arguments|suggestions)"
)
_COMMENT_LIST = re.compile(
    rf"\b(?:members|councillors|board|committee|commission|panel|public|discussion|debate)\b.*"
    rf"\b(?:{_MADE}|{_POINTS}|that)\b|\b{_POINTS}\b.*\b(?:were|was|are) (?:\w+ )?{_MADE}\b|"
    rf"\b{_POINTS} {_MADE}|\b(?:during|in|from|arising from) (?:the )?(?:discussion|debate)\b",
    re.IGNORECASE,
)
_RESPONSE_LIST = re.compile(
    r"\bin (?:response|reply|answer)\b|^(?:(?:following|after|arising from)\b.*\b(?:questions?|"
    r"queries|enquiries|comments|discussion))\b|\b(?:responses|replies|answers)\b|\b(?:responded|"
    r"replied|answered) (?:as follows|that)\b",
    re.IGNORECASE,
)
_PAPERS = re.compile(r"\b(?:circulated|appended|attached|tabled)\b", re.IGNORECASE)
_TASK = re.compile(
    r"(?P<who>[^.;:?|]{2,90}?),? (?:to (?!the\b|be\b|an?\b|this\b|which\b|whom\b)[a-z]+|will "
    r"(?:circulate|send|contact|write|arrange|follow up|report back|liaise|check|draft|talk|speak|"
    r"share|email|discuss with|look into|bring back|feed back))\b"
)
_INITIALS = re.compile(r"[A-Z]{2,4}[a-z]?(?:/[A-Z]{2,4}[a-z]?)*")
_NOBODY = frozenset(
    "Service Services Plan Scheme Project Strategy Event Day Programme Report Policy Works".split()
)
_BETWEEN = frozenset("of for and the with & /".split())
_OFFICE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Cllr|Councillor|Sir|Dame|Chair(?:man)?|Secretary|"
    r"Secretariat|Clerk|Officers?|Director|Executive|Manager|Lead|Team|Members|CCG|Trust|ICB|"
    r"Administrator|Engineer)\b"
)
_SAID_TASK = re.compile(
    r"\(\s?(?:ACTIONS?|Actions?)\b ?(?:by|for|point)? ?[:–-]? ?[^)]{0,60}\)\W*$"
)
_TASK_DETAIL = re.compile(
    r"^(?:Due|Owners?|Lead|Deadline|By when|By whom|Timescale|Responsible(?: \w+)?|Who|When|Date|"
    r"Status|Target date|Completed|Update)\b ?(?:date)? ?:",
    re.IGNORECASE,
)
_ATTENDS = Cue(
    (
        "apolog",
        "joined",
        "left th",
        "entered",
        "withdrew",
        "departed",
        "arrived",
        "vacated",
        "substitut",
        "deputis",
        "attend",
        "present",
        "took the chair",
        "med the chair",
    ),
    r"^(?:an? |no |further |the following )?apolog(?:y|ies)\b|\bapologies\b.{0,60}\b(?:were|was|"
    r"had been) "
    r"(?:received|given|noted|tendered|submitted|recorded|made|reported)\b|"
    r"\breported apologies\b|\bthere were no apologies\b|"
    r"^[^.;:]{3,120}\b(?:joined|left|entered|re-?joined|withdrew from|departed|arrived at|vacated) "
    r"(?:the|this) (?:meeting|room|chamber|chair)\b|"
    r"\b(?:was|were) (?:substituting|deputising|in attendance|not present|present as)\b|"
    r"\b(?:took|resumed|assumed) the chair\b|\b(?:attended|deputised|substituted) (?:for|"
    r"on behalf)\b",
)
_FRONT = re.compile(
    r"^(?:draft |confirmed |unconfirmed |approved |public )*(?:minutes (?:of|from|-|–)|notes? of|"
    r"record of)\b|^(?:held (?:on|at|in|via)|date(?: and time)?\b ?:|time\b ?:|venue\b|location\b|"
    r"place\b ?:)",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(
    r"^(?:an |the )?(?:signed|s[ií]nithe|chair(?:man|person|woman)?|mayor|cathaoirleach|date|dated|"
    r"confirmed|name|position)\b[ :.,_…-]*(?:(?:date|signed)[ :._…-]*)?$|"
    r"^(?:minutes )?signed\b.{0,80}$|"
    r"^minutes (?:proposed|seconded|approved|adopted|agreed) by(?: (?:the )?chair)?[ :._…]*$|"
    r"_{5,}|\.{8,}|…{4,}",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:was|were|is|are|had|has|have|would|will|should|be|noted|asked|agreed|said|stated|"
    r"reported|that|circulated|welcomed)\b",
    re.IGNORECASE,
)
_TOPIC = re.compile(
    r"\b(?:minutes|matters|declarations?|adoption|agenda|items?|reports?|update|welcome|"
    r"introductions?|election|appointment|disposal|notice|motion|question|votes?|draft|budget)\b",
    re.IGNORECASE,
)
_GOES_ON_DECIDING = re.compile(
    r"^[“\"‘']?(?:[€£$] ?\d|that\b|to\b|(?:the )?(?:notes?|approves?|endorses?|agrees?|supports?|"
    r"receives?|"
    r"adopts?|delegates?|authorises?|requests?|recommends?|accepts?|ratif(?:y|ies)|confirms?)\b)",
    re.IGNORECASE,
)
_NUMBERED_TITLE = re.compile(
    r"^(?:(?:agenda )?item(?: no\.?)? ?\d{1,3}|(?:minute )?\d{1,4}(?:[./]\d{1,4}){0,2})"
    rf"(?!(?:st|nd|rd|th)\b| ?(?:{MONTH})\b)"
    r"[.:)]*\s*[–—-]?\s*[A-Z][^;!?]{3,110}[^.;,:?!]$",
    re.IGNORECASE,
)
_AGENDA = re.compile(
    r"(?:\(?[a-z0-9]{1,3}[.)] *|[•*-] *)?(?:(?:to|to the) (?:receive|consider|note|approve|elect|"
    r"appoint|confirm|adopt|hear|agree|nominate|declare|discuss)\b|"
    r"\d{1,2}[:.]\d\d ?(?:[ap]m ?)?(?:[-–—]|to) ?\d{1,2}[:.]\d\d\b)",
    re.IGNORECASE,
)
_HALF_A_SENTENCE = re.compile(
    r"\b(?:for|to|by|of|with|that|are|is|was|were|includ(?:e|es|ed|ing)|following|follows) ?:[-–]?$"
)
_MOTION_BY = re.compile(
    rf"^{_NUMBER}(?:Notices? of [Mm]otions?|NOTICES? OF MOTIONS?) (?:submitted |received )?(?:by|"
    rf"from)\b"
)
_FIGURES = re.compile(rf"[€£$] ?\d|\d ?%|\d[.,:]\d|^[–—-]|^[a-z]|^(?:{WEEKDAY})\b")
_LONGEST_NAME = 5
_TIMED = re.compile(r"\W*\d")
_LISTED_AFTER = re.compile(
    r"\bthe following (?:\w+ ){0,3}?(?:amendments|resolutions?|motions?|recommendations|changes|"
    r"items|actions|appointments|nominations|allocations|members|persons|projects|works|conditions|"
    r"terms|points|wording|text)\b[^.:;]*\.$",
    re.IGNORECASE,
)
_ITEM_NUMBER = re.compile(r"\d{1,4}(?:[./]\d{1,4}){0,2}[.:)]*\s+")
_ENDS_ANNOUNCING = re.compile(r"\b(?:that|to|the following|as follows)[,.]?$")
_LONGEST_ENDING = 20
_LONGEST_PROMISE = 160
_GOES_ON_AFTER_LABEL = re.compile(r"[:–—-]\s*\S")
_LISTS = re.compile(r"\b(?:following|below|as follows)\b", re.IGNORECASE)


def label(sentence: str) -> Role | None:
    """Return the role that a label at the beginning of a block gives to the block."""
    if _ACTION.match(sentence):
        return Role.ACTION
    if _RESOLUTION.match(sentence):
        return Role.RESOLUTION
    if _ATTENDANCE.match(sentence):
        return Role.ATTENDANCE
    if _ANSWER.match(sentence):
        return Role.RESPONSE
    return Role.COMMENT if _QUESTION.match(sentence) else None


def lists_people(sentence: str) -> bool:
    """Say whether a sentence opens a list of those who were there, or were not."""
    return bool(_ATTENDANCE.match(sentence))


def announces(sentence: str) -> Role | None:
    """Return the role of the list that a sentence introduces by what it says of it."""
    if not introduces(sentence):
        return None
    if _RESPONSE_LIST.search(sentence):
        return None if _PAPERS.search(sentence) else Role.RESPONSE
    return Role.COMMENT if _COMMENT_LIST.search(sentence) else None


def introduces(sentence: str) -> bool:
    """Say whether a sentence announces a list: it ends in a colon, a dash, or in "that"."""
    ending = sentence.rstrip()
    if ending.endswith((":", ":-", ":–", ";", "–", "—")):
        return True
    end = max(0, len(ending) - _LONGEST_PROMISE)
    if "the following" in ending and _LISTED_AFTER.search(ending, end) and decides(ending):
        return True
    return bool(_ENDS_ANNOUNCING.search(ending, max(0, len(ending) - _LONGEST_ENDING)))


def is_bare_label(sentence: str) -> bool:
    """Say whether a labelled block has nothing but its label, so that what follows is meant."""
    return introduces(sentence) or (
        len(sentence.split()) <= 3 and not _GOES_ON_AFTER_LABEL.search(sentence)
    )


def is_task(sentence: str) -> bool:
    """Say whether a sentence gives somebody a task: "JS to circulate the paper"."""
    assigned = _TASK.match(sentence) if len(sentence) < 250 and "?" not in sentence else None
    return bool(assigned and _is_somebody(assigned["who"])) or bool(_SAID_TASK.search(sentence))


def _is_somebody(who: str) -> bool:
    """Say whether words name people or offices: initials, two names, "The Chair and JS"."""
    words = [word.strip(",()") for word in who.removeprefix("The ").split()]
    named = [word for word in words if word[:1].isupper() or word not in _BETWEEN]
    if not named or len(words) > 10 or not all(word[:1].isupper() for word in named):
        return False
    initials = all(map(_INITIALS.fullmatch, named)) and not who.startswith("The ")
    two_names = len(named) == 2 == len(words) and named[-1] not in _NOBODY
    return initials or two_names or bool(_OFFICE.search(who))


def is_task_detail(sentence: str) -> bool:
    """Say whether a line only tells by whom or by when a task is due."""
    return bool(_TASK_DETAIL.match(sentence))


def attends(sentence: str) -> bool:
    """Say whether a sentence tells who came, left, sent apologies or took the chair."""
    return bool(_ATTENDS.search(sentence))


def seats(line: str) -> bool:
    """Say whether a line at the top of minutes names people after their part: "Chair: …"."""
    return bool(_PART_OF_THE_TABLE.match(line))


def names_people(words: str) -> bool:
    """Say whether a block is a list of names: mostly capitals, no verb, not an item's title."""
    letters = [w for w in re.findall(r"[^\W\d_][\w’'-]*", words) if len(w) > 3 or w[0].isupper()]
    upper = sum(word[0].isupper() for word in letters)
    return (
        bool(letters)
        and upper >= 0.5 * len(letters)
        and not _FINITE.search(words)
        and not (_TOPIC.search(words) and len(letters) < 12)
    )


def is_finite(words: str) -> bool:
    """Say whether a line has one of the verbs that sentences of minutes have."""
    return bool(_FINITE.search(words))


def is_front_matter(words: str) -> bool:
    """Say whether a block is a title, a date or a place on top of minutes."""
    bare = len(words.split()) <= 25 and not words.rstrip().endswith((".", "!", "?", ":"))
    return bool(_FRONT.match(words)) or (bare and not _FINITE.search(words))


def is_signature(words: str) -> bool:
    """Say whether a block is where the chair signs."""
    return len(words) < 120 and bool(_SIGNATURE.search(words))


def is_agenda(words: str, *, under_a_title: bool) -> bool:
    """Say whether a block is the agenda's own: an hour, or "To receive …" ``under_a_title``."""
    agenda = _AGENDA.match(words)
    return bool(agenda) and (under_a_title or bool(_TIMED.match(words)))


def goes_on_deciding(words: str) -> bool:
    """Say whether a paragraph has the form of a part of a resolution: "That …", "Note …"."""
    return bool(_GOES_ON_DECIDING.match(words))


def promises_a_list(sentence: str) -> bool:
    """Say whether a sentence ends by announcing several lines: "the following would attend:"."""
    return introduces(sentence) and bool(_LISTS.search(sentence))


def motion_by(words: str) -> Role | None:
    """Return the role of a line that tells who submitted the motion that follows it."""
    return Role.RESOLUTION if _MOTION_BY.match(words) else None


def is_no_title(words: str) -> bool:
    """Say whether a line goes on with what was said: it is closed, or a line of figures."""
    return words.endswith((".", ":", ";", ",", "?")) or bool(_FIGURES.search(words))


def names_one(words: str) -> bool:
    """Say whether a line is nothing but somebody's name, as below a signature."""
    return len(words.split()) <= _LONGEST_NAME and names_people(words)


def opens_a_list(words: str) -> bool:
    """Say whether a line set like a title is half a sentence: "Signals provide for:"."""
    return bool(_HALF_A_SENTENCE.search(words))


def is_numbered_title(words: str) -> bool:
    """Say whether a paragraph is the number and title of an agenda item."""
    short = len(words.split()) <= 14
    return short and bool(_NUMBERED_TITLE.match(words)) and not _FINITE.search(words)


def is_shouted_title(words: str) -> bool:
    """Say whether a block is an agenda item's number and its title in capitals."""
    numbered = _ITEM_NUMBER.match(words)
    title = words[numbered.end() :] if numbered else ""
    if not (is_capitals(title) and len(title.split()) <= 14):
        return False
    return label(title) in (None, Role.ATTENDANCE)
