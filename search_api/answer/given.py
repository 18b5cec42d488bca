"""How surely a text gives what a question asks for: a count of it, a sum, a time, a name.

The forms of an answer (``asked.fitness``) choose among sentences, and may err to the side of too
much: "8-9pm" holds numbers. Here the question is whether there is an answer at all, so a number
that is of a date, a time of day, a sum or a list counts for nothing, and one of what is counted
for more than another.
"""

from __future__ import annotations

import re

from indexer.calendar_words import MONTH, SEASON, WEEKDAY
from indexer.number_words import COUNTING
from indexer.stopwords import STOP_WORDS
from search_api.answer.counts import counted, counted_in, without_dates
from search_api.answer.likes import with_like
from search_api.answer.matter import Matter
from search_api.answer.posts import holders_in, post_asked
from search_api.answer.statements import Statement, fitness_of, led_in
from search_api.answer.values import only_shares, people_in
from search_api.asked.fitness import brings, without_laws
from search_api.asked.kinds import QuestionKind
from search_api.asked.question import Asked
from search_api.english import stem, words_of

_BARE_COUNT, _OTHER_COUNT, _OTHER_NAME, _CONDITION, _NO_DAY = 0.7, 0.3, 0.4, 0.7, 0.5
"""What a number counts that stands by itself, and one with another noun than is asked for; what a
post counts that no person is named with; where a time is asked for, what a condition counts, and
where a day is, what a month, a year or “recently” does."""
GIVEN = 0.5
"""From there on a text gives a value of the kind that is asked for."""
_COUNTED = "|".join(word for word in COUNTING if word != "one")
_NUMBER = re.compile(
    r"(?<![\d.,/])\b(?P<number>\d[\d,]*(?:\.\d+)?(?=\b|[a-z])"
    rf"|(?:no|{_COUNTED}|hundreds?|thousands?|dozens?|half|only one|once|twice)\b)"
    r"(?: (?:other|further|additional|new|different|main|separate|key|existing)\b)*"
    r"(?: (?P<next>[\w’'-]+))?",
    re.IGNORECASE,
)
_OF_A_FIRM = re.compile(
    r"\b(?:which|what) (?:\w+ ){0,2}(?:firms?|compan(?:y|ies)|contractors?|consultanc(?:y|ies)|"
    r"consultants?|organisations?|suppliers?|provider|developers?|bidders?|landlords?|"
    r"landowners?)\b",
    re.IGNORECASE,
)
_CALLED = r"[A-Z][\w’'&-]*(?: (?:and |& )?[A-Z][\w’'&-]*)*"
_GROUP = r"(?!(?:The )?(?:Labour|Conservative|Liberal|Green|Independent|Opposition|Fianna|Fine)\b)"
"""A party's group is no firm."""
_FIRM = re.compile(
    rf"\b{_GROUP}(?P<firm>{_CALLED}) ?(?:,|\()? ?(?:Ltd|Limited|plc|LLP|"
    r"Inc|Construction|Contractors?|Consultants?|Consulting|Engineering|Architects|Developments?|"
    r"Holdings?|Solutions|Associates|Partners|Group)\b"
    r"|\b(?:by|consultants?|contractors?|firm|company|supplier|provider|appointed|"
    rf"commissioned|engaged) (?P<agent>{_CALLED})"
    r"|\b(?:award(?:ed)?|let|contract(?:ed)?|tender|agreement|agreed|signed|bought|purchased|hired|"
    r"supplied|outsourced|transferred|sold|leased)\b"
    rf"[^.;]{{0,40}}? (?:to|from|with) (?P<partner>{_CALLED})"
    rf"|\b(?P<doer>{_CALLED}) (?:had |have |has )?(?:been |was |were )(?:\w+ly )?"
    r"(?:commissioned|appointed|engaged|awarded|contracted|selected|hired|employed)"
)
_OF_SOMEBODY = re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE)
_OF_A_BODY = re.compile(
    r"\b(?:which|what) (?:\w+ ){0,2}(?:bod(?:y|ies)|authorit(?:y|ies)|trusts?|councils?|"
    r"departments?|agenc(?:y|ies)|charit(?:y|ies)|universit(?:y|ies)|boroughs?|ministr(?:y|ies))\b",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?<![.:;!?•·] )(?<!^)(?<!\n)\b(?!I\b){_CALLED}")
"""A name that does not only begin a sentence."""
_HOW_FAR = re.compile(r"\bhow far\b", re.IGNORECASE)
"""“How far has the grant fallen?” is answered by a sum as well."""
_POST = re.compile(
    r"\b(?:chair(?:man|woman|person)?|chief executive|director|officer|manager|minister|mayor|"
    r"leader|secretary|superintendent|sergeant|inspector|engineer|members?|councillors?|cllrs?|residents?)\b",
    re.IGNORECASE,
)
_MAY = re.compile(
    r"\bwho (?:(?:is|are|was|were|would be|will be) (?:\w+ly )?"
    r"(?:allowed|entitled|eligible|able|affected|covered|exempt|invited|welcome)\b"
    r"|(?:can|may|could|might|benefits?|qualif(?:y|ies))\b)",
    re.IGNORECASE,
)
"""Who may do a thing is told of everybody, or of some sort of people."""
_ANYBODY = re.compile(
    r"\b(?:any(?:one|body)|every(?:one|body)|nobody|no one|(?:all|any|only|those|these)\b|people|"
    r"persons?|residents|patients|families|children|households?|carers|staff|users|members|owners|"
    r"tenants|applicants|businesses|organisations|groups|students|pupils|adults|women|men)\b",
    re.IGNORECASE,
)
_UNDER = re.compile(
    r"\bwho\b.*\b(?:answers?|reports?|accountable|answerable|responsible) to\b"
    r"|\bto whom\b.*\b(?:answers?|reports?|accountable|answerable|responsible)\b",
    re.IGNORECASE,
)
_IS_UNDER = re.compile(
    r"\b(?:accountable|answerable|responsible|report(?:s|ed|ing)?|answers?) (?:\w+ly )?to\b", re.I
)
"""Who stands above whom: most often a body or a post."""
_OF_A_NAME = re.compile(
    r"\bnames? of\b|\b(?:named|called)\b|\bwhat(?:[’']s| is| was) (?:his|her|their) name\b", re.I
)
"""Where a name is asked for, no post is one."""
_TIME = re.compile(
    rf"(?:\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? )?\b(?:{MONTH})\b(?: \d{{1,2}}\b)?"
    rf"|\b(?:{SEASON})\b|\b(?:19|20)\d\d\b"
    r"|\b(?:next|last|this|following|coming|end of(?: the)?) (?:day|week|month|year|quarter)\b"
    r"|\b(?:in|within|after|over the next) \w+ (?:days|weeks|months|years)\b"
    r"|\b\d+ (?:days|weeks|months|years)\b"
    rf"|\b(?:{WEEKDAY})\b|\b(?:yesterday|tomorrow|tonight|today)\b",
    re.IGNORECASE,
)
_OF_AN_HOUR = re.compile(r"\bwhat (?:time|hour)\b", re.IGNORECASE)
_HOUR = re.compile(
    r"\b\d{1,2}(?:[.:]\d\d)? ?(?:[ap]\.?m\b\.?|o[’']clock|noon|midnight|hrs\b|hours\b(?= on))"
    r"|\b(?:[01]?\d|2[0-3])[.:][0-5]\d\b(?![%\d]|[.,]\d)|\b(?:noon|midnight|midday)\b",
    re.IGNORECASE,
)
_OF_A_DAY = re.compile(r"\b(?:what|which|exact) (?:\w+ )?(?:date|day)\b", re.IGNORECASE)
_DAY = re.compile(
    rf"\b\d{{1,2}}\W{{0,2}}(?:st|nd|rd|th)?(?: of)?,? (?:{MONTH})\b|\b(?:{MONTH}) \d{{1,2}}\b(?!\d)"
    rf"|\b\d{{1,2}}[/.-](?:\d{{1,2}}|(?:{MONTH}))[/.-](?:\d\d)?\d\d\b|\b(?:{WEEKDAY})\b"
    r"|\b(?:yesterday|tomorrow|tonight|today)\b",
    re.IGNORECASE,
)
_OPEN_TIME = re.compile(
    r"\b(?:when|once|until|after|before|soon|subject to|pending|not yet|already|in due course|"
    r"shortly|by the end of|dependent (?:up)?on|provided that|sure that)\b"
    r"|(?<!\bthe )\bfollowing (?:(?:the|a|an|this|that|its|their|on from)\b"
    r"|\w+(?:ing|[st]ion|al|ment)s?\b)"
    r"|\bnext meeting\b",
    re.IGNORECASE,
)
"""What ties a thing to another, or says that its time is open."""
_A_MOVER = re.compile(
    r"\b(?:will|shall|to|t?will) (?:\w+ )?(?:ask|move|propose|call)\b[^.;]*?meeting\b"
)
"""When a motion is moved is no time of what it asks for."""
_NOT_A_MONTH = re.compile(r"\b(?:may|march) (?=[a-z])|(?<=[a-z] )may\b")


def gives_it(matter: Matter, one: Statement) -> bool:
    """Say whether a statement gives the value that is asked for; any does where none is."""
    return not matter.valued or given_by(matter, one) >= GIVEN


def given_by(matter: Matter, one: Statement) -> float:
    """Return from 0 to 1 how surely a statement gives what is asked for."""
    fit, record = fitness_of(matter.asked, one), matter.record_of(one)
    return gives(matter.asked, matter.question, led_in(one), fit, record)


def gives(asked: Asked, question: str, text: str, fit: float, record: str = "") -> float:
    """Return from 0 to 1 how surely a text gives what is asked for, by its words alone.

    ``fit`` is the fitness of the text, which is what counts for kinds that ask for no value, and
    ``record`` the document that it is of: what it writes in small letters too is no name.
    """
    if asked.kind is QuestionKind.HOW_MANY and not _HOW_FAR.search(question):
        return _count(asked, question, text)
    if asked.kind is QuestionKind.WHO:
        return _name(asked, question, text, record)
    if asked.kind is QuestionKind.WHEN:
        return _time(asked, question, text, fit)
    if asked.kind is QuestionKind.HOW_MUCH and only_shares(question, text):
        return 0.0
    return fit


def _time(asked: Asked, question: str, text: str, fit: float) -> float:
    plain = _NOT_A_MONTH.sub(" ", without_laws(text, asked.words))
    brought = brings(_TIME, plain, asked.words)
    if _OF_AN_HOUR.search(question):
        told = brings(_HOUR, text, asked.words)
        return 1.0 if told else min(fit, _CONDITION) if brought else 0.0
    if brought:
        no_day = _OF_A_DAY.search(question) and not brings(_DAY, text, asked.words)
        return _NO_DAY if no_day else 1.0
    said = _A_MOVER.sub(" ", text)
    return min(fit, _CONDITION) if _OPEN_TIME.search(said) else 0.0


def _count(asked: Asked, question: str, text: str) -> float:
    if any(f"{amount:g}" not in asked.words for _, amount in counted_in(question, text)):
        return 1.0
    plain = without_dates(text)
    kinds = counted(question).kinds
    found = [each for each in _NUMBER.finditer(plain) if each["number"].lower() not in asked.words]
    if not found:
        return 0.0
    return max(_OTHER_COUNT if _of_another(each["next"], kinds) else _BARE_COUNT for each in found)


def _of_another(following: str | None, kinds: frozenset[str]) -> bool:
    """Say whether what follows a number is a noun, not of a kind that the question names.

    An adverb is none: “only one financially sound organisation”.
    """
    if following is None or following in STOP_WORDS or stem(following) in kinds:
        return False
    return following.islower() and not following.endswith("ly")


def _name(asked: Asked, question: str, text: str, record: str) -> float:
    known = {stem(word) for word in asked.words}
    if _OF_A_FIRM.search(question) and not _OF_SOMEBODY.search(question):
        named = (next(filter(None, each.groups()), "") for each in _FIRM.finditer(text))
        return 1.0 if any(not _stems(name) <= known for name in named if name) else 0.0
    if _OF_A_BODY.search(question):
        return 1.0 if any(not _stems(one[0]) <= known for one in _NAMED.finditer(text)) else 0.0
    if any(stem(person) not in known for person in people_in(text, record)):
        return 1.0 if _is_of_the_post(question, text, record) else _OTHER_NAME
    if _is_of_some_sort(question, text):
        return 1.0
    if _OF_A_NAME.search(question):
        return 0.0
    return _OTHER_NAME if any(stem(m[0]) not in known for m in _POST.finditer(text)) else 0.0


def _is_of_the_post(question: str, text: str, record: str) -> bool:
    """Say whether a text gives the holder of the post that a question asks for, if it asks so."""
    post = post_asked(question)
    held = not post or holders_in(text, question, lambda one: bool(with_like(one) & post), record)
    return bool(held)


def _is_of_some_sort(question: str, text: str) -> bool:
    """Say whether who may do a thing, or stands above another, is told, though nobody is named."""
    if _MAY.search(question) and _ANYBODY.search(text):
        return True
    return _UNDER.search(question) is not None and _IS_UNDER.search(text) is not None


def _stems(name: str) -> set[str]:
    return {stem(word) for word in words_of(name)}
