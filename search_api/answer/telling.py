"""A history put into an answer: what is cited in which order, what is read out, the timeline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from indexer.model import Span
from search_api.answer.history import History, Said
from search_api.answer.lists import LONGEST
from search_api.answer.reading import OMITTED
from search_api.answer.statements import Statement
from search_api.results import AnswerStatus, Version

_LONGEST_TURN, _SHORTEST_TURN = 350, 140
"""The most characters that are read out of what one of several meetings said, and how many there
must be room for: less says nothing."""
Place = tuple[str, Span]
Told = Mapping[Place, Statement]
"""Each statement, by where it was found, as it is quoted: with the sentence that it leans on."""


def place_of(statement: Statement) -> Place:
    """Return what tells one statement from every other."""
    return statement.hit.document.id, statement.span


def in_order(told: History, *, latest: bool) -> list[Statement]:
    """Return what is cited: each version, then who says the same, then what else is said of it.

    Where the newest is asked for, it leads though the record did not change.
    """
    firsts = [one for version in told.versions for one in (version.statement, *version.beside)]
    others = [one for version in told.versions for one in version.repeats]
    if told.status is AnswerStatus.ANSWERED:
        [only] = told.versions
        newest = latest or told.best not in only.all
        firsts = [only.statement if newest else told.best]
        others = [one for one in only.all if one is not firsts[0]]
    return [*firsts, *others, *told.beside]


def timeline(told: History, shown: Sequence[Statement], quoted: Told) -> tuple[Version, ...]:
    """Return each version, in the order of the history, with the citations that prove it."""
    numbers = {place_of(one): n for n, one in enumerate(shown, start=1)}
    found = []
    for version in told.versions:
        cited = [one for one in version.all if place_of(one) in numbers]
        if not cited:
            continue
        leading = quoted[place_of(cited[0])]
        found.append(
            Version(
                date=leading.hit.document.date,
                body=leading.hit.document.body,
                statement=leading.text,
                citation=numbers[place_of(cited[0])],
                superseded=version.superseded,
                role=leading.hit.passage.role,
                citations=tuple(numbers[place_of(one)] for one in cited),
            )
        )
    return tuple(found)


def spoken(told: History, quoted: Told, read_out: Callable[[Statement, int], str]) -> str:
    """Return the words to read out: the leading statement, or several, each on its line.

    Those are the sides of a dispute, and what each meeting said where that is asked for.
    ``read_out`` gives a statement's words in at most so many characters.
    """
    if told.in_turn:
        return _turns([_cited(version, quoted) for version in told.versions], read_out)
    if told.status is not AnswerStatus.DISPUTED:
        return read_out(next(iter(quoted.values())), LONGEST)
    sides = [quoted[place_of(version.statement)] for version in told.live]
    room = (LONGEST - len(sides)) // len(sides)
    return "\n".join(read_out(side, room) for side in sides)


def _turns(told: Sequence[list[Statement]], read_out: Callable[[Statement, int], str]) -> str:
    """Return what each of several meetings said, the newest first: whole, as many as have room."""
    lines: list[str] = []
    for own in (turn for turn in told if turn):
        room = LONGEST - len("\n".join([*lines, ""]))
        line = _turn(own, min(room, _LONGEST_TURN), read_out)
        if lines and (room < _SHORTEST_TURN or (line.endswith("…") and room < _LONGEST_TURN)):
            break
        lines.append(line)
    return "\n".join(lines)


def _cited(version: Said, quoted: Told) -> list[Statement]:
    """Return what of a version is quoted, in the order of its record."""
    own = [place_of(one) for one in (version.statement, *version.beside)]
    return sorted((quoted[place] for place in own if place in quoted), key=lambda one: one.span)


def _turn(told: list[Statement], room: int, read_out: Callable[[Statement, int], str]) -> str:
    """Return what one of several meetings said, in so many characters."""
    if room < len(told) * _SHORTEST_TURN:
        told = told[-1:]
    each = (room - (len(told) - 1) * len(OMITTED)) // len(told)
    *first, last = [read_out(one, each) for one in told]
    return OMITTED.join([*(words.removesuffix("…") for words in first), last])
