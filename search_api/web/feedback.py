"""What people said of answers: kept in one SQLite file on this machine, and sent nowhere."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from indexer.errors import MinutebookError, UsageError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS judgements (
    number   INTEGER PRIMARY KEY,
    at       TEXT NOT NULL,  -- when it was given, ISO 8601, UTC
    build    TEXT NOT NULL,  -- the build that answered
    question TEXT NOT NULL,
    limits   TEXT NOT NULL,  -- the filters as an address holds them: JSON, name to list of values
    status   TEXT NOT NULL,  -- the answer's: answered, changed, disputed, not_found
    answer   TEXT,           -- the short answer that was shown
    verdict  TEXT NOT NULL,  -- yes, no, passage
    words    TEXT NOT NULL,  -- what the answer should say, where somebody wrote it
    evidence TEXT NOT NULL   -- the quotations judged, or the passage chosen: JSON
)
"""
_COLUMNS = "number, at, build, question, limits, status, answer, verdict, words, evidence"
_SECONDS_TO_WAIT = 10.0


class Verdict(StrEnum):
    """What a person says of an answer."""

    YES = "yes"
    NO = "no"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation and the file that it stands in; without a quote, a file that was searched."""

    sha256: str
    file: str
    quote: str = ""
    passage_id: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One person's word on one answer. ``number`` and ``at`` are given when it is kept."""

    build: str
    question: str
    limits: dict[str, list[str]]
    status: str
    answer: str | None
    verdict: Verdict
    words: str
    evidence: tuple[Evidence, ...]
    number: int = 0
    at: str = ""


def beside(index: Path) -> Path:
    """Return the file beside an index folder: it outlives the index and every build."""
    whole = index.resolve()
    return whole.with_name(f"{whole.name}.feedback.sqlite")


class Feedback:
    """The file; it is made with the first judgement. Safe between threads and processes."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, judgement: Judgement) -> None:
        """Add a judgement. Raises MinutebookError where the file cannot be written."""
        row = (
            datetime.now(UTC).isoformat(timespec="seconds"),
            judgement.build,
            judgement.question,
            _json(judgement.limits),
            judgement.status,
            judgement.answer,
            judgement.verdict.value,
            judgement.words,
            _json([asdict(one) for one in judgement.evidence]),
        )
        try:
            with closing(sqlite3.connect(self._path, timeout=_SECONDS_TO_WAIT)) as file, file:
                file.execute(_SCHEMA)
                marks = ", ".join("?" * len(row))
                file.execute(f"INSERT INTO judgements VALUES (NULL, {marks})", row)
        except sqlite3.Error as error:
            raise MinutebookError(
                f"Your judgement could not be kept: {self._path.name}: {error}.",
                "Ask the person who runs Minutebook to make its folder writable.",
            ) from error

    def judgements(self) -> list[Judgement]:
        """Return all that was kept, in order. Raises UsageError where there is no such file."""
        if not self._path.is_file():
            raise UsageError(
                f"Nobody has judged an answer yet: there is no {self._path}.",
                "Judge answers in the web form, or name the file with --feedback.",
            )
        try:
            with closing(sqlite3.connect(f"{self._path.as_uri()}?mode=ro", uri=True)) as file:
                rows = file.execute(f"SELECT {_COLUMNS} FROM judgements ORDER BY number").fetchall()
        except sqlite3.Error as error:
            raise UsageError(
                f"{self._path} cannot be read: {error}.", "Name a file that Minutebook made."
            ) from error
        return [_judgement(row) for row in rows]


def _judgement(row: Sequence[str]) -> Judgement:
    number, at, build, question, limits, status, answer, verdict, words, evidence = row
    return Judgement(
        build=build,
        question=question,
        limits=json.loads(limits),
        status=status,
        answer=answer,
        verdict=Verdict(verdict),
        words=words,
        evidence=tuple(Evidence(**one) for one in json.loads(evidence)),
        number=int(number),
        at=at,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
