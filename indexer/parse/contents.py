"""Tables of contents: lines that only say on which page something stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_LEADERS = re.compile(
    r"(?:\.{4,}|(?:\s\.){4,}|(?:\s?…){2,}|_{4,})[\s.|]*(\d{1,4}|[ivxl]{1,6})$", re.I
)
_ENTRY = re.compile(r"[^\W\d_]{2}.*[\s.|](\d{1,4})$")
_HEADING = re.compile(
    r"(?:table of )?contents(?: page)?"
    r"|(?:(?:section|chapter|part|title|paragraph)s? )?page(?: no\.?| number)?",
    re.I,
)
_AGENDA = re.compile(r"\bagenda\b", re.I)
_MARKS = ("....", ". .", "…", "____")
_FEWEST = 3
_MOST_BETWEEN = 2
_LONGEST = 160
_HIGHEST = 2000


def contents_lines(lines: Sequence[str]) -> set[int]:
    """Return which of a page's ``lines`` are a table of contents.

    Those are three at least that lead by dots to a number; or that end in numbers that never
    fall, under a heading that says so: Contents, or Section and Page. An agenda's items with
    their pages are no such table.
    """
    led = [i for i, line in enumerate(lines) if _is_led(line)]
    found = _with_what_stands_between(led, lines) if len(led) >= _FEWEST else set[int]()
    if any(_AGENDA.search(line) for line in lines[:8]):
        return found
    for i, line in enumerate(lines):
        if i not in found and _HEADING.fullmatch(" ".join(line.replace("|", " ").split())):
            found |= _under(i, lines)
    return found


def _is_led(line: str) -> bool:
    return any(mark in line for mark in _MARKS) and bool(_LEADERS.search(line))


def _under(heading: int, lines: Sequence[str]) -> set[int]:
    """Return a heading with the entries under it, none where too few stand there."""
    entries: list[int] = []
    page = 0
    for i in range(heading + 1, len(lines)):
        match = _ENTRY.search(lines[i]) if len(lines[i]) <= _LONGEST else None
        if match and page <= int(match[1]) <= _HIGHEST:
            page = int(match[1])
            entries.append(i)
        elif i - (entries[-1] if entries else heading) > _MOST_BETWEEN:
            break
    if len(entries) < _FEWEST:
        return set()
    return {heading} | _with_what_stands_between(entries, lines)


def _with_what_stands_between(entries: Sequence[int], lines: Sequence[str]) -> set[int]:
    """Add the few short lines between two entries: titles that take a second line."""
    found = set(entries)
    for one, other in pairwise(entries):
        between = range(one + 1, other)
        if len(between) <= _MOST_BETWEEN and all(len(lines[i]) <= _LONGEST for i in between):
            found.update(between)
    return found
