"""What a person has stated of a collection's documents: ``manifest.toml`` in the corpus folder.

One ``[[document]]`` table for each file; ``file`` is its path below the folder and every other key
may be left out. ``docs/corpus.md`` documents the keys.
"""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from indexer.dates import bounds
from indexer.errors import UsageError
from indexer.model import Kind, Status

MANIFEST = "manifest.toml"
KEYS = (
    "file",
    "title",
    "body",
    "committee",
    "area",
    "kind",
    "status",
    "date",
    "date_basis",
    "published",
    "published_basis",
    "source_url",
    "note",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the manifest states of one file; None where it is silent."""

    file: str
    title: str | None = None
    body: str | None = None
    committee: str | None = None
    area: str | None = None
    kind: Kind | None = None
    status: Status | None = None
    date: str | None = None
    date_basis: str | None = None
    published: str | None = None
    published_basis: str | None = None
    source_url: str | None = None
    note: str | None = None


def read_manifest(corpus: Path) -> dict[str, Entry]:
    """Return the entries by file, or nothing where the folder has no manifest.

    Raises UsageError with place and remedy where the manifest is not TOML, has an unknown key, a
    value of the wrong sort, or two entries for one file. Whether the files exist is not asked.
    """
    path = corpus / MANIFEST
    if not path.is_file():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not TOML: {error}.", "Mend the line and try again.") from error
    _refuse_unknown(content, ("document",), f"{path}")
    entries: dict[str, Entry] = {}
    for number, table in enumerate(content.get("document", []), start=1):
        entry = _entry(table, f"{path}, document {number}")
        if entry.file in entries:
            raise UsageError(f"{path} has two entries for {entry.file}.", "Remove one of them.")
        entries[entry.file] = entry
    return entries


def _entry(table: object, where: str) -> Entry:
    if not isinstance(table, dict):
        raise UsageError(f"{where} is not a table.", "Begin each entry with [[document]].")
    _refuse_unknown(table, KEYS, where)
    for key, value in table.items():
        if not isinstance(value, str) or not value.strip():
            raise UsageError(
                f"{where}: {key} = {value!r} is not text.",
                'Write a string in quotes (dates too, for example "2016-09-13"), or leave it out.',
            )
    if "file" not in table:
        raise UsageError(f"{where} names no file.", 'Add file = "path below the corpus folder".')
    for key in ("date", "published"):
        if key in table:
            _check_date(table[key], f"{where}: {key}")
    values = {key: value.strip() for key, value in table.items()}
    values["file"] = Path(values["file"]).as_posix()
    kind, status = values.pop("kind", None), values.pop("status", None)
    return Entry(
        **values,
        kind=Kind(_one_of(kind, Kind, f"{where}: kind")) if kind else None,
        status=Status(_one_of(status, Status, f"{where}: status")) if status else None,
    )


def _check_date(value: str, where: str) -> None:
    try:
        bounds(value)
    except UsageError as error:
        raise UsageError(f"{where}: {error.what}", error.remedy) from error


def _one_of(value: str, allowed: type[Kind] | type[Status], where: str) -> str:
    names = [str(member) for member in allowed]
    if value not in names:
        raise UsageError(f"{where} = {value!r} is unknown.", f"Use one of: {', '.join(names)}.")
    return value


def _refuse_unknown(table: dict[str, object], allowed: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in allowed:
            near = difflib.get_close_matches(key, allowed, n=1)
            hint = f"Did you mean {near[0]}?" if near else f"Known keys: {', '.join(allowed)}."
            raise UsageError(f"{where} has the unknown key {key!r}.", hint)
