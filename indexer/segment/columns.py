"""What the rows of the table that is being read are: people who were there, tasks, or neither."""

from __future__ import annotations

from indexer.model import Span
from indexer.segment import rows


class Columns:
    """Remembers what a row that stands over others tells of them, until the table ends."""

    def __init__(self, text: str, *, records: bool) -> None:
        """``records`` says that ``text`` records a meeting, so that a row may stand over people."""
        self.people = False
        self.tasks = False
        self._text = text
        self._records = records
        self._header: Span | None = None
        self._header_has_tasks = False

    def end(self) -> None:
        """Forget the table that has ended."""
        self.people = self.tasks = False

    def note(self, words: list[str], header: Span | None, *, under_people: bool) -> None:
        """Take in a row by its cells' ``words``; ``under_people`` where it is in a list of them."""
        if header is None:
            self.tasks = self.tasks or rows.heads_tasks(words)
        else:
            self.tasks = self._is_over_tasks(header)
        if under_people or (self._records and rows.heads_people(words)):
            self.people = True
        elif self.people and rows.ends_people(words):
            self.people = False

    def _is_over_tasks(self, header: Span) -> bool:
        if self._header != header:
            self._header = header
            self._header_has_tasks = rows.heads_tasks(header.of(self._text).split(" | "))
        return self._header_has_tasks
