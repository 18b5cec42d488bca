"""Questions that follow a matter from meeting to meeting: “what became of …”, “has it slipped?”.

They ask for what the record said each time, though they name no times.
"""

from __future__ import annotations

import re

_MOVED = (
    r"(?:slip(?:ped|ping)?|shift(?:ed|ing)?|chang(?:ed?|ing)|drift(?:ed|ing)?|brought forward|"
    r"(?:push|put|mov)(?:e|ed|ing)?(?: \w+)? (?:back|out|off)|(?:go|gone|went|going) (?:up|down)|"
    r"shr[iau]nk|ris(?:e|en|ing)|rose|f[ae]ll(?:en|ing)?|gr[eo]wn?|growing|evolv(?:ed?|ing)|"
    r"(?:pass|go|gone|went|mov)(?:e|ed)? from (?:one|hand|\w+ to)\b)"
)
"""What a date, a figure, a plan or a post does when the record tells it anew."""
_GOT = (
    r"(?:get on|got on|getting on|develop(?:ed|ing)?|progress(?:ed|ing)?|turn(?:ed)? out|"
    r"mov(?:e|ed|ing) (?:on|along|forward|about|around)|come about|came about|"
    r"(?:get|got|go|gone|went|come|came) from|fared?|vary|varied|"
    r"mov(?:e|ed)(?=\W*$| (?:during|over|through|throughout|in|between|from|since|after|before)\b))"
)
_TRACE = r"(?:please )?(?:trace|follow|track)\b"
_BEGINS = re.compile(
    r"^(?:and |so |then |but )*(?:"
    r"what (?:has |have |had |finally |then )*(?:become|became|come|came) of\b"
    r"|what (?:has |have |had |finally |then )*happened (?:to|with)\b"
    rf"|(?:by )?how (?:much )?(?:did|has|have|had|was|were|is|are)\b.*\b(?:{_MOVED}|{_GOT})(?!\w)"
    rf"|how far (?:did|has|have|had|was|were)\b.*\b(?:{_MOVED}|get|got|gone|come|moved?)\b"
    r"|how (?:often|many times)\b.*\b(?:put|pushed|changed|moved|delayed|postponed|deferred)\b"
    rf"|(?:has|have|had|did|was|were|is|are)\b.*\b{_MOVED}(?!\w)"
    r"|(?:tell me )?(?:how|what)\b.*\bsaid (?:each|every) time\b"
    r"|what happened (?:each|every) time\b"
    r"|(?:(?:tell|show) (?:me|us) |explain )?how (?:the|an?|its|their)\b.*\b(?:moved|went|gone|"
    r"developed|changed|evolved|progressed|got|came|grew|fell|rose|slipped|turned out)\b"
    r"|(?:did|has|have|had|was|were)\b.*\b(?:on time|on schedule|as (?:planned|promised)|"
    r"when (?:\w+ )?(?:promised|planned|expected|intended|supposed to)|"
    r"when (?:it|they) (?:was|were) (?:\w+ )?to|within the time)\b"
    r"|(?:what|which) (?:\w+ ){0,3}(?:dates|times|figures|sums|estimates|costs|prices|reasons|"
    r"names|deadlines) have been (?:\w+ )?"
    r"(?:given|put|quoted|promised|named|mentioned|stated|announced)\b"
    rf"|{_TRACE})",
    re.IGNORECASE,
)
_AT_FIRST = r"(?:at first|originally|initially|to begin with|first|before)"
_AT_LAST = r"(?:later|then|now|in the end|finally|eventually|ultimately|afterwards|since|after)"
_ANYWHERE = re.compile(
    r"\b(?:over the (?:years|months)|over time|from (?:one )?meeting to (?:the next|meeting)|"
    r"back and forth|each time|(?:the )?(?:history|story) of|meeting (?:by|after) meeting|"
    r"year (?:by|on|after) year|successive (?:meetings|years|reports|minutes)|"
    r"before and after|chang(?:e|ed) hands|change of (?:mind|heart|plan|course)|u-turn|"
    r"ke(?:ep|pt) (?:slipping|moving|changing|being (?:put|pushed|moved|delayed|deferred))|"
    r"(?:followed|succeeded|replaced) (?:one another|each other))\b"
    rf"|\b{_AT_FIRST}\b.*\band (?:what |where |when |how |who )?.*?\b{_AT_LAST}\b",
    re.IGNORECASE,
)
_TRACED = re.compile(_TRACE, re.IGNORECASE)


def follows_a_matter(question: str) -> bool:
    """Say whether the words of a question ask how a matter went on."""
    words = " ".join(question.split())
    return bool(_BEGINS.search(words) or _ANYWHERE.search(words))


def traces_a_matter(question: str) -> bool:
    """Say whether each meeting is asked for, of a year that is named too: “trace …”."""
    return _TRACED.match(" ".join(question.split())) is not None
