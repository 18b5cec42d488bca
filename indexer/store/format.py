"""The layout of an index on disk, and the record that a build keeps of itself.

::

    INDEX/
      CURRENT                  the name of the current build's folder, one line
      builds/NAME/             one immutable build; NAME is its id, or ID.2, ID.3, … where a folder
                               of that id is there already and does not hold the same
        meta.json              the build's record: BuildInfo, with the checksum of every file below
        segments/NAME/         its documents, in parts that builds share by hard links (see
                               ``segment``); meta.json has their order
        built.json             when it was built; outside the checksums, so that the rest depends
                               on what was indexed and on nothing else
      builds/.ID.partial/      a build that is being made, or that a crash left behind
      models/, cache.sqlite    not the store's

Passages are numbered from 0 in the order in which they were added, through all segments, documents
likewise; a document's passages have consecutive numbers.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from indexer.errors import IndexDamagedError, IndexNotReadyError
from indexer.model import BuildInfo, ModelIdentity, Segment, SkippedFile, VectorSearch

FORMAT_VERSION = 7

CURRENT = "CURRENT"
BUILDS = "builds"
META = "meta.json"
RECORDS = "records.sqlite"
PASSAGES = "passages.faiss"
CODES = "passages.codes"
WORDS = "words"
SEGMENTS = "segments"
ENTRIES = "entries.json"
BUILT = "built.json"
_OUTSIDE = {META, BUILT}
_CHECKSUM = "meta_sha256"
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*")
_CHUNK = 1 << 20

REBUILD = "Run `minutebook index` to build it."
REPAIR = "Run `minutebook index --rebuild`, or go back to the build before."


def is_name(name: str) -> bool:
    """Say whether ``name`` can be a build's folder, and nothing outside ``builds``."""
    return _NAME.fullmatch(name) is not None


def current_name(index: Path) -> str:
    """Return the name of the current build's folder.

    Raises IndexNotReadyError where nothing was published, IndexDamagedError for a broken name.
    """
    try:
        name = (index / CURRENT).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexNotReadyError(f"There is no index in {index}.", REBUILD) from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamagedError(f"{index / CURRENT} cannot be read: {error}.", REPAIR) from error
    if not is_name(name):
        raise IndexDamagedError(f"{index / CURRENT} names no build: {name!r}.", REPAIR)
    return name


def current_folder(index: Path) -> Path:
    """Return the current build's folder. Raises as ``current_name``."""
    return index / BUILDS / current_name(index)


def read_current(index: Path) -> BuildInfo:
    """Return the current build's record. Raises IndexNotReadyError or IndexDamagedError."""
    return read_meta(current_folder(index))


def write_meta(folder: Path, info: BuildInfo) -> None:
    """Write a build's record; the same record gives the same bytes."""
    fields = asdict(info)
    fields[_CHECKSUM] = _fields_checksum(fields)
    (folder / META).write_text(_dump(fields) + "\n", encoding="utf-8")


def read_meta(folder: Path) -> BuildInfo:
    """Return a build's record.

    Raises IndexNotReadyError where it has another format, and IndexDamagedError where it is
    missing or not as it was written.
    """
    path = folder / META
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        found = fields["format"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamagedError(f"The build's record {path} cannot be read.", REPAIR) from error
    if found != FORMAT_VERSION:
        raise IndexNotReadyError(
            f"The index has format {found}, and this version reads format {FORMAT_VERSION}.",
            "Run `minutebook index` to build it again.",
        )
    if fields.pop(_CHECKSUM, None) != _fields_checksum(fields):
        raise IndexDamagedError(f"The build's record {path} was changed.", REPAIR)
    return _info(fields)


def checksums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a build but its record, by path within the build."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path.relative_to(folder).as_posix(): path for path in files}
    return {name: file_checksum(path) for name, path in names.items() if name not in _OUTSIDE}


def file_checksum(path: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def _fields_checksum(fields: dict[str, Any]) -> str:
    return hashlib.sha256(_dump(fields).encode()).hexdigest()


def _dump(fields: dict[str, Any]) -> str:
    return json.dumps(fields, indent=1, sort_keys=True, ensure_ascii=False)


def _info(fields: dict[str, Any]) -> BuildInfo:
    model = ModelIdentity(**fields.pop("model"))
    skipped = tuple(SkippedFile(**item) for item in fields.pop("skipped"))
    vectors = VectorSearch(**fields.pop("vectors"))
    segments = tuple(Segment(**item) for item in fields.pop("segments"))
    return BuildInfo(model=model, skipped=skipped, vectors=vectors, segments=segments, **fields)
