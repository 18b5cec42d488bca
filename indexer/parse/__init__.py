"""From a file to its parsed document: chooses the reader by the file's name and its content."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, cast

from indexer.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.model import ParsedDocument

SUPPORTED: dict[str, str] = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".doc": "application/msword",
    ".ppt": "application/vnd.ms-powerpoint",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".odp": "application/vnd.oasis.opendocument.presentation",
    ".rtf": "application/rtf",
}
"""The file name endings that can be read, in lower case, and the media type of each."""

_READERS = {
    "text/plain": ("indexer.parse.text", "parse_text"),
    "text/markdown": ("indexer.parse.markdown", "parse_markdown"),
    "text/html": ("indexer.parse.html", "parse_html"),
    "application/pdf": ("indexer.parse.pdf", "parse_pdf"),
    SUPPORTED[".docx"]: ("indexer.parse.docx", "parse_docx"),
    SUPPORTED[".pptx"]: ("indexer.parse.pptx", "parse_pptx"),
    **{
        SUPPORTED[suffix]: ("indexer.parse.office", "parse_office")
        for suffix in (".doc", ".ppt", ".odt", ".odp", ".rtf")
    },
}
_OFFICE = frozenset(
    SUPPORTED[s] for s in (".docx", ".pptx", ".doc", ".ppt", ".odt", ".odp", ".rtf")
)
_OFFICE_STARTS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"{\\rtf")
_SIGNATURES = (
    (b"PK\x03\x04", "a ZIP archive or an office document (DOCX, XLSX, PPTX, ODT)"),
    (b"\xd0\xcf\x11\xe0", "an older office document (DOC, XLS, PPT)"),
    (b"{\\rtf", "a Rich Text (RTF) document"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\x1f\x8b", "a compressed file (GZIP)"),
    (b"7z\xbc\xaf", "a compressed file (7z)"),
    (b"SQLite format 3", "a database (SQLite)"),
)
_MAY_BE_HTML = frozenset({"text/plain", SUPPORTED[".doc"]})
"""Programs write web pages under these names; a browser's error page has other endings."""
_HTML_START = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


def parse(path: Path) -> ParsedDocument:
    """Read one file into a text with pages and blocks.

    Raises ``UnreadableFileError`` where the file is missing, is of no format that can be read, or
    does not hold what its name says; the format's reader raises it for what it cannot read.
    """
    media_type = media_type_of(path)
    module, name = _READERS[media_type]
    reader = cast("Callable[[Path], ParsedDocument]", getattr(import_module(module), name))
    document = reader(path)
    if not any(block.span.end > block.span.start for block in document.blocks):
        raise UnreadableFileError(
            "The file holds no text.", "Check that it is the right file, or remove it."
        )
    return document


def media_type_of(path: Path) -> str:
    """Return the media type to read ``path`` as: its name's, unless its content says otherwise.

    A PDF under any name, and an HTML page under that of a text or a DOC, is read as what it is;
    what an office file really is, its reader finds out. Raises
    ``UnreadableFileError`` for a missing file, an unknown ending, or content that cannot be read.
    """
    start = _start_of(path)
    claimed = SUPPORTED.get(path.suffix.lower())
    if claimed is None:
        raise UnreadableFileError(
            f"Files ending in {path.suffix!r} cannot be read."
            if path.suffix
            else "The file's name has no ending that tells its format.",
            f"Save it as one of {', '.join(sorted(SUPPORTED))}, or leave it out.",
        )
    if b"%PDF-" in start[:1024] and start.lstrip()[:1] != b"<":
        return "application/pdf"
    for signature, what in _SIGNATURES:
        if start.startswith(signature) and not (claimed in _OFFICE and signature in _OFFICE_STARTS):
            raise UnreadableFileError(
                f"The file is named {path.suffix} but is {what}.",
                "Give it the ending of its real format, or save it as PDF or plain text.",
            )
    if claimed in _MAY_BE_HTML and _HTML_START.match(start):
        return "text/html"
    return claimed


def _start_of(path: Path) -> bytes:
    """Return the file's first bytes."""
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except FileNotFoundError:
        raise UnreadableFileError(
            "The file is not there.", "Check the name in the manifest, or put the file in place."
        ) from None
    except IsADirectoryError:
        raise UnreadableFileError(
            "This is a folder, not a file.", "Name the files in it instead."
        ) from None
    except OSError as error:
        raise UnreadableFileError(
            f"The file cannot be opened ({error.strerror or 'input error'}).",
            "Check that you may read it, and that its disk is in order.",
        ) from None
