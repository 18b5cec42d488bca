"""Role labels: what they are, and how a file of them is read and checked.

A label names a content by its SHA-256, a place in it by the first words of a sentence, item or row
(with ``nth`` where these words stand more than once), and the role that a reader gave it. Nothing
in it hangs on how the text is cut. Every fault is reported with its line, and all at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.gold import PARTS
from indexer.errors import UsageError
from indexer.model import Role

_SHA256 = re.compile(r"[0-9a-f]{64}")
_LONGEST_ANCHOR = 100
_REQUIRED = {"sha256", "anchor", "role", "part"}
_OPTIONAL = {"nth", "note"}
_ROLES = tuple(role.value for role in Role)
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Label:
    """The role of the sentence, item or row that begins with ``anchor`` in one content."""

    sha256: str
    anchor: str
    role: Role
    part: str
    nth: int = 1
    note: str | None = None


class LabelsError(UsageError):
    """A file of labels cannot be used; the message lists what is wrong, by line."""


def load_labels(path: Path, part: str = "all") -> list[Label]:
    """Return the labels of a file, of one part or of both.

    Raises LabelsError with every fault: unknown fields and roles, anchors that are too long to be
    first words, places labelled twice, documents in both parts.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"The labels {path} cannot be read: {error}.", "Check --labels; it must be UTF-8."
        ) from None
    faults: list[str] = []
    labels: dict[int, Label] = {}
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                labels[number] = _label(line)
            except ValueError as fault:
                faults.append(f"{path.name}:{number}: {fault}")
    faults += [f"{path.name}:{number}: {fault}" for number, fault in _conflicts(labels)]
    if not labels and not faults:
        faults.append(f"{path.name} holds no labels.")
    if faults:
        raise LabelsError("\n".join(faults[:_SHOWN]), "Mend these lines and try again.")
    return [label for label in labels.values() if part in ("all", label.part)]


def _label(line: str) -> Label:
    try:
        fields = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(f"This is not JSON: {error.msg}.") from None
    if not isinstance(fields, dict):
        raise ValueError("This is no object.")
    if missing := sorted(_REQUIRED - fields.keys()):
        raise ValueError(f"Missing: {', '.join(missing)}.")
    if unknown := sorted(fields.keys() - _REQUIRED - _OPTIONAL):
        raise ValueError(f"Unknown: {', '.join(unknown)}.")
    for fault in _faults(fields):
        raise ValueError(fault)
    return Label(**{**fields, "role": Role(fields["role"])})


def _faults(fields: dict[str, object]) -> Iterable[str]:
    anchor, nth = fields["anchor"], fields.get("nth", 1)
    if not (isinstance(fields["sha256"], str) and _SHA256.fullmatch(fields["sha256"])):
        yield "sha256 is 64 hexadecimal digits in small letters."
    if not (isinstance(anchor, str) and any(c.isalnum() for c in anchor)):
        yield "anchor is the first words of the place."
    elif len(anchor) > _LONGEST_ANCHOR:
        yield f"anchor is at most {_LONGEST_ANCHOR} characters: first words are enough."
    if fields["role"] not in _ROLES:
        yield f"role is one of {', '.join(_ROLES)}."
    if fields["part"] not in PARTS:
        yield f"part is one of {', '.join(PARTS)}."
    if type(nth) is not int or nth < 1:
        yield "nth counts from 1."
    if not isinstance(fields.get("note", ""), str):
        yield "note is a text."


def _conflicts(labels: dict[int, Label]) -> Iterable[tuple[int, str]]:
    """Yield what two labels cannot both say: one place twice, one document in both parts."""
    places: dict[tuple[str, str, int], int] = {}
    parts: dict[str, str] = {}
    for number, label in labels.items():
        first = places.setdefault((label.sha256, label.anchor, label.nth), number)
        if first != number:
            yield number, f"The same place is labelled on line {first}."
        if parts.setdefault(label.sha256, label.part) != label.part:
            yield number, "The document is in the other part: a split is by document."


def documents_of(labels: Sequence[Label]) -> list[str]:
    """Return the SHA-256 of each labelled content, in the order of the labels."""
    return list(dict.fromkeys(label.sha256 for label in labels))
