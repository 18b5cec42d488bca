"""What people say, and how the record of a public body says it: “in the red”, a deficit.

A question in everyday words is searched for in the record's words as well, and what stands in the
record's words counts as said in everyday ones. Only such words are here as mean little else: what
a record uses itself in many senses (“first”, “home”, “run”) brings more that is beside the point
than it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from indexer.stopwords import STOP_WORDS
from search_api.english import stem, stems_of, words_of

_ENTRIES = (
    ("in the red, overspent, overspend, overspending, in debt, losing money, shortfall", "deficit"),
    ("money left over, underspent, underspend, in the black", "surplus"),
    (
        "pay its way, pay their way, break even, afford",
        "financially sustainable, financial balance",
    ),
    ("family doctor, doctor, surgery, local doctor", "GP, general practice"),
    ("casualty, emergency room, emergency department", "A&E, accident and emergency"),
    ("pensioner, elderly", "older people, elderly, frail"),
    ("kid, youngster, teenager, toddler", "children, young people"),
    ("shut, shut down, close", "closure, close"),
    (
        "moan, complain, gripe, grumble, unhappy, worried, worry, fear, afraid, scared, criticise, "
        "upset, annoyed, angry, wrong with, bad about",
        "concern, concerned, complaint",
    ),
    ("praise, pleased, happy, glad, nice about", "welcome, commend, thank"),
    ("hire, brought in, bring in, took on, take on, hand picked", "appoint, commission"),
    ("get together, gathering", "summit, meeting, event"),
    ("go ahead, green light, sign off, signed off, final say, rubber stamp", "approval, approve"),
    ("turn down, thrown out, knocked back, said no", "refuse, reject"),
    ("cash", "funding, budget, finance"),
    ("pay for, paid for, foot the bill", "fund, funding"),
    ("save money, saving", "savings, efficiencies"),
    ("queue, long wait", "waiting times"),
    ("scrap, axe, ditch, do away with, get rid of", "withdraw, discontinue, cease, remove"),
    ("put off, held up, hold up, holding up, postpone, delay, put back", "defer, postpone, delay"),
    ("boss, head of, in charge, top person", "chief executive, director, lead"),
    ("politician, councillor", "members, councillors"),
    ("bin, rubbish, trash", "refuse, waste"),
    ("home help, care at home, carers who visit, care in their own home", "domiciliary, home care"),
    ("old folks home, old people's home, nursing home, care home", "residential care"),
    ("drink, drinking, drunk, booze", "alcohol"),
    ("drug problem, addict, addiction", "substance misuse"),
    ("jab, vaccine, injection", "vaccination, immunisation"),
    ("giving birth, pregnant", "maternity"),
    ("lung, breathing", "respiratory"),
    ("check up", "screening, health check"),
    ("bed blocking, stuck in hospital, leave hospital, sent home, let out", "discharge, delayed"),
    ("join up, joined up, work together, working together", "integration, integrated, joint"),
    ("merge, merger, join together", "merger, amalgamation"),
    (
        "ask the public, asking people, have a say, having a say, have their say, ask people, ask "
        "locals, asked the public",
        "consultation, consult, engagement",
    ),
    ("answer to, report to, answerable", "accountable, accountability"),
    ("watchdog, inspector", "inspection, regulator, CQC"),
    ("each year, every year, a year, yearly", "annual, per annum, annually"),
    ("sack, laid off, lay off, job loss", "redundancy, redundancies"),
    ("quit, step down, stepped down, stood down, stand down", "resign, resignation, retire"),
    ("missed the meeting, not turn up, absent, could not come, not come", "apologies, absence"),
    ("plain English, simple English, easy to understand", "non-technical, clear"),
    ("not enough, too few, too little, lack, shortage, short of", "insufficient, shortage, lack"),
    ("traffic jam", "congestion"),
    ("break in, stolen", "burglary, theft"),
    ("charity, charities, volunteer", "voluntary sector"),
    ("outsider, outside expert", "external, consultants"),
    ("owe, borrow", "debt, loan, borrowing"),
    ("find out", "assess, examine, establish"),
    ("look into, look at", "review, investigate, examine"),
    ("shift", "relocate, transfer, move"),
    ("fix, mend", "repair, maintenance"),
    ("give out, hand out, hand over", "award, allocate, distribute"),
    ("999", "ambulance, emergency"),
    ("walk in centre", "urgent care centre"),
    ("fat, obese, overweight", "obesity, healthy weight"),
    ("smoker, cigarette", "smoking, tobacco"),
    ("lonely, loneliness", "isolation"),
    ("rough sleeper, sleeping rough, on the streets", "homelessness, homeless"),
    ("memory loss, Alzheimer's", "dementia"),
    ("autistic", "autism"),
    ("learning difficulties", "learning disability"),
    ("computer", "ICT, digital"),
    ("do up, doing up, done up, spruce up", "refurbishment, refurbish, renovation"),
    ("privatise, private company, private firm", "independent sector, outsourcing, contract"),
    ("phoning, ringing, ring up", "telephone, call"),
    ("miss appointment, missed appointment, not turning up", "did not attend, DNA"),
    ("speeding", "speed, traffic calming"),
    ("pothole", "road maintenance, carriageway"),
    ("pavement", "footpath, footway"),
    ("street light, street lamp, lamp post", "public lighting"),
    ("zebra crossing", "pedestrian crossing"),
    ("parking fine, parking ticket", "penalty charge"),
    ("dog poo, dog mess", "dog fouling"),
    ("fly tipping, dumping rubbish", "illegal dumping, fly-tipping"),
    ("playground, swings", "play area"),
    ("loo", "toilet, public convenience"),
    ("cop, policeman, policewoman, bobby", "police, officer"),
    ("yob, vandal, hooligan", "anti-social behaviour, vandalism"),
    ("council house, council flat, council home", "social housing, local authority housing"),
    ("passed away", "death, sympathy, condolence"),
    ("keep an eye on, keep tabs on", "monitor, oversight"),
    ("in favour of", "support, endorse"),
    ("knock on", "impact, consequence"),
    ("one off", "non-recurrent"),
    ("wage, pay packet", "salary, remuneration, pay"),
    ("pay rise", "pay award, salary increase"),
    ("off sick, sick leave", "sickness absence"),
    ("temp, agency worker", "agency, locum"),
    ("unfilled, empty post, empty job", "vacancy, vacant"),
    ("blunder, gone wrong, go wrong, went wrong, mistake", "incident, error"),
    ("superbug", "MRSA, infection"),
    ("dirty, filthy", "cleanliness, hygiene"),
    ("sue, lawsuit", "litigation, legal, claim"),
    ("secret, behind closed doors", "confidential, exempt, private"),
    ("prices going up, price rise, cost of living", "inflation"),
    ("youth", "young people"),
    ("cheap", "affordable, cost"),
    ("danger, dangerous", "risk, hazard, safety"),
    ("stop happening", "prevent, prevention"),
    ("chase up, follow up", "pursue, progress, update"),
    ("kick off, get going, get under way", "start, commence"),
    ("bring into line", "align"),
    ("speed up, faster", "accelerate"),
)
"""Phrases that people say, and those that a record has for them; both are met by their stems."""
_RARELY = 0.2
"""A word that the record uses itself more than this share as often as its own is not said anew."""


def record_words(question: str, frequency: Callable[[str], int]) -> list[str]:
    """Return the words in which a record would say what a question says in everyday words.

    ``frequency`` gives how many passages hold a word: one that the record itself uses is left.
    """
    words = words_of(question)
    stems = [stem(word) for word in words]
    found: list[str] = []
    for first, end in _runs(len(words)):
        written = _written().get(tuple(stems[first:end]), ())
        if end - first > 1 or not _is_used(words[first], written, frequency):
            found += written
    return [word for word in dict.fromkeys(found) if stem(word) not in stems]


def said_of(stems: set[str]) -> set[str]:
    """Return the stems of what people say for the phrases whose stems are all among ``stems``."""
    known = _said()
    return set().union(
        *(said for one in known.keys() & stems for written, said in known[one] if written <= stems)
    )


def _runs(count: int) -> Iterator[tuple[int, int]]:
    """Yield where the phrases of a text of ``count`` words may begin and end."""
    longest = max(map(len, _written()))
    for first in range(count):
        for end in range(first + 1, min(first + longest, count) + 1):
            yield first, end


def _is_used(word: str, written: tuple[str, ...], frequency: Callable[[str], int]) -> bool:
    return bool(written) and frequency(word) > _RARELY * max(map(frequency, written))


@cache
def _written() -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the words of the record by the stems of what is said for them."""
    found: dict[tuple[str, ...], tuple[str, ...]] = {}
    for said, written in _ENTRIES:
        words = tuple(words_of(written))
        for phrase in said.split(", "):
            key = stems_of(phrase)
            found[key] = (*found.get(key, ()), *words)
    return found


@cache
def _said() -> dict[str, list[tuple[frozenset[str], frozenset[str]]]]:
    """Return by its first stem each phrase of the record, as stems, with those of what is said."""
    found: dict[str, list[tuple[frozenset[str], frozenset[str]]]] = {}
    for said, written in _ENTRIES:
        for phrase in written.split(", "):
            first, *_ = stems = stems_of(phrase)
            found.setdefault(first, []).append((frozenset(stems), _telling(said)))
    return found


def _telling(phrases: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words_of(phrases) if word.lower() not in STOP_WORDS)
