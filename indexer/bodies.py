"""The table of bodies: their other names, codes and areas, and which took the place of which.

``bodies.toml`` in the corpus folder, one ``[[body]]`` table for each; ``docs/corpus.md`` documents
the keys. A search under a newer body's name finds the documents of those before it.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from indexer.dates import bounds
from indexer.errors import UsageError
from indexer.model import Successor

BODIES = "bodies.toml"
_KEYS = ("name", "other_names", "ods", "area", "succeeds", "since", "note")
_LISTS = ("other_names", "succeeds")
_ODS = re.compile(r"[A-Z0-9]{3,6}")
_SPELT_OUT = (
    (re.compile(r"\bccg\b"), "clinical commissioning group"),
    (re.compile(r"\bicb\b"), "integrated care board"),
    (re.compile(r"\bics\b"), "integrated care system"),
    (re.compile(r"\bicp\b"), "integrated care partnership"),
    (re.compile(r"\bstp\b"), "sustainability and transformation partnership"),
    (re.compile(r"\bpct\b"), "primary care trust"),
)


@dataclass(frozen=True, slots=True)
class Body:
    """One body of the table; ``since`` is when it took over from those that it ``succeeds``."""

    name: str
    other_names: tuple[str, ...] = ()
    ods: str | None = None
    area: str | None = None
    succeeds: tuple[str, ...] = ()
    since: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, its own first."""
        return (self.name, *self.other_names)


@dataclass(frozen=True)
class Bodies:
    """The whole table, by any of a body's names."""

    listed: tuple[Body, ...] = ()
    _by_name: Mapping[str, Body] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_name = {key(name): body for body in self.listed for name in body.names}
        object.__setattr__(self, "_by_name", by_name)

    def named(self, name: str | None) -> Body | None:
        """Return the body that has this name or other name."""
        return self._by_name.get(key(name)) if name else None

    def mentioned(self, line: str) -> Body | None:
        """Return the body of which a line holds a name of two words or more, if it is only one."""
        words = f" {key(line)} "
        found: list[Body] = []
        for name, body in self._longest_first:
            if f" {name} " in words:
                words = words.replace(f" {name} ", " | ")
                found += [] if body in found else [body]
        return found[0] if len(found) == 1 else None

    @cached_property
    def _longest_first(self) -> list[tuple[str, Body]]:
        names = [(name, body) for name, body in self._by_name.items() if " " in name]
        return sorted(names, key=lambda item: (-len(item[0]), item[0]))

    def successors(self, name: str | None) -> tuple[Successor, ...]:
        """Return the bodies that took the place of the one named, nearest first, and of those."""
        found: list[Successor] = []
        waiting = [body] if (body := self.named(name)) else []
        while waiting:
            for later in self._directly_after(waiting.pop(0)):
                if all(later.name != known.body for known in found):
                    found.append(Successor(later.name, later.since, self._found_by(later)))
                    waiting.append(later)
        return tuple(found)

    def found_by(self, name: str | None) -> tuple[str, ...]:
        """Return the other names and the code by which the body named is found."""
        body = self.named(name)
        return self._found_by(body) if body else ()

    def _found_by(self, body: Body) -> tuple[str, ...]:
        return (*body.names, *([body.ods] if body.ods else []))

    def _directly_after(self, body: Body) -> Iterator[Body]:
        for later in self.listed:
            if any(self.named(older) == body for older in later.succeeds):
                yield later


NO_BODIES = Bodies()


def key(name: str) -> str:
    """Return what is the same in two spellings of a body's name."""
    words = re.sub(r"[^\w]+", " ", name.casefold().replace("&", " and ").replace("’", ""))
    words = re.sub(r"^\s*(?:the )?(?:nhs )?|\s+$", "", words)
    for short, long in _SPELT_OUT:
        words = short.sub(long, words)
    return " ".join(words.split())


def read_bodies(corpus: Path) -> Bodies:
    """Return the table, empty where the folder has none.

    Raises UsageError with place and remedy where it is not TOML, has an unknown key or a value of
    the wrong sort, gives two bodies one name, or lets a body succeed itself.
    """
    path = corpus / BODIES
    if not path.is_file():
        return Bodies()
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not TOML: {error}.", "Mend the line and try again.") from error
    _refuse_unknown(content, ("body",), f"{path}")
    tables = content.get("body", [])
    if not isinstance(tables, list):
        raise UsageError(f"{path}: body is not a list.", "Begin each entry with [[body]].")
    listed = tuple(_body(table, f"{path}, body {n}") for n, table in enumerate(tables, start=1))
    _refuse_shared_names(listed, path)
    bodies = Bodies(listed)
    _refuse_strangers_and_circles(bodies, path)
    return bodies


def _body(table: object, where: str) -> Body:
    if not isinstance(table, dict):
        raise UsageError(f"{where} is not a table.", "Begin each entry with [[body]].")
    _refuse_unknown(table, _KEYS, where)
    for name, value in table.items():
        _check_value(name, value, where)
    if "name" not in table:
        raise UsageError(f"{where} has no name.", 'Add name = "the body\'s full name".')
    if "since" in table:
        _check_date(table["since"], where)
    ods = table.get("ods")
    if ods and not _ODS.fullmatch(ods.strip().upper()):
        raise UsageError(
            f"{where}: ods = {ods!r} is not an ODS code.",
            "It has three to six capital letters and figures, for example QK1; or leave it out.",
        )
    return Body(
        name=" ".join(table["name"].split()),
        other_names=tuple(" ".join(name.split()) for name in table.get("other_names", [])),
        ods=ods.strip().upper() if ods else None,
        area=table.get("area"),
        succeeds=tuple(" ".join(name.split()) for name in table.get("succeeds", [])),
        since=table.get("since"),
    )


def _check_value(name: str, value: object, where: str) -> None:
    if name in _LISTS:
        items: list[Any] = value if isinstance(value, list) else [None]
        if not all(isinstance(item, str) and key(item) for item in items):
            raise UsageError(
                f"{where}: {name} = {value!r} is not a list of names.",
                f'Write {name} = ["one name", "another"].',
            )
    elif not isinstance(value, str) or not key(value):
        raise UsageError(
            f"{where}: {name} = {value!r} is not text.", "Write it in quotes, or leave it out."
        )


def _check_date(value: str, where: str) -> None:
    try:
        bounds(value)
    except UsageError as error:
        raise UsageError(f"{where}: since: {error.what}", error.remedy) from error


def _refuse_shared_names(listed: tuple[Body, ...], path: Path) -> None:
    owners: dict[str, Body] = {}
    for body in listed:
        for name in body.names:
            other = owners.setdefault(key(name), body)
            if other is not body:
                raise UsageError(
                    f"{path}: {name!r} is a name of {other.name!r} and of {body.name!r}.",
                    "Let each name stand for one body.",
                )


def _refuse_strangers_and_circles(bodies: Bodies, path: Path) -> None:
    known = [name for body in bodies.listed for name in body.names]
    for body in bodies.listed:
        for older in body.succeeds:
            if bodies.named(older) is None:
                near = difflib.get_close_matches(older, known, n=1)
                hint = f"Did you mean {near[0]!r}?" if near else "Add a [[body]] of that name."
                raise UsageError(f"{path}: {body.name!r} succeeds {older!r}, not listed.", hint)
        if any(after.body == body.name for after in bodies.successors(body.name)):
            raise UsageError(
                f"{path}: {body.name!r} would come after itself.", "Take one name out of succeeds."
            )


def _refuse_unknown(table: dict[str, Any], allowed: tuple[str, ...], where: str) -> None:
    for name in table:
        if name not in allowed:
            near = difflib.get_close_matches(name, allowed, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(allowed)}."
            raise UsageError(f"{where} has the unknown key {name!r}.", hint)
