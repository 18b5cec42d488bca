"""Who is speaking: the words by which minutes mark comments, responses, resolutions, actions.

Cues are of two sorts. An *opening* introduces what follows it (a list, or paragraphs up to the
next heading): "Members made the following comments:-", "RESOLVED:-", "ACTION:". A *voice* holds
for its own sentence and what continues it: "Officers responded that …".
"""

from __future__ import annotations

import re

from indexer.model import Role

_MEETING = (
    r"(?:the )?(?:sub-?)?(?:board|committee|commission|panel|council|cabinet|executive|group|"
    r"sub-committee|forum|partnership|meeting|members?|councillors?)"
)
_SPEAKERS = (
    r"(?:the (?:vice[- ])?chair(?:man|person|woman)?|the (?:lord |deputy )?mayor|members?|"
    r"(?:a|one|another|some|several|many|other) (?:\w+ )?(?:members?|councillors?|residents?)|"
    r"councillors?|cllrs?\.?|cmhlr\.?|a member of the public|(?:the )?public|residents|"
    rf"{_MEETING})"
)
_OFFICERS = (
    r"(?:officers?|the (?:\w+[ -]){0,6}(?:director|officer|executive|manager|lead|secretary|"
    r"solicitor|head|engineer|ccg|trust|accountant|treasurer|consultant|commissioner)s?)"
)
_SAYING_AS_MEMBER = (
    r"(?:also |further |then )?(?:commented|asked|queried|questioned|raised|felt|expressed|"
    r"enquired|sought|welcomed|thanked|praised|criticised|noted with|suggested|requested|hoped|"
    r"considered|were concerned|was concerned|called|complained|objected|wondered|highlighted "
    r"(?:their |his |her )?concern|stressed|urged|emphasi[sz]ed|congratulated)"
)
_SAYING_AS_OFFICER = (
    r"(?:also |then |further )?(?:responded|replied|agreed|advised|confirmed|explained|clarified|"
    r"stated|informed|assured|answered|undertook|outlined|reassured|said)"
)

_RESOLUTION_OPENING = re.compile(
    r"^(?:\d+[.)] *)?(?:"
    r"(?:it was )?(?:unanimously )?(?:AGREED|RESOLVED|NOTED|DECIDED|ORDERED)\b"
    r"|Resolved\b|Agreed\s*[:\-–—]|Resolution\b|RESOLUTION|RECOMMENDED|RECOMMENDATIONS? AGREED"
    r"|DECISIONS?\b ?[:\-–—]?|Decisions? ?[:\-–—]"
    r"|[Ii]t was (?:then |therefore |also |further )?(?:unanimously )?"
    r"(?:[Aa]greed|[Rr]esolved|[Dd]ecided)\b"
    r"|On (?:the proposal|being put|a show of hands|a vote)\b"
    r")"
)
_RESOLUTION_VOICE = re.compile(
    rf"^{_MEETING} (?:unanimously |also |then )?"
    r"(?:AGREED|RESOLVED|NOTED|agreed|resolved|approved|adopted|endorsed)\b"
    r"|\b(?:motion|amendment|recommendations?|resolution) (?:was|were) (?:put to the vote and )?"
    r"(?:duly )?(?:carried|lost|agreed|adopted|passed|defeated|approved)\b"
    r"|^(?:Proposed|Moved) by\b|\bseconded by\b",
    re.IGNORECASE,
)
_ACTION_OPENING = re.compile(r"^(?:ACTIONS?|Actions?)\b ?(?:\d+ ?)?(?:[:\-–—]|POINTS?\b|$)")
_ATTENDANCE_OPENING = re.compile(
    r"^(?:(?:members |also |councillors |officers |officials |those )?(?:present|in attendance|"
    r"attendees|attendance)(?: (?:in the chair|at the meeting))? ?(?::|$)|apologies\b|"
    r"(?:officials|officers|also) in attendance\b)",
    re.IGNORECASE,
)
_COMMENT_OPENING = re.compile(
    r"(?:members|councillors|board|committee|commission|panel|meeting|public)\b.*\b(?:made|raised|"
    r"asked|expressed|had|offered|commented)\b.*(?:comments?|questions?|points?|concerns?|"
    r"queries|observations|issues|that)?"
    r"|\b(?:comments?|questions?|concerns?|queries|observations)\b.*"
    r"\b(?:were|was) (?:made|raised|asked|expressed|noted|received)",
    re.IGNORECASE,
)
_RESPONSE_OPENING = re.compile(
    r"^(?:in (?:response|reply|answer)|(?:following|after|arising from)\b.*\b(?:questions?|queries|"
    r"comments|discussion))\b",
    re.IGNORECASE,
)
_COMMENT_VOICE = re.compile(
    rf"^{_SPEAKERS}(?: [A-ZÓ][\w.’'()-]*){{0,4}} {_SAYING_AS_MEMBER}\b"
    r"|^(?:concerns?|disappointment|dissatisfaction|reservations?|frustration) (?:was|were|had "
    r"been) (?:also )?(?:expressed|raised|voiced)\b"
    r"|^there (?:was|were) (?:some |also )?concerns?\b"
    r"|^it was (?:also )?(?:suggested|queried|asked|questioned|requested|generally felt|felt)\b"
    r"|^a (?:question|query|concern) was (?:asked|raised)\b",
    re.IGNORECASE,
)
_RESPONSE_VOICE = re.compile(
    rf"^{_OFFICERS}\b[^.;:]{{0,100}}? {_SAYING_AS_OFFICER}\b"
    r"|^(?:it was|members were|the \w+ was) (?:confirmed|advised|"
    r"explained|clarified|reported in response)\b"
    rf"|^(?:mr|mrs|ms|dr|miss|prof)\.? [\w.’' -]+? {_SAYING_AS_OFFICER}\b"
    rf"|^it was {_SAYING_AS_OFFICER}\b",
    re.IGNORECASE,
)


_ANSWER = re.compile(
    r"^(?:in (?:response|reply|answer)\b|(?:following|after|arising from|responding to)\b.*"
    rf"\b(?:question|query|queries|comment).*\b(?:{_SAYING_AS_OFFICER}|indicated|noted)\b)",
    re.IGNORECASE,
)
_OPENINGS = (
    (Role.RESOLUTION, _RESOLUTION_OPENING),
    (Role.ACTION, _ACTION_OPENING),
    (Role.ATTENDANCE, _ATTENDANCE_OPENING),
)
_LIST_OPENINGS = ((Role.RESPONSE, _RESPONSE_OPENING), (Role.COMMENT, _COMMENT_OPENING))


def opening(sentence: str) -> Role | None:
    """Return the role that a block beginning with ``sentence`` gives to what follows it."""
    for role, cue in _OPENINGS:
        if cue.match(sentence):
            return role
    if introduces(sentence):
        for role, cue in _LIST_OPENINGS:
            if cue.search(sentence):
                return role
    return None


def voice(sentence: str, before: Role) -> Role | None:
    """Return the role of one sentence by its own words; ``before`` is the role it follows."""
    if _RESOLUTION_VOICE.search(sentence):
        return Role.RESOLUTION
    if _COMMENT_VOICE.match(sentence):
        return Role.COMMENT
    if _ANSWER.match(sentence):
        return Role.RESPONSE
    if _RESPONSE_VOICE.match(sentence):
        return Role.RESPONSE if before in (Role.COMMENT, Role.RESPONSE) else None
    return None


def introduces(sentence: str) -> bool:
    """Say whether a sentence announces a list: it ends in a colon, a dash, or in "that"."""
    ending = sentence.rstrip()
    return ending.endswith((":", ":-", ":–", ";", "–", "—")) or bool(
        re.search(r"\b(?:that|to|the following|as follows)[,.]?$", ending)
    )


def is_bare_label(sentence: str, role: Role) -> bool:
    """Say whether an opening has nothing but its label, so that the next paragraph is meant."""
    return role in (Role.RESOLUTION, Role.ACTION, Role.ATTENDANCE) and (
        introduces(sentence) or len(sentence.split()) <= 3
    )
