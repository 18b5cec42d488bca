"""What a table's row is: a figure, a person who was there, a task, or minutes set in a table."""

from __future__ import annotations

import re

from indexer.model import Span

_CELL = re.compile(r"\s?\|\s?")
_PEOPLE = re.compile(
    r"^(?:[\w’'/&-]+ ){0,4}(?:present|in attendance|attendance|attendees|apologies|absent|"
    r"officials|"
    r"observers?|substitutes?|invitees|members|presenters?)\b[^.|]{0,40}$",
    re.IGNORECASE,
)
_NAME_COLUMN = re.compile(r"^(?:names?|member|initials|attendee)$", re.IGNORECASE)
_NOT_PEOPLE = re.compile(
    r"^(?:item|no\.?|ref|agenda|actions?|description|subject|time|minute|title|topic|\d{1,3}[.)]?)"
    r"(?: (?:no\.?|item|number))?$",
    re.IGNORECASE,
)
_TASK_COLUMN = re.compile(r"^(?:agreed |outstanding )?(?:actions?|tasks?)\b", re.IGNORECASE)
_OWNER_COLUMN = re.compile(
    r"\b(?:owner|lead|by whom|who|responsib\w+|assigned|due|deadline|by when|when|target|"
    r"timescale|finish|completion|status|progress|outcome|update)\b",
    re.IGNORECASE,
)
_RISK_COLUMN = re.compile(r"\b(?:risk|score|likelihood|impact|mitigat\w+|rating)\b", re.IGNORECASE)
_ACTION_COLUMN = re.compile(r"^(?:actions?|owner|lead|by whom|action by|who)\b", re.IGNORECASE)
_ENDS_SENTENCE = re.compile(r"[a-z)][.;:](?:\s|$)")
_FEWEST_PROSE_WORDS = 25
_SHORTEST_PROSE = 2 * _FEWEST_PROSE_WORDS - 1
_MOST_OWNER_WORDS = 12


def words_of(row: str) -> list[str]:
    """Return the words of a row's cells, empty ones included."""
    return [cell.strip() for cell in row.split("|")]


def cells_of(text: str, row: Span) -> list[Span]:
    """Return the spans of a row's cells, empty ones included."""
    words = row.of(text)
    cuts = list(_CELL.finditer(words))
    starts = [row.start, *(row.start + cut.end() for cut in cuts)]
    ends = [*(row.start + cut.start() for cut in cuts), row.end]
    return [Span(start, max(start, end)) for start, end in zip(starts, ends, strict=True)]


def heads_people(cells: list[str]) -> bool:
    """Say whether a row stands over people: "Present:", "Name | Role", "Members | Officials"."""
    named = any(_PEOPLE.match(cell.rstrip(": ")) for cell in cells[:3])
    return named or (len(cells) > 1 and bool(_NAME_COLUMN.match(cells[0])))


def ends_people(cells: list[str]) -> bool:
    """Say whether a row belongs to no list of people any more: a number, a column of items."""
    return bool(_NOT_PEOPLE.match(cells[0])) or any(len(cell.split()) > 20 for cell in cells)


def heads_tasks(cells: list[str]) -> bool:
    """Say whether a row stands over tasks: a column of actions beside who or by when."""
    tasks = any(_TASK_COLUMN.match(cell) for cell in cells)
    owners = any(_OWNER_COLUMN.search(cell) for cell in cells if not _TASK_COLUMN.match(cell))
    return tasks and owners and not any(_RISK_COLUMN.search(cell) for cell in cells)


def is_prose(cell: str) -> bool:
    """Say whether a cell holds sentences, as where minutes are set in a table."""
    if len(cell) < _SHORTEST_PROSE or len(cell.split()) < _FEWEST_PROSE_WORDS:
        return False
    return _ENDS_SENTENCE.search(cell) is not None


def names_owner(cell: str, heading: str) -> bool:
    """Say whether a short cell stands in a column of actions."""
    return bool(_ACTION_COLUMN.match(heading)) and 0 < len(cell.split()) <= _MOST_OWNER_WORDS
