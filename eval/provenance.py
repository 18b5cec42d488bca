"""What a run was made with: commit, code, gold, machine and library versions, and no name of any.

Nothing here names the machine, its user or a folder.
"""

from __future__ import annotations

import hashlib
import os
import platform
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from indexer.model import BuildInfo

_LIBRARIES = (
    "minutebook", "openvino", "tokenizers", "faiss-cpu", "tantivy", "numpy", "ir-measures",
    "pytrec-eval-terrier",
)  # fmt: skip
_ROOMS = ("indexer", "search_api", "eval")
_ROOT = Path(__file__).resolve().parents[1]


def started() -> str:
    """Return the moment, in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def gold_digests(paths: Iterable[Path]) -> dict[str, str]:
    """Return the SHA-256 of each gold file by its name."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def code() -> dict[str, object]:
    """Return the git commit, where this is a checkout, and a digest of the sources as they are."""
    return {"commit": _commit(), "changed": _changed(), "sources_sha256": sources_sha256()}


def sources_sha256() -> str:
    """Return one digest of all Python sources: a commit does not tell what was edited since."""
    digest = hashlib.sha256()
    for path in sorted(p for room in _ROOMS for p in (_ROOT / room).rglob("*.py")):
        digest.update(f"{path.relative_to(_ROOT).as_posix()}\0".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def machine() -> dict[str, object]:
    """Return what explains a latency."""
    return {
        "system": platform.system(),
        "architecture": platform.machine(),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "python": platform.python_version(),
        "libraries": {name: found for name in _LIBRARIES if (found := _version(name))},
    }


def build(info: BuildInfo) -> dict[str, object]:
    """Return what an index says of itself."""
    return {
        "build": info.id,
        "format": info.format,
        "model": info.model.name,
        "model_fingerprint": info.model.fingerprint,
        "runtime": info.model.runtime,
        "precision": info.model.precision,
        "settings": dict(info.settings),
        "documents": info.documents,
        "passages": info.passages,
        "corpus_sha256": info.corpus_sha256,
    }


def _commit() -> str | None:
    # An installed package may lie inside somebody else's checkout: that commit is not ours.
    if _git("rev-parse", "--show-toplevel") != str(_ROOT):
        return None
    return _git("rev-parse", "HEAD")


def _changed() -> bool | None:
    status = _git("status", "--porcelain", "--", *_ROOMS) if _commit() else None
    return None if status is None else bool(status)


def _git(*words: str) -> str | None:
    try:
        done = subprocess.run(
            ["git", "-C", str(_ROOT), *words],
            capture_output=True, text=True, timeout=20, check=True,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def _processor() -> str | None:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return platform.processor() or None
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, None)


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None
