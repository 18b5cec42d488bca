"""What speaks for the record answering a question at all, and what against it.

A near miss is as like the text as an answer is: the right topic in the wrong town, the right body
and a figure that it never gave. What can tell it is what a careful reader looks for: the names and
numbers of the question, and beside its words a value of the kind that it asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.store.protocols import StoreReader
from search_api.answer.given import given_by, gives_it
from search_api.answer.leading import Leading, of_other_years
from search_api.answer.likes import with_like
from search_api.answer.matter import Matter
from search_api.answer.naming import is_month, missing_from, stems_around
from search_api.answer.numbered import never_numbered, of_another_number
from search_api.answer.reading import led_on
from search_api.answer.record import Read
from search_api.answer.statements import (
    Statement,
    fitness_of,
    holds,
    led_in,
    over,
    share_held,
)
from search_api.asked.fitness import BY_ROLE
from search_api.asked.kinds import QuestionKind
from search_api.asked.plainly import sentences_of
from search_api.english import stem, stems_of, words_of
from search_api.ranking.late import rarity

_CONSIDERED = 5
_MOST_WORDS = 15
_MOST_NAMES = 6
_SHORT = 3
"""A question of so few words, asking aside, is of one topic: which is there, or is not."""
_OF_ASKING = frozenset(
    stem(word)
    for word in """agree decide resolve approve note recommend say said tell told report reported
    discuss raise express complain complaint comment concern concerned worry worried think thought
    view opinion happen become member members meeting committee board council""".split()
)
"""What a meeting does with any topic, and who meets."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence on the statement that would be read out, each from 0 to 1 unless it says so."""

    score: float
    """The best statement's own."""
    told: float
    """The share of the question's words, rare ones counting for more, that the best sentence of
    the passage holds among those that give a value of the kind asked for; of any, for kinds of
    question that ask for no value."""
    given: float
    """How surely what would be read out gives what is asked for."""
    form: float
    """0 where it has the form of an answer as well as others of the best; else how much less,
    to -1. Who speaks is no form: 0 for kinds of question that are known by it."""
    valued: bool
    """Whether a time, a sum, a count or a person is asked for: a record often speaks of the
    matter and gives none."""
    missing: tuple[str, ...]
    """Stems of the names and numbers asked about that the passage, with what is over it, with the
    passage before it in its section, and its document's date, does not hold."""
    elsewhere: tuple[str, ...]
    """Those of them that its document holds in another place."""
    apart: tuple[str, ...]
    """Names of several words that its document holds only word by word, and what the question
    numbers (“phase 2”) and its document never does."""
    another: tuple[str, ...]
    """What the question numbers, where what would be read out numbers only others of its sort."""
    share: float
    """The share of the question's words that the passage and what is over it hold."""
    words: int
    """How many words say what is asked: of a long question a passage holds a smaller share."""
    open: bool
    """Whether the question's words do not tell what form its answer has, so that none can be
    missing: most near misses ask for a figure, a name or a day."""
    names: int = 0
    """How many names and numbers the question gives: the more of them, the more is easily held."""
    covered: float = 0.0
    """The greatest share of the question's words that one statement holds, rare ones counting for
    more."""
    topic: float = 1.0
    """How near the passage comes to the rarest word of a short question of which it holds no name,
    about 1 where it holds the word; 1 for other questions."""

    @property
    def nowhere(self) -> frozenset[str]:
        """Stems of the names and numbers asked about that the whole document does not hold."""
        return frozenset(self.missing) - frozenset(self.elsewhere)

    @property
    def features(self) -> tuple[float, ...]:
        """What is weighed, in the order of ``FEATURES``."""
        names = {one for one in self.missing if not is_month(one)}
        elsewhere = names & set(self.elsewhere)
        flags = (
            self.valued,
            names != elsewhere or bool(self.apart or self.another),
            bool(elsewhere),
            self.open,
        )
        words = min(self.words, _MOST_WORDS) / _MOST_WORDS
        given = min(self.names, _MOST_NAMES) / _MOST_NAMES
        said = (self.score, self.told, self.given, self.form)
        return (*said, *map(float, flags), words, given, self.covered)


FEATURES = (
    "score",
    "told",
    "given",
    "form",
    "valued",
    "missing name",
    "name elsewhere",
    "open",
    "words",
    "names",
    "covered",
)


def evidence_on(store: StoreReader, read: Read, leading: Leading) -> Evidence:
    """Return the evidence on the statement that leads an answer."""
    matter, ranked, aliases = read.matter, read.ranked, read.aliases
    asked, best = matter.asked, leading.best
    around = stems_around(best)
    missing = missing_from(around, asked, aliases)
    if missing:
        missing = missing_from(around | _said_before(store, read, best), asked, aliases)
    missing = _asked_for(matter, missing)
    rarities = _rarities(store, matter)
    alike = around | with_like(best.hit.passage.text)
    return Evidence(
        score=ranked[0].score,
        told=_told(matter, leading, ranked, rarities, aliases),
        given=given_by(matter, leading.reply or leading.whole),
        form=_form(store, matter, leading, ranked),
        valued=matter.valued,
        missing=missing,
        elsewhere=tuple(matter.names_in_record(best, missing)),
        words=len(asked.stems),
        names=len(asked.particulars),
        covered=max(one.parts.coverage for one in ranked),
        open=asked.kind is QuestionKind.OTHER,
        apart=(
            *matter.names_apart(best, aliases),
            *never_numbered(matter.question, matter.record_of(best)),
        ),
        another=_another(matter, leading),
        share=share_held(asked.stems, alike, {}, aliases),
        topic=_topic(read, best, around, alike, rarities),
    )


def _said_before(store: StoreReader, read: Read, best: Statement) -> set[str]:
    """Return the stems of the passage before in the same section: it may name what is spoken of."""
    passage, number = best.hit.passage, read.nearness.number_of(best.hit.passage)
    if not number or not passage.section:
        return set()
    [before] = store.passages([number - 1])
    same = before.document_id == passage.document_id and before.section == passage.section
    return set(stems_of(before.text)) if same else set()


def _another(matter: Matter, leading: Leading) -> tuple[str, ...]:
    """Return what a question numbers, or wants the figure of a year of, and what leads another."""
    numbers = of_another_number(matter.question, _with_what_is_over(leading.whole))
    return (*numbers, *of_other_years(matter, leading.contained))


def _with_what_is_over(said: Statement) -> str:
    return "\n".join([*over(said), led_in(said)])


def _asked_for(matter: Matter, missing: tuple[str, ...]) -> tuple[str, ...]:
    """Leave out names of a sentence that only tells what the question is of, if others are held.

    “Our Healthwatch volunteers use Choices. What is wrong with it?” asks nothing of Healthwatch.
    """
    *telling, _ = sentences_of(matter.question)
    aside: set[str] = set()
    for sentence in telling:
        names = set(stems_of(sentence)) & set(matter.asked.particulars)
        if "?" not in sentence and not names <= set(missing):
            aside |= names
    return tuple(one for one in missing if one not in aside)


def _topic(
    read: Read, best: Statement, around: set[str], alike: set[str], rarities: dict[str, float]
) -> float:
    asked = read.matter.asked
    words = {stem(word): word for word in words_of(read.matter.question)}
    topics = [one for one in asked.stems if one in words and one not in _OF_ASKING]
    if not 0 < len(topics) <= _SHORT or any(
        holds(around, n, read.aliases) for n in asked.particulars
    ):
        return 1.0
    rarest = max(topics, key=lambda one: rarities.get(one, 0.0))
    if holds(alike, rarest, read.aliases):
        return 1.0
    return read.nearness.of_word(best.hit.passage, words[rarest])


def _form(
    store: StoreReader, matter: Matter, leading: Leading, ranked: Sequence[Statement]
) -> float:
    asked = matter.asked
    if asked.kind in BY_ROLE:
        return 0.0
    first = fitness_of(asked, leading.reply or led_on(store, matter, ranked[0]))
    return min(first - max(fitness_of(asked, one) for one in ranked[:_CONSIDERED]), 0.0)


def _rarities(store: StoreReader, matter: Matter) -> dict[str, float]:
    """Return how rare each stem of the question is, by its words, in the whole record."""
    return {stem(word): rarity(store, word) for word in dict.fromkeys(words_of(matter.question))}


def _told(
    matter: Matter,
    leading: Leading,
    ranked: Sequence[Statement],
    weights: dict[str, float],
    aliases: dict[str, frozenset[str]],
) -> float:
    beside = (one for one in ranked if one.hit.passage.id == leading.best.hit.passage.id)
    telling = [led_in(one) for one in beside if gives_it(matter, one)]
    if leading.reply and gives_it(matter, leading.reply):
        telling.append(f"{led_in(leading.best)} {leading.reply.text}")
    shares = (share_held(matter.asked.stems, set(stems_of(t)), weights, aliases) for t in telling)
    return max(shares, default=0.0)
