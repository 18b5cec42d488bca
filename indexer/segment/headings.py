"""Which blocks of minutes open a section: the agenda's own numbers, questions, motions, titles.

Minutes are scanned more often than written for reading, and a line that only looks like a title
would swallow every item after it. Three things are surer than how a line is set: the opening
statement stands over the whole record and heads no part of it; the items of an agenda are counted;
and a question or a motion begins with who put it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.dates import is_only_when
from indexer.model import Block, BlockKind, Role
from indexer.segment import roles

_LONGEST_OPENING, _MOST_OPENING = 1500, 40
_NAMES_A_MEETING = re.compile(r"\b(?:minutes|meeting|proceedings)\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:(?:agenda )?item(?: no\.?)? ?)?(?P<number>\d{1,3})[A-Z]?[.:)](?!\d)", re.I
)
_MOST_MISSED = 3
"""How many numbers of an agenda may be lost between two items that still belong to one count."""
_BY_WHOM = re.compile(
    r"^(?:\(?\d{1,3}[A-Z]?[.):]* *)?(?:(?:Public|Written|Members?[’']) )?"
    r"(?:(?P<question>Questions?)|Notices? of (?:\w+ )?Motions?|Motions?)(?: (?:No\.? ?)?\d+)? "
    r"(?:(?:submitted|received|asked|put|tabled|raised) )?(?:by|from)\b[^?]{3,90}$",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\(.*")
_MOST_WORDS = 16
_OPEN_BRACKET = re.compile(r"\([^)]*$|^[^(]*\)")
_COUNTS = re.compile(r"\(\d{1,3}\)")
_ENDS_IN_A_SUM = re.compile(
    r"(?:^|\s)\d{1,3}(?:,\d{3})+\)?$|(?:^|(?<!\bover)(?<!\bunder)(?<!\bof) )[€£$]\s?\d[\d,.]*\w?$"
)
_FIELD = re.compile(r"(?:time|date|location|venue|place|cost|price|tel|phone|email|web)\s?:", re.I)
_TOPIC = re.compile(
    r"\b(?:any other|other (?:matters|business)|aob|correspondence|sympath\w+|adjourn\w+|"
    r"conferences?|notices? of motions?|questions|minutes|next meeting|close|deputations?|"
    r"presentations?|declarations?|announcements?|votes? of)\b",
    re.IGNORECASE,
)
_LONGEST_TOPIC = 6
_CRUMBS = frozenset(
    (
        "yes",
        "no",
        "for",
        "against",
        "abstain",
        "abstained",
        "total",
        "with",
        "by",
        "and",
        "in favour",
    )
)
_ABBREVIATION = re.compile(r"(?!AO)[A-Z]{1,2}[A-Z\d]{1,2}")
_LEAST_SENTENCE = 6
_PRESENTER = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Cllr|Councillor)\.? )?"
    r"(?:[A-Z][a-z’'-]+ ){1,3}[A-Z][A-Za-z’'-]+(?: [–—-]|,) (?:[\w’'&/-]+,? ){0,8}"
    r"(?:Director|Officer|Executive|Manager|Lead|Head|Chair(?:man|woman|person)?|Clerk|Consultant|"
    r"Commissioner|Leader|Secretary|Minister|Engineer|Planner|Accountant|Solicitor|Treasurer|"
    r"Administrator|Superintendent|Inspector)(?:,? (?:of|for|at|to|in)\b.{0,60})?$"
)
"""“Jane Marsh – Director of Public Health”."""


def opening(text: str, blocks: Sequence[Block], furniture: Collection[int]) -> set[int]:
    """Return the blocks of the statement which meeting it was, over the list of those present.

    Nothing is returned where no such list follows near the top: the first heading may then be an
    item's.
    """
    found: list[int] = []
    size = 0
    for place, block in enumerate(blocks):
        if place in furniture:
            continue
        words = block.span.of(text)
        if roles.lists_people(words) or roles.seats(words):
            named = " ".join(blocks[i].span.of(text) for i in found)
            return set(found) if _NAMES_A_MEETING.search(named) else set()
        size += len(words)
        counted = _COUNTED.match(words) and block.kind is not BlockKind.PARAGRAPH
        if counted or size > _LONGEST_OPENING or len(found) > _MOST_OPENING:
            return set()
        found.append(place)
    return set()


def agenda_items(text: str, blocks: Sequence[Block], furniture: Collection[int]) -> set[int]:
    """Return the blocks that are titles because the agenda's count goes on there.

    A list inside an item counts too, but begins anew, and its lines follow one another.
    """
    own = [i for i in range(len(blocks)) if i not in furniture]
    found: set[int] = set()
    last = 0
    for at, place in enumerate(own):
        number = _number(text, blocks[place])
        if number is None or not last < number <= last + _MOST_MISSED:
            continue
        if blocks[place].kind is not BlockKind.HEADING:
            before = own[at - 1] if at else None
            after = own[at + 1] if at + 1 < len(own) else None
            listed = _counts(text, blocks, before, number - 1) and before not in found
            if listed or _counts(text, blocks, after, number + 1):
                continue
            if not _could_head(text, blocks[place], blocks[after] if after else None):
                continue
        found.add(place)
        last = number
    return found


def _number(text: str, block: Block) -> int | None:
    if block.kind is BlockKind.ROW:
        return None
    counted = _COUNTED.match(block.span.of(text)[:12])
    return int(counted["number"]) if counted else None


def _counts(text: str, blocks: Sequence[Block], place: int | None, number: int) -> bool:
    """Say whether the block at ``place`` is an item, and no heading, of that number."""
    if place is None or blocks[place].kind is BlockKind.HEADING:
        return False
    return _number(text, blocks[place]) == number


def _could_head(text: str, block: Block, after: Block | None) -> bool:
    """Say whether a block that is not set as a title reads like one, and introduces no list."""
    words = block.span.of(text)
    if words.endswith(":") and after is not None and after.kind is BlockKind.ITEM:
        return False
    title = words.rstrip(" :")
    return roles.is_numbered_title(title) and roles.label(words) is None


def by_whom(words: str) -> Role | None:
    """Return the role of a question or a motion where a line says by whom it was put, no more."""
    if len(words.split()) > _MOST_WORDS:
        return None
    put = _BY_WHOM.match(words)
    if put is None or roles.is_finite(_ASIDE.sub("", words)):
        return None
    return Role.COMMENT if put["question"] else Role.RESOLUTION


def is_topic(words: str) -> bool:
    """Say whether a line is a part that agendas have, and so ends what a member put."""
    return len(words.split()) <= _LONGEST_TOPIC and bool(_TOPIC.search(words))


def names_presenter(words: str) -> bool:
    """Say whether a line is only who presents an item, by name and post: it heads nothing."""
    return _PRESENTER.match(words) is not None


def is_debris(words: str) -> bool:
    """Say whether a line that is set like a title is a crumb of a table, a form or a vote."""
    plain = words.strip(" .:")
    if _COUNTED.match(words):
        return False
    if plain.casefold() in _CRUMBS or is_only_when(plain):
        return True
    if _ABBREVIATION.fullmatch(words) or _is_sentence(words):
        return True
    unclosed = bool(_OPEN_BRACKET.search(plain))
    field = bool(_FIELD.match(words))
    counted = len(_COUNTS.findall(plain)) > 1
    return unclosed or field or counted or bool(_ENDS_IN_A_SUM.search(plain))


def _is_sentence(words: str) -> bool:
    whole = words.endswith(".") and len(words.split()) >= _LEAST_SENTENCE
    return whole and roles.is_finite(words)


@dataclass(frozen=True, slots=True)
class Headings:
    """What the whole of a document shows of its headings, by the places of its blocks."""

    opening: frozenset[int]
    """The statement which meeting it was."""
    opens_whole: bool
    """Whether that statement is one heading, and not broken into several lines."""
    counted: frozenset[int]
    """Items in the agenda's own count."""
    groups: frozenset[int]
    """Headings directly over an item of the agenda, or over what a member put."""
    grouped: frozenset[int]
    """What stands directly below those."""

    @staticmethod
    def of(
        text: str, blocks: Sequence[Block], furniture: Collection[int], *, opens: bool
    ) -> Headings:
        """Look through the blocks; ``opens`` says that minutes begin with the first of them."""
        counted = agenda_items(text, blocks, furniture)
        own = [i for i in range(len(blocks)) if i not in furniture]
        over = [
            (above, below)
            for above, below in pairwise(own)
            if _is_over(text, blocks, above, counted)
            and (below in counted or by_whom(blocks[below].span.of(text)))
        ]
        first = opening(text, blocks, furniture) if opens else set()
        return Headings(
            opening=frozenset(first),
            opens_whole=len(first) == 1,
            counted=frozenset(counted),
            groups=frozenset(above for above, _ in over),
            grouped=frozenset(below for _, below in over),
        )


def _is_over(text: str, blocks: Sequence[Block], place: int, counted: Collection[int]) -> bool:
    """Say whether a block is a heading and neither an item of the agenda nor a label."""
    words = blocks[place].span.of(text)
    plain = blocks[place].kind is BlockKind.HEADING and place not in counted
    return plain and roles.label(words) is None and not by_whom(words) and not is_debris(words)


@dataclass(frozen=True, slots=True)
class _Step:
    level: int
    title: str


class Path:
    """The titles that stand over the text at hand, each with its level."""

    def __init__(self) -> None:
        self._steps: list[_Step] = []
        self._parents: list[_Step] = []
        self._counted_level: int | None = None
        self._put_level: int | None = None

    @property
    def titles(self) -> tuple[str, ...]:
        """The titles from the outermost to the innermost."""
        return tuple(step.title for step in self._steps)

    def clear(self) -> None:
        """Begin with nothing over the text."""
        self._steps.clear()
        self._put_level = None

    def enter(self, level: int, title: str, *, topic: bool = True) -> None:
        """Go under a title. Within what a member put, one that is no ``topic`` stands below it."""
        if self._put_level is not None and not topic:
            level = max(level, self._put_level + 1)
        else:
            self._put_level = None
        self._go(level, title)

    def enter_counted(self, level: int | None, title: str, *, put: bool, grouped: bool) -> None:
        """Go under an item of the agenda, or a question or motion, which is ``put`` by somebody.

        ``level`` None: it is not set as a heading, and stands beside the item before it, or where
        it is ``grouped`` below the heading directly above.
        """
        if level is not None:
            beside = self._counted_level if put and self._put_level is not None else None
            group = grouped and put and self._steps and is_topic(self._steps[-1].title)
            above = self._steps[-1].level + 1 if group else 0
            self._go(max(level, above, beside or 0), title)
            self._counted_level = self._steps[-1].level
        elif grouped and self._steps:
            self._go(max(self._steps[-1].level + 1, self._counted_level or 0), title)
        else:
            self._steps = [*self._parents]
            self._go(self._level_beside(), title)
        self._parents = self._steps[:-1]
        self._put_level = self._steps[-1].level if put else None

    def _level_beside(self) -> int:
        deepest = max((step.level for step in self._parents), default=0)
        return max(deepest + 1, self._counted_level or 0)

    def _go(self, level: int, title: str) -> None:
        self._steps = [step for step in self._steps if step.level < level]
        self._steps.append(_Step(level, title))
