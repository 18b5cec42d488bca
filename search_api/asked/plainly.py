"""What is asked, without the words that a person puts around it.

“I am writing to the minister and need to know when the consultation begins, can you tell me?” asks
when the consultation begins. What stands around is about who asks; no record holds it, and every
word of it would count as one that the record does not answer to.
"""

from __future__ import annotations

import re

from indexer.stopwords import STOP_WORDS
from search_api.english import in_full, words_of
from search_api.query import LONGEST_QUESTION

_PLEASE = r"(?:please |kindly |just |really |also |urgently |now |still |only )*"
_NEED = r"(?:need|want|wish|have|like|love|try(?:ing)?|hop(?:e|ing)|keen|able)"
_LEARN = r"(?:know|learn|find out|understand|see|hear|establish|check|confirm|ask(?: you)?)"
_TELL = r"(?:tell|inform|advise|remind|show|explain(?: to)?|say|confirm(?: to)?|clarify|let)"
_POSITION = (
    r"(?:the |their |its |our )?(?:(?:latest|current|present) )?"
    r"(?:latest|positions?|news|status|updates?|word|timetable|timescales?|situation|outlook)"
)
_KNOWS = r"(?:you|anyone|anybody|someone|somebody|we|they)"
_FRAME = re.compile(
    rf"\b(?:(?:I|we)(?:[’']d| would| am| are|[’']m|[’']re)? {_PLEASE}{_NEED} {_PLEASE}to {_LEARN}"
    rf"|(?:can|could|would|will) {_KNOWS} {_PLEASE}{_TELL}(?: (?:me|us))?(?: know)?"
    rf"|(?:please|kindly) {_TELL}(?: (?:me|us))?(?: know)?"
    rf"|(?:\A|(?<=[.,;!?] )|(?<=\band )){_TELL} (?:me|us)(?: know)?"
    rf"|(?:do|does) {_KNOWS} {_PLEASE}know"
    r"|(?:I|we)(?: am| are|[’']m|[’']re| was| were)? (?:wonder(?:ing|ed)?|asking|unsure|not sure)"
    rf"|(?<=\band ){_PLEASE}{_NEED} to {_LEARN}|(?:my|our|the) question is"
    rf"|what(?:[’']s| is| was) {_POSITION} (?:on|about|for|as to|regarding|concerning|to))"
    r"(?: (?:please|exactly|more))?[,:;–-]?\s+"
    r"(?:(?P<about>about|of|on)\s+)?"
    r"(?P<core>(?(about)\S.*|(?:(?:by|at|in|on|for|to|from|of|with) )?"
    r"(?:when|what|who|whom|whose|where|which|why|how|whether|if)\b.*))",
    re.IGNORECASE | re.DOTALL,
)
_AFTER = re.compile(
    rf"[\s,;.–-]+(?:(?:(?:can|could|would|will|do|does) {_KNOWS} {_PLEASE}"
    rf"(?:{_TELL}|help|assist|know)\b[^?.]*)"
    r"|(?:many )?thanks?(?: you)?(?: very much| so much| in advance| a lot)*|please|cheers"
    r"|if (?:you can|possible|you know|you would))\s*[?.!]*\s*$",
    re.IGNORECASE,
)
_GREETING = re.compile(
    r"^\s*(?:hi|hello|hey|dear [\w ]{2,30}|good (?:morning|afternoon|evening))\b"
    r"(?: (?:there|all|everyone|team))?\s*[,.!:–-]*\s+",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_OF_THE_ASKER = re.compile(r"^(?:I|We|My|Our|I[’']m|We[’']re|I[’']ve)\b[^?]*$")
_LEANS_BACK = re.compile(
    r"\b(?:it|its|they|them|their|this|these|those|that(?=[?.,]|$)"
    r"|(?<!is )(?<!are )(?<!was )(?<!were )there(?! (?:is|are|was|were|will|has|have)\b))\b",
    re.IGNORECASE,
)
_MOST_FRAMES = 3


def plainly(question: str) -> str:
    """Return what a question asks, in its own words; all of it where no such part is found.

    What is taken together is written in full: “What’s …” as “What is …”.
    """
    asked = in_full(question.strip())
    if len(asked) > LONGEST_QUESTION:
        return question
    question = asked
    for take in (_greeted, _of_others, _ended, _framed, _ended):
        left = take(asked)
        if _says_something(left):
            asked = left
    return asked


def sentences_of(question: str) -> list[str]:
    """Return the sentences of a question and of what stands around it."""
    return _SENTENCE.split(question.strip())


def _greeted(question: str) -> str:
    return _GREETING.sub("", question, count=1)


def _of_others(question: str) -> str:
    """Leave out sentences in which the asker tells of themselves, where another asks."""
    others = [
        one for one in sentences_of(question) if not _OF_THE_ASKER.match(one) or _FRAME.search(one)
    ]
    asked = " ".join(others)
    return asked if "?" in asked and not _LEANS_BACK.search(asked) else question


def _ended(question: str) -> str:
    return _AFTER.sub("", question, count=1)


def _framed(question: str) -> str:
    """Return what stands behind “I need to know”, “what is the latest on” and their like.

    What stands before stays where the rest leans on it: “… the clinic. Do you know when it opens?”
    """
    for _ in range(_MOST_FRAMES):
        frame = _FRAME.search(question)
        if frame is None or not _says_something(frame["core"]):
            break
        before = question[: frame.start()] if _LEANS_BACK.search(frame["core"]) else ""
        question = before + frame["core"]
    return question


def _says_something(question: str) -> bool:
    return any(word.lower() not in STOP_WORDS for word in words_of(question))
