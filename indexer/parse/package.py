"""What an office file really is, told from its bytes before any library opens it."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import Path

from lxml.etree import XMLSyntaxError

from indexer.errors import UnreadableFileError

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"

_MIB = 1 << 20
_LARGEST_MEMBER, _LARGEST_XML, _LARGEST_WHOLE = 256 * _MIB, 64 * _MIB, 512 * _MIB
_MOST_MEMBERS = 50_000
_LONGEST_LIST = 4 * _MIB
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLDER = (
    ("WordDocument", "doc"),
    ("PowerPoint Document", "ppt"),
    ("Workbook", "xls"),
    ("Book\0", "xls"),
)
_MAIN = re.compile(rb'ContentType\s*=\s*["\']([^"\']+)\.main\+xml["\']')
_FAMILIES = (
    (b"word", "docx"),
    (b"presentation", "pptx"),
    (b"powerpoint", "pptx"),
    (b"sheet", "xlsx"),
    (b"excel", "xlsx"),
)
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_NAMES = {
    "docx": "a Word document (DOCX)",
    "pptx": "a presentation (PPTX)",
    "xlsx": "a spreadsheet (XLSX)",
    "doc": "an older Word document (DOC)",
    "ppt": "an older presentation (PPT)",
    "xls": "an older spreadsheet (XLS)",
    "odt": "an OpenDocument text (ODT)",
    "odp": "an OpenDocument presentation (ODP)",
    "ods": "an OpenDocument spreadsheet (ODS)",
    "rtf": "a Rich Text (RTF) document",
    "zip": "a ZIP archive",
    "ole": "an older office document",
}
BROKEN: tuple[type[Exception], ...] = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, NotImplementedError),
    *(KeyError, IndexError, ValueError, AttributeError, TypeError, XMLSyntaxError),
)
"""What the libraries raise over a file that breaks off or contradicts itself."""
AGAIN = "Download the file again or ask its publisher for a whole copy."
_LARGE = "Save a copy without its films and pictures, or save it as PDF, and index that."


def check_package(path: Path, expected: str) -> None:
    """Make sure that ``path`` is a whole, open, not oversized file of the format ``expected``.

    Raises ``UnreadableFileError`` with what the file is instead.
    """
    found = format_of(path)
    if found != expected:
        raise _otherwise(path, found)


def format_of(path: Path) -> str:
    """Return the file's format as its usual ending without the dot, "" where it is unknown.

    Raises ``UnreadableFileError`` for a file that is empty, locked, damaged or would unpack to
    more than can be read.
    """
    with path.open("rb") as file:
        start = file.read(1024)
    if not start.strip(b"\x00\t\n\v\f\r "):
        raise UnreadableFileError("The file is empty.", AGAIN)
    if start.startswith(OLE):
        return _older_format(path)
    if start.lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"{\\rtf"):
        return "rtf"
    if start.startswith(ZIP):
        return _zipped_format(path)
    return ""


def damaged() -> UnreadableFileError:
    """Return the error for a file that breaks off or contradicts itself."""
    return UnreadableFileError("The file is damaged or was cut short.", AGAIN)


def locked() -> UnreadableFileError:
    """Return the error for a file that asks for a password."""
    return UnreadableFileError(
        "The file is encrypted: it is protected by a password.",
        "Save a copy without a password and index that.",
    )


def _otherwise(path: Path, found: str) -> UnreadableFileError:
    if found:
        return UnreadableFileError(
            f"The file is named {path.suffix} but is {_NAMES[found]}.",
            "Give it the ending of its real format, or save it as DOCX, PPTX or PDF.",
        )
    return UnreadableFileError(
        f"The file is named {path.suffix} but is not an office document.",
        "Give it the ending of its real format, or download it again: "
        "a web page with an error message may have been saved in its place.",
    )


def _older_format(path: Path) -> str:
    """Tell an OLE container by the names in its directory, which are written in UTF-16."""
    names = path.read_bytes()
    if _ENCRYPTED in names:
        raise locked()
    found = [kind for name, kind in _OLDER if name.encode("utf-16-le") in names]
    claimed = path.suffix.lower().removeprefix(".")
    # What is embedded in a file has its name in there too: the file's own name breaks the tie.
    return claimed if claimed in found else next(iter(found), "ole")


def _zipped_format(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as package:
            _check_members(package)
            return _kind(package)
    except RuntimeError:  # a member with a password of its own
        raise locked() from None
    except BROKEN:
        raise damaged() from None


def _check_members(package: zipfile.ZipFile) -> None:
    """Refuse what would fill the memory; no member is unpacked to find that out."""
    members = package.infolist()
    total = sum(member.file_size for member in members)
    largest = max((member.file_size for member in members), default=0)
    xml = max((m.file_size for m in members if m.filename.endswith((".xml", ".rels"))), default=0)
    if largest > _LARGEST_MEMBER or xml > _LARGEST_XML or total > _LARGEST_WHOLE:
        raise UnreadableFileError(
            f"The file unpacks to {max(total, largest) // _MIB} MiB, which is more than is read.",
            _LARGE,
        )
    if len(members) > _MOST_MEMBERS:
        raise UnreadableFileError(f"The file is made of {len(members)} parts.", _LARGE)


def _kind(package: zipfile.ZipFile) -> str:
    names = set(package.namelist())
    if "[Content_Types].xml" in names:
        main = _MAIN.search(_beginning(package, "[Content_Types].xml"))
        if main:
            kind = main[1].lower()
            return next((family for sign, family in _FAMILIES if sign in kind), "zip")
    if "mimetype" in names:
        if b"encryption-data" in _beginning(package, "META-INF/manifest.xml", names):
            raise locked()
        kind = _beginning(package, "mimetype").strip().removesuffix(b"-template")
        return _OPEN_DOCUMENT.get(kind, "zip")
    return "zip"


def _beginning(package: zipfile.ZipFile, name: str, names: set[str] | None = None) -> bytes:
    if names is not None and name not in names:
        return b""
    with package.open(name) as member:
        return member.read(_LONGEST_LIST)
