"""The numbers that a browser writes before the items of an ordered list."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from bs4.element import Tag

from indexer.parse.number_forms import roman, web_letters

_WRITERS: dict[str, Callable[[int], str]] = {
    "a": web_letters,
    "A": lambda number: web_letters(number).upper(),
    "i": roman,
    "I": lambda number: roman(number).upper(),
    "1": str,
}
_STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
    "decimal": "1",
}
_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]*?\b([a-z]+(?:-[a-z]+)?)\b")
_UNMARKED = frozenset({"none", "disc", "circle", "square"})
_WHOLE = re.compile(r"\s*([+-]?\d{1,6})\b")


@dataclass(slots=True)
class Counter:
    """Where an ordered list has come to; without a form it counts nothing that is seen."""

    form: str | None
    number: int
    step: int = 1

    def next(self, item: Tag) -> str:
        """Return what stands before the next item, with a space after it, or ""."""
        own = _whole(item, "value")
        if own is not None:
            self.number = own
        form = _form(item) or self.form
        label = _WRITERS[form](self.number) or str(self.number) if form in _WRITERS else ""
        self.number += self.step
        return f"{label}. " if label else ""


def counter_of(items: Tag, name: str) -> Counter:
    """Return the counter of a list; one of bullets shows no numbers."""
    if name != "ol":
        return Counter(None, 1)
    form = _form(items) or "1"
    backwards = items.has_attr("reversed")
    usual = len(items.find_all("li", recursive=False)) if backwards else 1
    start = _whole(items, "start")
    return Counter(form, usual if start is None else start, -1 if backwards else 1)


def _form(tag: Tag) -> str | None:
    style = _STYLE.search(str(tag.get("style", "")).lower())
    if style and (style[1] in _STYLES or style[1] in _UNMARKED):
        return _STYLES.get(style[1], "none")
    kind = str(tag.get("type", ""))
    return kind if kind in _WRITERS else None


def _whole(tag: Tag, name: str) -> int | None:
    value = _WHOLE.match(str(tag.get(name, "")))
    return int(value[1]) if value else None
