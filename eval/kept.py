"""A run's outcomes on disk, kept one by one as they come: what resuming and comparing read.

``outcomes.jsonl`` begins with a line that says what the run is of; each line after it is one
question's outcome. A line that a crash cut short is dropped, and its question asked again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from pydantic import TypeAdapter, ValidationError

from eval.outcome import Outcome, Run
from indexer.errors import UsageError

FILE = "outcomes.jsonl"
FORMAT = 1
_OUTCOME = TypeAdapter(Outcome)
_NAMES = {
    "gold": "gold",
    "part": "part",
    "k": "number of passages",
    "asked": "index or server",
    "build": "build",
    "as_of": "how the time is asked",
    "sources_sha256": "state of the code",
}


@dataclass(frozen=True, slots=True)
class Header:
    """What a run is of. Two halves of one run agree on ``identity``; ``about`` tells the rest."""

    identity: dict[str, object]
    questions: int
    k: int
    about: dict[str, object]


@dataclass(slots=True)
class Journal:
    """Keeps each outcome as it comes, and knows those of before."""

    header: Header
    done: dict[str, Outcome] = field(default_factory=dict)
    _file: TextIO | None = None

    def keep(self, outcome: Outcome) -> None:
        """Write an outcome down at once."""
        if self._file is not None:
            self._file.write(f"{_OUTCOME.dump_json(outcome).decode()}\n")
            self._file.flush()

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            self._file.close()


def open_journal(folder: Path, header: Header, *, fresh: bool = False) -> Journal:
    """Go on with the run in ``folder``, or begin one. Raises UsageError where it is another's."""
    path = folder / FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if fresh or not path.exists() or not path.read_bytes().strip():
            return _begin(path, header)
        kept, outcomes, sound = _read(path)
        _same(kept, header, folder)
        with path.open("r+b") as file:
            file.truncate(sound)
        return Journal(kept, outcomes, path.open("a", encoding="utf-8", newline="\n"))
    except OSError as error:
        raise UsageError(
            f"The run cannot be written to {folder}: {error.strerror or error}.",
            "Choose a folder that can be written with --out.",
        ) from None


def load_run(folder: Path) -> tuple[Header, Run]:
    """Read a finished run. Raises UsageError where there is none, or where questions lack."""
    path = folder / FILE
    if not path.is_file():
        raise UsageError(
            f"There is no run in {folder}: it has no {FILE}.",
            "Give the folder that `minutebook eval run --out` wrote.",
        )
    header, outcomes, _ = _read(path)
    missing = header.questions - len(outcomes)
    if missing:
        raise UsageError(
            f"The run in {folder} lacks {missing} of its {header.questions} questions.",
            "Finish it: give its `minutebook eval run` command again, and it goes on from there.",
        )
    return header, Run(tuple(outcomes.values()), header.k, header.about)


def _begin(path: Path, header: Header) -> Journal:
    file = path.open("w", encoding="utf-8", newline="\n")
    line = {
        "format": FORMAT, "identity": header.identity, "questions": header.questions,
        "k": header.k, "about": header.about,
    }  # fmt: skip
    file.write(f"{json.dumps(line, ensure_ascii=False)}\n")
    file.flush()
    return Journal(header, {}, file)


def _read(path: Path) -> tuple[Header, dict[str, Outcome], int]:
    """Return the header, the outcomes, and how many bytes of the file are whole lines."""
    content = path.read_bytes()
    sound = content.rfind(b"\n") + 1
    lines = content[:sound].split(b"\n")[:-1]
    header = _header(path, lines)
    outcomes: dict[str, Outcome] = {}
    for number, line in enumerate(lines[1:], start=2):
        try:
            outcome = _OUTCOME.validate_json(line)
        except ValidationError as error:
            raise UsageError(
                f"{path}:{number} is no outcome of this version: "
                f"{error.errors()[0]['msg']} ({'.'.join(map(str, error.errors()[0]['loc']))}).",
                "Ask anew with --fresh, or take the run from where it was made.",
            ) from None
        outcomes[outcome.question.id] = outcome
    return header, outcomes, sound


def _header(path: Path, lines: Sequence[bytes]) -> Header:
    try:
        raw = json.loads(lines[0])
        if raw["format"] != FORMAT:
            raise ValueError(f"format {raw['format']}")
        return Header(raw["identity"], int(raw["questions"]), int(raw["k"]), raw["about"])
    except (ValueError, KeyError, TypeError, IndexError):
        raise UsageError(
            f"{path}:1 does not say what the run is of.",
            "Ask anew with --fresh, or choose another folder.",
        ) from None


def _same(kept: Header, wanted: Header, folder: Path) -> None:
    differing = differences(kept.identity, wanted.identity)
    if differing:
        raise UsageError(
            f"{folder} holds a run that differs in: {', '.join(differing)}.",
            "Choose another folder with --out, or begin again in this one with --fresh.",
        )


def differences(one: Mapping[str, object], other: Mapping[str, object]) -> list[str]:
    """Return in words what two runs' identities differ in."""
    names = [name for name in {**one, **other} if one.get(name) != other.get(name)]
    return [_NAMES.get(name, name) for name in names]
