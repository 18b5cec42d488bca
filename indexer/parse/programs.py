"""The programs of others that reading can make use of: what they can read depends on the machine.

Which of them are there decides what a build holds, so a build records it, and what was read
without one is read again when it has come.
"""

from __future__ import annotations

import shutil
import subprocess
from functools import cache

_OFFICE = ("soffice", "libreoffice")
_ABSENT = "absent"


def find_office() -> str | None:
    """Return LibreOffice's command, None where it is not installed."""
    return next((found for name in _OFFICE if (found := shutil.which(name))), None)


def find_tesseract() -> str | None:
    """Return the command of tesseract, which reads pictures, None where it is not installed."""
    return shutil.which("tesseract")


def installed_programs() -> str:
    """Return in a few words which programs are there, and which tesseract.

    Another tesseract may read other words. LibreOffice takes long to say which one it is, and
    what its versions make of a file hardly differs.
    """
    tesseract = find_tesseract()
    office = "installed" if find_office() else _ABSENT
    return f"tesseract {_version(tesseract) if tesseract else _ABSENT}, LibreOffice {office}"


@cache
def _version(program: str) -> str:
    try:
        done = subprocess.run(
            [program, "--version"], capture_output=True, text=True, timeout=30, check=True
        )
    except (subprocess.SubprocessError, OSError, UnicodeDecodeError):
        return "of unknown version"
    words = (done.stdout or done.stderr).split()
    return words[1] if len(words) > 1 else "of unknown version"
