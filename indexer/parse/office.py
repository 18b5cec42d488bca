"""Older and open office formats, which LibreOffice turns into DOCX or PPTX to be read as those."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from indexer.errors import UnreadableFileError
from indexer.parse.docx import parse_docx
from indexer.parse.package import AGAIN, check_package, format_of
from indexer.parse.pptx import parse_pptx
from indexer.parse.programs import find_office

if TYPE_CHECKING:
    from indexer.model import ParsedDocument

_MEDIA_TYPES = {
    "doc": "application/msword",
    "ppt": "application/vnd.ms-powerpoint",
    "odt": "application/vnd.oasis.opendocument.text",
    "odp": "application/vnd.oasis.opendocument.presentation",
    "rtf": "application/rtf",
}
_SLIDES = frozenset({"ppt", "odp"})
_FILTERS = {"docx": "docx:MS Word 2007 XML", "pptx": "pptx:Impress MS PowerPoint 2007 XML"}
_READERS = {"docx": parse_docx, "pptx": parse_pptx}
_SECONDS = 300
"""Only for who reads without a worker, whose limit is far shorter."""
_KIBIBYTES = 4 << 20
_START = f"""ulimit -S -v {_KIBIBYTES} 2>/dev/null || ulimit -S -v "$(ulimit -H -v)"; exec "$@" """
"""The worker's own limit is set for a parser, and LibreOffice does not start under it."""
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update">
<prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
"""No macro runs, and nothing that a document links to is fetched."""


def parse_office(path: Path) -> ParsedDocument:
    """Read a DOC, PPT, ODT, ODP or RTF file, or a DOCX or PPTX under such a name.

    Raises ``UnreadableFileError`` where LibreOffice is not installed or cannot read the file.
    """
    kind = format_of(path)
    if kind in _READERS:
        return _READERS[kind](path)
    if kind not in _MEDIA_TYPES:
        check_package(path, path.suffix.lower().removeprefix("."))
    target = "pptx" if kind in _SLIDES else "docx"
    with _folder() as folder:
        converted = _convert(path, kind, target, folder)
        document = _READERS[target](converted)
    return replace(document, media_type=_MEDIA_TYPES[kind])


def find_program() -> str | None:
    """Return LibreOffice's command, None where it is not installed."""
    return find_office()


def _convert(path: Path, kind: str, target: str, folder: Path) -> Path:
    """Convert a copy, because LibreOffice puts a lock file beside what it opens."""
    program = find_program()
    if program is None:
        raise UnreadableFileError(
            f"A {kind.upper()} file needs LibreOffice to be read.",
            "Install LibreOffice (Debian: apt-get install libreoffice-core libreoffice-writer "
            "libreoffice-impress), or save it as DOCX, PPTX or PDF.",
        )
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    source = folder / f"source.{kind}"
    shutil.copyfile(path, source)
    options = "--headless --invisible --norestore --nolockcheck --nologo --nodefault".split()
    _run(
        [
            *("/bin/sh", "-c", _START, "sh", program, f"-env:UserInstallation={profile.as_uri()}"),
            *(*options, "--convert-to", _FILTERS[target], "--outdir", str(folder), str(source)),
        ],
        folder,
    )
    converted = folder / f"source.{target}"
    if not converted.exists():
        raise UnreadableFileError(
            "LibreOffice could not read the file: it is damaged or protected by a password.",
            "Open it in its program and save it as DOCX, PPTX or PDF, without a password.",
        )
    return converted


def _run(command: list[str], folder: Path) -> None:
    """Run a command; it ends with this process, and so do the processes that it has started."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,
    )
    try:
        process.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        raise UnreadableFileError(
            f"LibreOffice took longer than {_SECONDS} seconds to read the file.", AGAIN
        ) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def _folder() -> Iterator[Path]:
    """Give a folder that is removed afterwards, also when the worker is told to stop meanwhile."""
    with _orderly_stop(), tempfile.TemporaryDirectory(prefix="minutebook-") as name:
        yield Path(name)


class _Stopped(BaseException):
    """The worker was told to stop."""


@contextmanager
def _orderly_stop() -> Iterator[None]:
    """Turn the signal to stop into an exception, clear away what was begun, and then stop."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    except _Stopped:
        signal.signal(signal.SIGTERM, before)
        os.kill(os.getpid(), signal.SIGTERM)
        raise
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(_number: int, _frame: object) -> NoReturn:
    raise _Stopped
