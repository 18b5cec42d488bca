"""The corpus folder: which files there are, what they hold, and which are the same."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Set
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from indexer.bodies import BODIES, NO_BODIES, Bodies, read_bodies
from indexer.errors import UsageError
from indexer.manifest import MANIFEST, Entry, read_manifest
from indexer.model import SkippedFile
from indexer.parse import SUPPORTED

_LARGEST_BYTES = 512 * 1024 * 1024
_ID_LENGTH = 16
_COPYS_NAME = re.compile(r"(?:_\d{1,2}| ?\(\d{1,2}\)|[ _-]+copy(?: ?\(\d+\))?)$|^copy of ", re.I)
_IGNORED_NAMES = frozenset({MANIFEST, BODIES, "thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Source:
    """One content to be indexed: a file, what the manifest says of it, and its equals."""

    path: Path
    file: str
    sha256: str
    entry: Entry
    duplicates: tuple[str, ...] = ()

    @property
    def document_id(self) -> str:
        """The document's identifier: it derives from the bytes alone."""
        return self.sha256[:_ID_LENGTH]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that the folder offers, in the order of the files' names."""

    folder: Path
    sources: tuple[Source, ...]
    skipped: tuple[SkippedFile, ...]
    sha256: str
    bodies: Bodies = NO_BODIES
    """The table of bodies; empty where the folder has none."""


def read_corpus(folder: Path, leave_out: Path | None = None) -> Corpus:
    """List and hash the folder's files. Hidden files are left out; other formats are skipped.

    A folder to ``leave_out``, the index, holds no documents; nor does one that is only linked to,
    which is told among the skipped files.
    Raises UsageError where the folder is missing or holds nothing to index.
    """
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", "Name the folder with your documents.")
    entries, bodies = read_manifest(folder), read_bodies(folder)
    digests: dict[str, str] = {}
    skipped: list[SkippedFile] = []
    for file in _files(folder, leave_out):
        try:
            digests[file] = _digest(folder / file)
        except _SkipError as error:
            skipped.append(SkippedFile(_printable(file), error.reason, error.remedy))
    known = {*digests, *(one.file for one in skipped)}
    skipped += _not_found(entries.keys() - known, folder)
    if not digests and not skipped:
        raise UsageError(
            f"{folder} holds no documents.",
            f"Put files in it ({', '.join(sorted(SUPPORTED))}) and try again.",
        )
    sources = _sources(folder, digests, entries)
    sha256 = _fingerprint(folder, sources, skipped)
    return Corpus(folder, sources, tuple(skipped), sha256, bodies)


def is_copys_name(file: str) -> bool:
    """Say whether a file's name is one that programs give to a copy: ``name_1``, ``name (1)``."""
    return _COPYS_NAME.search(PurePosixPath(file).stem) is not None


class _SkipError(Exception):
    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


def _files(folder: Path, leave_out: Path | None) -> Iterator[str]:
    found = []
    index = leave_out.resolve() if leave_out else None
    for root, folders, names in os.walk(folder):
        shown = [name for name in folders if not name.startswith(".")]
        shown = [name for name in shown if (Path(root) / name).resolve() != index]
        links = [name for name in shown if (Path(root) / name).is_symlink()]
        folders[:] = [name for name in shown if name not in links]
        for name in [*names, *links]:
            if not name.startswith(".") and name.lower() not in _IGNORED_NAMES:
                found.append((Path(root) / name).relative_to(folder).as_posix())
    yield from sorted(found)


def _printable(file: str) -> str:
    """Return a name with the bytes that are no UTF-8 spelt out."""
    return file.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _digest(path: Path) -> str:
    suffix = path.suffix.lower()
    if path.is_dir():
        raise _SkipError("it is a link to a folder", "Put the folder itself in its place.")
    if str(path) != _printable(str(path)):
        raise _SkipError("its name is not in UTF-8", "Give it a name of plain letters.")
    if suffix not in SUPPORTED:
        named = f"{suffix} files are" if suffix else "files without an extension are"
        raise _SkipError(f"{named} not read", f"Save it as one of {', '.join(sorted(SUPPORTED))}.")
    try:
        if path.exists() and not path.is_file():
            raise _SkipError("it is no regular file", "Put the document itself in its place.")
        if path.stat().st_size > _LARGEST_BYTES:
            raise _SkipError("it is larger than 512 MiB", "Split it into smaller files.")
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise _SkipError(
            f"it cannot be opened ({error.strerror})", "Check that it exists and may be read."
        ) from error


def _not_found(files: Set[str], folder: Path) -> Iterator[SkippedFile]:
    for file in sorted(files):
        if (folder / file).is_file():
            why, remedy = "it is outside the folder or hidden", "Put the file in the folder"
        else:
            why, remedy = "it is not there", "Add the file"
        yield SkippedFile(
            file, f"{MANIFEST} names it and {why}", f"{remedy} or mend its path in {MANIFEST}."
        )


def _sources(
    folder: Path, digests: dict[str, str], entries: dict[str, Entry]
) -> tuple[Source, ...]:
    """One source for each content.

    Of equal files the manifest's stands, else the first whose name is not that of a copy.
    """
    same: dict[str, list[str]] = {}
    for file, digest in digests.items():
        same.setdefault(digest, []).append(file)
    sources = []
    for digest, files in same.items():
        chosen = min(files, key=lambda file: (file not in entries, is_copys_name(file), file))
        others = tuple(file for file in files if file != chosen)
        entry = entries.get(chosen) or Entry(chosen)
        sources.append(Source(folder / chosen, chosen, digest, entry, others))
    return tuple(sorted(sources, key=lambda source: source.file))


def _fingerprint(folder: Path, sources: tuple[Source, ...], skipped: list[SkippedFile]) -> str:
    """Return the SHA-256 of all that decides the build: names, contents, what is stated of them."""
    total = hashlib.sha256()
    for stated in (folder / MANIFEST, folder / BODIES):
        if stated.is_file():
            total.update(f"\n{stated.name}\n".encode() if stated.name == BODIES else b"")
            total.update(stated.read_bytes())
    for source in sources:
        total.update(f"\n{source.sha256} {source.file} {source.duplicates}".encode())
    for item in sorted(skipped, key=lambda item: item.file):
        total.update(f"\n- {item.file}: {item.reason}".encode())
    return total.hexdigest()
