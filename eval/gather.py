"""A folder of just the documents that gold questions are about, so that a run can be repeated."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from eval.gold import GoldQuestion
from indexer.errors import UsageError

_SHOWN = 5


def gather(gold: Sequence[GoldQuestion], source: Path, target: Path) -> list[str]:
    """Copy the files that ``gold`` names from ``source`` to the same places below ``target``.

    Returns the files' names in order. Files that are there already are left as they are. Raises
    UsageError where a question names no file, where ``source`` lacks one or holds another content
    under its name, and where ``target`` holds files that the gold does not name.
    """
    wanted = _wanted(gold)
    if lacking := [file for file, digest in wanted.items() if _digest(source / file) != digest]:
        shown = ", ".join(lacking[:_SHOWN])
        raise UsageError(
            f"{source} lacks {len(lacking)} of the {len(wanted)} files, or holds other ones under "
            f"their names: {shown}.",
            "Name the folder in which the gold's files stand.",
        )
    if strangers := sorted(_files(target) - set(wanted)):
        raise UsageError(
            f"{target} holds {len(strangers)} other files, such as {strangers[0]}.",
            "Name a new folder: what else is in it would be searched, too.",
        )
    for file, digest in wanted.items():
        _copy(source / file, target / file, digest)
    return list(wanted)


def _wanted(gold: Sequence[GoldQuestion]) -> dict[str, str]:
    """Return each file's digest, in the order of the files' names."""
    named: dict[str, str] = {}
    for question in gold:
        if len(question.files) != len(question.documents):
            raise UsageError(
                f"The question {question.id!r} does not name the file of each of its documents.",
                'Add "files" to it, in the order of "documents".',
            )
        named.update(zip(question.files, question.documents, strict=True))
    return dict(sorted(named.items()))


def _files(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".")
    }


def _digest(path: Path) -> str | None:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return None


def _copy(source: Path, target: Path, digest: str) -> None:
    if _digest(target) == digest:
        return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    except OSError as error:
        raise UsageError(
            f"{target} cannot be written: {error.strerror or error}.", "Choose another folder."
        ) from None
