"""A test collection in BEIR's format: ``corpus.jsonl``, ``queries.jsonl``, ``qrels/SPLIT.tsv``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import UsageError

_FORMAT = "The format is BEIR's: corpus.jsonl, queries.jsonl and qrels/SPLIT.tsv."


@dataclass(frozen=True, slots=True)
class BeirDocument:
    """One document of the collection."""

    id: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, the split's questions, and which documents are relevant to which, how much."""

    name: str
    documents: tuple[BeirDocument, ...]
    queries: Mapping[str, str]
    relevant: Mapping[str, Mapping[str, int]]
    sha256: str
    """Of the documents alone: they decide the index."""


def load(folder: Path, split: str) -> Collection:
    """Read a collection. Raises UsageError with file and line for whatever is wrong with it."""
    corpus = folder / "corpus.jsonl"
    documents = tuple(
        BeirDocument(str(row["_id"]), str(row.get("title") or ""), str(row.get("text") or ""))
        for row in json_lines(corpus)
    )
    queries = {str(row["_id"]): _question(row) for row in json_lines(folder / "queries.jsonl")}
    relevant = _qrels(folder / "qrels" / f"{split}.tsv", queries, {d.id for d in documents})
    return Collection(
        name=folder.resolve().name,
        documents=documents,
        queries={identifier: queries[identifier] for identifier in relevant},
        relevant=relevant,
        sha256=hashlib.sha256(corpus.read_bytes()).hexdigest(),
    )


def json_lines(path: Path) -> Iterator[dict[str, object]]:
    """Yield the objects of a file of JSON Lines, each with an ``_id`` of its own."""
    seen: dict[str, int] = {}
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if line.strip():
            row = _object(line, f"{path.name}:{number}")
            identifier = str(row["_id"])
            if identifier in seen:
                raise UsageError(
                    f"{path.name}:{number}: the _id {identifier!r} already stands on line "
                    f"{seen[identifier]}.",
                    "Give each line an _id of its own.",
                )
            seen[identifier] = number
            yield row
    if not seen:
        raise UsageError(f"{path} holds nothing.", _FORMAT)


def _object(line: str, place: str) -> dict[str, object]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise UsageError(
            f"{place}: the line is not JSON ({error.msg} at column {error.colno}).",
            "Write one JSON object on the line.",
        ) from None
    if not isinstance(row, dict) or not str(row.get("_id", "")):
        raise UsageError(f"{place}: the line is not an object with an _id.", _FORMAT)
    return row


def _question(row: dict[str, object]) -> str:
    return str(row.get("text") or "")


def _qrels(path: Path, queries: Mapping[str, str], known: set[str]) -> dict[str, dict[str, int]]:
    """Read the judgements; a question without a relevant document is left out, as in BEIR."""
    judged: dict[str, dict[str, int]] = {}
    for number, line in enumerate(_text(path).splitlines(), start=1):
        columns = line.split("\t")
        if number == 1 or not line.strip():  # The first line names the columns.
            continue
        place = f"{path.name}:{number}"
        if len(columns) != 3 or not columns[2].strip().lstrip("-").isdigit():
            raise UsageError(
                f"{place}: the line is not query-id, corpus-id and a whole number, with tabs.",
                _FORMAT,
            )
        query, document, degree = columns[0], columns[1], int(columns[2])
        if query not in queries or document not in known:
            what, file = (query, "queries") if query not in queries else (document, "corpus")
            raise UsageError(
                f"{place}: {what!r} is not in {file}.jsonl.", "Take all files from one release."
            )
        judged.setdefault(query, {})[document] = degree
    found = {query: rows for query, rows in judged.items() if max(rows.values()) > 0}
    if not found:
        raise UsageError(f"{path} judges no document relevant.", "Check --split.")
    return found


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(
            f"{path} cannot be read: {error.strerror or error}.",
            f"{_FORMAT} Check the folder and --split.",
        ) from None
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8.", "Save it as UTF-8.") from None
