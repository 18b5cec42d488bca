"""From bytes to characters: what a file says of its encoding, else what its own words tell.

A wrong guess turns a pound sign or a dash into another character, and that would be quoted. So
each encoding that could be meant is tried, and judged by the places in which its signs come to
stand: a quotation mark before a word, an apostrophe in one, a currency sign before a figure.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from itertools import islice

from indexer.errors import UnreadableFileError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BINARY = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 26, 27})
_CONTROLS = re.compile("[\x00-\x06\x0e-\x19\x1c-\x1f]")
_SAMPLE = 200_000
_MOST_CONTROLS = 0.005
"""Texts taken from PDFs hold a stray control character here and there; binary files many."""
_MOST_LOST = 0.01
_WESTERN = ("cp1252", "mac_roman", "cp850", "iso8859_15", "iso8859_14")
_NAMES = {
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
    "cp850": "DOS (code page 850)",
    "iso8859_15": "ISO 8859-15",
    "iso8859_14": "ISO 8859-14",
}
_WELSH = re.compile(rb"\b(?:yn|yr|mae|gyfer|gan|cyngor|iechyd|cymru|wedi|ddim)\b", re.I)
_FEWEST_WELSH = 3
_UTF8_CHARACTER = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_HIGH = re.compile(r"[^\x00-\x7f]")
_MOST_JUDGED = 20_000
_SPOILT = re.compile(
    r"Â[£§°·«»©®½¼¾±²³´\xa0]|â€[\u0080-\u00bf™œ“”˜¦¢\u2018\u2019]|â‚¬|Ã[©¨¡­³º¢§¶¼±«ª®´»]|Å[µ·]"
)
_CHARSET = re.compile(
    rb"""<meta\b[^>]{0,400}?\bcharset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{2,40})""",
    re.I,
)
_AS_WINDOWS = frozenset({"iso8859-1", "ascii", "cp1252"})
_HEAD = 8192


def decode(data: bytes, *, what: str = "a text file") -> tuple[str, list[str]]:
    """Return the characters of ``data``, and warnings where the encoding had to be guessed.

    Raises ``UnreadableFileError`` for an empty file and for one that is not text.
    """
    if not data.strip(b"\x00\t\n\v\f\r "):
        raise UnreadableFileError(
            "The file is empty.", "Check that it was downloaded in full, or remove it."
        )
    text, warnings = _decoded(data, what)
    return text, [*warnings, *spoilt(text)]


def decode_page(data: bytes) -> tuple[str, list[str]]:
    """Return the characters of a web page, by its mark, its own words on it, or its signs.

    What says that it is in one of the western encodings and is UTF-8 throughout is UTF-8.
    """
    stated = _stated(data)
    if stated is None or any(data.startswith(mark) for mark, _ in _BOMS):
        return decode(data, what="a web page")
    if _is_utf8(data) and stated != "utf-8":
        warnings = [f"The page says that its encoding is {stated}; it was read as UTF-8."]
        text = data.decode("utf-8")
        return text, [*(warnings if not data.isascii() else ()), *spoilt(text)]
    encoding = "cp1252" if stated in _AS_WINDOWS else stated
    try:
        text = data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return decode(data, what="a web page")
    return text, spoilt(text)


def spoilt(text: str) -> list[str]:
    """Return a warning where the text holds signs that an earlier conversion has spoilt."""
    found = _SPOILT.search(text)
    warnings = []
    if found:
        warnings.append(
            f"Signs such as “{found.group()}” were spoilt before the file came here; "
            "they are kept as they are."
        )
    if "\ufffd" in text:
        warnings.append("Some characters of the file cannot be read; each is shown as “\ufffd”.")
    return warnings


def _decoded(data: bytes, what: str) -> tuple[str, list[str]]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _as_stated(data[len(mark) :], encoding, what)
    wide = _wide_encoding(data)
    if wide:
        return _as_stated(data, wide, what)
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _BINARY))
    if controls > _MOST_CONTROLS * len(sample):
        raise _not_text(what)
    if _is_utf8(data):
        return data.decode("utf-8"), []
    return _mixed(data) or _guess(data, what)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _as_stated(data: bytes, encoding: str, what: str) -> tuple[str, list[str]]:
    """Decode what has a mark; a few characters may be broken off or spoilt."""
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd")
    controls = len(_CONTROLS.findall(text[:_SAMPLE]))
    if encoding == "utf-8" and lost and (mixed := _mixed(data)):
        return mixed
    if lost > max(1, _MOST_LOST * len(text)) or controls > _MOST_CONTROLS * len(text):
        raise _not_text(what)
    return text, []


def _wide_encoding(data: bytes) -> str | None:
    """Tell UTF-16 and UTF-32 without a mark by their empty bytes, which stand in turn."""
    sample = data[: _SAMPLE // 4 * 4]
    if len(sample) < 4:
        return None
    empty = [sample[place::4].count(0) / (len(sample) / 4) for place in range(4)]
    for encoding, places in (("utf-32-le", (2, 3)), ("utf-32-be", (0, 1))):
        filled = 0 if encoding.endswith("le") else 3
        if all(empty[place] > 0.95 for place in places) and empty[filled] < 0.05:
            return encoding
    even, odd = (empty[0] + empty[2]) / 2, (empty[1] + empty[3]) / 2
    if odd > 0.6 and even < 0.05:
        return "utf-16-le"
    if even > 0.6 and odd < 0.05:
        return "utf-16-be"
    return None


def _mixed(data: bytes) -> tuple[str, list[str]] | None:
    """Read what is plainly UTF-8 but for a few bytes, which are taken as Windows-1252."""
    rest, whole = _UTF8_CHARACTER.subn(b"", data)
    stray = len(rest) - len(rest.translate(None, bytes(range(128, 256))))
    if whole < 2 * stray or not whole:
        return None
    text = data.decode("utf-8", errors=_STRAY)
    return text, ["The file is UTF-8 but for a few bytes, which were read as Windows-1252."]


def _read_stray(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    if error.reason == "unexpected end of data":
        return "", error.end
    return stray.decode("cp1252", errors="replace"), error.end


_STRAY = "minutebook-stray"
codecs.register_error(_STRAY, _read_stray)


def _guess(data: bytes, what: str) -> tuple[str, list[str]]:
    """Choose among the western encodings by their signs; leave other scripts to a library."""
    welsh = len(_WELSH.findall(data[:_SAMPLE])) >= _FEWEST_WELSH
    judged = []
    for encoding in _WESTERN if welsh else _WESTERN[:-1]:
        text = data.decode(encoding, errors="replace")
        judged.append((_score(text), encoding, text))
    score, encoding, text = max(judged, key=lambda one: one[0])
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if high > 0.1 * len(data) or score < 0:
        return _by_library(data, what) or (text, _warned(encoding))
    return text, _warned(encoding)


def _warned(encoding: str) -> list[str]:
    name = _NAMES.get(encoding, encoding)
    return [f"The file does not say its encoding; read as {name}: check its accents and signs."]


def _by_library(data: bytes, what: str) -> tuple[str, list[str]] | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        raise _not_text(what)
    try:
        return data.decode(best.encoding), _warned(best.encoding)
    except UnicodeDecodeError:
        return None


def _score(text: str) -> float:
    """Say how well the signs of a text suit the places where they stand, 0 where none tells."""
    score = 0.0
    for match in islice(_HIGH.finditer(text), _MOST_JUDGED):
        at = match.start()
        before = text[at - 1] if at else " "
        after = text[at + 1] if at + 1 < len(text) else " "
        score += _suits(match.group(), before, after)
    return score


def _suits(sign: str, before: str, after: str) -> float:
    for signs, test in _PLACES:
        if sign in signs:
            return 1.0 if test(before, after) else -0.5
    if sign.isalpha():
        return _letter_suits(sign, before, after)
    if sign in "\xa0•…©®°½¼¾§·×±²³™¶«»¡¿†":
        return 0.3
    return -3.0 if sign == "\ufffd" or sign < "\xa0" else -1.0


def _letter_suits(sign: str, before: str, after: str) -> float:
    if sign.isupper():
        if before.islower() or not (after.isalpha() or before.isupper()):
            return -1.0
        return 0.5
    if sign not in _USUAL:
        return -1.0
    beside = before.isalpha() or after.isalpha()
    return (1.0 if sign in _USUAL_HERE else 0.5) if beside else -1.0


_USUAL_HERE = frozenset("áéíóúàèìòùâêîôûŵŷçñäëïöü")
_USUAL = _USUAL_HERE | frozenset("ãåæõøœßýÿẁẃẅỳ")
_Place = Callable[[str, str], bool]
_PLACES: tuple[tuple[str, _Place], ...] = (
    ("’", lambda b, a: b.isalnum() or a.isalnum() or b in ".,;:!?)"),
    ("‘“", lambda b, a: not b.isalnum() and not a.isspace()),
    ("”", lambda b, a: not b.isspace() and not a.isalnum()),
    ("–—", lambda b, a: b.isspace() == a.isspace() or b.isalnum() or a.isspace()),
    ("£€", lambda b, a: a.isdigit() or a.isspace() or not b.isalpha()),
)


def _stated(data: bytes) -> str | None:
    """Return the encoding that a page names near its top, by Python's name for it."""
    found = _CHARSET.search(data[:_HEAD])
    if not found:
        return None
    label = (found[1] or found[2]).decode("ascii").lower()
    try:
        name = codecs.lookup(label).name
    except LookupError:
        return None
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else name


def _not_text(what: str) -> UnreadableFileError:
    return UnreadableFileError(
        f"The file is named like {what} but does not hold text.",
        "Give it the ending of its real format, or save it again as text in UTF-8.",
    )
