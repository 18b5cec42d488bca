"""Who speaks in a sentence of minutes: members who comment, officers who present or answer.

Minutes say it by subject and verb: "Members asked", "Mrs Smith replied", "It was suggested". What
a verb such as "advised" does hangs on what went before it: after a question it answers.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexer.model import Role
from indexer.segment.decisions import MEETING, PAPER

_NAME = r"(?:[A-ZÁÉÍÓÚ][\w’‘‟'.-]*|\([A-Z][A-Za-z]{0,3}\)|[Óó]|de|van)"
_CHAIR = (
    r"(?:[Tt]he )?(?:(?:[Oo]utgoing|[Nn]ew|[Aa]cting|[Ii]nterim|[Dd]eputy|[Vv]ice|[Ll]ord|MCO|"
    r"[Cc]o)[- ])*(?:[Cc]hair(?:man|person|woman|s)?|[Mm]ayor|Cathaoirleach|Leas[- ]\w+|"
    r"President|[Cc]onvenor)"
)
_MEMBERS = (
    r"(?:(?:[Ss]ome|[Ss]everal|[Mm]any|[Oo]ther|[Aa]ll|[Bb]oth|[Aa] (?:large )?number of|[Oo]ne|"
    r"[Aa]nother|[Aa]|[Tt]he|[Ee]lected|[Aa] further|[Cc]ommittee|[Bb]oard|[Pp]anel|[Cc]ommission|"
    r"[Ii]ndividual|[Ll]ay|[Nn]on-[Ee]xecutive|[Pp]ublic|[Ss]taff|[Pp]arent|[Pp]atient) )*"
    r"(?:[Mm]embers?(?: of the [\w ]{3,40}?)?|[Cc]ouncillors?|[Cc]llrs?|Clir|[Cc]mhlr|Cmhir|"
    r"[Nn]on-[Ee]xecutives?(?: [Dd]irectors?)?|NEDs?|[Gg]overnors?|[Tt]rustees?|[Rr]esidents?|"
    r"[Pp]ublic|[Pp]etitioners?|[Pp]etitioner|[Qq]uestioners?|[Dd]elegates?|Alderman|"
    r"Deputy(?! (?:Chief|Director|Head|Secretary|Manager|Leader|Commissioner|City|County|Town))|"
    r"Senator|[Ss]ervice users?|[Cc]arers?|[Ff]amilies|Healthwatch)"
)
_OFFICERS = (
    r"(?:[Dd]irectors?|[Oo]fficers?|[Oo]fficials?|[Ee]xecutive|[Mm]anagers?|[Ll]eads?|"
    r"[Ee]ngineers?|"
    r"[Ss]ecretary|[Ss]olicitor|[Hh]ead|[Ss]uper?intendent|[Ii]nspector|[Ss]ergeant|[Gg]ardaí?|"
    r"[Pp]lanners?|[Aa]ccountant|[Tt]reasurer|[Cc]onsultants?|[Cc]ommissioners?|[Rr]egistrar|"
    r"[Cc]lerk|[Aa]dministrator|[Aa]rchitect|[Ll]ibrarian|[Aa]dvis[eo]rs?|[Cc]ounsel|[Ll]eader|"
    r"[Pp]ractitioners?|GPs?|[Rr]epresentatives?|[Nn]urse|[Dd]octor|[Mm]idwife|[Pp]harmacist|"
    r"[Aa]uditors?|[Cc]oordinator|[Cc]o-ordinator|[Pp]resenters?|[Ss]peakers?|[Hh]older|"
    r"[Cc]abinet [Mm]ember|[Cc]linicians?|[Tt]eam|[Pp]artner|[Dd]ean|[Pp]rovost|[Mm]inister|"
    r"Trust|CCGs?|ICB|ICS|LAT|PCT|[Dd]epartment|[Oo]ffice|England)"
)
_HONORIFIC = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Rev|Reverend|Fr|Supt|Sgt|"
    r"Insp|Cmdr|Col|Canon|Superintendent|Inspector|Sergeant|Garda|Chief \w+)\b\.?"
)
_WITHIN = r"(?:[^.;:]|(?<=M[rs])\.|(?<=Mrs)\.|(?<=Dr)\.|(?<=[A-Z])\.)"
_ASIDE = (
    r"(?:,? ?\([^)]{1,60}\)|, [^.;:]{3,110}?,|"
    r",? in (?:proposing|seconding|moving|supporting) (?:the|this|his|her|their) [^.;:]{3,110}?,?)?"
)
_MEMBER = re.compile(
    rf"(?:{_MEMBERS}(?:[.]? {_NAME})*(?: and {_MEMBERS}(?:[.]? {_NAME})+)?|"
    rf"{_CHAIR}(?:,? {_NAME})*(?: and {_MEMBERS})?|(?i:{MEETING})){_ASIDE} "
)
_CHAIRING = re.compile(rf"{_CHAIR}(?:,? {_NAME})*{_ASIDE} ")
_OFFICER = re.compile(
    rf"(?:(?:[Tt]he |[Aa]n? )?(?:[\w’'&/,-]+ ){{0,8}}?{_OFFICERS}(?:,? ?\([^)]{{1,60}}\)|"
    rf",? (?:of|for|from|on|and|at|to)? ?{_WITHIN}{{1,90}}?)??,? |"
    rf"{_HONORIFIC}(?: {_NAME})+{_ASIDE} |"
    rf"[A-Z][a-zé’'-]+(?: {_NAME}){{1,3}}{_ASIDE} |[A-Z]{{2,4}}[a-z]? (?:and [A-Z]{{2,4}} )?)"
)
_PRONOUN = re.compile(r"(?:He|She|They|The latter) ")
_CLOSES = re.compile(
    r"(?:this (?:concluded|completed)|there being no (?:further|other)|the (?:meeting|session) "
    r"(?:then )?(?:closed|ended|concluded|finished|rose|adjourned|commenced|opened|was (?:closed|"
    r"declared closed|adjourned)))\b",
    re.IGNORECASE,
)
_QUERIES = re.compile(r"\b(?:asked|queried|questioned|enquired|inquired|replied|responded)\b")
_AND_ASKS = re.compile(r"\band (?:\w+ )?(?:asked|queried|questioned|enquired|wondered)\b")
_OPENING = 90
_HE = re.compile(r"(?:he|she|they) [a-z]")
_ALSO = (
    r"(?:(?:also|then|further|again|therefore|however|both|each|all|did|next|had|has|have|and|duly|"
    r"(?!previously|recently|formerly|currently|initially|early)[a-z]{4,}ly|in particular,?|"
    r"once again|in turn,?) )*"
)
_ASKS = re.compile(
    rf"{_ALSO}(?:(?:was|were) (?:not )?(?:in favour|opposed|satisfied|happy)|asked|asking|"
    r"queried|questioned|enquired|inquired|wondered|challenged|sought|"
    r"raised|commented|suggested|expressed|felt|praised|commended|criticised|complained|objected|"
    r"urged|hoped|looked for|conveyed|compl[ei]mented|applauded|appealed|"
    r"called (?:for|on|upon)|congratulated|thanked|wanted to know|welcomed|"
    r"disagreed|lamented|request(?:s|ed)|made (?:the|a number of|several|some) (?:\w+ )?"
    r"(?:comments?|points?|observations?)|made an? (?:\w+ )?(?:representation|comment|point|"
    r"suggestion|appeal|plea|case)s?|had (?:\w+ )?(?:concerns?|reservations|questions?|queries)|"
    r"(?:was|were|are|is) (?:\w+ )?(?:concerned|disappointed|of the (?:view|opinion)|supportive|"
    r"keen|critical|unhappy|sceptical)|"
    r"(?:was|were) (?:\w+ )?(?:anxious|interested|unanimous|worried|surprised|unclear|mindful))\b"
)
_PRESENTS = re.compile(
    rf"{_ALSO}(?:presented|introduced|submitted|delivered|briefed|updated|reviewed|tabled|"
    r"summarised|circulated|gave|made a (?:\w+ )?presentation|provided (?:an?|the|members)|"
    r"spoke to|took (?:the|members)|talked)\b"
)
_ANSWERS = re.compile(rf"{_ALSO}(?:respond(?:ed|ing)|replied|answered|rebutted)\b")
_STATES = re.compile(
    rf"{_ALSO}(?:stated|said|advised|confirmed|explained|clarified|informed|assured|reassured|"
    rf"noted|added|"
    r"reported|indicated|outlined|pointed out|acknowledged?|agreed|undertook|highlighted|stressed|"
    r"emphasi[sz]ed|reminded|recogni[sz]ed|concluded|described|mentioned|referred|believed|"
    r"thought|considered|concurred|warned|offered|reiterated|recommended|committed|accepted|"
    r"observed|remarked|told|cited|drew|echoed|supported|argued|maintained|discussed|spoke|"
    r"debated|contributed|quoted|apologised|cautioned|wished|extended|paid tribute|"
    r"addressed|appreciated|understood|admitted|conceded|elaborated|went on to)\b"
)
_CHAIRS = re.compile(
    rf"{_ALSO}(?:opened|closed|declared|adjourned|invited|introduced|convened|announced|reminded|"
    r"welcomed (?!the (?:report|update|progress|proposal|news|plan|work|fact|paper)|this|that)|"
    r"requested nominations|asked for nominations|thanked (?:everyone|everybody|all|those|members "
    r"for (?:their )?attend)|asked (?:members|everyone|those|all) to (?:introduce|note|declare)|"
    r"took the chair|reported|informed|advised|explained|congratulated|extended|outlined|drew|"
    r"presented|updated|gave|led)\b"
)
_ANNOUNCES = re.compile(f"{_CHAIRS.pattern}|{_STATES.pattern}")
_CLARIFIES = re.compile(rf"{_ALSO}(?:confirmed|clarified|advised|explained|replied|responded)\b")

_ANY_VERB = "|".join(verb.pattern for verb in (_ASKS, _STATES, _ANSWERS, _PRESENTS))
_MEMBER_SAYS, _OFFICER_SAYS = (
    re.compile(f"(?:{who.pattern})(?={_ANY_VERB})") for who in (_MEMBER, _OFFICER)
)
_NAMES = re.compile(r"[A-Z][\w’'-]+")
_ARTICLE = re.compile(r"^(?:[Tt]he|[Aa]n?) ")
_SEVERAL = re.compile(
    r"\b(?:members?(?: of the [\w ]+)?|councillors|cllrs|chairs|residents|public|governors|"
    r"trustees|delegates|users|carers|families|petitioners|boards?|(?:sub-?)?committees?|"
    r"commission|panel|council|cabinet|group|forum|partnership|meeting|body|officers|directors|"
    r"officials)$",
    re.IGNORECASE,
)
_BESIDE_A_NAME = re.compile(r"\([^)]*\)|,.*")

_PREAMBLE = re.compile(
    r"(?:(?:However|Also|Finally|Furthermore|Lastly|Firstly|Secondly|Further|Moreover|Likewise|"
    r"Generally(?: speaking)?|Additionally|Similarly|In addition|In conclusion|In closing|"
    r"In summary|In turn|Again|"
    r"At this (?:point|stage|juncture)|At the outset),? |"
    r"(?:In|On) (?:proposing|seconding|moving|supporting) (?:the|this|his|her|their) \w+,? |"
    r"(?:(?:In|On) (?:welcoming|noting|introducing|summing|proposing|seconding)|Following|After|"
    r"While|Whilst|"
    r"(?:In|During|Throughout) the|"
    r"On behalf of|On (?:his|her|their) own behalf|On a (?:related|separate)|"
    r"(?:With|In|Having) (?:regard|relation|respect|reference|regards) to|Regarding|Concerning|"
    r"As regards|As to|Turning to|On the (?:issue|matter|subject|question) of|"
    r"With (?:the )?permission)[^,;:]{0,110}, ){1,3}"
)
_REPLY = re.compile(
    r"(?:in (?:response|reply|answer|responding|replying)\b|responding\b|replying\b|answering\b|"
    r"by way of (?:response|reply)\b|(?:reply|response|answer)\b ?[:.–-]|REPLY\b|"
    r"(?:following|after|arising from|further to)\b[^.;:,]{0,80}?\b(?:questions?|query|queries|"
    r"comments?)\b[^.;:,]{0,120},[^.;:]{0,120}?\b(?:respond|replie|advis|confirm|explain|clarif|"
    r"stat|said|"
    r"inform|assur|answer|undert|indicat|noted|outlin|pointed|agreed)|"
    r"(?:these|the|their|all|various)\b[^.;:]{0,30}\b(?:queries|questions|issues|points)\b"
    r"[^.;:]{0,80}\b(?:was|were) (?:answered|responded to|addressed|dealt with|replied to)|"
    r"(?:the|a) (?:following )?(?:written )?(?:response|reply|answer) )",
    re.IGNORECASE,
)
_RAISED = re.compile(
    r"(?:(?:serious |some |further |grave |a number of |several |various |many )*(?:concerns?|"
    r"disappointment|dissatisfaction|reservations?|frustration|quer(?:y|ies)|questions?|issues?|"
    r"opposition|doubts?|views?|support|appreciation|anger|fears?|worries|"
    r"objections?)\b[^.;:]{0,70}"
    r"\b(?:was|were|had been) (?:also |then )?(?:expressed|raised|voiced|asked|made|posed|put)\b|"
    r"a (?:further |number of )?(?:question|query|concern|point|issue|suggestion)s?\b[^.;:]{0,60}"
    r"\b(?:was|were) (?:asked|raised|made|put)\b|there (?:was|were) (?:\w+ ){0,3}(?:concern|"
    r"support|"
    r"disagreement|agreement|consensus|opposition|discussion|debate|disappointment)|"
    r"it was (?:\w+ )?by (?:the )?(?:elected )?members\b|"
    r"it was (?:also |further |then )?(?:suggested|queried|asked|questioned|requested|"
    r"generally felt|discussed|"
    r"felt|commented|considered|argued)\b|reference was (?:also )?made\b|[^.;:]{3,90} (?:was|were) "
    r"(?:also )?(?:raised|queried|questioned|welcomed|complimented|commended)\b|"
    r"(?:an? |some |further |the )?(?:\w+ ){0,2}(?:discussions?|debate) (?:also )?(?:took place|"
    r"ensued|followed|was held|were held|centred|focus\w+)\b)",
    re.IGNORECASE,
)
_ANSWERED_THERE = re.compile(
    rf"\band (?:the )?(?:[\w/’'-]+ ){{0,5}}{_OFFICERS}[^.;:]{{0,60}} (?:confirmed|clarified|"
    rf"advised|"
    r"explained|responded|replied|answered)\b"
)
_SAID_OF_IT = re.compile(
    r"(?:it was|this was|members were|the (?:board|committee|panel|commission|meeting|group) was) "
    r"(?:also |further |then |subsequently )*(?:confirmed|explained|clarified|advised|stated|"
    r"informed|assured|reassured|told|reported)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"(?:it was (?:also |further |then )*(?:noted|pointed out|highlighted|acknowledged|"
    r"recogni[sz]ed|"
    r"emphasi[sz]ed|stressed|added|hoped|accepted|observed|said|understood)|in particular\b|"
    r"for example\b|for instance\b|instances\b|however\b|this (?:would|was|is|had)\b|these\b|"
    r"such\b|the reason|also\b)",
    re.IGNORECASE,
)
_THE_COUNCIL = re.compile(
    r"(?:However, )?(?:The |This |Our )?(?:[A-Z][\w’']+ (?:and )?){0,4}(?:Council|Board|Trust|CCG|"
    r"ICB)"
    r"\b(?! members)"
)
_HEADLINE = 6
_HE_ASKS = re.compile(
    rf"(?:He|She|They) {_ALSO}(?:asked (?!that|for the|the|all|everyone|members)|queried|"
    r"questioned|enquired|inquired|wondered|"
    r"(?:raised|expressed|voiced|had) (?:\w+ ){0,2}(?:concerns?|disappointment|fears?|"
    r"dissatisfaction|frustration))\b"
)
_PAYS_TRIBUTE = re.compile(
    rf"{_ALSO}(?:thanked|congratulated|compl[ei]mented|paid (?:\w+ )?tribute|(?:extended|offered|"
    rf"conveyed|expressed) (?:\w+ ){{0,3}}"
    r"(?:sympath(?:y|ies)|condolences?|congratulations|thanks|good wishes|best wishes))\b"
)
_OPENS = re.compile(
    r"[^.;:]{3,120}? welcomed (?:and thanked )?[^.;:]{2,120}? to (?:the|this|today[’']s|their|"
    r"its)\b"
    r"[^.;:,]{0,60}\b(?:meeting|session|board|committee|panel|commission|group)\b|"
    r"[^.;:]{3,120}? welcomed [^.;:]{2,160}?\b(?:to give|who (?:was|were|had) (?:present|invited|"
    r"attend\w+))\b|"
    r"[^.;:]{3,120}? (?:and|then) (?:invited|asked|called (?:on|"
    r"upon)) [^.;:]{2,160}? to (?:address|"
    r"present|introduce|brief|update|speak to|outline|give)\b"
)
_OPENING_SIGNS = ("welcomed", "invited", "asked", "called")
_CONSIDERS = re.compile(
    rf"(?!(?:\w+ ){{0,3}}(?:members|councillors)\b){MEETING} (?:then |also |next |"
    rf"duly )*(?:considered|received|reviewed|had before (?:it|them)|"
    rf"was presented with|were presented with) (?:the|an?|this|their|its|details of)\b"
    rf"[^.;:]{{0,80}}?\b(?:{PAPER}|list|presentations|updates|reports)\b"
    r"(?!.{0,200} and (?:asked|requested|raised|expressed|queried|questioned|suggested|welcomed))",
    re.IGNORECASE,
)
_FORMAL = re.compile(r"(?:opened|closed|declared|adjourned|invited|introduced|welcomed)\b")
_TALK = (Role.COMMENT, Role.RESPONSE)
_TELLING = 400


def voice(
    sentence: str, before: Role, *, discussed: bool = False, same: bool = False
) -> Role | None:
    """Return the role of one sentence by its own words; None where they do not tell.

    ``before`` is the role of what it follows, ``discussed`` says that members have spoken in the
    same item of the agenda, ``same`` that who speaks here spoke last, in the role ``before``. The
    beginning of a sentence tells; the rest is not looked at.
    """
    sentence = sentence[:_TELLING]
    if _CLOSES.match(sentence) or _begins(sentence, discussed=discussed):
        return Role.REPORT
    plain = _without_preamble(sentence)
    if (_REPLY.match(sentence) or _REPLY.match(plain)) and _is_said(sentence):
        return Role.RESPONSE
    if before is not Role.RESPONSE and _HE_ASKS.match(plain):
        return Role.COMMENT
    if plain != sentence and _HE.match(plain):
        return before if before in _TALK else None
    if same and not _QUERIES.search(plain[:_OPENING]):
        return before
    return _impersonal(plain, before) or _spoken(plain, before, discussed=discussed)


def speaker_of(sentence: str) -> str | None:
    """Return a word for the one who speaks in a sentence, the surname where it tells one.

    Several who speak, "Members" or "The Board", are not the same ones the next time.
    """
    plain = _without_preamble(sentence[:_TELLING])
    subject = _member(plain) or _officer(plain)
    if subject is None:
        return None
    called = _ARTICLE.sub("", _BESIDE_A_NAME.sub("", subject.group()).strip())
    if _SEVERAL.search(called):
        return None
    names = _NAMES.findall(called)
    return names[-1] if names else called.lower()


def concludes(sentence: str) -> bool:
    """Say whether a sentence opens or ends the meeting or an item: no list reaches over it."""
    return bool(_CLOSES.match(sentence))


@lru_cache(maxsize=64)
def _without_preamble(sentence: str) -> str:
    preamble = _PREAMBLE.match(sentence)
    return sentence[preamble.end() :] if preamble else sentence


@lru_cache(maxsize=64)
def _member(sentence: str) -> re.Match[str] | None:
    """Return the member, or those, of whom a sentence says by its verb that they spoke."""
    return _MEMBER_SAYS.match(sentence)


@lru_cache(maxsize=64)
def _officer(sentence: str) -> re.Match[str] | None:
    """Return the officer of whom a sentence says by its verb that they spoke."""
    return _OFFICER_SAYS.match(sentence)


def names_the_council(sentence: str) -> bool:
    """Say whether the council is named at the beginning: in its own reply it is not a speaker."""
    return bool(_THE_COUNCIL.match(sentence))


def goes_on(sentence: str) -> bool:
    """Say whether a sentence takes up the one before it: "He added", "It was also noted"."""
    return bool(_PRONOUN.match(sentence) or _GOES_ON.match(sentence))


def _is_said(sentence: str) -> bool:
    """Say whether words are a sentence or its beginning, not a headline of a few words."""
    return sentence.endswith((".", ":", ";", ",", "-", "–")) or len(sentence.split()) > _HEADLINE


def _begins(sentence: str, *, discussed: bool) -> bool:
    """Say whether a sentence opens the meeting, or an item: a welcome, a paper taken up."""
    if discussed:
        return False
    welcomes = any(sign in sentence for sign in _OPENING_SIGNS)
    return bool((welcomes and _OPENS.match(sentence)) or _CONSIDERS.match(sentence))


def _impersonal(sentence: str, before: Role) -> Role | None:
    if _RAISED.match(sentence):
        return Role.RESPONSE if _ANSWERED_THERE.search(sentence) else Role.COMMENT
    if _SAID_OF_IT.match(sentence):
        return Role.RESPONSE if before in _TALK else None
    return None


def _spoken(sentence: str, before: Role, *, discussed: bool) -> Role | None:
    chair = _CHAIRING.match(sentence)
    if chair and (_CHAIRS if discussed else _ANNOUNCES).match(sentence, chair.end()):
        return _from_the_chair(sentence[chair.end() :], before, discussed=discussed)
    member = _member(sentence)
    if member:
        return _of_a_member(sentence, member.end(), discussed=discussed)
    officer = _officer(sentence)
    return _of_an_officer(sentence, officer.end(), before) if officer else None


def _of_a_member(sentence: str, verb: int, *, discussed: bool) -> Role:
    if _PRESENTS.match(sentence, verb) and not discussed:
        return Role.REPORT
    return Role.RESPONSE if _ANSWERS.match(sentence, verb) else Role.COMMENT


def _from_the_chair(rest: str, before: Role, *, discussed: bool) -> Role:
    if discussed and before is Role.COMMENT and _CLARIFIES.match(rest):
        return Role.RESPONSE
    return Role.COMMENT if discussed and not _FORMAL.match(rest) else Role.REPORT


def _of_an_officer(sentence: str, verb: int, before: Role) -> Role:
    if _ANSWERS.match(sentence, verb):
        return Role.RESPONSE
    if _PAYS_TRIBUTE.match(sentence, verb):
        return before if before in _TALK else Role.REPORT
    if _ASKS.match(sentence, verb) or _AND_ASKS.search(sentence, verb):
        return Role.COMMENT
    if _PRESENTS.match(sentence, verb):
        return Role.REPORT
    return Role.RESPONSE if before in _TALK else Role.REPORT
