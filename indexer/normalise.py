"""Characters made uniform, once, before any offset exists.

Nothing a reader would notice is changed: composed accents (NFC), plain spaces, no invisible
characters, ligatures spelt out. Letters, digits, punctuation and currency signs stay as they are.
A soft hyphen, or a symbol font's own minus, that stands before a figure is its minus.
"""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
_TABLE = str.maketrans(_LIGATURES)
_LIGATURE = re.compile(f"[{''.join(_LIGATURES)}]")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufff9-\ufffb]")
PRIVATE_MINUS = "\uf02d"
"""The minus of a symbol font whose characters have no proper code."""
_MINUS = re.compile(rf"(?<![^\W\d_])[\u00ad{PRIVATE_MINUS}](?=[£€$(]?\.?\d)")
_CONTROL = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]"
)
_SPACES = re.compile(r"[^\S\n]+")
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029\u0085\v\f]")


def normalise_characters(text: str) -> str:
    """Return ``text`` with line ends as ``\\n``, and odd, invisible or joined characters plain.

    Lone surrogates and private-use characters (a PDF's unmapped glyphs) become spaces.
    """
    if not text.isprintable():
        text = with_minus(_LINE_ENDS.sub("\n", text))
        text = _CONTROL.sub(" ", _INVISIBLE.sub("", text))
    if text.isascii():
        return text
    if _LIGATURE.search(text):
        text = text.translate(_TABLE)
    return unicodedata.normalize("NFC", text)


def with_minus(text: str) -> str:
    """Return ``text``, of the same length, with the minus signs that would be lost as "-"."""
    return _MINUS.sub("-", text)


def normalise_block(text: str) -> str:
    """Return one block's text: characters normalised, every run of white space one space."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    return _SPACES.sub(" ", normalise_characters(text).replace("\n", " ")).strip()
