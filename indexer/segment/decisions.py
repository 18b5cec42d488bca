"""The words by which minutes record a decision: moved, seconded, voted, resolved, agreed, noted."""

from __future__ import annotations

import re

from indexer.segment.cues import Cue

_OF_A_MEETING = (
    r"(?-i:[A-Z][\w’'&-]*|and|of|for|the|on|&|joint|full|whole|health|wellbeing|scrutiny|trust|"
    r"overview|governing|audit|finance|quality|working|steering|task|project|programme|"
    r"management|clinical|elected|lay|other|some|several|all|most)"
)
MEETING = (
    rf"(?:the )?(?:{_OF_A_MEETING} ){{0,7}}?(?:(?<!chief )executive|boards?|(?:sub-?)?committees?|"
    r"commission|panel|council|cabinet|group|forum|partnership|meeting|governing body|members|"
    r"governors|trustees|councillors)"
)
_DULY = r"(?:(?:also|then|therefore|further|unanimously|duly|formally|subsequently|hereby|all) )*"
PAPER = (
    r"(?:minutes|notes?|record|report|update|paper|presentation|position|plan|budget|accounts?|"
    r"strategy|policy|proposals?|proposed \w+|recommendations?|terms of reference|business case|"
    r"schedule|programme|register|statement|correspondence|contents|progress|item|matter|"
    r"nominations?|action log|action points?)"
)
_DONE = (
    r"(?:noted|approved|agreed|adopted|endorsed|ratified|accepted|confirmed|deferred|signed|"
    r"withdrawn|received|supported|taken as read)"
)
_MOTION = r"(?:motion|amendment|resolution|proposal|proposition|recommendations?|nomination)s?"
_OFFICE = r"(?:chair|vice|deputy|mayor|president|cathaoirleach|leas|convenor|secretary|treasurer)"

_OPENINGS = (
    r"(?:this|the (?:motion|amendment|proposal|recommendations?)) (?:was|were) "
    r"(?:\w+ )?(?:proposed|moved|seconded)\b",
    r"(?:(?:with|on|in|at|following|after) [^.,;:]{3,90}, )?"
    r"(?:cllrs?|councillors?|cmhlr|members?|(?:the )?(?:chair|mayor|leader)|mr|mrs|ms|miss|dr|"
    r"prof(?:essor)?|sir|dame|deputy|ald(?:erman)?)\b\.?(?:(?! (?:the|an?|this|"
    r"that)\b)[^,;:]){0,40}? "
    r"(?:formally |then )?"
    r"(?:proposed|moved|seconded)\b(?! to (?:speak|ask|explain))",
    rf"(?:the )?(?:[\w’'-]+ ){{0,8}}{PAPER}\b[^.;]{{0,90}}\b(?:was|were) {_DULY}{_DONE}\b"
    r"(?! (?:by (?!(?:the )?(?:\w+ )?(?:board|committee|members|meeting|panel|group|council)\b)|"
    r"in (?:\w+,? )?(?:19|20)|"
    r"that\b|with concern))",
    rf"{MEETING} {_DULY}(?:to )?(?:resolves?|approves?d?|adopts?|adopted|endorses?d?|"
    r"ratified|accepted|authorised|delegated|elected|appointed|deferred|resolved|"
    r"received and noted|noted and (?:approved|agreed|endorsed|adopted|accepted|ratified)|"
    r"(?:took|received) (?:\w+ )?assurance|"
    rf"noted (?:and \w+ )?(?:the|this|both|its|all)\b[^.,;:]{{0,60}}?\b{PAPER}\b|"
    r"were content|was content)\b(?! (?:to|with) concern)",
    rf"(?:the )?{MEETING} noted ?:",
    r"(?:\w+ )?(?:motion|amendment) (?:as amended )?(?:carried|lost|agreed|withdrawn|fell)\b",
    r"(?:agreed|carried|approved|passed|resolved|noted|seconded)(?: unanimously|"
    r" nem\.? con\w*)?\.?$",
    r"(?:proposed|moved|seconded):? (?:cllrs?|councillors?|cmhlr|mr|mrs|ms|miss|dr)\b",
    r"there (?:were|was) (?:no|one|two|three|\d+) (?:abstentions?|votes? (?:for|against))\b",
    rf"{MEETING} (?:discussed|considered|debated|reviewed|noted|welcomed)\b[^.;:]{{3,160}}? and "
    r"(?:\w+ly )?agreed (?:that\b[^.;:]{0,160}?\b(?:would|should|shall|will|be)\b|to\b)",
    r"(?:for|against|abstain(?:ed|ing)?|abstentions?) ?(?:\(\d+\)|:? ?\d+\b)",
    r"[‘“\"']?(?:[i|!1l]|we) (?:will|wish to|hereby|beg to|would like to)? ?(?:move|propose)\b",
    rf"(?:{MEETING}|It was)\b[^.;:]{{0,40}}?\b(?-i:RESOLVED|AGREED|NOTED|APPROVED|ENDORSED|"
    r"RATIFIED|RECEIVED|SUPPORTED|ACCEPTED|DEFERRED|RECOMMENDED)\b",
    r"(?:ar )?(?:m?h?oladh|molta)\b|cuid(?:i|í)\w* (?:ag|ó|6)",
)
"""How a sentence begins that decides."""
_OPENING = re.compile("|".join(_OPENINGS), re.IGNORECASE)
_CUES = tuple(
    Cue(signs, pattern)
    for signs, pattern in (
        (
            ("second", "proposed by"),
            r"\bseconded by\b|\bproposed by\b|\b(?:proposed|moved)\b[^.]{0,90}\bseconded\b",
        ),
        (
            ("motion", "amend", "resolution", "propos", "recommend", "nominat"),
            rf"\b{_MOTION}\b[^.;]{{0,60}}\b(?:was|were|is|be)? ?{_DULY}"
            r"(?:carried|lost|fell|falls|passed|defeated|adopted|not carried|put to the vote)\b",
        ),
        (
            ("elected", "appointed"),
            rf"\b(?:elected|re-elected|appointed|re-appointed) (?:as |to be )?(?:the )?{_OFFICE}\b",
        ),
        (
            ("declared",),
            r"\bdeclared\b[^.]{0,80}\b(?:elected|appointed|carried|lost|defeated)\b",
        ),
        (
            ("hands", "vote", "put", "abstain"),
            r"\bshow of hands\b|\ba (?:\w+ )?vote was (?:\w+ )?taken\b|"
            r"\bput to (?:the|a) vote\b|"
            r"\bput the (?:\w+ )?(?:motion|amendment|question|matter|recommendations?)\b|"
            r"\bon being put\b|\babstain(?:ed|ing)\b|"
            r"\bvoted (?:for|against|in favour|to|unanimously)",
        ),
        (("agus an", "glacadh"), r"\bagus an cinneadh\b|\bglacadh leis\b"),
    )
)
"""What decides wherever it stands in a sentence."""
_AGREED = Cue(
    ("agreed", "decided", "resolved"),
    rf"(?:\bit was|(?:^|, |\band ){MEETING}) {_DULY}(?:agreed|decided|resolved)\b(?! with\b)",
)
_VERB = re.compile(
    r"\b(?:(?P<settles>would|should|shall|will|be|could|may|must|to)|"
    rf"(?P<holds>needs? to|needed to|(?:is|are|was|were|has|have|had)\b"
    rf"(?! (?:not )?{_DONE}| appointed| elected| to\b)))\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"(?:once|if|where|unless|until|should|in the event|in such|it would|this would)\b"
    r"(?![^.;:]{0,60}\bput to\b)",
    re.IGNORECASE,
)
_TELLING = 1200


def decides(sentence: str) -> bool:
    """Say whether a sentence of minutes records a motion, a vote or a decision.

    Members who "agree that it is a problem" decide nothing; what they agree "should be done" is
    decided.
    """
    sentence = sentence[:_TELLING]
    if _OPENING.match(sentence):
        return True
    if _CONDITION.match(sentence):
        return False
    if any(cue.search(sentence) for cue in _CUES):
        return True
    agreed = _AGREED.search(sentence)
    if agreed is None:
        return False
    verb = _VERB.search(sentence, agreed.end())
    return verb is None or verb["settles"] is not None
