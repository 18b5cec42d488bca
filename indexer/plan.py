"""What decides a build and so its name, what decides a vector, and who may build at a time."""

from __future__ import annotations

import fcntl
import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from indexer.code import embedding_code
from indexer.errors import UsageError
from indexer.model import BuildInfo, ModelIdentity, VectorSearch
from indexer.store.format import FORMAT_VERSION


def planned_build(
    model: ModelIdentity,
    decided: dict[str, str | int],
    corpus_sha256: str,
    vectors: VectorSearch = VectorSearch(),
) -> BuildInfo:
    """Return the record of the build to be made; its id follows from everything that decides it."""
    wishes = f"{vectors.recall_asked} {vectors.exact_bytes}"
    total = hashlib.sha256(f"{FORMAT_VERSION} {model} {decided} {wishes} {corpus_sha256}".encode())
    return BuildInfo(
        id=total.hexdigest()[:16],
        format=FORMAT_VERSION,
        model=model,
        settings=decided,
        corpus_sha256=corpus_sha256,
        documents=0,
        passages=0,
        vectors=vectors,
    )


def vectors_key(model: ModelIdentity, texts: Sequence[str]) -> str:
    """Return the cache's key for the vectors and the tokens of one document's texts."""
    parts = [model.fingerprint, model.runtime, model.precision, embedding_code(), *texts]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


@contextmanager
def sole_builder(index: Path) -> Iterator[None]:
    """Let one process at a time build into ``index``; the lock ends with the process.

    Raises UsageError where another is at work, and where the folder cannot be made.
    """
    try:
        index.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"The folder {index} cannot be made ({error.strerror}).",
            "Name another folder for the index.",
        ) from error
    with (index / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise UsageError(
                f"Another run is building into {index}.", "Wait until it ends, then try again."
            ) from error
        yield
