"""What kind of answer a question wants, by the word that asks and what follows it.

A question is read from the first word that asks: in "Which post did he hold when he reported?"
that is "which", and "when" only tells of a time. What stands about the question ("according to
members") is left out of the reading.
"""

from __future__ import annotations

import re
from enum import StrEnum


class QuestionKind(StrEnum):
    """What a question asks for; it decides which sentences can answer."""

    WHEN = "when"
    WHO = "who"
    HOW_MUCH = "how_much"
    HOW_MANY = "how_many"
    WHERE = "where"
    WHY = "why"
    LIST = "list"
    DECISION = "decision"
    ACTION = "action"
    OPINION = "opinion"
    MEANING = "meaning"
    OTHER = "other"


K = QuestionKind

_MONEY = (
    r"sums?|amounts?|budget|costs?|prices?|fee|charge|precept|savings?|deficit|shortfall|surplus|"
    r"gap|income|grant|subsidy|funding|salary|wage|pay|percentages?|per cent|proportion|share|rate|"
    r"value|money|allowances?|awards?|bonus|spending|expenditure|borrowing|levy|debt|rent|fare|overspend|underspend"
)
_NUMBER = (
    r"numbers?|scores?|marks?|ratings?|rank|totals?|figures?|size|quorum|majority|margin|distance"
)
_TIME = r"dates?|days?|months?|years?|time|season|deadlines?|weeks?|quarter|morning|evening"
_PERSON = (
    r"person|people|officers?|councill?ors?|members?|directors?|chair(?:man|woman|person)?|"
    r"minister|mayor|doctor|gps?|nurse|sergeant|manager|secretary|leader|firm|company|companies|"
    r"contractors?|consultanc(?:y|ies)|consultants?|organisations?|team|suppliers?|provider|author|"
    r"mps?|doctors|developers?|bidders?|landlords?|landowners?|accountants?|architects?|"
    r"sculptors?|builders?|artists?|owners?|engineers?|clerks?|solicitors?"
)
_BODY = (
    r"(?<!\b(?:for|the) )(?<!\b(?:of|to|in|by) )(?<!\b(?:from|with) )(?:councils?|"
    r"authorit(?:y|ies)|universit(?:y|ies)|charit(?:y|ies)|boroughs?|trusts?|ministr(?:y|ies)|"
    r"agenc(?:y|ies))(?=$|\s*\W*$| (?:had|have|has|was|were|is|are|did|do|does|will|would|\w+ed|"
    r"sent|sits?|gave|made|got|won|lost|went|took|left|came|paid|ran|lent)\b)"
)
"""Bodies, where they are what is asked for: “which two councils dropped out”."""
_PLACE = (
    r"sites?|places?|towns?|cit(?:y|ies)|villages?|hospitals?|locations?|venue|room|building|"
    r"offices?|premises|events?|address|wards?|counties|county|district"
)
_VIEW = (
    r"views?|opinions?|concerns?|complaints?|criticisms?|feelings?|reactions?|comments?|worr\w+|"
    r"gripes?|grievances?|objections?|experiences?|impressions?"
)
_SINGULARS = frozenset(
    """does was is has this its says as needs news class process basis comes goes gets gives makes
    takes happens remains applies means follows lies stands""".split()
)
_SPENDS = re.compile(
    r"\b(?:spen[dt]|costs?|pa(?:y|id)|raised?|borrow(?:ed)?|earn(?:ed)?|charged?|"
    r"invest(?:ed)?|bring in|brought in|worth|rise to|the bill for)\b"
)
_GETS = re.compile(
    r"^(?:\S+ )?(?:would|will|does|do|did) (?:.*\b)?(?:get|receive)\b.*\b(?:from|year|week|grant)\b"
)
_THINKS = re.compile(
    r"\b(?:concern(?:s|ed)?|worr(?:y|ies|ied)|think|thought|views?|opinions?|feel|felt|"
    r"bother(?:s|ed)?|complain\w*|criticis\w*|unhappy|comment(?:s|ed)?|react(?:ed|ion)?|object\w*|"
    r"find wrong|"
    r"(?!plan|report|strategy|paper|minutes|document|deck|slides|policy)\w+ (?:say|said) about|"
    r"fear(?:s|ed)?|welcom\w+|dislike[ds]?)\b"
)
_DECIDES = re.compile(
    r"\b(?:agree[ds]?|resolve[ds]?|decide[ds]?|decisions?|resolutions?|approve[ds]?|vote[ds]?|"
    r"carried|(?:was|were) settled|endorse[ds]?|note[ds]?|adopt(?:s|ed)?|reject(?:s|ed)?|"
    r"recommend(?:s|ed)?|"
    r"happened to the\b.*\b(?:motion|amendment|proposal|recommendation|petition)|"
    r"became of|do about|did .* change in|"
    r"(?:motion|amendment|proposal|vote|petition)\b.*\b(?:pass|carry|fail|succeed|win|lose)|"
    r"^did\b.*\b(?:council(?:lors)?|members|board|committee|panel|cabinet|commission) "
    r"(?:support|back|oppose|pass|approve|reject|accept))\b"
)
_ACTS = re.compile(
    r"\b(?:actions?|(?:asked|agreed|supposed|meant|required|told|had|have|is|are|was|were)\b"
    r"(?: [\w’'-]+){0,12} to "
    r"(?:do|send|submit|report|provide|look into|list|write|bring|prepare))\b"
)
_DECIDES_TO = re.compile(r"\b(?:decide[ds]?|resolve[ds]?|vote[ds]?) to do\b")
"""What was decided is asked for, not who is to do it."""
_MEANS = re.compile(
    r"\bstands? for\b|\b(?:does|do|did) .*\bmean\b|\bmeaning of\b|"
    r"^what (?:is|are) (?:an? |the )?[\"“‘']?(?-i:[A-Z]{2,}[A-Z &]*)s?[\"”’']?"
    r"(?: (?:on|in|at|for|to)(?: [\w’'&-]+){1,5})?\?*$"
    r"|^\W*(?-i:[A-Z]{2,}[A-Z&]*)\W+what (?:is|does|are) (?:it|this|that|they)\b",
    re.IGNORECASE,
)
_MEANS_IT = re.compile(
    r"^\W*(?-i:[A-Z]{2,}[A-Z&]*)\W+what (?:is|does|are) (?:it|this|that|they)\b", re.I
)
"""“PCN: what is it?”"""
_ASIDE = re.compile(
    r",? (?:according to|in the (?:view|opinion|words) of|as (?:\w+ ){1,4}(?:was|were) told)"
    r"\b[^,?]*",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:why|when|where|who|whom|whose|which|what|how)\b", re.IGNORECASE)
_STANDS = re.compile(
    r"\b(?:(?P<matter>discussions?|matters?|things|plans?|proposals?|talks|negotiations|work|projects?|"
    r"schemes?|process|motion|questions?|issues?|application|consultation)\b.* stand"
    r"|rank|come in the|stand)\b"
)
"""“Where did matters stand?” asks for no place, and no more does “where does it rank?”."""
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|do|does|did|will|would|can|could|should|shall|has|had|have|must|may|"
    r"might)\b"
)
_TOLD = re.compile(
    r"(?:is|are|was|were) ((?:the|an?) |(?:[\w’'-]+ ){0,4}[\w-]+(?:[’']s|s[’']) )?"
    r"((?:[\w’'-]+[ ?]){1,6})"
)
"""“What was the budget …”, “What is Ashby Council’s net budget …”: whose, and what it is."""
_ACTED = re.compile(
    r"[a-z]{3,}ed\b|(?:makes?|made|stops|keeps?|kept|puts?|drives?|drove|helps|gets?|got|lets?|led|"
    r"brings?|brought|draws?|drew|worries|bothers|annoys|prevents|attracts|pleases|frightens) "
)
"""“What bothered members?”: the verb follows at once, and what stands after it is not asked for."""
_A_PERSON = re.compile(r"\b(?:senior|leading|public|political|key)(?: \w+)? figures?\b")
_UP_TO = (
    "of|for|in|on|at|to|from|by|about|that|used|held|with|within|during|under|between|since|after|"
    "before|over|into|against|around"
)
_DATED = re.compile(
    r"\bdates? (?:on|by|at|from|after|until) which\b"
    r"|^(?:is|are|was|were) there (?:yet |now |still )?(?:an?|any|some) (?:[\w-]+ )?"
    r"(?:dates?|deadlines?)\b"
    r"|^(?:do|does|did|have|has|had) (?:\S+ ){1,6}?(?:an?|any|the) (?:[\w-]+ )?"
    r"(?:dates?|deadlines?) (?:for|of|when|to|by|on)\b"
    r"|^(?:has|have|had|did) (?:\S+ ){1,8}?"
    r"(?:start(?:ed)?|beg[iu]n|open(?:ed)?|finish(?:ed)?|launch(?:ed)?|tak(?:e|en) place)"
    r"(?: yet| already| now)?\W*$"
)
"""“Is there a date for …”, “Has it started yet?”: the record tells when, where it tells at all."""
_OF_MONEY = (
    rf"(?:{_MONEY}|reserves?|loans?|contracts?|funds?|bids?|investments?|ris(?:e|es|en)|increases?|"
    r"cuts?|falls?|drops?|changes?|difference)"
)
_SIZED = re.compile(
    rf"\b(?:size|totals?|figures?|level)\b.*\b{_OF_MONEY}\b"
    rf"|\b{_OF_MONEY} (?:size|total|figure|level)\b"
)
"""“The size of the fund” is a sum."""
_HINDERS = re.compile(
    r"what(?:[’']s| (?:is|was|were|are|has|had|have)(?: been)?)? "
    r"(?:hold(?:ing|s)|held|stop\w*|prevent\w*|delay\w*|caus\w*|block\w*|led to) "
)
_HAS_TO = re.compile(
    r"who (?:must|has to|is to|was to|will|should|needs to"
    r"|(?:is|was|are|were) (?:going|meant|supposed|expected|due) to)\b"
)
_WHOSE_TASK = re.compile(
    r"whose (?:\w+ )?(?:job|task|turn|responsibility|duty|role|idea|suggestion|fault)\b"
)
_IDENTIFIES = re.compile(
    r"\b(?:reference|report|minute|document|contract|route|bus|room|phone|telephone|version) "
    r"numbers?\b(?! of\b)"
    r"|\bnumber of the (?:\w+ )?(?:report|document|paper|minute|motion|application|contract|route|"
    r"road|bus|policy|act|regulation|resolution)\b",
    re.IGNORECASE,
)
"""A number that is a name counts nothing."""
_NAME_OF = re.compile(r"(?:what|which) (?:is|are|was|were) the (?:\w+ )?names? of ")
_HOW = (
    (K.HOW_MUCH, r"how many (?:pounds|euros?|million|billion|thousand pounds)\b"),
    (K.HOW_MANY, rf"how (?:big|large|wide|tall|heavy|deep)\b(?!.*\b{_OF_MONEY}\b)"),
    (
        K.HOW_MUCH,
        r"how (?:far|deep) (?:\w+ )?(?:in the red|in debt|over budget|overspent)\b",
    ),
    (K.HOW_MANY, r"how (?:much (?:longer|time|notice)|many|often|old|far|long|frequently)\b"),
    (K.WHY, r"how come\b"),
    (K.HOW_MUCH, r"how (?:much|big|large|high|low|costly|expensive|fast|great|steep)\b"),
    (K.WHEN, r"how soon\b"),
    (K.OPINION, r"how .*\b(?:react|respond|feel|felt|answer|see|view)\b"),
)
_NAMED = (
    (K.HOW_MUCH, _MONEY),
    (K.HOW_MANY, _NUMBER),
    (K.WHEN, _TIME),
    (K.WHY, r"reasons?"),
    (K.OPINION, _VIEW),
    (K.WHO, _PERSON),
    (K.WHO, _BODY),
    (K.WHERE, _PLACE),
)


def kind_of(question: str) -> QuestionKind:
    """Return what a question asks for, OTHER where its words do not tell."""
    plain = _ASIDE.sub("", question)
    if _IDENTIFIES.search(plain):
        return K.OTHER
    return K.WHEN if _DATED.search(plain.lower()) else _by_asking(plain)


def _by_asking(plain: str) -> QuestionKind:
    """Read a question from the first word that asks."""
    asking = _ASKS.search(plain)
    if asking is None or _MEANS.match(plain):
        return _unasked(plain)
    word, rest = asking[0].lower(), plain[asking.start() :].lower()
    if word in ("what", "which"):
        return K.MEANING if _MEANS.search(plain[asking.start() :]) else _what(rest)
    if word == "how":
        return next((kind for kind, form in _HOW if re.match(form, rest)), K.OTHER)
    if word in ("who", "whom", "whose"):
        return _who(rest)
    if word == "where" and (stands := _STANDS.search(rest)):
        return K.OTHER if stands["matter"] else K.HOW_MANY
    return {"why": K.WHY, "when": K.WHEN, "where": K.WHERE}[word]


def _unasked(plain: str) -> QuestionKind:
    """Read a question without a word that asks: yes or no, or just some words."""
    lowered = plain.lower()
    if _AUXILIARY.match(lowered):
        return K.DECISION if _DECIDES.search(lowered) else K.OTHER
    if _MEANS.search(plain):
        return K.MEANING
    return _by_verb(lowered) or _by_noun(lowered) or K.OTHER


def _who(rest: str) -> QuestionKind:
    if _HAS_TO.match(rest):
        return K.ACTION
    if re.match(rf"whose (?:\w+ )?(?:{_PLACE}|home)\b", rest):
        return K.WHERE
    return K.OTHER if rest.startswith("whose") and not _WHOSE_TASK.match(rest) else K.WHO


def _what(rest: str) -> QuestionKind:
    """Read "what" or "which": by the noun that it asks for, else by what is done."""
    if named := _NAME_OF.match(rest):
        return _by_noun(_up_to_preposition(rest[named.end() :])) or K.OTHER
    if re.search(r"\bto do\b", rest):
        return K.DECISION if _DECIDES_TO.search(rest) else K.ACTION
    if _HINDERS.match(rest):
        return K.WHY
    _, _, after = rest.partition(" ")
    verb = _AUXILIARY.search(after)
    if verb is None and _ACTED.match(after):
        return _by_verb(rest) or K.OTHER
    asked_for = after[: verb.start()] if verb else " ".join(after.split()[:5])
    if asked_for.strip():
        of_what = asked_for if verb else _up_to_verb(asked_for) or asked_for
        return _by_noun(of_what) or _by_verb(rest) or _listed(of_what) or K.OTHER
    told = _TOLD.match(after)
    subject = told[2] if told else ""
    of_what = subject if _SIZED.search(subject) else _up_to_preposition(subject)
    is_asked_for = told is not None and told[1] and not _goes_on(of_what)
    by_noun = _by_noun(of_what) if is_asked_for else None
    return by_noun or _by_verb(rest) or _listed(of_what if told else "") or K.OTHER


def _goes_on(words: str) -> bool:
    """Say whether a verb in “-ing” ends the words: what the owner was looking for is no owner."""
    *_, last = words.split() or [""]
    return last.endswith("ing") and _by_noun(last) is None


def _up_to_preposition(words: str) -> str:
    return re.split(rf"\b(?:{_UP_TO})\b", words)[0]


def _up_to_verb(words: str) -> str:
    """Return what stands before a preposition and before a verb of the past: who wanted what."""
    return re.split(r"(?<=\w) [a-z]{2,}ed\b", _up_to_preposition(words))[0]


def _by_noun(words: str) -> QuestionKind | None:
    """Return the kind that the last noun known among the words stands for."""
    plain = _A_PERSON.sub("person", words)
    if _SIZED.search(plain):
        return K.HOW_MUCH
    found = [
        (match.start(), kind)
        for kind, nouns in _NAMED
        for match in re.finditer(rf"\b(?:{nouns})\b(?![’'])", plain)
    ]
    return max(found)[1] if found else None


def _by_verb(rest: str) -> QuestionKind | None:
    if _THINKS.search(rest):
        return K.OPINION
    if _ACTS.search(rest) and not _DECIDES_TO.search(rest):
        return K.ACTION
    if _DECIDES.search(rest):
        return K.DECISION
    return K.HOW_MUCH if _SPENDS.search(rest) or _GETS.search(rest) else None


def _listed(words: str) -> QuestionKind | None:
    """Say LIST where several things are asked for: a noun among the words is a plural."""
    plural = [
        word
        for word in words.split()
        if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "’s", "'s", "us"))
    ]
    return K.LIST if any(word not in _SINGULARS for word in plural) else None
