"""Whether two statements speak of the same thing, so that one can follow on the other.

A statement wrongly called superseded misleads; one left out is only missed. So each test errs on
the side of two things: the same words of the question, names, place, and period are asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from indexer.dates import find_dates
from indexer.model import Acronym, Document, Kind, Role
from indexer.plain_letters import plain_letters
from indexer.stopwords import STOP_WORDS
from search_api.answer.likes import with_like
from search_api.answer.naming import MONTH_STEMS, beginning, names_apart
from search_api.answer.posts import holders_in, post_asked
from search_api.answer.sayings import ALIKE, names_in, of_other_years, same_words
from search_api.answer.statements import (
    Statement,
    aliases_of,
    fitness_of,
    holds,
    over,
    share_held,
    surroundings,
)
from search_api.answer.values import VALUED, Values, values_of
from search_api.asked.kinds import QuestionKind
from search_api.asked.question import Asked
from search_api.english import content_words, stems_of
from search_api.english import stem as stem_word

_CLOSE_ENOUGH = 0.65
"""What another document's statement must reach of the best one's score."""
_OWN_WORDS = 0.5
"""The share of what is asked, names left out, that a statement's own words must speak of."""
_ALL_WORDS = 0.75
"""The share that it must speak of with its list's introduction and its section."""
_OF_THE_MATTER = 0.55
"""What of the best one's share another must speak of to go on with its matter."""
_AT_ANY_TIME = (0.8, 0.8)
"""What it must reach of the best one's score, and of its share, where no time is named."""
_FIT = 0.5
_OF_A_MEETING = frozenset({Kind.MINUTES, Kind.SLIDES})
QUANTITIES = frozenset({QuestionKind.HOW_MUCH, QuestionKind.HOW_MANY})
_ASKS_A_TIME = frozenset(stem_word(word) for word in "deadline due date expected planned".split())
"""What a question of when asks by, and its answer need not repeat."""
_HAPPENINGS = frozenset(
    stem_word(word)
    for word in """start begin commence launch open reopen close end finish complete happen occur
    hold held publish introduce ready""".split()
)
"""What any matter may do: which it is, they do not tell."""
_OF_NOW = frozenset(
    stem_word(word)
    for word in "currently present presently moment today latest recent newest".split()
)
_AGAIN = re.compile(
    r"\b(?:annual(?:ly)?|quarterly|monthly|weekly|yearly|(?:each|every) (?:year|month|quarter|week|"
    r"meeting)|next (?:meeting|update|report)|further (?:update|report|meeting)|per (?:year|annum|"
    r"month|week|quarter))\b",
    re.IGNORECASE,
)
_OF_A_PERIOD = re.compile(
    r"\b(?:(?:this|last|previous|past|the) (?:year|month|quarter|week|period)|since the last|"
    r"to date|so far|year[- ]end|year to date|in the (?:last|past))\b",
    re.IGNORECASE,
)
_HAPPENED = re.compile(
    r"(?<!be )(?<!to be )\b(?:received|attended|seen|recorded|spent|treated|completed|responded|"
    r"issued|sold|admitted|discharged|underspent|overspent|collected|reported(?! (?:that|to)\b))\b",
    re.IGNORECASE,
)
_THEN = re.compile(r"\b(?:followed by|and then|after which|prior to which)\b", re.IGNORECASE)
_NAME = r"(?!(?:The|This|These|A|An|In|It|All|No)\b)[A-Z][a-z’']+(?: [A-Z][a-z’']+)*"
_NAME_AND_NEXT = re.compile(
    r"\b(?P<name>[A-Z][\w’'-]*?)(?:[’']s)? (?=(?P<next>[a-z][a-z-]{2,})\b)(?!\w+(?:ing|ed|ly)\b)"
)
_WORD = re.compile(r"[\w’'-]+")
_SHARED_WORDS, _SHARED = 2, 0.6
_OF_ANY_ITEM = frozenset(
    stem_word(word)
    for word in """minutes meeting agenda item report update notice motion question discussion
    business matters reports committee council board district""".split()
)
_GENERIC = frozenset(
    stem_word(word) for word in "programme plan scheme project service site team area".split()
)
TextOf = Callable[[str], str]


class Matter:
    """What a question is about: its names, and what it asks of them."""

    def __init__(
        self, asked: Asked, question: str, acronyms: Sequence[Acronym], texts: TextOf
    ) -> None:
        self.asked = asked
        self.question = question
        self.acronyms = acronyms
        said_of = {*asked.particulars, *_OF_NOW}
        self._topic = [stem for stem in asked.stems if stem not in said_of]
        if asked.kind is QuestionKind.WHEN and set(self._topic) - _ASKS_A_TIME:
            self._topic = [stem for stem in self._topic if stem not in _ASKS_A_TIME]
        self._is_of_anything = _is_of_one_word(asked, question, self._topic)
        self._aliases = aliases_of(acronyms)
        self._longs = {stem_word(a.short): plain_letters(a.long.casefold()) for a in acronyms}
        self._texts = texts

    @property
    def valued(self) -> bool:
        """Say whether answers to the question can be compared."""
        return self.asked.kind in VALUED

    def share(self, statement: Statement) -> float:
        """Return the share of what is asked, names left out, that a statement speaks of."""
        return self._share(f"{statement.text} {surroundings(statement)}")

    def names_said(self, statement: Statement) -> set[str]:
        """Return the names and numbers asked about that a statement says, or what is over it."""
        said = set(stems_of(f"{statement.text} {surroundings(statement)}"))
        return {name for name in self.asked.particulars if holds(said, name, self._aliases)}

    def values(self, statement: Statement) -> Values:
        """Return what a statement gives in answer to the question."""
        if self.asked.kind is QuestionKind.WHO and post_asked(self.question):
            return Values(people=self._holders(statement))
        said = statement.hit.document.date.edtf
        return values_of(self.asked.kind, self.question, self._clause(statement.text), said)

    def why_another(self, one: Statement, best: Statement) -> str | None:
        """Return in plain words why a statement is of another matter, or None where it is not."""
        if one.score < _CLOSE_ENOUGH * best.score:
            return "it fits the question much less well"
        if not _dated_prose(one):
            return "it cannot be dated, or is a row of figures"
        if not self._fits(one, valued=bool(self.values(best))):
            return "it does not have the form of an answer"
        return self._why_other_words(one) or self._why_other_thing(one, best)

    def is_like(self, one: Statement, best: Statement) -> bool:
        """Say whether two statements are one sentence of one named thing, and may say otherwise.

        Where values are asked for these tell it instead, and what recurs is told of each time.
        """
        apart = self.valued or recurs(best) or of_other_years(one.text, best.text)
        if apart or not _dated_prose(one):
            return False
        mine, its, asked = names_in(one.text), names_in(best.text), set(self.asked.particulars)
        shared = mine & its
        of_one = bool(shared & asked or shared - set(stems_of(self.question)))
        return of_one and asked & its <= mine and same_words(one.text, best.text, ALIKE)

    def goes_on(self, one: Statement, best: Statement, *, at_any_time: bool) -> bool:
        """Say whether a statement is of the same matter, whatever it says of it.

        Where any time is meant, nothing but its words tells it, and more of them must be there.
        """
        close, share = _AT_ANY_TIME if at_any_time else (_CLOSE_ENOUGH, _OF_THE_MATTER)
        near = one.score >= close * best.score and _dated_prose(one)
        spoken_of = self.share(one) >= share * self.share(best)
        return near and spoken_of and self._why_other_named(one, best) is None

    def _why_other_words(self, one: Statement) -> str | None:
        above = " ".join([one.lead_in or "", *one.hit.passage.section])
        own, everything = self._share(one.text), self._share(f"{one.text} {above}")
        if own < _OWN_WORDS or everything < _ALL_WORDS:
            return "its own words say too little of what is asked"
        return None

    def _why_other_thing(self, one: Statement, best: Statement) -> str | None:
        return self._why_other_named(one, best) or self._why_other_value(one, best)

    def _why_other_named(self, one: Statement, best: Statement) -> str | None:
        if self._is_of_anything and not self._same_item(one, best):
            return "the question names nothing, and they are of different items"
        if not self._same_names(one, best):
            return "it does not hold the names that the question uses"
        if not self._same_area(one, best):
            return "it is of another area, or of another body and nothing says of the same thing"
        if self._rivals(one) != self._rivals(best) and self._rivals(one) and self._rivals(best):
            return "it names another place or project"
        if self._parts_of_names(one) != self._parts_of_names(best):
            return "it speaks of a part of what is named, or of something beside it"
        return None

    def _same_item(self, one: Statement, best: Statement) -> bool:
        """Say whether two statements stand under headings of mostly the same words, two or more."""
        mine, theirs = (_headed(each) - set(self.asked.stems) for each in (one, best))
        shared = len(mine & theirs)
        return shared >= max(_SHARED_WORDS, _SHARED * min(len(mine), len(theirs)))

    def _why_other_value(self, one: Statement, best: Statement) -> str | None:
        if self.asked.kind is QuestionKind.WHO and not self._gives_the_role(one):
            return "it does not say of a person that they are what is asked"
        if self.asked.kind in QUANTITIES:
            if len(self._topic) < _SHARED_WORDS and not same_words(one.text, best.text, ALIKE):
                return "the question names one thing to count, and they count it of others"
            return self._why_other_period(one, best)
        return None

    def _gives_the_role(self, statement: Statement) -> bool:
        """Say whether a person and what is asked stand together, with nothing done between them."""
        return bool(self._holders(statement))

    def _holders(self, statement: Statement) -> frozenset[str]:
        asked = post_asked(self.question) or frozenset(self._topic)
        return holders_in(
            statement.text,
            self.question,
            lambda word: bool(with_like(word) & asked),
            self.record_of(statement),
        )

    def _fits(self, statement: Statement, *, valued: bool) -> bool:
        """Say whether a statement has the form of an answer, and a value where it must."""
        return fitness_of(self.asked, statement) >= _FIT and (
            not valued or bool(self.values(statement))
        )

    def _clause(self, text: str) -> str:
        """Return the part of a sentence that speaks of what is asked: a date of what came before,
        in “the plan by October, followed by consultation”, is not the consultation's.
        """
        before, *rest = _THEN.split(text, maxsplit=1)
        after = "".join(rest)
        return after if after and self._share(before) < self._share(after) else text

    def _share(self, words: str) -> float:
        stems = with_like(words)
        return share_held(self._topic, stems, {}, self._aliases) if self._topic else 1.0

    def _same_names(self, one: Statement, best: Statement) -> bool:
        """Say whether the question's names that the best one's record holds are in the other's.

        A record names a programme once and then speaks of "the plan" or "consultation"; but words
        that name another thing beside what is asked are about that thing.
        """
        if not self._names_in(best) <= self._names_in(one):
            return False
        near = set(stems_of(f"{one.text} {surroundings(one)} {' '.join(one.hit.passage.section)}"))
        missing = [name for name in self.asked.particulars if not holds(near, name, self._aliases)]
        return not (missing and self._rivals(one))

    def _names_in(self, statement: Statement) -> set[str]:
        return set(self.names_in_record(statement, self.asked.particulars))

    def names_apart(
        self, statement: Statement, aliases: dict[str, frozenset[str]]
    ) -> tuple[str, ...]:
        """Return the names of several words that a statement's document holds only in parts.

        What stands in ``aliases`` may be named by its short form.
        """
        named = [one for one in self.asked.particulars if one not in aliases]
        if len(named) < 2:
            return ()
        document = statement.hit.document
        texts = [self._texts(document.id), *over(statement)]
        return names_apart(self.question, named, texts, _whose(document))

    def record_of(self, statement: Statement) -> str:
        """Return the text of a statement's document."""
        return self._texts(statement.hit.document.id)

    def names_in_record(self, statement: Statement, names: Sequence[str]) -> list[str]:
        """Return those of some stems that a statement's document holds anywhere."""
        if not names:
            return []
        text = plain_letters(self._texts(statement.hit.document.id).casefold())
        return [
            stem
            for stem in names
            if re.search(beginning(stem), text)
            or (stem in self._longs and self._longs[stem] in text)
        ]

    def _rivals(self, statement: Statement) -> frozenset[str]:
        """Return the names, not the question's, that a statement binds to what is asked about.

        They are before a word of the topic (“Ashby clinic”) or after it (“the clinic in Ashby”).
        """
        topics = [word for word in re.findall(r"[\w’'-]+", statement.text) if self._is_topic(word)]
        if not topics:
            return frozenset()
        topic = "|".join(re.escape(word) for word in dict.fromkeys(topics))
        found: set[str] = set()
        for pattern in (
            rf"\b(?P<name>{_NAME}) (?:{topic})\b",
            rf"\b(?:{topic}) (?:in|at|near|of|for|on) (?:the )?(?P<name>{_NAME})",
        ):
            for match in re.finditer(pattern, statement.text):
                found |= set(stems_of(match["name"]))
        return frozenset(found - set(self.asked.stems) - MONTH_STEMS)

    def _parts_of_names(self, statement: Statement) -> frozenset[str]:
        """Return what a name is only the beginning of: “car” in “Riverside Hospital car park”."""
        asked = with_like(self.question)
        found = (
            stem_word(match["next"])
            for match in _NAME_AND_NEXT.finditer(statement.text)
            if stem_word(match["name"]) in self.asked.particulars
            and match["next"] not in STOP_WORDS
        )
        return frozenset(
            one
            for one in found
            if one not in asked | _GENERIC and not any(one[:4] == other[:4] for other in asked)
        )

    def _is_topic(self, word: str) -> bool:
        return stem_word(word) in self._topic

    def _same_area(self, one: Statement, best: Statement) -> bool:
        mine, theirs = one.hit.document, best.hit.document
        if _area(mine) and _area(theirs):
            return _area(mine) <= _area(theirs) or _area(theirs) <= _area(mine)
        if one.hit.document.id == best.hit.document.id or same_body(mine, theirs):
            return True
        return bool(self.near_names(one) & self.near_names(best))

    def near_names(self, statement: Statement) -> set[str]:
        """Return the names and numbers asked about that a statement's passage holds."""
        near = set(stems_of(f"{statement.hit.passage.text} {surroundings(statement)}"))
        return {name for name in self.asked.particulars if holds(near, name, self._aliases)}

    def _why_other_period(self, one: Statement, best: Statement) -> str | None:
        if _HAPPENED.search(one.text) or _OF_A_PERIOD.search(one.text):
            return "its figure is of what happened in a time of its own"
        mine, theirs = _periods(one), _periods(best)
        if mine != theirs:
            return "its figure is of another year or date"
        return None


def _is_of_one_word(asked: Asked, question: str, topic: Sequence[str]) -> bool:
    """Say whether a question names nothing and is of one word: “the consultation” may be any."""
    topics = set(topic) - _HAPPENINGS
    said = {word for word in _WORD.findall(question) if topics & set(stems_of(word))}
    return not asked.particulars and len(said) < 2


def _headed(statement: Statement) -> set[str]:
    """Return the words of what a statement's section is of, or its whole paper where it is one."""
    document = statement.hit.document
    titles, by = list(statement.hit.passage.section), set[str]()
    if document.kind in (Kind.MINUTES, Kind.AGENDA) and titles:
        by = set(stems_of(_whose(document)))
    else:
        titles.append(document.title)
    stems = {stem_word(word) for word in content_words(" ".join(titles)) if word.isalpha()}
    return stems - _OF_ANY_ITEM - MONTH_STEMS - by


def _whose(document: Document) -> str:
    """Return the names of a document's body, committee and area."""
    return " ".join(filter(None, (document.body, document.committee, document.area)))


def recurs(statement: Statement) -> bool:
    """Say whether a statement is of what is done again and again, so that dates follow in turn."""
    return _AGAIN.search(statement.text) is not None


def same_body(one: Document, other: Document) -> bool:
    """Say whether one body made two documents, or the one took the other's place."""
    return bool(_bodies(one) & _bodies(other))


def _bodies(document: Document) -> set[str]:
    names = [document.body, *(after.body for after in document.successors)]
    return {name.casefold() for name in names if name}


def _dated_prose(one: Statement) -> bool:
    """Say whether a statement can stand in a history: prose of a document that can be dated.

    A row of figures says nothing of when its figures held. A year that was inferred from what the
    text mentions is fair for the record of a meeting, and a bad guess for a plan or a budget.
    """
    document = one.hit.document
    edtf = document.date.edtf
    dated = edtf is not None and (not edtf.endswith("?") or document.kind in _OF_A_MEETING)
    return dated and one.hit.passage.role is not Role.TABLE


def _area(document: Document) -> frozenset[str]:
    """Return the words of a document's area where it was stated, else none."""
    if not document.area or "area" in document.inferred:
        return frozenset()
    return frozenset(re.findall(r"\w+", document.area.casefold())) - {"and", "the", "of"}


def _periods(statement: Statement) -> frozenset[str]:
    return frozenset(mention.edtf for mention in find_dates(statement.text))
