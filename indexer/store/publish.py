"""Make a finished build the current one in a single step, and tidy up what nobody needs."""

from __future__ import annotations

import itertools
import os
import shutil
from pathlib import Path

from indexer.errors import IndexDamagedError, IndexNotReadyError, NotFoundError
from indexer.model import BuildInfo
from indexer.store.format import (
    BUILDS,
    CURRENT,
    META,
    checksums,
    current_name,
    is_name,
    read_meta,
)

_PARTIAL = ".partial"


def partial_folder(index: Path, build_id: str) -> Path:
    """Return the folder in which the build of that id is made. Raises ValueError for a bad id."""
    if not is_name(build_id):
        raise ValueError(f"not a build's id: {build_id!r}")
    return index / BUILDS / f".{build_id}{_PARTIAL}"


def publish(index: Path, partial: Path, info: BuildInfo) -> Path:
    """Make the complete build in ``partial`` the current one; return its folder.

    CURRENT is replaced last: until then the build before it is the current one. Where the very
    same build is there already and sound, it is kept and ``partial`` is dropped.
    """
    before = _current_or_none(index)
    name, kept = _place(index, info)
    target = index / BUILDS / name
    if kept:
        shutil.rmtree(partial)
    else:
        sync_tree(partial)
        partial.rename(target)
        _sync(target.parent)
    point_at(index, name)
    if name != before:
        sweep(index, keep={name, before or name})
    return target


def point_at(index: Path, name: str) -> None:
    """Make ``name`` the current build, in one step that survives a loss of power."""
    fresh = index / f".{CURRENT}.new"
    fresh.write_text(name + "\n", encoding="utf-8")
    _sync(fresh)
    fresh.replace(index / CURRENT)
    _sync(index)


def roll_back(index: Path) -> str:
    """Make the build before the current one current again, and return its name.

    Raises NotFoundError where none is kept.
    """
    current = _current_or_none(index)
    others = [name for name in build_names(index) if name != current]
    if not others:
        raise NotFoundError("No earlier build is kept.", "Run `minutebook index` to build anew.")
    point_at(index, others[-1])
    return others[-1]


def build_names(index: Path) -> list[str]:
    """Return the names of the complete builds, the one made last at the end."""
    folders = [path for path in (index / BUILDS).glob("*") if is_name(path.name)]
    return [path.name for path in sorted(folders, key=_made)]


def sweep(index: Path, keep: set[str]) -> None:
    """Remove every build but those named, and what crashed runs left; never the current one."""
    keep = keep | {_current_or_none(index) or ""}
    for path in (index / BUILDS).iterdir():
        if path.name not in keep:
            # A reader may have it open: on this kind of system its files live until it is closed.
            shutil.rmtree(path, ignore_errors=True)


def sync_tree(folder: Path) -> None:
    """Force every file and folder below ``folder`` to the disk.

    A file that another build shares was forced to it with that one.
    """
    for path in [*folder.rglob("*"), folder]:
        if path.is_dir() or path.stat().st_nlink == 1:
            _sync(path)


def _place(index: Path, info: BuildInfo) -> tuple[str, bool]:
    """Return the name for a build, and whether that very build is there already and sound."""
    for number in itertools.count(1):
        name = info.id if number == 1 else f"{info.id}.{number}"
        folder = index / BUILDS / name
        if not folder.exists():
            return name, False
        if _is_same(folder, info):
            return name, True
    raise AssertionError("a counter does not end")


def _is_same(folder: Path, info: BuildInfo) -> bool:
    try:
        return read_meta(folder) == info and checksums(folder) == info.checksums
    except (IndexDamagedError, IndexNotReadyError, OSError):
        return False


def _current_or_none(index: Path) -> str | None:
    try:
        return current_name(index)
    except (IndexNotReadyError, IndexDamagedError):
        return None


def _made(folder: Path) -> tuple[int, str]:
    try:
        return (folder / META).stat().st_mtime_ns, folder.name
    except OSError:
        return 0, folder.name


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
