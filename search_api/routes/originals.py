"""The file that a document was read from, sent only while it is the very same file."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from fastapi.responses import FileResponse

from indexer.errors import NotFoundError
from indexer.model import Document

_SHOWN_IN_A_BROWSER = ("application/pdf", "text/plain")


def original(corpus: Path | None, document: Document) -> FileResponse:
    """Return the file. Raises NotFoundError where it is missing or no longer the one indexed."""
    path = verified_path(corpus, document)
    shown = document.media_type in _SHOWN_IN_A_BROWSER
    otherwise = _is_written_otherwise(path, document.media_type)
    return FileResponse(
        path,
        media_type=document.media_type,
        headers={"Content-Type": document.media_type} if otherwise else None,
        filename=path.name,
        content_disposition_type="inline" if shown else "attachment",
    )


def _is_written_otherwise(path: Path, media_type: str) -> bool:
    """Say whether a file is a text that is not UTF-8, as its answer would say of any text."""
    if not media_type.startswith("text/"):
        return False
    try:
        path.read_text("utf-8")
    except UnicodeDecodeError:
        return True
    return False


def verified_path(corpus: Path | None, document: Document) -> Path:
    """Return where the file is. Raises NotFoundError as ``original``."""
    if corpus is None:
        raise NotFoundError(
            "This server was started without the source files.",
            "Start it with the corpus folder, or open the document's source address.",
        )
    folder = corpus.resolve()
    path = (folder / document.file).resolve()
    if not path.is_relative_to(folder) or not path.is_file():
        raise NotFoundError(
            f"The file {document.file} is not in the corpus folder.",
            "Put it back, or open the document's source address.",
        )
    stat = path.stat()
    if _sha256(path, stat.st_size, stat.st_mtime_ns) != document.sha256:
        raise NotFoundError(
            f"The file {document.file} is not the one that was indexed: its content has changed.",
            "Build the index again, or put the earlier file back.",
        )
    return path


@lru_cache(maxsize=1024)
def _sha256(path: Path, size: int, modified: int) -> str:  # noqa: ARG001  # part of the cache's key
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
